"""A ward whose report is issued, the department that asked for it, and its people."""

from __future__ import annotations

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns.gate import actor_in
from campaigns.models import Organization, Role
from reports.models import Arrival, File, Report, Sending
from reports.models.files import FileState
from reports.sending import deliveries
from tests.reports.factories import make_request, make_user
from tests.reports.test_workflow import Office

PDF = b"%PDF-1.7\n% the page as issued\n%%EOF\n"


def make_department(code: str = "so-khcn") -> Organization:
    return Organization.objects.create(
        code=code,
        kind="department",
        name="Sở Khoa học và Công nghệ thành phố Hải Phòng",
        short_name="Sở Khoa học và Công nghệ",
        letterhead="SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        symbol_code="SKHCN",
    )


class SendingOffice(Office):
    """An office with an issued report that answers the department's letter; the PDF's copy is made already."""

    def __init__(self, monkeypatch) -> None:
        super().__init__()
        self.department = make_department()
        self.officer = make_user(self.department, Role.DRAFTER)
        self.letter = make_request(self.ward, sender=self.department, channels="Trục liên thông, thư")
        self.report.requests.add(self.letter)
        monkeypatch.setattr("reports.exports.FORMATS", _quick())
        self.to("issued")

    def fresh(self) -> Report:
        rows = Report.objects.select_related("organization", "unit", "approved__by", "follows")
        return rows.get(pk=self.report.pk)

    def actor(self, who: str):
        return actor_in(self.people[who], self.ward)

    def carry(self) -> Sending:
        """Presses “Gửi hồ sơ” for the department."""
        sending = deliveries.send(self.fresh(), self.department, self.actor("clerk"))
        deliveries.attempt(sending.pk)
        sending.refresh_from_db()
        return sending

    @property
    def arrival(self) -> Arrival:
        return Arrival.objects.get()

    def by_mail(self, at: datetime.datetime | None = None, **more) -> Sending:
        given = {"channel": "Thư điện tử công vụ", "happened_at": at or timezone.now(), **more}
        return self.act("send", "clerk", **given).result


def _quick():
    """The formats, the slow one without its engine."""
    from dataclasses import replace

    from reports.exports import FORMATS

    return FORMATS | {"pdf": replace(FORMATS["pdf"], writer=lambda document: PDF)}


def kept_copy(report: Report, content: bytes) -> None:
    """A copy of the PDF as the worker leaves it."""
    from reports import editions, exports

    key = exports.key(editions.document_of(report), "pdf")
    file, _ = File.objects.get_or_create(report=report, format="pdf", key=key)
    file.state, file.pages = FileState.READY, 1
    file.content.save("ban.pdf", ContentFile(content))
