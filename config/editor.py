"""What the prose editor adds to HTML, told to its sanitiser: the mention of a paper, team or figure."""

from typing import Any


def data_ref(_config: Any, allowed: dict[str, Any]) -> None:
    """Spans that hold a mention; reports.blocks.prose drops every value that is not lawful."""
    allowed["tags"].add("span")
    allowed["attributes"].setdefault("span", set()).update(("data-ref", "data-form", "data-printed"))


def list_mark(_config: Any, allowed: dict[str, Any]) -> None:
    """The mark of a list's lines: -, +, *."""
    allowed["attributes"].setdefault("ul", set()).add("data-mark")
