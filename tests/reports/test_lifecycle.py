"""The lifecycle table: exactly these steps pass, each refusal has its sentence, README shows the same diagram."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from campaigns.models import Role
from reports import lifecycle
from reports.lifecycle import ROLES, STEPS, Standing, Status

WRITERS = {"drafter", "head", "chief_of_office", "clerk", "administrator"}
OUT = ("issued", "sent", "received", "refused")


def passing(**facts) -> set[tuple[str, str, str]]:
    """(status, role, step) of all that pass when one role is held and the facts are these."""
    found = set()
    for status in Status:
        for role in ROLES:
            given = {"heads_unit": role == "head", **facts}
            at = Standing(status=status, roles=frozenset({role}), **given)
            found |= {(status.value, role, key) for key, step in STEPS.items() if lifecycle.may(step, at)}
    return found


def each(statuses, roles, *steps) -> set[tuple[str, str, str]]:
    return {(status, role, step) for status in statuses for role in roles for step in steps}


#: What passes in an ordinary report: not one's own, checked by the chief of office, numbered after the signature.
ORDINARY = (
    each(["draft"], WRITERS, "submit", "submit_urgent")
    | each(["submitted"], ["head"], "check_content", "return")
    | each(["content_checked"], ["chief_of_office"], "check_form", "return")
    | each(["form_checked"], ["leader"], "approve", "return")
    | each(["approved", "signed"], WRITERS | {"leader"}, "reopen")
    | each(["approved"], ["leader", "clerk"], "sign")
    | each(OUT, WRITERS, "replace", "supplement", "correct_form")
    | each(OUT, ["clerk", "leader"], "recall")
    | each(["issued", "refused", "sent", "received"], ["clerk"], "send")
    | each(["sent"], ["clerk"], "receive", "refuse")
    | each(["refused"], ["clerk"], "receive")
)


def test_ordinary_report():
    assert passing(form_seen=True) == ORDINARY | each(["signed"], ["clerk"], "number")


def test_numbered_report():
    numbered = ORDINARY | each(["signed"], ["clerk"], "seal") | each(["sealed"], ["clerk"], "issue")
    assert passing(form_seen=True, numbered=True) == numbered


def test_ward_that_numbers_first():
    first = ORDINARY - each(["approved"], ["leader", "clerk"], "sign")
    first |= each(["approved", "signed"], ["clerk"], "number")
    assert passing(form_seen=True, number_first=True) == first
    after = ORDINARY | each(["signed"], ["clerk"], "seal") | each(["sealed"], ["clerk"], "issue")
    assert passing(form_seen=True, number_first=True, numbered=True) == after


def test_clerk_checks_the_form_where_the_ward_says_so():
    expected = ORDINARY - each(["content_checked"], ["chief_of_office"], "check_form", "return")
    expected |= each(["content_checked"], ["clerk"], "check_form", "return")
    assert passing(form_checker="clerk") == expected


def test_own_report_is_never_approved_by_its_drafter():
    own = passing(is_drafter=True, form_seen=True)
    assert not {step for _, _, step in own} & {"approve", "approve_urgent"}
    assert ("draft", "head", "submit_as_head") in own
    assert ("draft", "head", "submit") not in own
    assert ("draft", "drafter", "submit") in own
    every = Standing(status=Status.FORM_CHECKED, roles=frozenset(ROLES), is_drafter=True)
    assert not lifecycle.may(STEPS["approve"], every)


def test_urgent_report_goes_to_the_leader_and_is_looked_at_before_its_number():
    urgent = passing(straight=True)
    assert each(["submitted", "content_checked"], ["leader"], "approve_urgent", "return") <= urgent
    assert ("signed", "clerk", "number") not in urgent
    assert ("signed", "clerk", "number") in passing(straight=True, form_seen=True)


def test_reopened_report_goes_to_the_leader_alone():
    again = passing(checks_stand=True)
    assert each(["draft"], WRITERS, "submit_correction") <= again
    assert not {step for status, _, step in again if status == "draft"} - {"submit_correction"}


@pytest.mark.parametrize(
    ("status", "sent_by", "key"),
    [
        ("submitted", "submit", "take_back"),
        ("content_checked", "submit_as_head", "take_back"),
        ("form_checked", "submit_correction", "take_back"),
        ("content_checked", "check_content", "undo_check"),
        ("form_checked", "check_form", "undo_check"),
    ],
)
def test_taken_back_by_its_sender_while_nobody_acted(status, sent_by, key):
    roles = STEPS[key].roles
    mine = passing(last_step=sent_by, last_by_me=True)
    assert {role for s, role, step in mine if (s, step) == (status, key)} == set(roles)
    assert key not in {step for _, _, step in passing(last_step=sent_by)}


@pytest.mark.parametrize("key", ["number", "sign", "seal", "issue"])
def test_changed_text_goes_no_further(key):
    def steps(**facts):
        first = key == "sign" or key == "number"
        found = passing(form_seen=True, numbered=not first, **facts)
        return {step for _, _, step in found}

    assert key in steps()
    assert key not in steps(same=False)


@pytest.mark.parametrize("facts", [{"blocked": "Chưa có người ký."}, {"unexplained": "Ghi lý do."}])
def test_text_that_must_be_mended_is_handed_to_nobody(facts):
    forward = {"submit", "submit_urgent", "check_content", "check_form", "approve"}
    assert not {step for _, _, step in passing(**facts)} & forward
    assert {"return", "reopen"} <= {step for _, _, step in passing(**facts)}


def test_right_to_sign():
    assert "approve" not in {step for _, _, step in passing(right="Không có quyền ký.")}
    assert "approve" not in {step for _, _, step in passing(is_signer=False)}
    assert "sign" not in {step for _, _, step in passing(signer_right="Đã hết hiệu lực.")}
    other = passing(is_signer=False)
    assert ("approved", "clerk", "sign") in other  # records what the signer signed on paper
    assert ("approved", "leader", "sign") not in other


def test_recalled_report_is_not_sent():
    assert not {step for _, _, step in passing(recalled=True)} & {"send", "recall", "replace"}


def test_recipient_accepts_or_refuses_what_was_sent_and_does_nothing_else():
    found = set()
    for status in Status:
        at = Standing(status=status, roles=frozenset({lifecycle.RECIPIENT}), form_seen=True, numbered=True)
        found |= {(status.value, key) for key, step in STEPS.items() if lifecycle.may(step, at)}
    assert found == {("sent", "receive"), ("sent", "refuse"), ("refused", "receive")}


def test_every_refusal_is_a_sentence():
    for step in STEPS.values():
        for status in Status:
            at = Standing(status=status, right="Không có quyền.", same=False, recalled=True)
            for one in (at, replace(at, roles=frozenset(ROLES), is_drafter=True, straight=True)):
                for sentence in lifecycle.refusals(step, one):
                    assert sentence[0].isupper() or sentence[0] == "“"
                    assert sentence.endswith(".")


def test_who_may_write_in_which_status():
    def writers(status):
        at = Standing(status=Status(status))
        given = ((role, replace(at, roles=frozenset({role}), heads_unit=role == "head")) for role in ROLES)
        return {role for role, one in given if not lifecycle.may_edit(one)}

    assert writers("draft") == WRITERS
    assert writers("submitted") == {"head"}
    assert writers("content_checked") == {"chief_of_office"}
    assert {status for status in Status if writers(status)} == {"draft", "submitted", "content_checked"}


def test_roles_are_those_of_the_organization():
    assert set(ROLES) == set(Role.values)


def test_readme_shows_the_diagram_of_the_table():
    readme = (Path(settings.BASE_DIR) / "README.md").read_text()
    shown = [block for block in re.findall(r"```mermaid\n(.*?)```", readme, re.S) if "stateDiagram" in block]
    assert [block.strip() for block in shown] == [lifecycle.diagram()]
