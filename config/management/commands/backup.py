"""Save the whole installation, database and files, in one archive with checksums."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from config import backup


class Command(BaseCommand):
    help = (
        "Sao lưu cơ sở dữ liệu và các tệp vào một tệp .tar.gz có mã kiểm tra; chạy được khi phần mềm đang mở."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", metavar="FILE", help="nơi ghi (mặc định: DATA_DIR/backups/)")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["output"]) if options["output"] else backup.default_path()
        if path.is_dir():
            path /= backup.default_path().name
        try:
            manifest = backup.save(path.absolute())
        except FileExistsError as error:
            raise CommandError(f"Đã có tệp {path}; chọn tên khác.") from error
        except DatabaseError as error:
            raise CommandError(f"Không đọc được cơ sở dữ liệu: {error}") from error
        except OSError as error:
            raise CommandError(f"Không ghi được {path}: {error.strerror}.") from error
        files = sum(name.startswith(f"{backup.FILES}/") for name in manifest["members"])
        size = path.stat().st_size / 1024 / 1024
        self.stdout.write(f"Đã sao lưu và đọc lại để kiểm tra: cơ sở dữ liệu và {files} tệp, {size:.1f} MB.")
        self.stdout.write("Chép tệp này sang máy khác; tệp .env không nằm trong đó, hãy giữ riêng.")
        if settings.DEMO:
            self.stdout.write(f"Chú ý: DEMO=1, vừa sao lưu dữ liệu minh họa ở {settings.DATA_DIR}.")
        self.stdout.write(str(path))
