"""Words spelt in two ways: the text against itself and against what the ward knows, marks folded."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .findings import ADVICE, ERROR, WARNING, Check, Fix, Remark
from .knowledge import Knowledge
from .text import Line, Manuscript, bare

_ONE_SPELLING = "Một từ chỉ có một cách viết đúng trong văn bản"
_SYLLABLE = re.compile(r"[^\W\d_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
#: How much a spelling of glossary and registers weighs against the text's own.
_KNOWN = 3
Gram = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A run of syllables with single spaces between them: `spans` their places in the line."""

    line: Line
    spans: tuple[tuple[int, int], ...]


@dataclass
class Forms:
    """How runs of two and three syllables are spelt: by their folded form, each spelling with its weight."""

    weights: dict[Gram, Counter[Gram]]
    places: dict[Gram, list[Place]]
    single: Counter[str]


def _runs(text: str) -> Iterator[tuple[Gram, tuple[tuple[int, int], ...]]]:
    """Every two and three neighbouring syllables, in lower case, with their places."""
    found = list(_SYLLABLE.finditer(text))
    joined = [text[a.end() : b.start()] == " " for a, b in pairwise(found)]
    lower = [one[0].lower() for one in found]
    spans = [one.span() for one in found]
    for at in range(len(found) - 1):
        if joined[at]:
            yield (lower[at], lower[at + 1]), (spans[at], spans[at + 1])
            if at + 2 < len(found) and joined[at + 1]:
                yield tuple(lower[at : at + 3]), tuple(spans[at : at + 3])


@lru_cache(maxsize=2)
def misspelt(manuscript: Manuscript, knowledge: Knowledge) -> tuple[Remark, ...]:
    """What `two_spellings` finds, for checks that would say the same of the same words."""
    return tuple(two_spellings(manuscript, knowledge))


@lru_cache(maxsize=2)
def _forms(manuscript: Manuscript, knowledge: Knowledge) -> Forms:
    forms = Forms(defaultdict(Counter), defaultdict(list), Counter())
    for line in manuscript.lines:
        if line.text.isupper():
            continue
        forms.single.update(found[0].lower() for found in _SYLLABLE.finditer(line.text))
        for gram, spans in _runs(line.text):
            forms.weights[_fold(gram)][gram] += 1
            forms.places[gram].append(Place(line, spans))
    for text in _known(knowledge):
        forms.single.update(found[0].lower() for found in _SYLLABLE.finditer(text))
        for gram, _ in _runs(text):
            forms.weights[_fold(gram)][gram] += _KNOWN
    return forms


def _fold(gram: Gram) -> Gram:
    return tuple(map(bare, gram))


def _known(knowledge: Knowledge) -> Iterator[str]:
    """Every text that glossary and registers spell."""
    for term in knowledge.terms:
        yield term.text
    for body in knowledge.bodies:
        yield from body.names
        yield from body.units.values()
    yield from (team.name for team in knowledge.teams if not team.neighbourhood)
    yield from (indicator.name for indicator in knowledge.indicators)
    yield from (paper.citation.subject for paper in knowledge.papers)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A syllable at `place` that stands as `usual` elsewhere; `weight` of that spelling against `own`."""

    place: Place
    gram: Gram
    usual: Gram
    at: int
    weight: int
    own: int
    lonely: bool  # this spelling of the syllable stands nowhere else


def two_spellings(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A syllable whose neighbours stand elsewhere, at least as often, with another mark on it."""
    forms = _forms(manuscript, knowledge)
    doubts: dict[tuple[int, int], list[Doubt]] = defaultdict(list)
    for spellings in forms.weights.values():
        if len(spellings) > 1:
            for doubt in _doubts(spellings, forms):
                doubts[doubt.place.line.index, doubt.place.spans[doubt.at][0]].append(doubt)
    for found in doubts.values():
        best = max(found, key=lambda doubt: (doubt.weight > doubt.own, doubt.weight * len(doubt.gram)))
        severity = _severity(best, sum(len(doubt.gram) == 3 for doubt in found))
        if severity:
            yield _remark(best, severity)


def _severity(best: Doubt, runs: int) -> str:
    """By how much rarer the spelling is, and in how many runs of three syllables it stands alone; "" for none."""
    if best.weight >= 3 * best.own:
        return ERROR
    if runs > 1 or len(best.gram) == 2:
        return WARNING if best.weight > best.own or best.lonely else ADVICE
    return ADVICE if best.lonely else ""


