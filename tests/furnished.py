"""The demonstration ward furnished with a row of every table, and each address of the project filled from it."""

from __future__ import annotations

import datetime
import io
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import UUIDConverter
from django.utils import timezone

from campaigns.forms.settings import SETTINGS
from campaigns.models import (
    Absence,
    DayOff,
    Invitation,
    Membership,
    Neighbourhood,
    Organization,
    Reading,
    Role,
    SheetImport,
    SigningRight,
    StandIn,
    Team,
    Term,
    Unit,
    User,
)
from campaigns.sheets import SHEETS
from config.accounts import DEMO_DOMAIN
from reports import exports
from reports.assemble import document_of
from reports.lifecycle import Status
from reports.management.demonstration import registers
from reports.management.demonstration.walk import walk
from reports.models import (
    Arrival,
    BackDating,
    Comment,
    Connection,
    DeletedBlock,
    Entry,
    HandOver,
    Mark,
    OutlineSection,
    Report,
    ReportRequest,
    Section,
    Sending,
    SignedFile,
    SigningLink,
    Token,
    Variant,
    WordReturn,
)
from reports.views.setup import STEPS

TODAY = datetime.date.today()
PDF = b"%PDF-1.7\n"
#: The start of a route -> the sort of row that its `pk` names; the longest start wins.
ROWS = {
    "den/": "arrival",
    "bao-cao/": "report",
    "muc/": "section",
    "doan/": "block",
    "doan-da-xoa/": "deleted",
    "ban-viet/": "variant",
    "ban-word/": "returned",
    "bang-excel/nhap/": "import",
    "cong-van/": "request",
    "de-cuong/": "outline",
    "mau-chu-ky/": "mark",
    "so-lieu/": "indicator",
    "so-lieu/nhap/": "reading",
    "so-van-ban-di/": "entry",
    "so-van-ban-di/ghi-lui-ngay/": "back_dating",
    "so-van-ban-di/thiet-lap/": "series",
    "tai-khoan/phien/": "sitting",
    "thiet-lap/ban-giao/": "hand_over",
    "thiet-lap/loi-moi/": "invitation",
    "thiet-lap/nguoi-dung/": "person",
    "thiet-lap/": "unit",
    "thiet-lap/ket-noi/khoa/": "key_of_partner",
    "thiet-lap/ket-noi/noi-gui/": "connection",
    "to/": "team",
    "van-ban/": "paper",
    "y-kien/": "comment",
}
#: Arguments that are words, by address; the rest take their value from WORDS.
WORDS_OF = {
    "report_step": {"key": "submit"},
    "setup_step": {"key": "ten"},
    "invitation_accept": {"key": "khong-co"},
}
WORDS = {
    "name": "manifest.json",
    "key": "to",
    "kind": "phong",
    "format": "docx",
    "token": "khong-co",
    "number": 1,
    "uidb36": "1",
    "extra": "abc",
}

#: Addresses of reports that left the office.
OUT = {
    "report_repair",
    "report_sendings",
    "report_package",
    "report_work_file",
    "report_public",
    "report_public_file",
    "signing_helper",
    "signing_take",
}
Rows = dict[str, Any]


def patterns(resolver: Any = None, before: str = "") -> dict[str, tuple[str, URLPattern]]:
    """Name of every address -> its whole route and its pattern."""
    found = {}
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        found |= {entry.name: (route, entry)} if isinstance(entry, URLPattern) else patterns(entry, route)
    return found


PATTERNS = patterns()


def sort_of(route: str) -> str:
    """Which sort of row the `pk` of a route names."""
    return ROWS[max((start for start in ROWS if route.startswith(start)), key=len)]


def _left_the_office(name: str) -> bool:
    """Whether an address is of a report that was issued."""
    parts = PATTERNS[name][1].pattern.converters
    return bool(parts.keys() & {"version", "link", "copy", "sending", "recipient"}) or name in OUT


