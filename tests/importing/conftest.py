"""The ward and its people, as in the tests of reports."""

from tests.reports.conftest import client, drafter, leader, stranger, ward

__all__ = ["client", "drafter", "leader", "stranger", "ward"]
