"""One click writes a finding's fix into the block or heading it is about; mentions and marks of the text stay."""

from __future__ import annotations

import copy
import re
from html import escape, unescape
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.models import User

from . import drafting
from .checks.findings import Finding, Fix
from .models import Block, Report, Section

GONE = "Chữ này đã đổi, hoặc nằm trong số liệu, văn bản chèn vào câu; hãy sửa trực tiếp trong đoạn."


@transaction.atomic
def mend(report: Report, finding: Finding, by: User) -> None:
    """Replaces the finding's words once, where its sentence stands. Raises ValidationError when they are gone."""
    fix = finding.fix
    if fix is None:
        raise ValidationError("Điều này phải sửa bằng tay.")
    kind, pk = finding.key[:1], finding.key[1:]
    if kind == "b" and pk.isdigit():
        block = Block.objects.select_related("section__report__organization").filter(
            pk=pk, section__report=report
        )
        _mend_block(_found(block.first()), finding, fix, by)
    elif kind == "s" and pk.isdigit():
        _mend_section(_found(report.sections.filter(pk=pk).first()), finding, fix)
        drafting.changed(report)
    else:
        raise ValidationError("Phần này sửa ở trang Thể thức văn bản.")


def _found(row: Any) -> Any:
    if row is None:
        raise ValidationError(GONE)
    return row


def _mend_block(block: Block, finding: Finding, fix: Fix, by: User) -> None:
    content = copy.deepcopy(block.content)
    if not _replaced(content, finding, fix):
        raise ValidationError(GONE)
    drafting.save_block(block, content, by, block.version)


def _mend_section(section: Section, finding: Finding, fix: Fix) -> None:
    for name in ("heading", "run_in"):
        written = _written(getattr(section, name), finding, fix)
        if written is not None:
            setattr(section, name, written[1])
            section.save(update_fields=[name])
            return
    raise ValidationError(GONE)


def _replaced(content: Any, finding: Finding, fix: Fix) -> bool:
    """Writes the fix into the text of the content where the words stand as in the finding's sentence."""
    best: tuple[int, Any, Any, str] | None = None
    for holder, key, text in _texts(content):
        written = _written(text, finding, fix)
        if written is not None and (best is None or written[0] > best[0]):
            best = (written[0], holder, key, written[1])
    if best is not None:
        best[1][best[2]] = best[3]
    return best is not None


def _texts(content: Any) -> list[tuple[Any, Any, str]]:
    """Every text below a content with the dict or list that holds it, in reading order."""
    found: list[tuple[Any, Any, str]] = []
    pairs = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in pairs:
        if isinstance(value, str):
            found.append((content, key, value))
        elif isinstance(value, (dict, list)):
            found += _texts(value)
    return found


_TAG = re.compile(r"</?[a-zA-Z][^>]*>|&(?:#\d+|\w+);")
#: What stands for a mention among the words: no fix reaches into it or over it.
_MENTION = "\ufffc"


def _letters(text: str) -> list[tuple[str, int, int]]:
    """The letters a reader sees, each with its stretch of the stored text; a mention is one letter."""
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(text):
        tag = _TAG.match(text, at)
        if tag is None:
            found.append((text[at], at, at + 1))
            at += 1
        elif tag[0].startswith("&"):
            found += [(char, at, tag.end()) for char in unescape(tag[0])[:1]]
            at = tag.end()
        elif tag[0].startswith("<span") and "data-ref" in tag[0]:
            end = text.find("</span>", tag.end())
            end = len(text) if end < 0 else end + len("</span>")
            found.append((_MENTION, at, end))
            at = end
        else:
            at = tag.end()
    return found


def _written(text: str, finding: Finding, fix: Fix) -> tuple[int, str] | None:
    """How well the surroundings agree, and the text with the words replaced; None when they are not there in one piece."""
    letters = _letters(text)
    plain = "".join(char for char, _, _ in letters)
    inside = finding.sentence.find(fix.words)
    before, after = (
        (finding.sentence[:inside], finding.sentence[inside + len(fix.words) :]) if inside >= 0 else ("", "")
    )
    best: tuple[int, str] | None = None
    at = plain.find(fix.words)
    while at >= 0:
        end = at + len(fix.words)
        stretch = letters[at:end]
        whole = all(one[2] == two[1] for one, two in pairwise(stretch))
        score = _common(plain[:at][::-1], before[::-1]) + _common(plain[end:], after)
        if whole and (best is None or score > best[0]):
            new = escape(fix.replacement, quote=False) if _TAG.search(text) else fix.replacement
            best = (score, f"{text[: stretch[0][1]]}{new}{text[stretch[-1][2] :]}")
        at = plain.find(fix.words, at + 1)
    return best


def _common(one: str, two: str) -> int:
    """How many letters two texts share from their start."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )
