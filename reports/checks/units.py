"""Codes of units: in the ward's own letters and after "Lưu: VT,"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .cited import citations
from .findings import ERROR, WARNING, Check, Fix, Remark
from .issuers import body_of
from .knowledge import Knowledge
from .symbols import BODIES
from .text import Line, Manuscript, bare

#: Codes that units of wards use all over the country.
WARD_UNITS = frozenset(
    (
        "VHXH",
        "VP",
        "KT",
        "KTHTĐT",
        "KTHT",
        "PVHCC",
        "TTPVHCC",
        "TTHCC",
        "VX",
        "NC",
        "TH",
        "TCKH",
        "TP",
        "CA",
        "QS",
    )
)


def units(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A unit's code in the ward's letters, in its own number and after "Lưu: VT," that no unit has."""
    own = knowledge.organization
    known = set(own.units) if own else set()
    found = list(_unit_codes(manuscript, knowledge))
    elsewhere = set(re.findall(r"(?<!\w)[A-ZĐ&]{3,}(?!\w)", " ".join(line.text for line in manuscript.lines)))
    for line, start, code in found:
        near = _near(code, known or (elsewhere - {code} if manuscript.count(code) == 1 else ()))
        if code in known or code in BODIES or (not known and (not near or code in WARD_UNITS)):
            continue
        meant = f"; có thể là “{near}”" if near else ""
        yield Remark(
            line,
            start,
            start + len(code),
            f"Không có đơn vị nào mang ký hiệu “{code}”{meant}.",
            Fix(code, near, f"Sửa thành {near}") if near else None,
            severity=ERROR if near else WARNING,
        )


def _unit_codes(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[tuple[Line, int, str]]:
    own = knowledge.organization
    code = own.symbol_code if own else "UBND"
    for cited in citations(manuscript):
        ours = not cited.issuer or (own is not None and body_of(cited, knowledge) is own) or own is None
        if cited.mark == "/" and len(cited.parts) == 2 and cited.parts[0] == code and ours:
            yield cited.line, cited.line.text.rindex(cited.parts[1], 0, cited.code_end), cited.parts[1]
    for line in manuscript.of_part("recipients"):
        if line.text.startswith("Lưu"):
            for found in re.finditer(r"(?<=[,\s.:])(?!VT\b)[A-ZĐ&]{2,}(?=[\s,.;(]|$)", line.text):
                yield line, found.start(), found[0]


def _near(code: str, known: Iterable[str]) -> str:
    """The one known code a single slip away, or ""."""
    near = [other for other in known if other != code and _one_slip(bare(code), bare(other))]
    return near[0] if len(near) == 1 else ""


def _one_slip(left: str, right: str) -> bool:
    """Equal, or one letter changed, missing, added, or two neighbours swapped."""
    if left == right:
        return True
    if len(left) == len(right):
        at = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
        return len(at) == 1 or (
            len(at) == 2
            and at[1] == at[0] + 1
            and left[at[0]] == right[at[1]]
            and left[at[1]] == right[at[0]]
        )
    short, long = sorted((left, right), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


CHECKS = (
    Check(
        "unit-code",
        "citations",
        ERROR,
        "Ký hiệu đơn vị soạn thảo",
        "NĐ 30/2020/NĐ-CP, Phụ lục I, II.3.b",
        units,
    ),
)
