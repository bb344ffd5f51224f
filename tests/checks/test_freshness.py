"""Freshness: a good, a bad and a near-miss example for each check."""

from reports.checks.knowledge import Knowledge

from .examples import words


def test_a_reused_block_not_confirmed_is_found_once():
    text = "# 1. Mục\nCâu cũ.\nCâu hai."
    assert words("reused-unconfirmed", text, Knowledge(unconfirmed=frozenset({"b1"}))) == ["Câu cũ."]
    assert words("reused-unconfirmed", text, Knowledge(unconfirmed=frozenset({"b2"}))) == []
    assert words("reused-unconfirmed", text) == []
