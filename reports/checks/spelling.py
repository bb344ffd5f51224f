"""Words spelt in two ways: the text against itself and against what the ward knows, marks folded."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from .cited import citations
from .findings import ADVICE, ERROR, WARNING, Check, Fix, Remark
from .knowledge import Knowledge
from .same_paper import registered
from .text import Line, Manuscript, bare, matches

_ONE_SPELLING = "Một từ chỉ có một cách viết đúng trong văn bản"
_SYLLABLE = re.compile(r"[^\W\d_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
#: How much a spelling of glossary and registers weighs against the text's own.
_KNOWN = 3
Run = tuple[str, str, str]
#: Words, and what stands between two words that are no neighbours.
_TOKEN = re.compile(r"[^\W\d_]+|[^\w ]|[\d_]+| {2,}")


class Place(NamedTuple):
    """Where a run of syllables stands."""

    line: Line
    start: int


@dataclass
class Forms:
    """How runs of three syllables are spelt, in lower case, single spaces between.

    `weights`: run -> how often; `spellings`: folded -> its runs; `single`: syllable -> how often; `whole`: every
    text read, for counting shorter runs.
    """

    weights: Counter[Run]
    spellings: dict[Run, list[Run]]
    single: Counter[str]
    whole: str
    lines: tuple[tuple[Line, str], ...]  # each with its text in lower case
    usual: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def alike(self) -> dict[str, list[str]]:
        """Syllables by their folded form."""
        made: dict[str, list[str]] = defaultdict(list)
        for syllable in self.single:
            made[bare(syllable)].append(syllable)
        return made

    def rivals(self, pair: str) -> list[str]:
        """The same two syllables with another mark on one of them."""
        first, second = pair.split(" ")
        return [f"{other} {second}" for other in self.alike[bare(first)] if other != first] + [
            f"{first} {other}" for other in self.alike[bare(second)] if other != second
        ]

    def places(self, run: Run) -> Iterator[Place]:
        """Where a run stands in the document."""
        wanted = " ".join(run)
        whole_words = re.compile(rf"(?<!\w){wanted}(?!\w)")
        for line, lower in self.lines:
            if wanted in lower:
                yield from (Place(line, found.start()) for found in whole_words.finditer(lower))


@lru_cache(maxsize=2)
def _forms(manuscript: Manuscript, knowledge: Knowledge) -> Forms:
    own = [token for line in manuscript.lines for token in _tokens(line.text)]
    known = [token for text in _known(manuscript, knowledge) for token in _tokens(text)]
    single = Counter(own)
    single.update(known)
    folds = {token: bare(token) for token in single}
    spellings = _conflicts([*own, *known], folds)
    weights = Counter(run for run, fold in _runs(own, folds) if fold in spellings)
    for run, fold in _runs(known, folds):
        if fold in spellings:
            weights[run] += _KNOWN
    whole = " ".join((*own, *known * _KNOWN))
    return Forms(
        weights, spellings, single, whole, tuple((line, line.text.lower()) for line in manuscript.lines)
    )


@lru_cache(maxsize=4000)
def _tokens(text: str) -> tuple[str, ...]:
    """A line's words and marks in lower case, closed by an end of line."""
    return (*_TOKEN.findall(text.lower()), "\n")


def _runs(tokens: list[str], folds: dict[str, str]) -> Iterator[tuple[Run, Run]]:
    """Every three neighbouring words or marks, and the same folded."""
    folded = [folds[token] for token in tokens]
    return zip(
        zip(tokens, tokens[1:], tokens[2:], strict=False),
        zip(folded, folded[1:], folded[2:], strict=False),
        strict=True,
    )


def _conflicts(tokens: list[str], folds: dict[str, str]) -> dict[Run, list[Run]]:
    """The runs of words that are spelt in two ways and more, by their folded form."""
    first: dict[Run, Run] = {}
    found: dict[Run, set[Run]] = {}
    for run, fold in _runs(tokens, folds):
        other = first.setdefault(fold, run)
        if other != run and all(map(str.isalpha, run)):
            found.setdefault(fold, {other}).add(run)
    return {fold: sorted(spelt) for fold, spelt in found.items()}


