"""Downloads, the waiting page and the pictures: for whom they are, what they carry, how they fail."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from campaigns.models import Membership, Organization
from reports import exports
from reports.document import pdf
from reports.models import File, Report
from reports.models.files import FileState
from tests.reports.test_assemble import make_report, make_section, make_ward

pytestmark = pytest.mark.django_db


def client_of(organization: Organization, role: str = "drafter", name: str = "a") -> Client:
    user = get_user_model().objects.create_user(f"{name}@x.example", full_name=name)
    Membership.objects.create(user=user, organization=organization, role=role)
    client = Client()
    client.force_login(user, backend="config.accounts.OfficeAuthenticationBackend")
    return client


@pytest.fixture
def report() -> Report:
    made = make_report(make_ward(), number="274")
    make_section(made, "<p>Nội dung.</p>", part="closing")
    return made


@pytest.fixture
def client(report: Report) -> Client:
    return client_of(report.organization)


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def addresses(report: Report) -> list[str]:
    return [
        reverse("report_page", args=(report.pk,)),
        reverse("report_picture", args=(report.pk, 1, 1)),
        *(reverse("report_download", args=(report.pk, format)) for format in exports.FORMATS),
        *(reverse("report_file_state", args=(report.pk, format)) for format in exports.FORMATS),
    ]


def download(report: Report, format: str = "pdf") -> str:
    return reverse("report_download", args=(report.pk, format))


# --- who ----------------------------------------------------------------------------------------------


def test_strangers_find_nothing(report: Report) -> None:
    stranger = client_of(make_ward("khac"), name="b")
    assert {stranger.get(at).status_code for at in addresses(report)} == {404}
    again = reverse("report_file_again", args=(report.pk, "pdf"))
    assert stranger.post(again).status_code == 404
    assert not File.objects.exists()


def test_visitors_are_led_to_sign_in(report: Report) -> None:
    for at in addresses(report):
        response = Client().get(at)
        assert response.status_code == 302
        assert response["Location"].startswith("/tai-khoan/")


def test_leader_may_read(report: Report) -> None:
    assert client_of(report.organization, "leader", "c").get(download(report, "docx")).status_code == 200


def test_unknown_format_is_not_found(client: Client, report: Report) -> None:
    assert client.get(download(report, "exe")).status_code == 404


# --- made at once -------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["docx", "html", "txt"])
def test_download_made_at_once(client: Client, report: Report, format: str) -> None:
    response = client.get(download(report, format))
    assert response["Content-Disposition"] == f'attachment; filename="bao-cao-274-BC-UBND.{format}"'
    assert response["Content-Type"] == exports.FORMATS[format].media_type
    assert "no-store" in response["Cache-Control"]
    content = response.content
    if format == "docx":
        content = ZipFile(BytesIO(content)).read("word/document.xml")
    assert "Nội dung." in content.decode()


# --- the copy -----------------------------------------------------------------------------------------


def test_pdf_is_waited_for_then_served_from_the_copy(client: Client, report: Report, on_commit: Any) -> None:
    with on_commit():
        waiting = client.get(download(report))
    text = waiting.content.decode()
    assert "Đang tạo tệp PDF" in text
    assert 'http-equiv="refresh"' in text
    assert reverse("report_file_state", args=(report.pk, "pdf")) in text
    state = client.get(reverse("report_file_state", args=(report.pk, "pdf")), headers={"HX-Request": "true"})
    assert "Đã tạo xong" in state.content.decode()
    assert "data-hx-get" not in state.content.decode()
    served = client.get(download(report))
    assert served["Content-Type"] == "application/pdf"
    assert served["Content-Disposition"] == 'attachment; filename="bao-cao-274-BC-UBND.pdf"'
    assert b"".join(served.streaming_content).startswith(b"%PDF-")


def test_failure_is_told_and_can_be_tried_again(
    client: Client, report: Report, on_commit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any) -> bytes:
        raise pdf.PdfError("Phông chữ của PDF không có ký tự <b>字</b>.")

    with monkeypatch.context() as patch:
        patch.setattr(pdf, "render", refuse)
        with on_commit():
            client.get(download(report))
    for at in (download(report), reverse("report_page", args=(report.pk,))):
        text = client.get(at).content.decode()
        assert "không có ký tự &lt;b&gt;字" in text
        assert "every 1s" not in text
        assert reverse("report_file_again", args=(report.pk, "pdf")) in text
    with on_commit():
        again = client.post(reverse("report_file_again", args=(report.pk, "pdf")))
    assert again["Location"] == download(report)
    assert client.get(download(report))["Content-Type"] == "application/pdf"
    assert client.get(reverse("report_file_again", args=(report.pk, "pdf"))).status_code == 405


# --- pictures -----------------------------------------------------------------------------------------


def test_pages_are_shown_as_pictures(client: Client, report: Report, on_commit: Any) -> None:
    page = reverse("report_page", args=(report.pk,))
    with on_commit():
        assert "Đang dựng trang" in client.get(page).content.decode()
    polled = client.get(page, headers={"HX-Request": "true"})
    assert polled["HX-Refresh"] == "true"
    text = client.get(page).content.decode()
    file = File.objects.get(state=FileState.READY)
    picture = reverse("report_picture", args=(report.pk, file.pk, 1))
    assert f'src="{picture}"' in text
    assert 'alt="Trang 1 trong 1 trang' in text
    for format in exports.FORMATS:
        assert download(report, format) in text
    assert "Mã kiểm tra nội dung" in text
    served = client.get(picture)
    assert served["Content-Type"] == "image/png"
    assert b"".join(served.streaming_content).startswith(b"\x89PNG")
    assert client.get(reverse("report_picture", args=(report.pk, file.pk, 2))).status_code == 404


def test_picture_of_another_report_is_not_found(client: Client, report: Report, on_commit: Any) -> None:
    other = make_report(make_ward("khac"))
    with on_commit():
        exports.queue(other, "pdf")
    file = File.objects.get(report=other)
    assert client.get(reverse("report_picture", args=(report.pk, file.pk, 1))).status_code == 404
