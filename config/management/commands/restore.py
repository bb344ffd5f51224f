"""Bring an installation back from an archive that `manage.py backup` made."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from config import backup
from config.archive import Damaged


class Command(BaseCommand):
    help = "Khôi phục cơ sở dữ liệu và các tệp từ bản sao lưu. Dừng phần mềm trước khi chạy."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", metavar="FILE", help="tệp do manage.py backup ghi")
        parser.add_argument("--replace", action="store_true", help="xóa những gì đang có trong cài đặt này")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["archive"])
        if not path.is_file():
            raise CommandError(f"Không có tệp {path}.")
        try:
            lost = backup.what_is_here()
            manifest = backup.restore(path, options["replace"])
        except Damaged as error:
            raise CommandError(f"Tệp sao lưu bị hỏng: {error}. Chưa thay đổi gì.") from error
        except backup.Refused as error:
            raise CommandError(f"Không khôi phục: {error}.") from error
        except DatabaseError as error:
            raise CommandError(f"Cơ sở dữ liệu không nhận, giữ nguyên như cũ: {error}") from error
        if lost:
            self.stdout.write(f"Đã xóa khỏi cài đặt này: {'; '.join(lost)}.")
        self.stdout.write(f"Đã khôi phục bản sao lưu lúc {manifest['made_at']}.")
        self.stdout.write(f"Đang có: {'; '.join(backup.what_is_here()) or 'chưa có gì'}.")
