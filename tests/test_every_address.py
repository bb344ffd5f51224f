"""Every address asked for by a colleague of another ward, by the wrong role, and with input nobody should send."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from campaigns.models import Membership, Role
from tests import furnished
from tests.campaigns.factories import client_of, make_membership, make_organization, make_user
from tests.test_architecture import OPEN

pytestmark = pytest.mark.tools

NAMES = sorted(furnished.PATTERNS)
#: Every role of a ward that may decide; none of the recipient's.
ROLES = [role for role in Role]
#: Addresses that name no row: lists, forms that add, what everybody may do with his own account.
OURS = ("Bình dân học vụ số", "@demo.example", "Nguyễn Văn A", "Trần Hồng Túc")
#: Rows' addresses that are open to whoever has the link or is asked for one's own sake.
LINKS = {
    "invitation_accept": "the link is the leave",
    "signing_download": "the one-time token is the leave",
    "signing_upload": "the one-time token is the leave",
    "account_confirm_email": "the key from the mail",
    "account_reset_password_from_key": "the key from the mail",
}
#: Addresses that end the sitting, or the request's own transaction.
LEAVING = {"account_logout", "sittings_end", "sitting_end"}
INTEGERS = {"letter_pk", "pk", "section", "version", "link", "copy", "number", "sending", "recipient"}
HUGE = 2**63 - 1
ODD = (
    "\0",
    "đ" * 20_000,
    "-1",
    "9" * 40,
    "<script>",
    "2026-02-31",
    "ký tự\u202e lạ",
    "' OR 1=1 --",
    "[]",
    "{}",
)
FIELDS = (
    *(
        "kind",
        "number",
        "symbol",
        "issued_on",
        "subject",
        "name",
        "text",
        "html",
        "version",
        "key",
        "step",
        "year",
    ),
    *(
        "q",
        "tim",
        "page",
        "role",
        "unit",
        "day",
        "dated",
        "reason",
        "organization",
        "indicator",
        "campaign",
        "period",
    ),
    *(
        "period_from",
        "period_to",
        "as_of",
        "ky",
        "to",
        "cells",
        "o",
        "content",
        "chosen",
        "next",
        "seen",
        "state",
    ),
    *(
        "form-TOTAL_FORMS",
        "form-INITIAL_FORMS",
        "order",
        "section",
        "parent",
        "words",
        "email",
        "file",
        "token",
    ),
)


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker) -> Iterator[furnished.Rows]:
    """The furnished demonstration, for the whole module; what a test changes in it is undone after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("createcachetable", verbosity=0)
        yield furnished.furnish()
        transaction.set_rollback(True)


@pytest.fixture
def stranger(rows, db) -> Client:
    """Holds every role, in another ward."""
    elsewhere = make_organization(name="Ủy ban nhân dân phường Khác", short_name="UBND phường Khác")
    user = make_user(elsewhere, Role.ADMINISTRATOR, full_name="Lý Văn Lạ")
    for role in ROLES:
        if role != Role.ADMINISTRATOR:
            make_membership(user, elsewhere, role)
    return client_of(user)


def arguments(name: str) -> set[str]:
    return set(furnished.PATTERNS[name][1].pattern.converters) if name in furnished.PATTERNS else set()


ROWS_NAMES = [
    name for name in NAMES if arguments(name) & {"pk", "section", "version", "link"} and name not in LINKS
]
LIST_NAMES = [name for name in NAMES if name not in ROWS_NAMES and name not in LINKS]


def ask(client: Client, method: str, url: str, data: dict | None = None):
    return getattr(client, method)(url, data or {})


@pytest.mark.parametrize("method", ["get", "post"])
def test_rows_of_another_ward_do_not_exist(method, rows, stranger):
    answers = {name: ask(stranger, method, furnished.address(name, rows)).status_code for name in ROWS_NAMES}
    assert len(answers) > 80
    assert {name: status for name, status in answers.items() if status not in (404, 405)} == {}


def test_lists_and_forms_show_another_ward_nothing_of_ours(rows, stranger):
    for name in LIST_NAMES:
        answer = stranger.get(furnished.address(name, rows))
        page = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert [words for words in OURS if words in page.decode(errors="replace")] == [], name


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_learns_which_rows_there_are(method, rows, db):
    """Real numbers lead to sign-in as made-up ones do (tests/test_architecture.py)."""
    asked = {
        name: ask(Client(), method, furnished.address(name, rows)) for name in ROWS_NAMES if name not in OPEN
    }
    assert len(asked) > 80
    told = {
        name: answer.status_code
        for name, answer in asked.items()
        if answer.status_code != 302 or not answer["Location"].startswith("/tai-khoan/login/?next=")
    }
    assert told == {}


#: Acts that a leader, who reads and decides, may not do; each with a real row of his own ward.
WRITING = [
    *(
        "section_add",
        "section_edit",
        "section_delete",
        "section_state",
        "block_add",
        "block_save",
        "block_move",
    ),
    *("block_delete", "report_frame", "report_scheme", "report_renumber", "report_delete"),
    *(
        "report_signer",
        "report_quick",
        "return_add",
        "return_take",
        "return_leave",
        "return_note",
    ),
    *("deleted_put_back", "reused_confirm", "section_assign", "finding_mend", "request_add", "request_edit"),
    *(
        "request_draft",
        "request_again",
        "letter_read",
        "report_import",
        "report_new",
        "report_again",
    ),
    *("outline_add", "outline_edit", "outline_delete", "outline_section_add", "outline_section_edit"),
    *(
        "outline_section_delete",
        "outline_paste",
        "paper_add",
        "paper_edit",
        "paper_delete",
        "paper_cite_save",
    ),
    *("team_add", "team_edit", "team_delete", "indicator_add", "indicator_edit", "indicator_delete"),
    *(
        "reading_add",
        "reading_edit",
        "reading_delete",
        "grid_cells",
        "grid_files",
        "sheet_upload",
        "sheet_apply",
    ),
    *(
        "register_add",
        "register_edit",
        "series_add",
        "series_edit",
        "void_ask",
        "void_confirm",
        "void_withdraw",
    ),
    *(
        "back_dating_ask",
        "back_dating_confirm",
        "mark_seal",
        "settings_add",
        "settings_edit",
        "settings_delete",
    ),
    *(
        "holidays_load",
        "invitation_add",
        "invitation_withdraw",
        "invitation_renew",
        "person",
        "password_link",
    ),
    *("hand_over_add", "hand_over_withdraw", "check_levels", "setup_step"),
]


def test_who_reads_and_decides_does_not_write(rows, db):
    leader = client_of(furnished.person("phochutich"))
    answers = {name: ask(leader, "post", furnished.address(name, rows)).status_code for name in WRITING}
    assert {name: status for name, status in answers.items() if status != 403} == {}


@pytest.fixture
def everybody(rows, db) -> Client:
    """Holds every role in the demonstration ward, so that odd input comes as deep as it can."""
    user = furnished.person("chanhvanphong")
    for role in ROLES:
        Membership.objects.get_or_create(user=user, organization=rows["ward"], role=role)
    client = client_of(user)
    client.raise_request_exception = False
    return client


def fallen(answers: Iterator[tuple[str, object]]) -> list[str]:
    """What answered 500 or worse."""
    return [what for what, answer in answers if answer.status_code >= 500]


@pytest.mark.parametrize("method", ["get", "post"])
def test_numbers_nobody_has(method, rows, everybody):
    def asked() -> Iterator[tuple[str, object]]:
        for name in ROWS_NAMES:
            numbers = {key: HUGE for key in arguments(name) if key in INTEGERS}
            for huge in (numbers, dict.fromkeys(numbers, 10**25)):
                yield f"{name} {huge}", ask(everybody, method, furnished.address(name, rows, **huge))

    assert fallen(asked()) == []


def test_words_nobody_knows_in_addresses(rows, everybody):
    def asked() -> Iterator[tuple[str, object]]:
        for name in NAMES:
            words = {key: "khong-co" for key in arguments(name) & {"key", "kind", "format"}}
            if words and name not in LINKS and "uuid" not in str(furnished.PATTERNS[name][0]):
                for method in ("get", "post"):
                    yield f"{method} {name}", ask(everybody, method, furnished.address(name, rows, **words))

    assert fallen(asked()) == []


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.parametrize("method", ["get", "post"])
def test_words_nobody_should_send(method, turn, rows, everybody):
    """Every field that any form has, each with an odd value, to every address."""
    odd = [value[:500] for value in ODD] if method == "get" else ODD
    data = {field: odd[(at * 7 + turn * 3) % len(odd)] for at, field in enumerate(FIELDS)}

    def asked() -> Iterator[tuple[str, object]]:
        for name in NAMES:
            if name not in LEAVING:
                with transaction.atomic():
                    yield name, ask(everybody, method, furnished.address(name, rows), data)
                    transaction.set_rollback(True)

    assert fallen(asked()) == []


def test_posts_without_a_word(rows, everybody):
    def asked() -> Iterator[tuple[str, object]]:
        for name in NAMES:
            if name not in LEAVING:
                with transaction.atomic():
                    yield name, ask(everybody, "post", furnished.address(name, rows))
                    transaction.set_rollback(True)

    assert fallen(asked()) == []
