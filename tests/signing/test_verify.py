"""What a signed file is accepted for, and every forgery it is refused for."""

from functools import partial
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from reports.document import pdf
from reports.signing import keys, sign, slots, verify
from reports.signing.judgement import Content, Part
from tests.document import reference
from tests.signing import tampering
from tests.signing.authority import AGENCY, LEADER, Authority
from tests.signing.conftest import EXPECTED, ISSUED, opened, trust_in, unnumbered

pytestmark = pytest.mark.tools


def verdicts_of_pyhanko(file: bytes, trust: keys.Trust) -> list[bool]:
    signatures = PdfFileReader(BytesIO(file)).embedded_signatures
    return [
        validate_pdf_signature(one, ValidationContext(trust_roots=list(trust.anchors))).bottom_line
        for one in signatures
    ]


def test_signed_twice_with_number_and_date_between_matches_byte_for_byte(signing):
    judged = signing.judge(signing.signed)
    assert judged.refusal == ""
    assert judged.content is Content.SAME_BYTES
    assert [found.name for found in judged.signatures] == [LEADER, AGENCY]
    assert {"Số văn bản", "Ngày ban hành"} <= set(judged.signatures[0].added)
    assert judged.signatures[1].locks[:2] == ("number", "date")
    assert all(verdicts_of_pyhanko(signing.signed, signing.trust))


def test_a_file_without_its_approved_original_is_judged_by_its_signatures(signing):
    judged = verify.judge(signing.signed, signing.trust)
    assert judged.valid
    assert judged.content is Content.NOT_COMPARED


def test_without_the_agency_the_leader_alone_is_not_enough(signing):
    judged = signing.judge(signing.by_leader)
    assert judged.part == Part.SIGNER
    assert AGENCY in judged.refusal
    assert verify.judge(signing.by_leader, signing.trust, signing.approved).valid


@pytest.mark.parametrize(
    ("forge", "part"),
    [
        (tampering.page_added, Part.CHANGES),
        (tampering.page_turned, Part.CHANGES),
        (tampering.covered, Part.CHANGES),
        (tampering.noted, Part.CHANGES),
        (tampering.renumbered, Part.CHANGES),
        (tampering.redrawn, Part.CHANGES),
        (lambda file: file + b"\n\n\n% more", Part.COVERAGE),
        (lambda file: file[:-400], Part.FILE),
        (lambda file: b"GIF89a" + file, Part.FILE),
    ],
    ids=["page", "turned", "covered", "noted", "renumbered", "redrawn", "tail", "cut", "other"],
)
def test_changed_after_both_signatures_is_refused(signing, forge, part):
    judged = signing.judge(forge(signing.signed))
    assert judged.part == part, judged.refusal
    assert judged.refusal.endswith(".")


@pytest.mark.parametrize(
    "forge", [tampering.covered, tampering.noted, tampering.page_turned, tampering.page_added]
)
def test_changed_before_the_first_signature_does_not_match(signing, forge):
    """Valid signatures on a file that is not the approved one: shadow content put in before the leader signed."""
    forged = sign.sign(forge(signing.approved.pdf), "leader", signing.leader, keys.Trust()).pdf
    assert verify.judge(forged, signing.trust).valid
    judged = verify.judge(forged, signing.trust, signing.approved)
    assert judged.part == Part.CONTENT, judged


def test_a_number_without_a_lock_is_refused_when_rewritten_though_verifiers_say_valid(signing, monkeypatch):
    monkeypatch.setattr(slots, "_add_signature", partial(_unlocked, slots._add_signature))
    made, boxes = pdf.render_for_signing(unnumbered())
    approved = verify.Approved(slots.add(made, boxes), boxes)
    first = sign.sign(approved.pdf, "leader", signing.leader, keys.Trust()).pdf
    signed = sign.sign(slots.fill(first, "274", ISSUED), "seal", signing.agency, keys.Trust()).pdf
    assert verify.judge(signed, signing.trust, approved, EXPECTED).valid
    forged = tampering.renumbered(signed)
    assert all(verdicts_of_pyhanko(forged, signing.trust)), "the hole this test is about has closed"
    judged = verify.judge(forged, signing.trust, approved, EXPECTED)
    assert judged.part == Part.CHANGES
    assert "Số hoặc ngày" in judged.refusal


def _unlocked(add, writer, box, lock):
    add(writer, box, lock=False)


