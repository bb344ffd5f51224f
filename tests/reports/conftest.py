"""A ward with its people, and one client for each who may ask."""

import pytest

from campaigns.models import Role

from .factories import make_user, make_ward, signed_in


@pytest.fixture
def ward(db):
    return make_ward()


@pytest.fixture
def drafter(ward):
    return make_user(ward)


@pytest.fixture
def client(drafter):
    return signed_in(drafter)


@pytest.fixture
def leader(ward):
    """Reads and decides, but writes nothing."""
    return signed_in(make_user(ward, Role.LEADER))


@pytest.fixture
def stranger(db):
    return signed_in(make_user(make_ward()))
