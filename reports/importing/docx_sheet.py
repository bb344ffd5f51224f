"""How a Word file lies on paper: page sections, page numbers, and every paragraph with its fonts, from its XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..document.sheet import Page, Printed, Run, Sheet
from .docx import main_part, part_of
from .docx_styles import is_on, w

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_MM = 25.4 / 1440  # of a twip
_ALIGN = {"both": "justify", "distribute": "justify", "start": "left", "end": "right"}


def sheet_of(data: bytes) -> Sheet:
    """Raises Unreadable for what is no Word file."""
    part = main_part(data)
    looks = _Looks(part_of(part, "styles"))
    sections = list(part.element.body.iter(w("sectPr")))
    lines = tuple(_paragraphs(part.element.body, looks))
    return Sheet("docx", tuple(map(_page, sections)), lines, **_numbers(part, sections, looks))


def _page(section: Any) -> Page:
    size, edges = section.find(w("pgSz")), section.find(w("pgMar"))
    return Page(
        _mm(size, "w") or 0,
        _mm(size, "h") or 0,
        *(_mm(edges, name) for name in ("top", "bottom", "left", "right")),
    )


def _mm(element: Any, name: str) -> float | None:
    value = None if element is None else _number(element.get(w(name)))
    return None if value is None else abs(value) * _MM


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


# --- looks ----------------------------------------------------------------------------------------------------


class _Looks:
    """Properties of paragraphs and runs: their own, else of their styles, else the file's defaults."""

    def __init__(self, styles: Any) -> None:
        found = [] if styles is None else styles.findall(w("style"))
        self.styles = {style.get(w("styleId")): style for style in found}
        self.usual = next(
            (at for at in found if at.get(w("type")) == "paragraph" and at.get(w("default")) == "1"), None
        )
        defaults = None if styles is None else styles.find(w("docDefaults"))
        self.defaults = [] if defaults is None else [defaults]

    def chain(self, style: Any) -> Iterator[Any]:
        """A style and what it is based on."""
        for _ in range(12):
            if style is None:
                return
            yield style
            base = style.find(w("basedOn"))
            style = None if base is None else self.styles.get(base.get(w("val")))

    def holders(self, paragraph: Any, run: Any = None) -> list[Any]:
        """The elements that may hold a property, the nearest first."""
        found: list[Any] = []
        for element, kind in ((run, "r"), (paragraph, "p")):
            own = None if element is None else element.find(w(f"{kind}Pr"))
            if own is None:
                continue
            found.append(own)
            named = own.find(w(f"{kind}Style"))
            if named is not None:
                found += self.chain(self.styles.get(named.get(w("val"))))
        styled = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if styled is None:
            found += self.chain(self.usual)
        return [*found, *self.defaults]

    @staticmethod
    def first(holders: list[Any], inner: str, name: str) -> Iterator[Any]:
        """The elements of that name below the holders, the nearest first; `inner` is pPr or rPr."""
        for holder in holders:
            here = holder.find(w(name)) if holder.tag == w(inner) else None
            below = next(holder.iter(w(inner)), None) if holder.tag != w(inner) else None
            at = here if below is None else below.find(w(name))
            if at is not None:
                yield at

    def value(self, holders: list[Any], inner: str, name: str, attribute: str = "val") -> str:
        """The nearest value of an attribute, "" where nothing states it."""
        for at in self.first(holders, inner, name):
            if (value := at.get(w(attribute))) is not None:
                return str(value)
        return ""

    def is_on(self, holders: list[Any], name: str) -> bool:
        found = next(self.first(holders, "rPr", name), None)
        return is_on(found)


def _paragraphs(body: Any, looks: _Looks) -> Iterator[Printed]:
    for paragraph in body.iter(w("p")):
        if any(at.tag == w("txbxContent") for at in paragraph.iterancestors()):
            continue
        printed = _printed(paragraph, looks)
        if printed.text.strip():
            yield printed


