"""Today's words of what blocks mention, for the chips of the editor and for plain quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils.safestring import SafeString, mark_safe

from . import facts as registers
from .blocks import KINDS
from .document import html, nodes, plain
from .document.numbering import Wordings, resolve
from .models import Block, Report

Words = Callable[[str, str], "str | None"]
_USUAL = {"paper": "short", "team": "name", "figure": "value"}


def words_of(report: Report, blocks: Iterable[Block], also: Iterable[nodes.Mention] = ()) -> Words:
    """A look-up of words by reference ("paper:12") and form: at most five queries, none without mentions."""
    named = [mention for block in blocks for mention in _mentions(block)]
    named += also
    if not named:
        return lambda ref, form: None
    facts = registers.gather(report, named)
    wordings = registers.wordings(facts)
    names = {f"figure:{pk}": indicator.name for pk, indicator in facts.indicators.items()}
    return lambda ref, form: (
        names.get(ref) if form == "name" and ref in names else words_in(wordings, ref, form)
    )


def words_in(wordings: Wordings, ref: str, form: str) -> str | None:
    """The words of one reference; a paper without a form is cited short, as it reads in most places."""
    kind, _, key = ref.partition(":")
    wording = wordings.get((kind, key))  # type: ignore[call-overload]
    form = form or _USUAL.get(kind, "")
    if wording is None:
        return None
    if kind == "paper":
        return wording.full if form == "full" else wording.short
    return wording.forms.get(form)


def _mentions(block: Block) -> tuple[nodes.Mention, ...]:
    return KINDS[block.kind].mentions(block.content) if block.kind in KINDS else ()


def plain_text(block: Block, report: Report) -> str:
    """What a block prints, as plain text."""
    tree = nodes.Document("", sections=(nodes.Section(blocks=tuple(_printed(report, [block]))),))
    return plain.text(tree).strip()


def printed(report: Report, blocks: Sequence[Block]) -> list[SafeString]:
    """What each block prints, as HTML for who only reads."""
    return [mark_safe("".join(map(html.block_node, made.nodes))) for made in _printed(report, blocks)]  # noqa: S308


def _printed(report: Report, blocks: Sequence[Block]) -> tuple[nodes.Block, ...]:
    """Blocks as resolved nodes: papers are cited as if these blocks stood alone."""
    facts = registers.gather(report, (mention for block in blocks for mention in _mentions(block)))
    made = tuple(nodes.Block(KINDS[block.kind].nodes(block.content, facts)) for block in blocks)
    tree = nodes.Document("", sections=(nodes.Section(blocks=made),))
    return resolve(tree, registers.wordings(facts)).sections[0].blocks
