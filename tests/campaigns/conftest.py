"""One ward with a drafter, and a stranger from another ward."""

from __future__ import annotations

import pytest
from django.test import Client

from campaigns.models import Organization, Role

from .factories import client_of, make_organization, make_user


@pytest.fixture
def ward(db) -> Organization:
    return make_organization()


@pytest.fixture
def drafter(ward) -> Client:
    return client_of(make_user(ward, Role.DRAFTER))


@pytest.fixture
def leader(ward) -> Client:
    """Reads and decides, writes nothing."""
    return client_of(make_user(ward, Role.LEADER))


@pytest.fixture
def keeper(ward) -> Client:
    return client_of(make_user(ward, Role.ADMINISTRATOR))


@pytest.fixture
def stranger(db) -> Client:
    """Holds the highest role, in another ward."""
    return client_of(make_user(make_organization(), Role.ADMINISTRATOR))
