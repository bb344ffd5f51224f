"""Print a code with which the first visitor makes the first account."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import first_day


class Command(BaseCommand):
    help = "In mã thiết lập dùng một lần, khi chưa có tài khoản nào; mã in trước đó không còn dùng được."

    def handle(self, *args: Any, **options: Any) -> None:
        if not first_day.is_open():
            raise CommandError("Đã có tài khoản: người quản trị mời người khác ở Thiết lập, Người dùng.")
        self.stdout.write(first_day.new_code())