def _doubts(spellings: Counter[Gram], forms: Forms) -> Iterator[Doubt]:
    for gram, own in spellings.items():
        if gram not in forms.places:
            continue
        for usual, weight in spellings.items():
            at = _differs(gram, usual) if weight >= own and usual != gram else None
            if at is None:
                continue
            lonely = forms.single[gram[at]] <= own and forms.single[usual[at]] >= forms.single[gram[at]]
            if _rarer(gram, own, weight, lonely):
                yield from (
                    Doubt(place, gram, usual, at, weight, own, lonely)
                    for place in forms.places[gram]
                    if not _belongs(place, at, forms)
                )


def misspelt_words(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A check's form of `misspelt`."""
    yield from misspelt(manuscript, knowledge)


def _differs(gram: Gram, usual: Gram) -> int | None:
    """Where two spellings differ, if in one syllable only and not just in where its tone mark sits."""
    at = [i for i, (one, other) in enumerate(zip(gram, usual, strict=True)) if one != other]
    return at[0] if len(at) == 1 and not same_sound(gram[at[0]], usual[at[0]]) else None


def same_sound(one: str, other: str) -> bool:
    """The same syllable with its tone mark on another vowel: ủy and uỷ, hóa and hoá."""
    return _parts(one) == _parts(other)


def _parts(word: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(char for char in decomposed if char in _TONES)
    return tones, "".join(char for char in decomposed if char not in _TONES)


def _rarer(gram: Gram, own: int, weight: int, lonely: bool) -> bool:
    """Three syllables: twice as frequent elsewhere, or a tie; two: five times, and seen nowhere else."""
    if len(gram) == 3:
        return weight >= 2 * own or weight == own == 1
    return weight >= 5 * own and lonely


def _belongs(place: Place, at: int, forms: Forms) -> bool:
    """Whether the syllable makes a usual pair with a neighbour: “người dân” in "người dân sử dụng"."""
    text = place.line.text
    start, end = place.spans[at]
    before = re.search(r"([^\W\d_]+) $", text[max(0, start - 9) : start])
    after = re.match(r" ([^\W\d_]+)", text[end : end + 9])
    own = text[start:end].lower()
    pairs = [(before[1].lower(), own)] if before else []
    pairs += [(own, after[1].lower())] if after else []
    for pair in pairs:
        usual = forms.weights[_fold(pair)].most_common(1)
        if usual and usual[0][0] == pair and usual[0][1] >= 3:
            return True
    return False


def _remark(doubt: Doubt, severity: str) -> Remark:
    place, at, text = doubt.place, doubt.at, doubt.place.line.text
    start, end = place.spans[0][0], place.spans[-1][1]
    words = text[start:end]
    begin, stop = place.spans[at]
    right = text[start:begin] + _like(text[begin:stop], doubt.usual[at]) + text[stop:end]
    return Remark(
        place.line,
        start,
        end,
        f"“{words}”: chỗ khác viết “{right}”.",
        Fix(words, right, f"Sửa thành “{right}”"),
        severity=severity,
    )


def _like(printed: str, word: str) -> str:
    if printed.isupper() and len(printed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if printed[:1].isupper() else word


#: A syllable that ends in p, t, c, ch bears sắc or nặng; letters of other languages and initials are left alone.
_STOPPED = re.compile(r"(?:ch|c|p|t)$")
_VIETNAMESE = re.compile(
    r"(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?[aăâeêioôơuưy]{1,3}(?:ch|c|p|t)", re.IGNORECASE
)


def impossible(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A syllable no Vietnamese word has: "thưc", "chửc"."""
    for line in manuscript.lines:
        for found in _SYLLABLE.finditer(line.text):
            syllable = found[0].lower()
            if not _STOPPED.search(syllable) or syllable.isascii():
                continue
            tones, plain = _parts(syllable)
            plain = unicodedata.normalize("NFC", plain)
            if tones in ("\u0301", "\u0323") or not _VIETNAMESE.fullmatch(plain):
                continue
            yield Remark(
                line,
                found.start(),
                found.end(),
                f"“{found[0]}” sai dấu: âm tiết này chỉ mang dấu sắc hoặc nặng.",
            )


CHECKS = (
    Check("two-spellings", "names", ERROR, "Một từ viết hai cách", _ONE_SPELLING, misspelt_words),
    Check("syllable-impossible", "names", ERROR, "Âm tiết sai dấu", "Chính tả tiếng Việt", impossible),
)
