"""The words a judgement on a signed file is told in, and the policy its revisions are judged by."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    FormUpdatingRule,
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)

from ..document.signing import Box

#: pyHanko's own policy, but a drawn value is never replaced in place: its rule for that also takes a value drawn
#: before the signature for a change after it, as soon as the fields are locked and evidence of validity follows.
POLICY = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        [
            SigFieldCreationRule(),
            SigFieldModificationRule(),
            GenericFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        ]
    ),
)


class Content(StrEnum):
    """How a file's content relates to the approved one."""

    SAME_BYTES = "same_bytes"
    SAME_TEXT = "same_text"
    DIFFERENT = "different"
    NOT_COMPARED = "not_compared"

    @property
    def label(self) -> str:
        return _CONTENT[self]


_CONTENT = {
    Content.SAME_BYTES: "Khớp từng byte với bản đã duyệt",
    Content.SAME_TEXT: "Khớp nội dung với bản đã duyệt",
    Content.DIFFERENT: "Không khớp bản đã duyệt",
    Content.NOT_COMPARED: "Không có bản đã duyệt để so",
}


class Part(StrEnum):
    """What a refusal is about."""

    FILE = "tệp"
    INTEGRITY = "tính toàn vẹn"
    COVERAGE = "phạm vi chữ ký"
    CERTIFICATE = "chứng thư"
    VALIDITY = "hiệu lực chứng thư"
    CHANGES = "thay đổi sau khi ký"
    SIGNER = "người ký"
    CONTENT = "nội dung"


@dataclass(frozen=True)
class Approved:
    """The approved file with its empty fields, and the places where signing may add to it."""

    pdf: bytes
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Expected:
    """Names of whom the certificates must belong to: every leader, and the agency in one of its names."""

    leaders: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One signature: field, the certificate's name and issuer, hour (`stamped` by an authority), PAdES level.

    `part` and `fault` say why it is refused, "" when it is not; `added` what later revisions changed.
    """

    field: str
    name: str
    issuer: str = ""
    serial: str = ""
    at: datetime.datetime | None = None
    stamped: bool = False
    level: str = "B-B"
    revision: int = 0
    whole: bool = False  # covers the file to its last byte
    locks: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    part: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Judgement:
    """`refusal` is "" for a valid file; `part` names what failed."""

    signatures: tuple[Found, ...] = ()
    content: Content = Content.NOT_COMPARED
    note: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)  # number, date.day, …: as far as they can be read
    part: str = ""
    refusal: str = ""

    @property
    def valid(self) -> bool:
        return not self.refusal


class Refusal(Exception):
    """What ends a judgement: the part that failed, and the sentence for the officer."""

    def __init__(self, part: Part, sentence: str) -> None:
        super().__init__(sentence)
        self.part, self.sentence = part, sentence
