"""The kinds of blocks a section is written in, one file each."""

from .base import Kind
from .difficulties import Difficulties
from .directions import Directions
from .indicators import Indicators
from .narrative import Narrative
from .papers import Papers
from .practices import Practices
from .proposals import Proposals
from .teams import Teams

#: Every kind by its key, in the order of the menu.
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Narrative(),
        Papers(),
        Teams(),
        Indicators(),
        Practices(),
        Difficulties(),
        Directions(),
        Proposals(),
    )
}

__all__ = ["KINDS", "Kind"]
