"""Signing with a key file and a PKCS#11 device, levels of PAdES, stamps; read back by programs of others."""

import datetime
import os
import shutil
import subprocess
from io import BytesIO

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from reports.document.pictures import pages
from reports.signing import keys, sign, slots, verify
from tests import verapdf
from tests.document.pdf_reading import page_texts, tool
from tests.signing import pictures, tampering
from tests.signing.authority import AGENCY, LEADER, PASSPHRASE, key
from tests.signing.conftest import EXPECTED, ISSUED, opened, trust_in
from tests.signing.services import running

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "648219"

pytestmark = pytest.mark.tools


@pytest.fixture(scope="module")
def services():
    with running() as made:
        yield made


@pytest.fixture
def token(tmp_path, monkeypatch):
    """A SoftHSM2 token of this test alone."""
    (tmp_path / "tokens").mkdir()
    settings = tmp_path / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tmp_path}/tokens\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    call = ["softhsm2-util", "--init-token", "--free", "--label", "phuong", "--so-pin", "7531", "--pin", PIN]
    subprocess.run(call, check=True, capture_output=True)
    return tmp_path


def put_on_token(folder, authority, name, label):
    """Key and certificate onto the token, as a token's own program would."""
    secret, certificate = folder / "key.pem", folder / "certificate.der"
    secret.write_bytes(key(name).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    certificate.write_bytes(authority.issue(name).public_bytes(Encoding.DER))
    common = ["--token", "phuong", "--pin", PIN, "--label", label, "--id", "a1"]
    subprocess.run(["softhsm2-util", "--import", secret, *common], check=True, capture_output=True)
    write = ["pkcs11-tool", "--module", MODULE, "--token-label", "phuong", "--login", "--pin", PIN]
    write += ["--write-object", certificate, "--type", "cert", "--label", label, "--id", "a1"]
    subprocess.run(write, check=True, capture_output=True)


def sign_twice(approved, leader, agency, trust):
    first = sign.sign(approved.pdf, "leader", leader, trust)
    return sign.sign(first.pdf, "seal", agency, trust, numbered=("274", ISSUED))


def verdicts_of_pyhanko(file: bytes, trust: keys.Trust) -> list[bool]:
    signatures = PdfFileReader(BytesIO(file)).embedded_signatures
    return [
        validate_pdf_signature(one, ValidationContext(trust_roots=list(trust.anchors))).bottom_line
        for one in signatures
    ]


def pdfsig(file: bytes) -> str:
    return tool(file, "pdfsig", "-nocert", "{}")


# --- keys ---------------------------------------------------------------------------------------------


def test_a_wrong_passphrase_is_said_so(signing):
    content = signing.authority.p12(signing.authority.issue(LEADER), LEADER)
    with pytest.raises(keys.SigningError, match="sai mật khẩu"):
        keys.key_file(content, "sai")
    with pytest.raises(keys.SigningError, match="không phải PKCS#12"):
        keys.key_file(b"\x00 not a key", PASSPHRASE)


def test_a_field_is_signed_once_and_must_exist(signing):
    with pytest.raises(keys.SigningError, match="đã có chữ ký"):
        sign.sign(signing.by_leader, "leader", signing.leader, keys.Trust())
    with pytest.raises(keys.SigningError, match="không có ô chữ ký"):
        sign.sign(signing.approved.pdf, "other", signing.leader, keys.Trust())


def test_anchors_come_from_a_pem_file(tmp_path, signing):
    path = tmp_path / "anchors.pem"
    path.write_bytes(signing.authority.pem() * 2)
    assert len(keys.anchors(str(path))) == 2
    assert keys.anchors("") == ()
    path.write_text("nothing")
    with pytest.raises(ValueError):
        keys.anchors(str(path))


def test_a_token_signs_as_a_key_file_does(token, signing):
    put_on_token(token, signing.authority, LEADER, "lanh dao")
    with keys.device(MODULE, "phuong", PIN, "lanh dao") as leader:
        assert leader.name == LEADER
        first = sign.sign(signing.approved.pdf, "leader", leader, keys.Trust())
    signed = sign.sign(slots.fill(first.pdf, "274", ISSUED), "seal", signing.agency, keys.Trust()).pdf
    judged = signing.judge(signed)
    assert judged.valid, judged
    assert judged.content is verify.Content.SAME_BYTES
    assert pdfsig(signed).count("Signature is Valid.") == 2
    with pytest.raises(keys.SigningError, match="PIN"), keys.device(MODULE, "phuong", "000000", "lanh dao"):
        pass


# --- levels -------------------------------------------------------------------------------------------


def test_without_a_time_stamping_authority_the_level_is_b(signing):
    made = sign.sign(signing.approved.pdf, "leader", signing.leader, signing.trust)
    assert (made.level, made.note, made.signer) == ("B-B", "", LEADER)


def test_with_revocation_data_the_level_is_lt_and_still_pdfa(services, approved):
    trust = trust_in(services.authority, f"{services.url}/tsa")
    made = sign_twice(approved, opened(services.authority, LEADER), opened(services.authority, AGENCY), trust)
    assert (made.level, made.note) == ("B-LT", "")
    judged = verify.judge(made.pdf, trust, approved, EXPECTED)
    assert judged.valid, judged
    assert judged.content is verify.Content.SAME_BYTES
    assert [found.level for found in judged.signatures] == ["B-LT", "B-LT"]
    assert all(found.stamped for found in judged.signatures)
    assert verapdf.failures(made.pdf, "2a") == []
    assert all(verdicts_of_pyhanko(made.pdf, trust))
    assert pdfsig(made.pdf).count("Signature is Valid.") == 2


def test_evidence_may_follow_a_number_filled_in_before_the_seal(services, approved):
    """Filled by the clerk, sealed outside with evidence appended: three revisions where we write one."""
    trust = trust_in(services.authority, f"{services.url}/tsa")
    first = sign.sign(approved.pdf, "leader", opened(services.authority, LEADER), trust)
    filled = slots.fill(first.pdf, "274", ISSUED)
    made = sign.sign(filled, "seal", opened(services.authority, AGENCY), trust)
    assert made.level == "B-LT"
    assert verify.judge(made.pdf, trust, approved, EXPECTED).refusal == ""


def test_without_revocation_data_the_level_is_t_and_says_why(services, approved):
    services.lists = False
    try:
        trust = trust_in(services.authority, f"{services.url}/tsa")
        made = sign.sign(approved.pdf, "leader", opened(services.authority, LEADER), trust)
    finally:
        services.lists = True
    assert made.level == "B-T"
    assert "thu hồi" in made.note
    judged = verify.judge(made.pdf, trust, approved)
    assert [(found.level, found.stamped) for found in judged.signatures] == [("B-T", True)]


def test_without_an_answer_from_the_time_stamping_authority_the_level_is_b_and_says_why(services, approved):
    services.stamps = False
    try:
        trust = trust_in(services.authority, f"{services.url}/tsa")
        made = sign.sign(approved.pdf, "leader", opened(services.authority, LEADER), trust)
    finally:
        services.stamps = True
    assert made.level == "B-B"
    assert "dấu thời gian" in made.note
    assert verify.judge(made.pdf, trust, approved).valid


def test_a_revoked_certificate_is_not_signed_with_long_term_data(services, approved):
    certificate = services.authority.issue(LEADER)
    services.authority.revoked.append(certificate)
    try:
        trust = trust_in(services.authority, f"{services.url}/tsa")
        signer = keys.key_file(services.authority.p12(certificate, LEADER), PASSPHRASE)
        with pytest.raises(keys.SigningError, match="thu hồi"):
            sign.sign(approved.pdf, "leader", signer, trust)
    finally:
        services.authority.revoked.clear()


def test_a_certificate_revoked_before_it_signed_is_refused(services, approved):
    certificate = services.authority.issue(LEADER)
    signer = keys.key_file(services.authority.p12(certificate, LEADER), PASSPHRASE)
    trust = trust_in(services.authority)
    signed = sign.sign(approved.pdf, "leader", signer, trust).pdf
    assert verify.judge(signed, trust, approved).valid
    services.authority.revoked.append(certificate)
    try:
        judged = verify.judge(signed, trust, approved)
    finally:
        services.authority.revoked.clear()
    assert judged.part == verify.Part.VALIDITY
    assert "thu hồi" in judged.refusal


def test_no_address_of_a_strangers_choosing_is_asked(services, approved, signing):
    signed = sign.sign(approved.pdf, "leader", opened(services.authority, LEADER), keys.Trust()).pdf
    services.asked.clear()
    assert verify.judge(signed, signing.trust, approved).part == verify.Part.CERTIFICATE
    assert services.asked == []
    assert verify.judge(signed, trust_in(services.authority), approved).valid
    assert services.asked == ["crl"]


# --- what others read ---------------------------------------------------------------------------------


def test_signed_twice_it_is_still_pdfa_and_pdfsig_agrees(signing):
    assert verapdf.failures(signing.approved.pdf, "2a") == []
    assert verapdf.failures(signing.signed, "2a") == []
    said = pdfsig(signing.signed)
    assert said.count("Signature is Valid.") == 2
    assert f"Common Name: {LEADER}" in said
    assert f"Common Name: {AGENCY}" in said
    assert "Total document signed" in said
    assert "\n".join(page_texts(signing.signed)).count("Trần Hồng Túc") >= 1


@pytest.mark.parametrize(
    "forge",
    [
        lambda file: tampering.flipped(file, 600),
        tampering.page_added,
        tampering.page_turned,
        tampering.covered,
        tampering.noted,
        tampering.renumbered,
    ],
    ids=["flipped", "page", "turned", "covered", "noted", "renumbered"],
)
def test_pdfsig_at_least_reports_every_forgery(signing, forge):
    """A second opinion only: it says that the file goes on after what was signed, or that the digest differs."""
    said = pdfsig(forge(signing.signed))
    reports = ("Digest Mismatch", "Signature is Invalid", "Signature has not been verified")
    assert any(report in said for report in reports) or "Total document signed" not in said


def test_with_images_the_file_is_pdfa_and_shows_them(signing, approved):
    first = sign.sign(approved.pdf, "leader", signing.leader, keys.Trust(), pictures.signature())
    second = sign.sign(
        slots.fill(first.pdf, "274", ISSUED), "seal", signing.agency, keys.Trust(), pictures.seal()
    )
    assert verapdf.failures(second.pdf, "2a") == []
    assert signing.judge(second.pdf).valid
    boxes = {box.name: box for box in approved.boxes}
    page = Image.open(BytesIO(list(pages(second.pdf))[boxes["seal"].page])).convert("RGB")
    scale = 96 / 72

    def colours(name):
        box = boxes[name]
        edges = (box.left, page.height / scale - box.top, box.right, page.height / scale - box.bottom)
        return page.crop(tuple(round(edge * scale) for edge in edges)).getcolors(100000)

    assert any(b > 150 and r < 100 for _, (r, g, b) in colours("leader"))
    assert any(r > 180 and g < 90 and b < 90 for _, (r, g, b) in colours("seal"))


def test_the_name_is_right_in_stamp_and_metadata(signing):
    with pikepdf.open(BytesIO(signing.signed)) as file:
        fields = {str(field.T): field for field in file.Root.AcroForm.Fields}
        assert str(fields["leader"].V.Name) == LEADER
        assert str(fields["seal"].V.Name) == AGENCY
    signed = tool(signing.signed, "pdftotext", "-raw", "{}", "-")
    assert f"Ký bởi: {LEADER}" in signed
    hour = datetime.datetime.now(sign.VIETNAM)
    assert f"Thời gian ký: {hour:%Y-%m-%d}" in signed
    assert "+07:00" in signed


def test_programs_of_others_are_there():
    assert shutil.which("pdfsig")
    assert shutil.which("softhsm2-util")
    assert os.path.exists(MODULE)
