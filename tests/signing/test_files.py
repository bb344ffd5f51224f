"""From the approved report to its signed files: the workflow's steps are taken by what was really signed."""

import dataclasses
import datetime

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from reports import workflow
from reports.document import pdf
from reports.models import Evidence, Mark, SignedFile
from reports.models.signing import Match, Stage, Way
from reports.signing import acts, files, keys, sign, slots, verify
from reports.signing.judgement import Content
from tests.document.pdf_reading import tool
from tests.signing import pictures, tampering
from tests.signing.authority import AGENCY, LEADER
from tests.signing.offices import office, today  # noqa: F401
from tests.signing.test_verify import sign_new_field

pytestmark = pytest.mark.tools


def test_signed_here_twice_the_report_is_sealed_and_every_version_kept(office):  # noqa: F811
    first = office.sign_here()
    assert office.fresh().status == "signed"
    office.number()
    second = office.seal_here()
    report = office.fresh()
    assert report.status == "sealed"
    assert [file.stage for file in files.versions(report)] == ["approved", "signed", "sealed"]
    assert len({file.sha256 for file in files.versions(report)}) == 3
    assert (first.way, second.way) == (Way.SERVER, Way.SERVER)
    content = files.read(second)
    assert content.startswith(files.read(first))
    assert slots.filled(content)["number"] == report.number
    judged, found = acts.judge_any(content)
    assert judged.refusal == ""
    assert judged.content is Content.SAME_BYTES
    assert found == report
    evidence = Evidence.objects.filter(report=report, step="seal").get()
    assert second.sha256 in evidence.note


def test_signed_outside_twice_and_handed_in(office):  # noqa: F811
    done = office.hand_in("leader", Stage.SIGNED, office.signed_outside(Stage.SIGNED))
    assert done.file is not None
    assert done.file.match == Match.SAME_BYTES
    office.number()
    done = office.hand_in("clerk", Stage.SEALED, office.signed_outside(Stage.SEALED))
    assert done.file is not None
    assert office.fresh().status == "sealed"
    assert [found["name"] for found in done.file.signatures] == [LEADER, AGENCY]


def test_the_file_for_the_agency_is_filled_once_a_number(office):  # noqa: F811
    office.sign_here()
    with pytest.raises(keys.SigningError, match="cấp số"):
        files.to_sign(office.fresh(), Stage.SEALED)
    office.number()
    first = files.to_sign(office.fresh(), Stage.SEALED)
    assert files.to_sign(office.fresh(), Stage.SEALED) == first
    office.fresh().entries.update(state="void", void_reason="Nhầm", void_by=office.people["clerk"],
        void_confirmed_by=office.people["chief"])  # fmt: skip
    type(office.report).objects.filter(pk=office.report.pk).update(number="")
    office.number()
    again = files.to_sign(office.fresh(), Stage.SEALED)
    assert (
        slots.filled(files.read(again))["number"]
        == office.fresh().number
        != slots.filled(files.read(first))["number"]
    )


def test_a_file_made_anew_waits_for_the_clerk(office):  # noqa: F811
    from reports import editions

    again = pdf.render(editions.tree_of(office.fresh().approved))
    content = sign_new_field(again, _Signing(office.key(LEADER)), "Signature1", (360, 400, 460, 460))
    done = office.hand_in("clerk", Stage.SIGNED, content)
    assert done.file is None
    assert done.judgement.content is Content.SAME_TEXT
    assert office.fresh().status == "approved"
    with pytest.raises(keys.SigningError, match="văn thư xác nhận"):
        office.hand_in("leader", Stage.SIGNED, content, confirmed=True)
    done = office.hand_in("clerk", Stage.SIGNED, content, confirmed=True)
    assert done.file.match == Match.SAME_TEXT
    assert done.file.confirmed_by == office.people["clerk"]
    assert office.fresh().status == "signed"


@dataclasses.dataclass
class _Signing:
    leader: keys.Key


@pytest.mark.parametrize("forge", [tampering.page_added, tampering.covered], ids=["page", "covered"])
def test_a_forged_file_is_not_taken(office, forge):  # noqa: F811
    done = office.hand_in("leader", Stage.SIGNED, forge(office.signed_outside(Stage.SIGNED)))
    assert done.file is None
    assert done.judgement.part == verify.Part.CHANGES
    assert office.fresh().status == "approved"