def _known(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[str]:
    """Every text that glossary and registers spell, of papers those cited."""
    for term in knowledge.terms:
        yield term.text
    for body in knowledge.bodies:
        yield from body.names
        yield from body.units.values()
    yield from (team.name for team in knowledge.teams if not team.neighbourhood)
    yield from (indicator.name for indicator in knowledge.indicators)
    cited = (registered(one, knowledge) for one in citations(manuscript))
    for paper in {paper.id: paper for paper in cited if paper}.values():
        yield paper.citation.subject
        yield paper.citation.issuer


@dataclass(frozen=True, slots=True)
class Doubt:
    """A syllable at `place` that stands as `usual` elsewhere; `weight` of that spelling against `own`."""

    place: Place
    run: Run
    usual: Run
    at: int  # which syllable of the run
    weight: int
    own: int
    lonely: bool  # this spelling of the syllable stands nowhere else


def two_spellings(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A syllable whose neighbours stand elsewhere, at least as often, with another mark on it."""
    forms = _forms(manuscript, knowledge)
    doubts: dict[tuple[int, int], list[Doubt]] = defaultdict(list)
    for runs in forms.spellings.values():
        if len(runs) > 1:
            for doubt in _doubts(runs, forms):
                line, start = doubt.place
                doubts[line.index, start + _span(doubt.run, doubt.at)[0]].append(doubt)
    for found in doubts.values():
        best = max(found, key=lambda doubt: (doubt.weight > doubt.own, doubt.weight))
        severity = _severity(best, len(found))
        if severity:
            yield _remark(best, severity)


def _severity(best: Doubt, runs: int) -> str:
    """By how much rarer the spelling is, and in how many runs of three syllables it stands alone; "" for none."""
    if best.weight >= 3 * best.own:
        return ERROR
    if runs > 1:
        return WARNING if best.weight > best.own or best.lonely else ADVICE
    return ADVICE if best.lonely else ""


def _span(run: Run, at: int) -> tuple[int, int]:
    """Where a run's syllable stands in it."""
    start = sum(len(syllable) + 1 for syllable in run[:at])
    return start, start + len(run[at])


def _doubts(runs: list[Run], forms: Forms) -> Iterator[Doubt]:
    for run in runs:
        own = forms.weights[run]
        for usual in runs:
            weight = forms.weights[usual]
            at = _differs(run, usual) if weight >= own and usual != run else None
            if at is None or not (weight >= 2 * own or weight == own == 1):
                continue
            one, other = run[at], usual[at]
            lonely = forms.single[one] <= own and forms.single[other] >= forms.single[one]
            yield from (
                Doubt(place, run, usual, at, weight, own, lonely)
                for place in forms.places(run)
                if not _belongs(place, *_span(run, at), forms)
            )


def _differs(run: Run, usual: Run) -> int | None:
    """Where two spellings differ, if in one syllable only and not just in where its tone mark sits."""
    at = [i for i, (one, other) in enumerate(zip(run, usual, strict=True)) if one != other]
    return at[0] if len(at) == 1 and not same_sound(run[at[0]], usual[at[0]]) else None


def same_sound(one: str, other: str) -> bool:
    """The same syllable with its tone mark on another vowel: ủy and uỷ, hóa and hoá."""
    return _parts(one) == _parts(other)


def _parts(word: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(char for char in decomposed if char in _TONES)
    return tones, "".join(char for char in decomposed if char not in _TONES)


def _belongs(place: Place, begin: int, stop: int, forms: Forms) -> bool:
    """Whether the syllable makes a usual pair with a neighbour: “người dân” in "người dân sử dụng"."""
    text = place.line.text.lower()
    start, end = place.start + begin, place.start + stop
    before = re.search(r"[^\W\d_]+ $", text[max(0, start - 9) : start])
    after = re.match(r" [^\W\d_]+", text[end : end + 9])
    pairs = [before[0] + text[start:end]] if before else []
    pairs += [text[start:end] + after[0]] if after else []
    return any(_is_usual(pair, forms) for pair in pairs)


def _is_usual(pair: str, forms: Forms) -> bool:
    """Whether two syllables stand so three times and are not more often spelt otherwise."""
    if pair not in forms.usual:
        times = forms.whole.count(pair)
        rivals = forms.rivals(pair) if times >= 3 else []
        forms.usual[pair] = times >= 3 and all(forms.whole.count(other) <= times for other in rivals)
    return forms.usual[pair]


def _remark(doubt: Doubt, severity: str) -> Remark:
    line, start = doubt.place
    words = line.text[start : start + len(" ".join(doubt.run))]
    begin, stop = _span(doubt.run, doubt.at)
    right = words[:begin] + _like(words[begin:stop], doubt.usual[doubt.at]) + words[stop:]
    return Remark(
        line,
        start,
        start + len(words),
        f"“{words}”: chỗ khác viết “{right}”.",
        Fix(words, right, f"Sửa thành “{right}”"),
        severity=severity,
    )


def _like(printed: str, word: str) -> str:
    if printed.isupper() and len(printed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if printed[:1].isupper() else word


#: A syllable that ends in p, t, c, ch bears sắc or nặng; letters of other languages and initials are left alone.
_STOPPED = re.compile(r"[^\W\d_]+[cpth]\b(?<!nh)(?<!th)", re.IGNORECASE)
_VIETNAMESE = re.compile(
    r"(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?[aăâeêioôơuưy]{1,3}(?:ch|c|p|t)", re.IGNORECASE
)


def impossible(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A syllable no Vietnamese word has: "thưc", "chửc"."""
    wrong = {syllable for syllable in manuscript.syllables if _is_impossible(syllable)}
    for line in manuscript.lines if wrong else ():
        for found in matches(_STOPPED, line.text):
            if found[0].lower() in wrong:
                yield Remark(
                    line,
                    found.start(),
                    found.end(),
                    f"“{found[0]}” sai dấu: âm tiết này chỉ mang dấu sắc hoặc nặng.",
                )


def _is_impossible(syllable: str) -> bool:
    if syllable[-1] not in "cpth" or syllable.isascii() or not _STOPPED.fullmatch(syllable):
        return False
    tones, plain = _parts(syllable)
    fits = _VIETNAMESE.fullmatch(unicodedata.normalize("NFC", plain))
    return bool(fits) and tones not in ("\u0301", "\u0323")


CHECKS = (
    Check("two-spellings", "names", ERROR, "Một từ viết hai cách", _ONE_SPELLING, two_spellings),
    Check("syllable-impossible", "names", ERROR, "Âm tiết sai dấu", "Chính tả tiếng Việt", impossible),
)
