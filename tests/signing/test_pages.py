"""The pages of signing as nobody, a stranger, a wrong role and the right one; one-time links; images."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Event
from reports.models import Mark, SignedFile, SigningLink
from reports.models.signing import Purpose, Stage
from reports.signing import files, links, verify
from tests.reports.factories import make_user, make_ward, queries_of, signed_in
from tests.signing import pictures, tampering
from tests.signing.authority import AGENCY, LEADER, PASSPHRASE
from tests.signing.offices import office  # noqa: F401
from tests.signing.test_files import _Signing
from tests.signing.test_verify import sign_new_field

pytestmark = pytest.mark.tools


@pytest.fixture
def clients(office):  # noqa: F811
    return {key: signed_in(person) for key, person in office.people.items()}


def page(office):  # noqa: F811
    return reverse("report_signing", args=(office.report.pk,))


def upload(content, name="da-ky.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


# --- who may ------------------------------------------------------------------------------------------


def test_strangers_find_nothing_and_wrong_roles_may_not(office, clients):  # noqa: F811
    stranger = signed_in(make_user(make_ward()))
    names = ("signing_take", "signing_helper", "signing_here")
    for name in ("report_signing", *names):
        address = reverse(name, args=(office.report.pk,))
        assert stranger.post(address).status_code == 404
        assert clients["drafter"].post(address).status_code == 403
        assert Client().post(address).status_code == 302
    assert stranger.get(page(office)).status_code == 404
    shown = clients["drafter"].get(page(office)).content.decode()
    assert "Bạn xem được các bản ký" in shown
    assert "Nộp tệp đã ký" not in shown


def test_a_version_is_given_to_the_organization_only(office, clients):  # noqa: F811
    file = files.approved_file(office.fresh())
    address = reverse("signing_version", args=(office.report.pk, file.pk))
    assert b"".join(clients["drafter"].get(address)).startswith(b"%PDF")
    assert signed_in(make_user(make_ward())).get(address).status_code == 404
    other = reverse("signing_version", args=(office.report.pk, file.pk + 99))
    assert clients["drafter"].get(other).status_code == 404


def test_the_page_asks_a_constant_number_of_queries(office, clients):  # noqa: F811
    office.sign_here()
    before = queries_of(clients["drafter"], page(office))
    office.number()
    office.seal_here()
    assert queries_of(clients["drafter"], page(office)) <= before


def test_nothing_to_sign_says_what_to_do(office, clients):  # noqa: F811
    office.act("reopen", "leader", reason="Sửa")
    assert "được duyệt rồi mới có tệp" in clients["leader"].get(page(office)).content.decode()
    assert clients["leader"].post(page(office)).status_code == 404


# --- way 1 --------------------------------------------------------------------------------------------


def test_taken_signed_and_handed_in(office, clients):  # noqa: F811
    leader = clients["leader"]
    link = leader.post(reverse("signing_take", args=(office.report.pk,)))
    assert link.status_code == 302
    taken = b"".join(leader.get(link["Location"]))
    assert taken == files.read(files.approved_file(office.fresh()))
    answer = leader.post(page(office), {"file": upload(office.signed_outside(Stage.SIGNED))}, follow=True)
    assert "khớp từng byte" in answer.content.decode()
    assert office.fresh().status == "signed"


def test_a_refused_file_says_what_failed(office, clients):  # noqa: F811
    forged = tampering.covered(office.signed_outside(Stage.SIGNED))
    answer = clients["leader"].post(page(office), {"file": upload(forged)})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "thay đổi sau khi ký" in shown
    assert "data-focus" in shown
    assert office.fresh().status == "approved"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_signed_pdf_is_refused_beside_its_field(office, clients, content):  # noqa: F811
    answer = clients["leader"].post(page(office), {"file": upload(content)})
    assert answer.status_code == 422
    assert 'href="#id_file"' in answer.content.decode()


def test_made_anew_it_waits_and_the_clerk_confirms(office, clients):  # noqa: F811
    from reports import editions
    from reports.document import pdf

    again = pdf.render(editions.tree_of(office.fresh().approved))
    content = sign_new_field(again, _Signing(office.key(LEADER)), "Signature1", (360, 400, 460, 460))
    clients["leader"].post(page(office), {"file": upload(content)})
    assert office.fresh().status == "approved"
    waiting = SigningLink.objects.exclude(waiting="").get()
    confirm = reverse("signing_confirm", args=(office.report.pk, waiting.pk))
    look = reverse("signing_waiting", args=(office.report.pk, waiting.pk))
    assert "Chờ văn thư xác nhận" in clients["leader"].get(page(office)).content.decode()
    assert clients["leader"].post(confirm).status_code == 403
    assert signed_in(make_user(make_ward())).get(look).status_code == 404
    assert b"".join(clients["clerk"].get(look)) == content
    clients["clerk"].post(confirm)
    assert office.fresh().status == "signed"
    assert SignedFile.objects.get(stage="signed").confirmed_by == office.people["clerk"]
    assert clients["clerk"].post(confirm).status_code == 404


# --- one-time links -----------------------------------------------------------------------------------


def test_a_link_works_once(office):  # noqa: F811
    token = links.make(
        files.approved_file(office.fresh()), office.people["leader"], Stage.SIGNED, Purpose.DOWNLOAD
    )
    address = reverse("signing_download", args=(token,))
    assert Client().get(address).status_code == 200
    again = Client().get(address)
    assert again.status_code == 410
    assert "đã dùng" in again.content.decode()
    assert Client().get(reverse("signing_download", args=("x" * 43,))).status_code == 404
    assert Client().post(reverse("signing_upload", args=(token,))).status_code == 404, "of another purpose"
    assert token not in str(list(SigningLink.objects.values()))


def test_a_link_ends_after_fifteen_minutes(office):  # noqa: F811
    token = links.make(
        files.approved_file(office.fresh()), office.people["leader"], Stage.SIGNED, Purpose.DOWNLOAD
    )
    late = timezone.now() - datetime.timedelta(seconds=1)
    link = SigningLink.objects.get()
    assert datetime.timedelta(minutes=14) < link.expires_at - timezone.now() <= datetime.timedelta(minutes=15)
    SigningLink.objects.update(expires_at=late)
    assert Client().get(reverse("signing_download", args=(token,))).status_code == 410


def test_a_tool_fetches_and_hands_in_without_a_sitting(office, clients):  # noqa: F811
    told = clients["leader"].post(reverse("signing_helper", args=(office.report.pk,))).json()
    assert told["function"] == "SignApproved"
    tool = Client(enforce_csrf_checks=True)
    taken = b"".join(tool.get(told["message"]["FileName"]))
    assert taken == files.read(files.approved_file(office.fresh()))
    address = told["message"]["FileUploadHandler"]
    answer = tool.post(address, {"uploadfile": upload(office.signed_outside(Stage.SIGNED))})
    assert answer.json() == {
        "Status": True,
        "Message": "",
        "FileName": answer.json()["FileName"],
        "FileServer": answer.json()["FileServer"],
    }
    assert office.fresh().status == "signed"
    assert SignedFile.objects.get(stage="signed").way == "helper"
    again = tool.post(address, {"uploadfile": upload(b"%PDF-1.7")})
    assert (again.status_code, again.json()["Status"]) == (410, False)


def test_a_tool_that_hands_in_a_forgery_is_told_why(office, clients):  # noqa: F811
    told = clients["leader"].post(reverse("signing_helper", args=(office.report.pk,))).json()
    forged = tampering.page_added(office.signed_outside(Stage.SIGNED))
    answer = Client().post(told["message"]["FileUploadHandler"], {"uploadfile": upload(forged)}).json()
    assert answer["Status"] is False
    assert "thay đổi sau khi ký" in answer["Message"]
    assert office.fresh().status == "approved"
    nothing = clients["leader"].post(reverse("signing_helper", args=(office.report.pk,))).json()
    assert Client().post(nothing["message"]["FileUploadHandler"]).status_code == 400


def test_the_clerks_tool_is_told_number_and_date(office, clients):  # noqa: F811
    office.sign_here()
    address = reverse("signing_helper", args=(office.report.pk,))
    refused = clients["clerk"].post(address)
    assert (refused.status_code, "Chưa có số" in refused.json()["error"]) == (409, True)
    office.number()
    told = clients["clerk"].post(address).json()
    assert told["function"] == "SignIssued"
    assert told["message"]["DocNumber"] == office.fresh().code
    assert told["message"]["IssuedDate"] == f"{timezone.localdate():%d/%m/%Y}"


# --- way 3 --------------------------------------------------------------------------------------------


def test_signed_here_with_a_key_file(office, clients):  # noqa: F811
    address = reverse("signing_here", args=(office.report.pk,))
    key = SimpleUploadedFile("ky.p12", office.p12(LEADER))
    wrong = clients["leader"].post(address, {"p12": key, "passphrase": "sai"})
    assert wrong.status_code == 422
    assert "sai mật khẩu" in wrong.content.decode()
    assert 'value="sai"' not in wrong.content.decode()
    key.seek(0)
    done = clients["leader"].post(address, {"p12": key, "passphrase": PASSPHRASE}, follow=True)
    assert "PAdES B-B" in done.content.decode()
    assert office.fresh().status == "signed"
    office.number()
    seal = {"p12": SimpleUploadedFile("dau.p12", office.p12(AGENCY)), "passphrase": PASSPHRASE}
    clients["clerk"].post(address, seal)
    assert office.fresh().status == "sealed"


def test_a_device_is_offered_only_where_one_is_set(office, clients, settings):  # noqa: F811
    assert "thiết bị ký cắm ở máy chủ" not in clients["leader"].get(page(office)).content.decode()
    settings.PKCS11_MODULE = "/usr/lib/softhsm/libsofthsm2.so"
    assert "thiết bị ký cắm ở máy chủ" in clients["leader"].get(page(office)).content.decode()
    answer = clients["leader"].post(reverse("signing_here", args=(office.report.pk,)), {"token": "a"})
    assert "Ghi tên khóa trên thiết bị" in answer.content.decode()


# --- judging any file ---------------------------------------------------------------------------------


def test_anybody_of_the_office_checks_a_file(office, clients):  # noqa: F811
    content = files.read(office.sign_here())
    address = reverse("signed_file_check")
    shown = clients["drafter"].post(address, {"file": upload(content)}).content.decode()
    assert "Hợp lệ." in shown
    assert verify.Content.SAME_BYTES.label in shown
    assert LEADER in shown
    forged = (
        clients["drafter"].post(address, {"file": upload(tampering.page_turned(content))}).content.decode()
    )
    assert "Không hợp lệ" in forged
    elsewhere = signed_in(make_user(make_ward())).post(address, {"file": upload(content)}).content.decode()
    assert verify.Content.NOT_COMPARED.label in elsewhere
    assert str(reverse("report", args=(office.report.pk,))) not in elsewhere


# --- images -------------------------------------------------------------------------------------------


def test_an_image_is_its_owners_alone(office, clients):  # noqa: F811
    image = SimpleUploadedFile("ky.png", pictures.signature())
    assert clients["leader"].post(reverse("mark_own"), {"image": image}).status_code == 302
    mark = Mark.objects.get()
    address = reverse("mark_image", args=(mark.pk,))
    assert b"".join(clients["leader"].get(address)).startswith(b"\x89PNG")
    assert clients["clerk"].get(address).status_code == 404
    assert signed_in(make_user(make_ward())).get(address).status_code == 404
    assert clients["leader"].post(reverse("mark_own"), {"remove": "on"}).status_code == 302
    assert clients["leader"].get(address).status_code == 404


def test_another_name_on_the_certificate_is_in_the_log(office, clients):  # noqa: F811
    clients["leader"].post(reverse("mark_own"), {"certificate_name": "Tran Hong Tuc"})
    assert Mark.objects.get().certificate_name == "Tran Hong Tuc"
    assert "Tran Hong Tuc" in Event.objects.order_by("-pk").first().after["name"]


def test_the_seal_is_in_the_clerks_keeping(office, clients):  # noqa: F811
    seal = {"image": SimpleUploadedFile("dau.png", pictures.seal())}
    assert clients["leader"].post(reverse("mark_seal"), seal).status_code == 403
    seal["image"].seek(0)
    assert clients["clerk"].post(reverse("mark_seal"), seal).status_code == 302
    address = reverse("mark_image", args=(Mark.objects.get().pk,))
    assert clients["leader"].get(address).status_code == 403
    assert clients["clerk"].get(address).status_code == 200


# --- a copy of the paper ------------------------------------------------------------------------------


def test_signed_by_hand_the_page_asks_for_a_scan(office, clients):  # noqa: F811
    office.act("sign", "leader", channel="Ký trên giấy, kèm bản chụp")
    office.number()
    assert "Sao y bản giấy đã ký" in clients["clerk"].get(page(office)).content.decode()
    address = reverse("signing_copy", args=(office.report.pk,))
    assert clients["leader"].post(address).status_code == 403
    empty = clients["clerk"].post(address)
    assert (empty.status_code, 'href="#id_copy-scan"' in empty.content.decode()) == (422, True)
    given = {
        "copy-scan": upload(pictures.scan()),
        "copy-p12": SimpleUploadedFile("dau.p12", office.p12(AGENCY)),
        "copy-passphrase": PASSPHRASE,
    }
    done = clients["clerk"].post(address, given, follow=True)
    assert "Đã sao y" in done.content.decode()
    assert office.fresh().status == "sealed"
