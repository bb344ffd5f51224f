"""The kinds of blocks a section is written in, one file each."""

from .base import Kind
from .indicators import Indicators
from .narrative import Narrative
from .papers import Papers

KINDS: dict[str, Kind] = {kind.key: kind for kind in (Narrative(), Papers(), Indicators())}

__all__ = ["KINDS", "Kind"]