def address(name: str, rows: Rows, **given: Any) -> str:
    """The address of that name with the numbers of real rows; `given` wins over them."""
    if name == "account_confirm_email":
        return reverse(name, args=["abc"])
    if name == "account_reset_password_from_key":
        return reverse(name, args=["1", "abc"])
    route, pattern = PATTERNS[name]
    words = WORDS | WORDS_OF.get(name, {}) | given
    values = {}
    for argument in pattern.pattern.converters:
        if argument in given:
            values[argument] = given[argument]
        elif argument == "pk":
            values[argument] = rows["issued" if _left_the_office(name) else sort_of(route)].pk
        elif isinstance(pattern.pattern.converters[argument], UUIDConverter):
            values[argument] = uuid.UUID(int=4)
        elif argument in words:
            values[argument] = words[argument]
        else:
            sort = "request" if argument == "letter_pk" else argument
            values[argument] = rows["outline_section" if route.startswith("de-cuong/") else sort].pk
    return reverse(name, kwargs=values)


def person(account: str) -> User:
    """One of the demonstration's people."""
    return User.objects.get(email=f"{account}@{DEMO_DOMAIN}")


def furnish(through: Status | None = None) -> Rows:
    """Loads the demonstration, one row more where it has none, and takes the corrected report `through` a status."""
    call_command("demo", stdout=io.StringIO())
    ward = Organization.objects.get(code=registers.WARD)
    issued, walked, draft = Report.objects.filter(organization=ward).order_by("pk")
    if through:
        list(walk(walked, through, DEMO_DOMAIN))
    rows: Rows = {"ward": ward, "walked": walked, "issued": issued, "old": _old(issued)}
    rows |= _of_report(draft) | _of_ward(ward) | _of_people(ward) | _of_signing(issued) | _of_sending(issued)
    return rows


def _of_report(report: Report) -> Rows:
    by = person("soanthao")
    section = Section.objects.filter(report=report, blocks__kind="narrative").order_by("pk")[0]
    block = section.blocks.filter(kind="narrative")[0]
    word = WordReturn(report=report, name="ban-sua.docx", by=by)
    word.file.save("ban-sua.docx", ContentFile(_word(report)))
    comment = Comment.objects.create(report=report, section=section, text="Bổ sung số liệu.", by=by)
    deleted = DeletedBlock.objects.create(
        section=section, order=9, kind="narrative", content={"html": "<p>Đã xóa</p>"}, by=by
    )
    return {
        "report": report,
        "section": section,
        "block": block,
        "deleted": deleted,
        "comment": comment,
        "returned": word,
        "variant": Variant.objects.create(block=block, content={"html": "<p>Bản khác</p>"}, by=by),
    }


def _word(report: Report) -> bytes:
    return exports.write(document_of(report), "docx")


