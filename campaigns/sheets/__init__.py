"""Tables that come in from Excel and go out to it: one file a table, all of them in SHEETS."""

from __future__ import annotations

from .base import Sheet
from .neighbourhoods import NeighbourhoodSheet
from .papers import PaperSheet
from .readings import ReadingSheet
from .teams import TeamSheet

#: Key in the address -> table.
SHEETS: dict[str, Sheet] = {
    sheet.key: sheet for sheet in (PaperSheet(), NeighbourhoodSheet(), TeamSheet(), ReadingSheet())
}
