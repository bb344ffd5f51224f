"""Read citations from a text file, one a line, and print their fields as TSV."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns import citations


class Command(BaseCommand):
    help = "Đọc viện dẫn, mỗi dòng một viện dẫn; in ra: loại, số, ký hiệu, cơ quan, ngày, trích yếu (TSV)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"Không đọc được {options['file']}: {error}") from error
        # Only "\n" ends a line: str.splitlines() would also cut at a form feed inside a citation
        for line in text.removesuffix("\n").split("\n") if text else ():
            self.stdout.write("\t".join(citations.fields(citations.read(unescaped(line)))))


def unescaped(line: str) -> str:
    r"""A line break inside a citation is written as \n in the file; columns after the first are ignored."""
    return line.split("\t", 1)[0].replace("\\n", "\n")
