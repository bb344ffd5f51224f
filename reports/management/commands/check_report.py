"""Check one report, of the database or in a file, and say what was found."""

from __future__ import annotations

import datetime
import json
import re
import sys
from argparse import ArgumentParser
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from campaigns.models import Organization
from campaigns.models.organizations import WARDS
from reports.assemble import document_of
from reports.checks import run
from reports.checks.findings import ERROR, SEVERITIES, Finding
from reports.checks.knowledge import Knowledge
from reports.checks.text import bare
from reports.document.nodes import Document, Frame, words
from reports.document.numbering import resolve
from reports.importing import ENDINGS, Unreadable, read
from reports.importing.sheets import sheet_of
from reports.knowledge import knowledge_of, knowledge_of_organization
from reports.models import levels_of

from .export_report import find

#: Status at the end: no error, errors found, a call that cannot be answered.
CLEAN, FAULTY, BAD_USAGE = 0, 1, 2


class Command(BaseCommand):
    help = "Kiểm tra một báo cáo trong cơ sở dữ liệu hoặc một tệp: check_report 274/BC-UBND, check_report bao-cao.docx"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "report",
            metavar="ID_OR_SYMBOL_OR_FILE",
            help="mã số của báo cáo, số ký hiệu (274/BC-UBND), hoặc tệp Word, Markdown, văn bản, PDF",
        )
        parser.add_argument("--json", action="store_true", help="in danh sách JSON")
        parser.add_argument("--ward", metavar="CODE", help="mã đơn vị hoặc mã đơn vị hành chính")
        parser.add_argument("--year", type=int, help="năm ban hành, khi tìm theo số ký hiệu")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = findings(options["report"], options["ward"], options["year"])
        except (CommandError, Unreadable) as error:
            raise CommandError(str(error), returncode=BAD_USAGE) from error
        except DatabaseError as error:
            raise CommandError("Chưa có cơ sở dữ liệu để tìm báo cáo.", returncode=BAD_USAGE) from error
        if options["json"]:
            self.stdout.write(json.dumps([as_data(one) for one in found], ensure_ascii=False, indent=2))
        else:
            self._tell(found)
        if any(one.severity == ERROR for one in found):
            sys.exit(FAULTY)

    def _tell(self, found: list[Finding]) -> None:
        for one in found:
            self.stdout.write(f"{SEVERITIES[one.severity]} · {one.section or '(không có tên mục)'}")
            self.stdout.write(f"  “{one.words}”")
            self.stdout.write(f"  {one.message} ({one.article})")
            if one.fix:
                self.stdout.write(f"  Sửa: {one.fix.label or one.fix.replacement}")
        told = [f"{sum(one.severity == key for one in found)} {word}" for key, word in SEVERITIES.items()]
        self.stdout.write(", ".join(told) + ".")


def as_data(finding: Finding) -> dict[str, Any]:
    """A finding as printed by --json: `fix` is None or words, replacement, label."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "section": finding.section,
        "words": finding.words,
        "message": finding.message,
        "article": finding.article,
        "fix": asdict(finding.fix) if finding.fix else None,
        "sentence": finding.sentence,
    }


def findings(wanted: str, ward: str | None, year: int | None) -> list[Finding]:
    """Of a file by that name, else of the report of the database."""
    path = Path(wanted)
    if path.is_file() or (path.suffix.lower().removeprefix(".") in ENDINGS and "/BC-" not in wanted):
        document = of_file(path)
        known = ward_of(document, ward)
        day = day_of(document.frame) or timezone.localdate()
        knowledge = knowledge_of_organization(known, day) if known else Knowledge(day=day)
        knowledge = replace(knowledge, sheet=sheet_of(path.read_bytes(), path.name))
        return run(document, knowledge, levels_of(known) if known else None)
    report = find(wanted, ward, year)
    return run(document_of(report), knowledge_of(report), levels_of(report.organization))


def of_file(path: Path) -> Document:
    """The file's tree, as printed. Raises CommandError, Unreadable."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(f"Không đọc được tệp {path}.") from error
    return resolve(read(data, path.name).document, {})


def ward_of(document: Document, ward: str | None) -> Organization | None:
    """The ward named; unasked, the only ward at work here, if the document is of its place."""
    if ward:
        named = Q(code=ward) | Q(administrative_code=ward)
        chosen = Organization.objects.filter(named, kind__in=WARDS).first()
        if chosen is None:
            raise CommandError(f"Không có đơn vị nào mang mã {ward}.")
        return chosen
    try:
        at_work = list(Organization.objects.filter(kind__in=WARDS, memberships__isnull=False).distinct()[:2])
    except DatabaseError:  # no database yet: the document is read by itself
        return None
    return at_work[0] if len(at_work) == 1 and is_of(document.frame, at_work[0]) else None


def day_of(frame: Frame) -> datetime.date | None:
    """The day printed in ô 4."""
    found = re.search(r"(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", words(frame.place_date))
    try:
        return datetime.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def is_of(frame: Frame, ward: Organization) -> bool:
    """Whether letterhead and place leave it open, or say, that the document is the ward's."""
    head = [at.text for at in frame.letterhead.issuer] if frame.letterhead else []
    said = bare(" ".join((*head, words(frame.place_date))))
    return not said.strip() or bare(ward.place_name) in said
