"""Teams announced before a colon against those whose decisions are listed below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import ERROR, Check, Remark
from .knowledge import Knowledge
from .text import Line, Manuscript, bare

_ANNOUNCED = re.compile(
    r"(?:thành lập|kiện toàn)\s+(?P<names>[^.;:]+?)(?:,?\s+(?:cụ thể|bao gồm|gồm|như sau)[^.;:]*)?:\s*$"
)
_TEAM = re.compile(r"^(?:các\s+)?(?:Ban|Tổ|Đội|Hội đồng|Đoàn|Nhóm|Câu lạc bộ|Tiểu ban)\b", re.IGNORECASE)


def announced(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Teams announced before a colon against those whose decisions follow."""
    body = manuscript.prose
    for at, line in enumerate(body):
        found = _ANNOUNCED.search(line.text)
        if not found or line.part == "heading":
            continue
        names = [n.strip() for n in re.split(r",|\s+và\s+", found["names"]) if _TEAM.match(n.strip())]
        listed = _below(body[at + 1 :], line)
        if len(names) < 2 or not listed:
            continue
        folded = [bare(text) for text in listed]
        given = [name for name in names if any(_said(name, text, knowledge) for text in folded)]
        for name in names:
            if given and name not in given:
                start = line.text.index(name, found.start("names"))
                yield Remark(
                    line,
                    start,
                    start + len(name),
                    f"Đã nêu thành lập “{name}” nhưng danh sách bên dưới không có quyết định nào về {name}.",
                )


def _below(after: tuple[Line, ...], opening: Line) -> list[str]:
    """The list lines right below; where the opening is a list line too, those up to the next paragraph."""
    listed: list[str] = []
    for line in after:
        if line.part != "item" or line.owner is not opening.owner:
            break
        listed.append(line.text)
    return listed


def _said(name: str, folded: str, knowledge: Knowledge) -> bool:
    """The name or its abbreviation (by the glossary, or its initials)."""
    wanted = bare(name)
    initials = "".join(word[0] for word in wanted.split())
    short = {
        bare(term.abbreviation) for term in knowledge.terms if term.abbreviation and bare(term.text) == wanted
    }
    return wanted in folded or any(
        re.search(rf"\b{re.escape(other)}\b", folded) for other in (*short, initials) if len(other) > 1
    )


CHECKS = (
    Check(
        "announced-not-listed",
        "citations",
        ERROR,
        "Nêu tổ nào có quyết định tổ đó",
        "Danh sách phải đủ những gì đã nêu",
        announced,
    ),
)
