"""The reference report as an approved file, and the same file signed twice; made once per run."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

import pytest
from asn1crypto import x509

from reports.document import numbering, pdf
from reports.document.nodes import Document, Slot, Text
from reports.signing import keys, sign, slots, verify
from tests.document import reference
from tests.signing.authority import AGENCY, LEADER, PASSPHRASE, Authority

ISSUED = datetime.date(2026, 5, 19)


def unnumbered() -> Document:
    """The reference report before its number: number and date are slots to fill."""
    made = reference.document()
    date = (
        Text("Nhị Chiểu, ngày "), Slot("day"), Text(" tháng "), Slot("month"), Text(" năm "), Slot("year")
    )  # fmt: skip
    number = (Text("Số: "), Slot("number"), Text("/BC-UBND"))
    frame = replace(made.frame, number=number, place_date=date)
    # a shorter body: what is tried here is the same on two pages as on seven
    return numbering.resolve(replace(made, frame=frame, sections=made.sections[:3]), {})


@dataclass(frozen=True)
class Signing:
    """The files of a signing, step by step, with all that judges them."""

    approved: verify.Approved
    by_leader: bytes
    filled: bytes
    signed: bytes
    trust: keys.Trust
    authority: Authority
    leader: keys.Key
    agency: keys.Key

    def judge(self, pdf: bytes) -> verify.Judgement:
        return verify.judge(pdf, self.trust, self.approved, EXPECTED)


EXPECTED = verify.Expected((LEADER,), (AGENCY,))


def opened(authority: Authority, name: str) -> keys.Key:
    return keys.key_file(authority.p12(authority.issue(name), name), PASSPHRASE)


def trust_in(authority: Authority, tsa_url: str = "") -> keys.Trust:
    from cryptography.hazmat.primitives.serialization import Encoding

    return keys.Trust((x509.Certificate.load(authority.root.public_bytes(Encoding.DER)),), tsa_url)


@pytest.fixture(scope="session")
def approved() -> verify.Approved:
    made, boxes = pdf.render_for_signing(unnumbered())
    return verify.Approved(slots.add(made, boxes), boxes)


@pytest.fixture(scope="session")
def signing(approved) -> Signing:
    authority = Authority()
    leader, agency = opened(authority, LEADER), opened(authority, AGENCY)
    nobody = keys.Trust()
    by_leader = sign.sign(approved.pdf, "leader", leader, nobody).pdf
    filled = slots.fill(by_leader, "274", ISSUED)
    signed = sign.sign(filled, "seal", agency, nobody).pdf
    return Signing(approved, by_leader, filled, signed, trust_in(authority), authority, leader, agency)