def test_rewritten_and_signed_again_is_refused(signing):
    """A number rewritten between the leader's second thoughts and the agency's signature."""
    rewritten = tampering.renumbered(sign.sign(signing.filled, "seal", signing.agency, keys.Trust()).pdf)
    assert verify.judge(rewritten, signing.trust, signing.approved).part == Part.CHANGES


def test_filled_after_the_last_signature_is_refused(signing):
    judged = verify.judge(signing.filled, signing.trust, signing.approved)
    assert judged.part == Part.CHANGES
    assert "sau chữ ký cuối cùng" in judged.refusal


def test_a_signature_moved_from_another_file_is_refused(signing):
    other = sign.sign(tampering.noted(signing.approved.pdf), "leader", signing.leader, keys.Trust()).pdf
    judged = verify.judge(tampering.transplanted(signing.by_leader, other), signing.trust)
    assert judged.part == Part.INTEGRITY


def test_any_byte_flipped_is_refused(signing):
    """Some forty places over the whole file, both signatures' rooms among them."""
    size = len(signing.signed)
    places = {size * part // 37 for part in range(37)} | {size - 3}
    for embedded in PdfFileReader(BytesIO(signing.signed)).embedded_signatures:
        start, end = int(embedded.byte_range[1]), int(embedded.byte_range[2])
        places |= {start + 40, start + 1200, end - 20}
    accepted = [at for at in sorted(places) if signing.judge(tampering.flipped(signing.signed, at)).valid]
    assert accepted == []


def test_a_certificate_of_an_unknown_authority_is_refused(signing):
    stranger = trust_in(Authority("Cơ quan chứng thực khác"))
    judged = verify.judge(signing.signed, stranger, signing.approved, EXPECTED)
    assert judged.part == Part.CERTIFICATE
    assert verify.judge(signing.signed, keys.Trust()).refusal.count("TRUST_ANCHORS") == 1


@pytest.mark.parametrize(("before", "days"), [(-400, 365), (3, 365)])
def test_a_certificate_not_in_force_when_signing_is_refused(signing, before, days):
    authority = signing.authority
    certificate = authority.issue(LEADER, before=before, days=days)
    key = keys.key_file(authority.p12(certificate, LEADER), "mật khẩu thử")
    signed = sign.sign(signing.approved.pdf, "leader", key, keys.Trust()).pdf
    assert verify.judge(signed, signing.trust, signing.approved).part == Part.VALIDITY


def test_another_persons_certificate_is_refused_by_name(signing):
    other = opened(signing.authority, "Nguyễn Văn A")
    signed = sign.sign(signing.approved.pdf, "leader", other, keys.Trust()).pdf
    judged = signing.judge(signed)
    assert judged.part == Part.SIGNER
    assert LEADER in judged.refusal
    assert "Nguyễn Văn A" in judged.refusal


def test_names_are_compared_as_people_write_them():
    assert verify.folded("UBND phường  NHỊ CHIỂU") == verify.folded("Uỷ ban nhân dân phường Nhị Chiểu")


def test_an_outside_tools_own_file_matches_in_content_only(signing):
    """Made anew from the same text, stamped inside the boxes, then signed."""
    again = pdf.render(reference_without_number())
    stamped = sign_new_field(again, signing, "Signature1", (360, 150, 460, 210))
    judged = verify.judge(stamped, signing.trust, signing.approved)
    assert judged.refusal == ""
    assert judged.content is Content.SAME_TEXT


def test_another_text_signed_properly_does_not_match(signing):
    signed = sign_new_field(pdf.render(changed_text()), signing, "Signature1", (360, 150, 460, 210))
    judged = verify.judge(signed, signing.trust, signing.approved)
    assert judged.part == Part.CONTENT
    assert "trong tệp là" in judged.refusal


def reference_without_number():
    return unnumbered()


def changed_text():
    from dataclasses import replace

    from reports.document.nodes import Section

    made = unnumbered()
    return replace(made, sections=(*made.sections, Section(blocks=reference._blocks(["Thêm một câu."], "x"))))


def sign_new_field(file, signing, name, box):
    """Signed by a tool that adds a field of its own."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    last = len(PdfFileReader(BytesIO(file)).root["/Pages"]["/Kids"]) - 1
    writer = IncrementalPdfFileWriter(BytesIO(file))
    append_signature_field(writer, SigFieldSpec(name, last, box=box))
    out = BytesIO()
    writer.write(out)
    return sign.sign(out.getvalue(), name, signing.leader, keys.Trust()).pdf
