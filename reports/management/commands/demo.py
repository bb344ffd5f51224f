"""Load the demonstration ward Nhị Chiểu with its three reports, once, and print its accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaigns.models import Organization
from config.accounts import DEMO_DOMAIN
from reports.management.demonstration import registers
from reports.management.demonstration.load import Demonstration

PASSWORD = "Nhi-Chieu-2026"  # noqa: S105  known to all, so the command refuses outside a demonstration


class Command(BaseCommand):
    help = "Nạp dữ liệu minh họa của phường Nhị Chiểu (chỉ khi DEMO=1); chạy lại không đổi gì."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Chỉ nạp dữ liệu minh họa khi DEMO=1: tài khoản minh họa có mật khẩu ai cũng biết."
            )
        if Organization.objects.filter(code=registers.WARD).exists():
            self.stdout.write("Dữ liệu minh họa đã có, giữ nguyên.")
        else:
            Demonstration(PASSWORD, DEMO_DOMAIN, timezone.localdate()).load()
            self.stdout.write("Đã nạp dữ liệu minh họa của phường Nhị Chiểu.")
        self.accounts()

    def accounts(self) -> None:
        self.stdout.write(f"\nTài khoản minh họa, mật khẩu chung: {PASSWORD}")
        for account, name, roles in registers.PEOPLE:
            address = f"{account}@{DEMO_DOMAIN}"
            self.stdout.write(f"  {address:<28}{name:<16}{roles[0][3]}")
