"""The office every test of sending starts from."""

import pytest

from .offices import SendingOffice


@pytest.fixture
def office(db, monkeypatch) -> SendingOffice:
    return SendingOffice(monkeypatch)
