"""What a check is and what it finds: plain values, so that pages, the command and the record show the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .knowledge import Knowledge
    from .text import Line, Manuscript

ERROR, WARNING, ADVICE = "error", "warning", "advice"
#: Severity and its word on screens, the gravest first.
SEVERITIES = {ERROR: "Lỗi", WARNING: "Cần xem lại", ADVICE: "Gợi ý"}
#: The level an organization gives to a check it does not want.
OFF = "off"

#: Topic and its name on screens, in the order of the panel.
TOPICS = {
    "structure": "Bố cục",
    "citations": "Viện dẫn văn bản",
    "figures": "Số liệu",
    "names": "Tên gọi, chính tả",
    "layout": "Thể thức",
    "freshness": "Nội dung cũ",
}


@dataclass(frozen=True, slots=True)
class Fix:
    """One click: `words` in the sentence become `replacement`; `label` is the button's text."""

    words: str
    replacement: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check yields: a stretch of one line and the sentence for the officer.

    `words` wins over the stretch (for something missing: the words that should stand, start = end = 0).
    `severity` "" is the check's own.
    """

    line: Line
    start: int
    end: int
    message: str
    fix: Fix | None = None
    words: str = ""
    severity: str = ""

    @property
    def said(self) -> str:
        return self.words or self.line.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark with its check: complete for a page, JSON or the record.

    `section` is label and heading as printed, `section_key` its node key ("s12"), `key` the block's ("b7") or
    the section's where no block holds the words; `sentence` the sentence around `words`, as they stand.
    """

    code: str
    severity: str
    topic: str
    section: str
    section_key: str
    key: str
    sentence: str
    words: str
    message: str
    article: str
    fix: Fix | None = None
    blocks: bool = False


Function = Callable[["Manuscript", "Knowledge"], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: `title` says in Vietnamese what it looks at, `article` where the rule comes from (or the reason).

    `blocks`: a report with such a finding cannot be sent on, with or without a reason.
    """

    code: str
    topic: str
    severity: str
    title: str
    article: str
    function: Function
    blocks: bool = False
