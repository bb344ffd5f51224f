"""Load the demonstration ward Nhị Chiểu with its three reports, once, and print its accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from campaigns.models import Organization, User
from config.accounts import DEMO_DOMAIN
from reports.lifecycle import Status
from reports.management.demonstration import corrected, registers
from reports.management.demonstration.load import Demonstration
from reports.management.demonstration.walk import walk
from reports.models import Report

PASSWORD = "Nhi-Chieu-2026"  # noqa: S105  known to all, so the command refuses outside a demonstration


class Command(BaseCommand):
    help = "Nạp dữ liệu minh họa của phường Nhị Chiểu (chỉ khi DEMO=1); chạy lại không đổi gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--through",
            choices=[status.value for status in Status],
            help="Đưa bản đã chữa đi qua quy trình đến tình trạng này; dòng cuối in “report ID”.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Chỉ nạp dữ liệu minh họa khi DEMO=1: tài khoản minh họa có mật khẩu ai cũng biết."
            )
        if Organization.objects.filter(code=registers.WARD).exists():
            self.stdout.write("Dữ liệu minh họa đã có, giữ nguyên.")
        elif User.objects.exclude(email__endswith=f"@{DEMO_DOMAIN}").exists():
            raise CommandError(
                "Cài đặt này đã có người dùng thật nên không nạp dữ liệu minh họa. Đặt DEMO=0, "
                "hoặc xem minh họa ở thư mục dữ liệu khác (DATA_DIR)."
            )
        else:
            Demonstration(PASSWORD, DEMO_DOMAIN, timezone.localdate()).load()
            self.stdout.write("Đã nạp dữ liệu minh họa của phường Nhị Chiểu.")
        self.accounts()
        if options["through"]:
            self.walk(Status(options["through"]))

    def walk(self, through: Status) -> None:
        written = Report.objects.filter(organization__code=registers.WARD, subject=corrected.SUBJECT)
        report = written.select_related("organization").order_by("pk")[1]  # the first is 274 as registered
        try:
            for sentence in walk(report, through, DEMO_DOMAIN):
                self.stdout.write(sentence)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"report {report.pk}")

    def accounts(self) -> None:
        self.stdout.write(f"\nTài khoản minh họa, mật khẩu chung: {PASSWORD}")
        for account, name, roles in registers.PEOPLE:
            address = f"{account}@{DEMO_DOMAIN}"
            self.stdout.write(f"  {address:<28}{name:<16}{roles[0][3]}")