def _old(report: Report) -> Report:
    """The same report as a file from outside, taken in."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cu.docx"
        file.write_bytes(_word(report))
        call_command("import_report", str(file), ward=registers.WARD, stdout=io.StringIO())
    return Report.objects.latest("pk")


def _of_ward(ward: Organization) -> Rows:
    paper = ward.papers.order_by("pk")[0]
    paper.file.save("van-ban.pdf", ContentFile(PDF))
    reading = Reading.objects.filter(indicator__organization=ward, neighbourhood=None).order_by("pk")[0]
    reading.evidence.save("minh-chung.pdf", ContentFile(PDF))
    outline = ward.outlines.order_by("pk")[0]
    entry = Entry.objects.filter(series__organization=ward).order_by("pk")[0]
    taken = SheetImport(organization=ward, by=person("soanthao"), sheet="to", name="to.xlsx", state="faulty")
    taken.faults = [{"row": 3, "column": "Tên tổ", "words": "Bỏ trống."}]
    taken.total = 3
    taken.file.save("to.xlsx", ContentFile(b"x"))
    return {
        "paper": paper,
        "reading": reading,
        "indicator": reading.indicator,
        "team": Team.objects.filter(organization=ward).order_by("pk")[0],
        "request": ReportRequest.objects.filter(organization=ward).order_by("pk")[0],
        "outline": outline,
        "outline_section": OutlineSection.objects.filter(outline=outline).order_by("pk")[0],
        "entry": entry,
        "series": entry.series,
        "import": taken,
        "unit": Unit.objects.filter(organization=ward).order_by("pk")[0],
        "back_dating": BackDating.objects.create(
            series=entry.series, dated=TODAY, reason="Ghi sót.", asked_by=person("vanthu")
        ),
    }


def _of_people(ward: Organization) -> Rows:
    keeper, drafter, clerk = person("chanhvanphong"), person("soanthao"), person("vanthu")
    invited = {"full_name": "Đỗ Thị H", "email": "do-thi-h@demo.example", "role": Role.DRAFTER}
    return {
        "person": drafter,
        "sitting": UserSession.objects.create(
            user=keeper, ip="127.0.0.1", user_agent="Chromium", session_key="khong-con"
        ),
        "invitation": Invitation.objects.create(organization=ward, invited_by=keeper, **invited),
        "hand_over": HandOver.objects.create(
            organization=ward,
            giver=drafter,
            receiver=clerk,
            day=TODAY + datetime.timedelta(9),
            reason="Chuyển công tác",
            asked_by=keeper,
        ),
        "don-vi": ward,
        "phong": Unit.objects.filter(organization=ward).order_by("pk")[0],
        "nguoi-dung": drafter,
        "vai-tro": Membership.objects.filter(organization=ward).order_by("pk")[0],
        "quyen-ky": SigningRight.objects.filter(organization=ward).order_by("pk")[0],
        "vang-mat": Absence.objects.create(organization=ward, person=clerk, valid_from=TODAY),
        "lam-thay": StandIn.objects.create(
            organization=ward,
            role=Role.CLERK,
            absent=clerk,
            person=drafter,
            valid_from=TODAY + datetime.timedelta(1),
            valid_to=TODAY + datetime.timedelta(2),
            notice="Ý kiến giao làm thay",
        ),
        "ngay-nghi": DayOff.objects.create(organization=ward, day=datetime.date(2031, 3, 3), name="Nghỉ"),
        "to-dan-pho": Neighbourhood.objects.filter(organization=ward).order_by("pk")[0],
        "phong-trao": ward.campaigns.order_by("pk")[0],
        "thuat-ngu": Term.objects.filter(campaign__organization=ward).order_by("pk")[0],
    }


def _of_signing(report: Report) -> Rows:
    leader = person("phochutich")
    mark = Mark(organization=report.organization, person=leader)
    mark.image.save("chu-ky.png", ContentFile(PDF))
    version = SignedFile(
        report=report,
        edition=report.editions.order_by("-pk")[0],
        stage="approved",
        way="made",
        sha256="a" * 64,
        size=9,
    )
    version.content.save("ban-duyet.pdf", ContentFile(PDF))
    link = SigningLink.objects.create(
        digest="b" * 64,
        purpose="upload",
        stage="signed",
        file=version,
        user=leader,
        expires_at=timezone.now() + datetime.timedelta(minutes=15),
    )
    link.waiting.save("cho.pdf", ContentFile(PDF))
    return {"mark": mark, "version": version, "link": link, "copy": version}


def _of_sending(report: Report) -> Rows:
    """The issued report told as sent through the city's system, and as it reached the department."""
    department = Membership.objects.get(user=person("so")).organization
    sending = Sending.objects.create(
        report=report, channel="city", recipient=department, sent_at=timezone.now(), by=person("vanthu")
    )
    arrival = Arrival(
        organization=department, sender=report.organization, key=sending.key, sending=sending, size=9
    )
    arrival.report_code, arrival.subject, arrival.issued_on = "274/BC-UBND", report.subject, TODAY
    arrival.arrived_at, arrival.sha256 = timezone.now(), "c" * 64
    arrival.package.save("ho-so.zip", ContentFile(b"PK"))
    ends = {"organization": report.organization, "partner": department}
    return {
        "sending": sending,
        "recipient": department,
        "arrival": arrival,
        "connection": Connection.objects.create(**ends, address="http://127.0.0.1:9/", secret="khong-co"),
        "key_of_partner": Token.objects.create(
            **ends, name="Máy của Sở", digest="d" * 64, by=person("chanhvanphong")
        ),
    }