def test_the_number_in_the_file_must_be_the_registers(office):  # noqa: F811
    office.sign_here()
    office.number()
    base = files.versions(office.fresh()).get(stage=Stage.SIGNED)
    wrong = sign.sign(files.read(base), "seal", office.key(AGENCY), keys.Trust(), numbered=("999", today()))
    done = office.hand_in("clerk", Stage.SEALED, wrong.pdf)
    assert done.file is None
    assert "sổ đăng ký ghi" in done.judgement.refusal


def test_date_and_number_are_there_and_the_registers(office):  # noqa: F811
    office.sign_here()
    office.number()
    base, key = files.read(files.signed_file(office.fresh())), office.key(AGENCY)
    blank = sign.sign(base, "seal", key, keys.Trust()).pdf
    assert "còn trống" in office.hand_in("clerk", Stage.SEALED, blank).judgement.refusal
    other_day = (office.fresh().number, today() - datetime.timedelta(days=31))
    wrong = sign.sign(base, "seal", key, keys.Trust(), numbered=other_day).pdf
    assert "Ngày trong tệp khác" in office.hand_in("clerk", Stage.SEALED, wrong).judgement.refusal
    assert office.fresh().status == "signed"


def test_somebody_elses_key_is_refused_before_signing(office):  # noqa: F811
    with pytest.raises(keys.SigningError, match="Chứng thư này của Nguyễn Văn B"):
        acts.sign_here(office.fresh(), office.actor("leader"), Stage.SIGNED, office.key("Nguyễn Văn B"))
    assert office.fresh().status == "approved"


def test_the_workflow_says_who_signs_and_when(office):  # noqa: F811
    with pytest.raises(workflow.Refused):
        acts.sign_here(office.fresh(), office.actor("drafter"), Stage.SIGNED, office.key(LEADER))
    with pytest.raises(workflow.Refused):
        office.seal_here()
    office.sign_here()
    with pytest.raises(workflow.Refused, match="Chưa có số"):
        office.seal_here()


def test_an_untrusted_key_is_refused_here_as_it_would_be_from_outside(office):  # noqa: F811
    from tests.signing.authority import Authority
    from tests.signing.conftest import opened

    stranger = opened(Authority("Nơi khác"), LEADER)
    with pytest.raises(keys.SigningError, match="tin cậy"):
        acts.sign_here(office.fresh(), office.actor("leader"), Stage.SIGNED, stranger)
    assert office.fresh().status == "approved"


def test_where_the_ward_numbers_first_number_and_date_are_printed(office):  # noqa: F811
    office.ward.number_first = True
    office.ward.save()
    with pytest.raises(keys.SigningError, match="cấp số"):
        files.approved_file(office.fresh())
    office.number()
    office.sign_here()
    content = files.read(office.seal_here())
    assert slots.filled(content) == {}
    assert f"Số:{office.fresh().number}/BC-UBND" in verify.text_of(content)
    assert acts.judge_any(content)[0].valid


def test_reopened_and_approved_again_the_old_file_no_longer_counts(office):  # noqa: F811
    old = files.approved_file(office.fresh())
    old_signed = office.signed_outside(Stage.SIGNED)
    office.act("reopen", "leader", reason="Sửa một câu")
    office.write("<p>Phường có 28 tổ.</p>")
    office.act("submit_correction", "drafter")
    office.act("approve", "leader")
    new = files.approved_file(office.fresh())
    assert new.sha256 != old.sha256
    done = office.hand_in("leader", Stage.SIGNED, old_signed)
    assert done.file is None
    assert done.judgement.part == verify.Part.CONTENT
    assert SignedFile.objects.filter(pk=old.pk).exists()


def test_the_image_of_the_signer_goes_into_the_stamp(office):  # noqa: F811
    from django.core.files.base import ContentFile

    mark = Mark(organization=office.ward, person=office.people["leader"])
    mark.image.save("ky.png", ContentFile(pictures.signature()))
    signed = files.read(office.sign_here())
    assert b"/Image" in signed[len(files.read(files.approved_file(office.fresh()))) :]


