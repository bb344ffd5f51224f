"""Write one report to a file: by its id or by number and symbol, without a worker."""

from __future__ import annotations

import unicodedata
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F, Q, QuerySet

from reports.editions import document_of
from reports.exports import FORMATS, write
from reports.models import Report


class Command(BaseCommand):
    help = "Xuất một báo cáo ra tệp: export_report 274/BC-UBND --format pdf --output bao-cao.pdf"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "report", metavar="ID_OR_SYMBOL", help="mã số của báo cáo, hoặc số ký hiệu: 274/BC-UBND"
        )
        parser.add_argument("--ward", metavar="CODE", help="mã đơn vị hoặc mã đơn vị hành chính")
        parser.add_argument("--year", type=int, help="năm ban hành")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--output", metavar="FILE", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        report = find(options["report"], options["ward"], options["year"])
        try:
            content = write(document_of(report), options["format"])
        except Exception as error:
            raise CommandError(f"Không xuất được báo cáo: {error}") from error
        try:
            options["output"].write_bytes(content)
        except OSError as error:
            raise CommandError(f"Không ghi được {options['output']}: {error.strerror}") from error
        self.stdout.write(f"Đã ghi {options['output']} ({len(content)} byte).")


def find(wanted: str, ward: str | None, year: int | None) -> Report:
    """The report meant; of several with one symbol in one ward, the newest."""
    found = list(named(wanted, ward, year).select_related("organization"))
    if not found:
        within = f" của đơn vị {ward}" if ward else ""
        issued = f" năm {year}" if year else ""
        raise CommandError(f"Không có báo cáo {wanted}{within}{issued}.")
    holders = sorted({report.organization.code for report in found})
    if len(holders) > 1:
        raise CommandError(
            f"Nhiều đơn vị có báo cáo {wanted}: {', '.join(holders)}. Hãy thêm --ward với một mã trong số đó."
        )
    return found[0]


def named(wanted: str, ward: str | None, year: int | None) -> QuerySet[Report]:
    """Reports by id or by number and symbol, those issued last first."""
    wanted = "".join(unicodedata.normalize("NFC", wanted).split())
    number, slash, symbol = wanted.partition("/")
    if slash:
        rows = Report.objects.filter(number=number, symbol__iexact=symbol)
    elif wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        rows = Report.objects.filter(pk=int(wanted))
    else:
        raise CommandError(
            f"“{wanted}” không phải mã số báo cáo, cũng không phải số ký hiệu như 274/BC-UBND."
        )
    if ward:
        rows = rows.filter(Q(organization__code=ward) | Q(organization__administrative_code=ward))
    if year:
        rows = rows.filter(issued_on__year=year)
    return rows.order_by(F("issued_on").desc(nulls_last=True), "-pk")