#: Addresses whose answer to a GET is no page of their own, each with what it is.
NOT_PAGES = {
    **dict.fromkeys(
        """hand_over_withdraw request_draft request_again figures_take report_again reused_confirm return_take
        return_leave return_note finding_mend comment_answer comment_resolve notices_read report_file_again
        section_state block_add block_save block_move variant_choose deleted_put_back section_here paste
        signing_take signing_confirm signing_here signing_copy signing_helper signing_upload back_dating_confirm
        void_confirm void_withdraw register_book_again sitting_end sittings_end paper_cite_save grid_cells grid_files
        token_end connection_end letter_form_attach api_packages api_package_code sheet_apply holidays_load sending_start sending_again sending_ask password_link invitation_withdraw invitation_renew""".split(),
        "an act: only POST",
    ),
    **dict.fromkeys(
        """report_history_export organization_history_export report_download report_picture signing_version
        signing_download signing_waiting mark_image register_book register_xlsx paper_file reading_evidence sheet_template sheet_export
        report_public_file letter_form_file api_description api_package api_sending_code sheet_marked official_css report_package report_work_file sending_evidence sending_receipt arrival_package
        arrival_receipt arrival_file healthz mfa_download_recovery_codes""".split(),
        "a file",
    ),
    **dict.fromkeys(
        """request_papers section_findings report_file_state block_form insert_search paper_suggest
        sheet_state""".split(),
        "a part of a page",
    ),
    **dict.fromkeys(
        """account_signup account_logout account_set_password account_confirm_login_code mfa_authenticate
        mfa_reauthenticate mfa_trust mfa_activate_totp mfa_generate_recovery_codes setup report_scheme""".split(),
        "leads elsewhere",
    ),
    "mfa_deactivate_totp": "not there without a second factor",
    "mfa_view_recovery_codes": "not there without a second factor",
    "report_preview": "the official page, shown inside another one",
}


@dataclass(frozen=True)
class Visit:
    """One page of the project as somebody asks for it. `account` "" is nobody."""

    account: str
    name: str
    url: str


KEEPER, DRAFTER, LEADER, CLERK, RECIPIENT = "chanhvanphong", "soanthao", "phochutich", "vanthu", "so"
#: Pages of people other than the administrator, whose they are in the demonstration.
OWNERS = {
    "mark_seal": CLERK,
    "mark_own": LEADER,
    "invitation_accept": "",
} | dict.fromkeys((name for name in PATTERNS if name.startswith(("account_login", "account_reset"))), "")


def pages(rows: Rows) -> list[Visit]:
    """Every page, each as one who may see it; lists and settings of every sort."""
    given: dict[str, list[dict[str, Any]]] = {
        "settings_list": [{"kind": kind} for kind in SETTINGS],
        "settings_add": [{"kind": kind} for kind in SETTINGS],
        "settings_edit": [{"kind": kind, "pk": rows[kind].pk} for kind in SETTINGS],
        "settings_delete": [{"kind": "thuat-ngu", "pk": rows["thuat-ngu"].pk}, {}],
        "sheet_upload": [{"key": key} for key in SHEETS],
        "setup_step": [{"key": key} for key in STEPS],
        "invitation_accept": [{"key": rows["invitation"].key}],
        "report_imported": [{"pk": rows["old"].pk}],
    }
    return [
        Visit(_owner(name), name, address(name, rows, **more))
        for name in PATTERNS
        if name not in NOT_PAGES
        for more in given.get(name, [{}])
    ]


def _owner(name: str) -> str:
    """Reports are walked by their drafter, arrivals by the department, the rest by the administrator."""
    if PATTERNS[name][0].startswith("den/"):
        return RECIPIENT
    ours = PATTERNS[name][0].startswith(("bao-cao/", "muc/", "doan/", "ban-word/"))
    return OWNERS.get(name, DRAFTER if ours else KEEPER)


def of_walked(rows: Rows) -> list[Visit]:
    """The pages of the report that was walked through its life, as the leader and the clerk see them."""
    names = (
        "report report_review report_slip report_signing report_page report_history report_findings".split()
    )
    pk = rows["walked"].pk
    return [
        *(Visit(LEADER, name, address(name, rows, pk=pk)) for name in ("home", *names)),
        *(Visit(CLERK, name, address(name, rows, pk=pk)) for name in ("home", "register", *names)),
    ]