def test_a_certificate_in_another_name_is_accepted_when_told(office):  # noqa: F811
    Mark.objects.create(
        organization=office.ward, person=office.people["leader"], certificate_name="Tran Hong Tuc"
    )
    file = acts.sign_here(office.fresh(), office.actor("leader"), Stage.SIGNED, office.key("Tran Hong Tuc"))
    assert file.stage == Stage.SIGNED


def test_a_version_changed_on_the_disk_is_noticed(office):  # noqa: F811
    file = files.approved_file(office.fresh())
    with default_storage.open(file.content.name, "wb") as stored:
        stored.write(b"%PDF-1.7 other")
    with pytest.raises(keys.SigningError, match="bị thay đổi"):
        files.read(file)


def test_matching_in_content_needs_somebody_who_confirmed(office):  # noqa: F811
    file = files.approved_file(office.fresh())
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedFile.objects.filter(pk=file.pk).update(match=Match.SAME_TEXT)


def test_only_the_file_that_was_kept_is_the_file_of_record(office):  # noqa: F811
    first = files.read(office.sign_here())
    office.number()
    second = sign.sign(
        first, "seal", office.key(AGENCY), keys.Trust(), numbered=(office.fresh().number, today())
    ).pdf
    kept = files.read(office.seal_here())
    assert acts.judge_any(kept)[0].valid
    assert verify.judge(second, files.trust(), files.approved_of(office.fresh())).valid
    judged, _ = acts.judge_any(second)
    assert "không phải bản đã ký được lưu" in judged.refusal


def test_another_wards_file_is_judged_without_what_it_was_made_from(office):  # noqa: F811
    content = files.read(office.sign_here())
    none = type(office.report).objects.none()
    judged, report = acts.judge_any(content, none)
    assert report is None
    assert judged.content is Content.NOT_COMPARED


# --- a copy of the paper ------------------------------------------------------------------------------


def signed_by_hand(office):  # noqa: F811
    office.act("sign", "leader", channel="Ký trên giấy, kèm bản chụp")
    office.number()


def test_a_paper_signed_by_hand_goes_out_as_a_copy_with_the_agencys_signature(office):  # noqa: F811
    signed_by_hand(office)
    assert acts.needs_copy(office.fresh())
    key = office.key(AGENCY)
    file = acts.copy_here(office.fresh(), office.actor("clerk"), pictures.scan(pages=2), key)
    assert office.fresh().status == "sealed"
    content = files.read(file)
    judged, report = acts.judge_any(content)
    assert judged.refusal == ""
    assert report == office.fresh()
    said = tool(content, "pdftotext", "-raw", "-l", "1", "{}", "-")
    assert said.startswith("SAO Y; Ủy ban nhân dân phường Nhị Chiểu; ")
    assert "+07:00" in said
    assert acts.judge_any(tampering.flipped(content, len(content) // 2))[0].refusal


def test_no_copy_of_what_the_leader_signed_electronically(office):  # noqa: F811
    office.sign_here()
    office.number()
    with pytest.raises(keys.SigningError, match="không sao y"):
        acts.copy_here(office.fresh(), office.actor("clerk"), pictures.scan(), office.key(AGENCY))


@pytest.mark.parametrize(
    ("scan", "sentence"),
    [
        (pictures.scan(150), "150 dpi"),
        (pictures.scan(mode="L"), "đen trắng"),
        (b"%PDF-1.7", "Không đọc được"),
    ],
)
def test_a_poor_scan_is_no_copy(office, scan, sentence):  # noqa: F811
    signed_by_hand(office)
    with pytest.raises(keys.SigningError, match=sentence):
        acts.copy_here(office.fresh(), office.actor("clerk"), scan, office.key(AGENCY))
    assert office.fresh().status == "signed"


def test_a_text_pdf_is_no_scan(office):  # noqa: F811
    signed_by_hand(office)
    text = files.read(files.approved_file(office.fresh()))
    with pytest.raises(keys.SigningError, match="không phải ảnh chụp"):
        acts.copy_here(office.fresh(), office.actor("clerk"), text, office.key(AGENCY))
