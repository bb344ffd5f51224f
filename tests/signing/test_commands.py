"""sign_report and verify_report as an officer at a terminal meets them: exit codes and the last line."""

import io
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from reports.models import SignedFile
from reports.signing import files
from tests.signing import tampering
from tests.signing.authority import AGENCY, LEADER, PASSPHRASE
from tests.signing.offices import office  # noqa: F401

pytestmark = pytest.mark.tools


@pytest.fixture
def sign(office, tmp_path, monkeypatch):  # noqa: F811
    """`sign(role, name)` signs by the command and returns where it wrote the file."""

    def run(role, name, passphrase=PASSPHRASE, **options):
        key, output = tmp_path / f"{role}.p12", tmp_path / f"{role}.pdf"
        key.write_bytes(office.p12(name))
        monkeypatch.setattr(sys, "stdin", io.StringIO(passphrase + "\n"))
        call_command("sign_report", str(office.report.pk), role=role, p12=key, output=output, **options)
        return output

    return run


def verdict(path, capsys):
    """Exit code and last line of verify_report."""
    capsys.readouterr()
    try:
        call_command("verify_report", str(path))
        code = 0
    except SystemExit as ended:
        code = ended.code
    except CommandError as error:
        return error.returncode, str(error)
    return code, capsys.readouterr().out.strip().splitlines()[-1]


def test_leader_then_agency_with_the_number_given_on_the_way(office, sign, capsys):  # noqa: F811
    first = sign("leader", LEADER)
    assert verdict(first, capsys) == (0, "valid")
    second = sign("agency", AGENCY)
    report = office.fresh()
    assert report.status == "sealed"
    assert report.number == "01"
    assert verdict(second, capsys) == (0, "valid")
    assert second.read_bytes() == files.read(SignedFile.objects.get(stage="sealed"))


def test_forgeries_are_refused_with_the_part_that_failed(sign, tmp_path, capsys):
    signed = sign("leader", LEADER).read_bytes()
    for name, forge in {
        "flipped": lambda file: tampering.flipped(file, len(file) // 2),
        "page": tampering.page_added,
        "covered": tampering.covered,
    }.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(forge(signed))
        code, line = verdict(path, capsys)
        assert code == 1
        assert line.startswith("refused: ")


def test_the_first_file_is_no_longer_enough_once_the_agency_signed(sign, capsys):
    first = sign("leader", LEADER)
    sign("agency", AGENCY)
    code, line = verdict(first, capsys)
    assert code == 1
    assert AGENCY in line


def test_an_unsigned_file_and_no_file(office, tmp_path, capsys):  # noqa: F811
    path = tmp_path / "unsigned.pdf"
    path.write_bytes(files.read(files.approved_file(office.fresh())))
    assert verdict(path, capsys) == (1, "refused: tệp: Tệp chưa có chữ ký số nào.")
    code, line = verdict(tmp_path / "nothing.pdf", capsys)
    assert code == 2
    assert "Không đọc được" in line


def test_a_wrong_use_of_the_command_exits_2():
    call = [sys.executable, "manage.py", "verify_report"]
    env = {"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    ended = subprocess.run(call, capture_output=True, env=env, check=False)
    assert ended.returncode == 2


@pytest.mark.parametrize(
    ("role", "name", "passphrase", "sentence"),
    [
        ("leader", LEADER, "sai", "sai mật khẩu"),
        ("leader", "Nguyễn Văn B", PASSPHRASE, "không phải của"),
        ("agency", AGENCY, PASSPHRASE, "lãnh đạo ký trước"),
    ],
)
def test_refusals_change_nothing(office, sign, role, name, passphrase, sentence):  # noqa: F811
    with pytest.raises(CommandError, match=sentence):
        sign(role, name, passphrase)
    report = office.fresh()
    assert (report.status, report.number) == ("approved", "")


def test_only_somebody_who_may_signs(office, sign):  # noqa: F811
    with pytest.raises(CommandError):
        sign("leader", LEADER, by=office.people["drafter"].email)
    with pytest.raises(CommandError, match="Không tìm thấy"):
        sign("leader", LEADER, by="khong-co@example.vn")
