"""Sign an approved report with a key file, as the leader who approved it or as the agency."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from campaigns import rights
from campaigns.gate import actor_in
from campaigns.models import User
from campaigns.models.owned import Actor
from reports import workflow
from reports.models import Report
from reports.models.signing import Stage
from reports.signing import acts, files
from reports.signing.keys import SigningError, key_file
from reports.signing.sign import LEVELS

from .export_report import find


class Command(BaseCommand):
    help = "Ký số một báo cáo đã duyệt: sign_report 274/BC-UBND --as leader --p12 ky.p12 --output da-ky.pdf"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "report", metavar="ID_OR_SYMBOL", help="mã số của báo cáo, hoặc số ký hiệu: 274/BC-UBND"
        )
        parser.add_argument("--as", dest="role", choices=acts.ROLES, required=True)
        parser.add_argument(
            "--p12", metavar="FILE", type=Path, required=True, help="khóa và chứng thư PKCS#12"
        )
        parser.add_argument("--output", metavar="FILE", type=Path, required=True)
        parser.add_argument("--ward", metavar="CODE", help="mã đơn vị hoặc mã đơn vị hành chính")
        parser.add_argument("--year", type=int, help="năm ban hành")
        parser.add_argument(
            "--by", metavar="EMAIL", help="văn thư đứng tên bước này (mặc định: văn thư của đơn vị)"
        )
        parser.add_argument("--number", default="", help="số đã cấp trên hệ thống của thành phố")

    def handle(self, *args: Any, **options: Any) -> None:
        report = find(options["report"], options["ward"], options["year"])
        stage = acts.ROLES[options["role"]]
        actor = _actor(report, stage, options["by"])
        try:
            key = key_file(options["p12"].read_bytes(), _passphrase())
            with transaction.atomic():
                if stage == Stage.SEALED and not report.number:
                    self._number(report, actor, options["number"])
                file = acts.sign_here(report, actor, stage, key)
            options["output"].write_bytes(files.read(file))
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except SigningError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{key.name}: {LEVELS[file.level]}. {file.note}".rstrip())
        self.stdout.write(f"Đã ghi {options['output']} (SHA-256 {file.sha256}).")

    def _number(self, report: Report, actor: Actor, number: str) -> None:
        """Gives number and date first (NĐ 30 Điều 14), today's."""
        done = workflow.act(report, "number", actor, dated=timezone.localdate(), number=number)
        report.refresh_from_db()
        self.stdout.write(f"Đã cấp số {done.result.code}.")


def _actor(report: Report, stage: Stage, email: str | None) -> Actor:
    """Who takes the step: the leader who approved, or a clerk."""
    person: User | None
    if email:
        person = User.objects.filter(email=email.lower()).first()
    elif stage == Stage.SIGNED:
        person = workflow.approver_of(report)
    else:
        person = rights.holders(report.organization, "clerk", timezone.localdate()).order_by("pk").first()
    if person is None:
        who = "người đã duyệt" if stage == Stage.SIGNED else "văn thư"
        raise CommandError(f"Không tìm thấy {who} của báo cáo này.")
    return actor_in(person, report.organization)


def _passphrase() -> str:
    """Asked for on a terminal, else the first line of standard input; never kept."""
    if sys.stdin.isatty():
        return getpass.getpass("Mật khẩu của tệp khóa: ")
    return sys.stdin.readline().rstrip("\r\n")
