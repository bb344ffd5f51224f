"""Bring one existing report in from a file: Word, Markdown, text or PDF with text."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from campaigns.models import Organization
from campaigns.models.organizations import WARDS
from reports import imported
from reports.importing import Unreadable


class Command(BaseCommand):
    help = "Nạp một báo cáo cũ: import_report bao-cao.docx --ward 10714. Dòng cuối: report MÃ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="tệp .docx, .md, .txt hoặc .pdf")
        parser.add_argument("--ward", metavar="CODE", help="mã đơn vị hoặc mã đơn vị hành chính")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        organization = holder(options["ward"])
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"Không đọc được {path}: {error.strerror}") from error
        try:
            summary = imported.bring_in(organization, data, path.name, None)
        except Unreadable as error:
            raise CommandError(f"{path.name}: {error}") from error
        for sentence in imported.sentences(summary.report.reading):
            self.stdout.write(sentence)
        self.stdout.write(f"report {summary.report.pk}")


def holder(code: str | None) -> Organization:
    """The organization the report is brought in for: the one named, or the only ward at work here."""
    rows = Organization.objects.order_by("pk")
    if code:
        found = list(rows.filter(Q(code=code) | Q(administrative_code=code))[:1])
        if not found:
            raise CommandError(f"Không có đơn vị {code}.")
        return found[0]
    wards = rows.filter(kind__in=WARDS)
    found = list(wards.filter(memberships__isnull=False).distinct()[:2]) or list(wards[:2])
    if len(found) != 1:
        raise CommandError("Hãy thêm --ward với mã của đơn vị nhận báo cáo.")
    return found[0]
