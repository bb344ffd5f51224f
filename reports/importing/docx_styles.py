"""What Word's styles say of a paragraph and a run: weight, alignment, heading level, numbering."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..document.nodes import Script, Text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def w(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return _W + name


def is_on(element: Any) -> bool:
    """Whether a switch such as w:b is there and not turned off."""
    return element is not None and element.get(w("val"), "true") not in ("0", "false", "off", "none")


PLAIN = Text("")


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph's own look: that of its runs, its alignment, heading level, and list (numId, ilvl)."""

    look: Text = PLAIN
    centred: bool = False
    level: int = 0
    page: bool = False
    numbered: tuple[str, int] | None = None


class Looks:
    """Styles by id; each chain of styles is followed once."""

    def __init__(self, styles: Any) -> None:
        found = [] if styles is None else styles.findall(w("style"))
        self._elements = {style.get(w("styleId")): style for style in found}
        self._known: dict[str, Style] = {}
        default = [
            at.get(w("styleId"))
            for at in found
            if at.get(w("type")) == "paragraph" and at.get(w("default")) == "1"
        ]
        self._default = default[0] if default else ""

    def paragraph(self, element: Any) -> Style:
        """The style of a paragraph with its own properties over it."""
        properties = element.find(w("pPr"))
        named = None if properties is None else properties.find(w("pStyle"))
        style = self.named(self._default if named is None else named.get(w("val"), ""))
        return _over(style, properties) if properties is not None else style

    def named(self, key: str, depth: int = 0) -> Style:
        """A style with all it is based on."""
        if key in self._known:
            return self._known[key]
        element = self._elements.get(key)
        if element is None or depth > 20:
            return Style()
        based = element.find(w("basedOn"))
        style = self.named(based.get(w("val"), ""), depth + 1) if based is not None else Style()
        style = replace(style, look=_looked(style.look, element.find(w("rPr"))))
        if (properties := element.find(w("pPr"))) is not None:
            style = _over(style, properties)
        if (level := _heading_level(element)) and not style.level:
            style = replace(style, level=level)
        self._known[key] = style
        return style

    def run(self, run: Any, style: Style) -> Text:
        """The look of a run: its paragraph's, its character style's, its own."""
        properties = run.find(w("rPr"))
        if properties is None:
            return style.look
        named = properties.find(w("rStyle"))
        look = style.look
        if named is not None and (element := self._elements.get(named.get(w("val"), ""))) is not None:
            look = _looked(look, element.find(w("rPr")))
        return _looked(look, properties)


def _heading_level(style: Any) -> int:
    """“Heading 2”, “heading 2” -> 2; other names have none."""
    name = style.find(w("name"))
    words = "" if name is None else (name.get(w("val")) or "").lower()
    last = words.rsplit(" ", 1)[-1]
    return int(last) if words.startswith("heading ") and last.isdigit() and len(last) == 1 else 0


def _over(style: Style, properties: Any) -> Style:
    """A style with the properties of a paragraph over it."""
    aligned, outline = properties.find(w("jc")), properties.find(w("outlineLvl"))
    if aligned is not None:
        style = replace(style, centred=aligned.get(w("val")) == "center")
    if outline is not None and outline.get(w("val"), "9").isdigit():
        level = int(outline.get(w("val"), "9")) + 1
        style = replace(style, level=level if level < 10 else 0)
    if is_on(properties.find(w("pageBreakBefore"))):
        style = replace(style, page=True)
    if (numbering := properties.find(w("numPr"))) is not None:
        style = replace(style, numbered=_numbered(numbering, style.numbered))
    return style


def _numbered(numbering: Any, before: tuple[str, int] | None) -> tuple[str, int] | None:
    key, level = numbering.find(w("numId")), numbering.find(w("ilvl"))
    number = key.get(w("val"), "0") if key is not None else (before or ("0", 0))[0]
    digits = level.get(w("val"), "0") if level is not None else str((before or ("0", 0))[1])
    return None if number == "0" else (number, min(int(digits), 8) if digits.isdigit() else 0)


def _looked(look: Text, properties: Any) -> Text:
    """A look with run properties over it; colours, fonts and sizes are the decree's, not the writer's."""
    if properties is None:
        return look
    if (bold := properties.find(w("b"))) is not None:
        look = replace(look, bold=is_on(bold))
    if (italic := properties.find(w("i"))) is not None:
        look = replace(look, italic=is_on(italic))
    if (line := properties.find(w("u"))) is not None:
        look = replace(look, underline=line.get(w("val"), "single") != "none")
    if (raised := properties.find(w("vertAlign"))) is not None:
        script: Script = {"superscript": "super", "subscript": "sub"}.get(raised.get(w("val"), ""), "")  # type: ignore[assignment]
        look = replace(look, script=script)
    return look