def _printed(paragraph: Any, looks: _Looks) -> Printed:
    holders = looks.holders(paragraph)
    runs = tuple(_runs(paragraph, looks))
    return Printed(
        "".join(run.text for run in runs),
        runs,
        _align(looks.value(holders, "pPr", "jc")),
        _indent(holders, looks),
        _spacing(holders, looks),
        _line(holders, looks),
        any(at.tag == w("tbl") for at in paragraph.iterancestors()),
    )


def _align(value: str) -> str:
    return _ALIGN.get(value, value) or "left"


def _indent(holders: list[Any], looks: _Looks) -> float | None:
    value = _number(looks.value(holders, "pPr", "ind", "firstLine"))
    return None if value is None else value * _MM


def _spacing(holders: list[Any], looks: _Looks) -> float | None:
    """Points before and after together."""
    found = [_number(looks.value(holders, "pPr", "spacing", name)) for name in ("before", "after")]
    return None if found == [None, None] else sum(value or 0 for value in found) / 20


def _line(holders: list[Any], looks: _Looks) -> float | None:
    """Line spacing as a multiple; an exact height in points is told as None."""
    rule = looks.value(holders, "pPr", "spacing", "lineRule")
    value = _number(looks.value(holders, "pPr", "spacing", "line"))
    return value / 240 if value is not None and rule in ("", "auto") else None


def _runs(paragraph: Any, looks: _Looks) -> Iterator[Run]:
    for run in paragraph.iter(w("r")):
        text = "".join(
            "\n" if at.tag == w("br") else at.text or "" for at in run if at.tag in (w("t"), w("br"))
        )
        if not text:
            continue
        holders = looks.holders(paragraph, run)
        size = _number(looks.value(holders, "rPr", "sz"))
        colour = looks.value(holders, "rPr", "color")
        yield Run(
            text,
            looks.value(holders, "rPr", "rFonts", "ascii"),
            (size or 20) / 2,
            looks.is_on(holders, "b"),
            looks.is_on(holders, "i"),
            looks.value(holders, "rPr", "u") not in ("", "none"),
            "000000" if colour in ("", "auto") else colour.lower(),
        )


# --- page numbers -----------------------------------------------------------------------------------------------


def _numbers(part: Any, sections: list[Any], looks: _Looks) -> dict[str, Any]:
    """Where the page number stands, how, and whether page 1 shows it."""
    for name in ("header", "footer"):
        for section in sections:
            for at in section.findall(w(f"{name}Reference")):
                if at.get(w("type"), "default") != "default":
                    continue
                root = _related(part, at)
                paragraph = _numbered(root)
                if paragraph is not None:
                    return _told(name, paragraph, section, looks)
    return {"numbered": "none"}


def _related(part: Any, reference: Any) -> Any:
    key = reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
    related = part.rels.get(key)
    return None if related is None else etree.fromstring(related.target_part.blob, _PARSER)


def _numbered(root: Any) -> Any:
    """The paragraph with a PAGE field."""
    for paragraph in () if root is None else root.iter(w("p")):
        fields = [at.text or "" for at in paragraph.iter(w("instrText"))]
        fields += [at.get(w("instr"), "") for at in paragraph.iter(w("fldSimple"))]
        if any("PAGE" in field.split() for field in fields):
            return paragraph
    return None


def _told(name: str, paragraph: Any, section: Any, looks: _Looks) -> dict[str, Any]:
    holders = looks.holders(paragraph)
    run = next(paragraph.iter(w("r")), None)
    size = _number(looks.value(looks.holders(paragraph, run), "rPr", "sz")) or 20
    framed = next(paragraph.iter(w("framePr")), None)
    align = _align(looks.value(holders, "pPr", "jc"))
    if framed is not None and framed.get(w("xAlign")):
        align = framed.get(w("xAlign"))
    return {
        "numbered": name,
        "number_align": align,
        "number_size": size / 2,
        "first_numbered": not is_on(section.find(w("titlePg"))),
    }
