"""The organization in its own paper: its place, its signers and its symbol against what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import ERROR, Check, Fix, Remark
from .knowledge import Knowledge
from .spelling import same_sound
from .text import Line, Manuscript, bare

_NAMED = "Tên đúng trong danh mục của đơn vị"
_SYMBOL = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.3"


def place(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The ward's place name with other marks, wherever it stands with capitals."""
    own = knowledge.organization
    if own is None or not own.place_name:
        return
    right = own.place_name
    wanted = re.compile(rf"(?<!\w){re.escape(bare(right))}(?!\w)")
    for line in (*manuscript.of_part("place_date"), *manuscript.of_part("reference", "letterhead")):
        for found in wanted.finditer(line.folded):
            said = line.text[found.start() : found.end()]
            if said.lower() != right.lower() and not _same(said, right):
                written = right.upper() if said.isupper() else right
                yield _respelt(line, found.start(), said, written, "Địa danh của đơn vị")


def _same(said: str, right: str) -> bool:
    return all(same_sound(one, other) for one, other in zip(said.split(), right.split(), strict=False))


def _respelt(line: Line, start: int, said: str, written: str, what: str) -> Remark:
    return Remark(
        line,
        start,
        start + len(said),
        f"{what} là “{written}”.",
        Fix(said, written, f"Sửa thành “{written}”"),
    )


def signer(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The name under the signature block against the ward's people, marks folded."""
    known = {bare(name): name for name in knowledge.people}
    for line in manuscript.of_part("signature"):
        right = known.get(line.folded.strip())
        said = line.text.strip()
        if right and said.lower() != right.lower() and not _same(said, right):
            yield _respelt(
                line, line.text.index(said), said, right, "Tên người ký trong danh sách của đơn vị"
            )


_CODE = re.compile(r"/\s?[A-ZĐa-z]+-(?P<code>[A-ZĐ&]+)\s*$")


def symbol(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The agency's code in the paper's own number."""
    own = knowledge.organization
    for line in manuscript.of_part("number") if own and own.symbol_code else ():
        found = _CODE.search(line.text)
        letter = manuscript.document.frame.title is not None and manuscript.document.frame.title.letter
        if own and found and not letter and found["code"] not in (own.symbol_code, *own.units):
            yield _respelt(line, found.start("code"), found["code"], own.symbol_code, "Ký hiệu của đơn vị")


CHECKS = (
    Check("own-place", "names", ERROR, "Địa danh của đơn vị", _NAMED, place),
    Check("signer-spelling", "names", ERROR, "Tên người ký", _NAMED, signer),
    Check("own-symbol", "citations", ERROR, "Ký hiệu của chính đơn vị", _SYMBOL, symbol),
)
