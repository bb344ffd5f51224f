"""An office whose report was approved by the real workflow, with keys for its leader and its seal."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from campaigns.gate import actor_in
from reports.models import Report
from reports.models.signing import Stage, Way
from reports.signing import acts, files, keys, sign
from tests.reports.test_workflow import Office
from tests.signing.authority import AGENCY, LEADER, PASSPHRASE, Authority
from tests.signing.conftest import opened


class SigningOffice(Office):
    """An office with an authority it trusts."""

    def __init__(self, settings, folder) -> None:
        super().__init__()
        leader = self.people["leader"]
        leader.full_name = LEADER
        leader.save()
        self.authority = Authority()
        path = folder / "anchors.pem"
        path.write_bytes(self.authority.pem())
        settings.TRUST_ANCHORS = str(path)
        self.to("approved")

    def fresh(self) -> Report:
        return Report.objects.select_related("organization", "unit", "approved__by").get(pk=self.report.pk)

    def actor(self, who: str):
        return actor_in(self.people[who], self.ward)

    def key(self, name: str) -> keys.Key:
        return opened(self.authority, name)

    def p12(self, name: str) -> bytes:
        return self.authority.p12(self.authority.issue(name), name)

    def sign_here(self):
        return acts.sign_here(self.fresh(), self.actor("leader"), Stage.SIGNED, self.key(LEADER))

    def number(self) -> None:
        self.act("number", "clerk", dated=timezone.localdate())

    def seal_here(self):
        return acts.sign_here(self.fresh(), self.actor("clerk"), Stage.SEALED, self.key(AGENCY))

    def hand_in(self, who: str, stage: Stage, content: bytes, **given):
        return acts.hand_in(self.fresh(), self.actor(who), stage, content, Way.OUTSIDE, **given)

    def signed_outside(self, stage: Stage) -> bytes:
        """What a tool makes of the file it is given."""
        field, name = ("leader", LEADER) if stage == Stage.SIGNED else ("seal", AGENCY)
        base = files.read(files.to_sign(self.fresh(), stage))
        return sign.sign(base, field, self.key(name), keys.Trust()).pdf


@pytest.fixture
def office(db, settings, tmp_path) -> SigningOffice:
    return SigningOffice(settings, tmp_path)


def today() -> datetime.date:
    return timezone.localdate()


__all__ = ["PASSPHRASE", "SigningOffice", "office", "today"]
