"""Judge a signed PDF: last line `valid` and exit 0, or `refused: reason` and exit 1; anything else exits 2."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.models import Report
from reports.signing import acts
from reports.signing.judgement import Found, Judgement
from reports.signing.keys import SigningError
from reports.signing.sign import LEVELS


class Command(BaseCommand):
    help = "Kiểm tra một tệp PDF đã ký: verify_report bao-cao-274.pdf"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.pdf", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
            judged, report = acts.judge_any(content)
        except OSError as error:
            raise CommandError(f"Không đọc được {options['file']}: {error.strerror}", returncode=2) from error
        except SigningError as error:
            raise CommandError(str(error), returncode=2) from error
        except Exception as error:
            raise CommandError(f"Không kiểm tra được tệp: {error!r}", returncode=2) from error
        self._tell(judged, report)
        if not judged.valid:
            self.stdout.write(f"refused: {judged.part}: {judged.refusal}")
            sys.exit(1)
        self.stdout.write("valid")

    def _tell(self, judged: Judgement, report: Report | None) -> None:
        if report is not None:
            self.stdout.write(f"Báo cáo: {report.code or report.pk} {report.subject_line}")
        for found in judged.signatures:
            self.stdout.write(words_of(found))
        self.stdout.write(f"Nội dung: {judged.content.label}. {judged.note}".rstrip())


def words_of(found: Found) -> str:
    """One signature in a line: who, when, how, what was added since."""
    at = timezone.localtime(found.at).isoformat(sep=" ", timespec="seconds") if found.at else "không rõ giờ"
    clock = "theo dấu thời gian" if found.stamped else "theo máy người ký"
    added = f"; sau đó: {', '.join(found.added)}" if found.added else ""
    return f"Chữ ký {found.name} lúc {at} ({clock}); {LEVELS[found.level]}; cấp bởi {found.issuer}{added}"
