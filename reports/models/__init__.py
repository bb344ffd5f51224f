"""The tables of what a ward writes."""

from .comments import Comment, CommentKind, Notice
from .desk import DeletedBlock, Presence, Variant
from .editions import Check, Edition, Evidence, Initial
from .files import File
from .handovers import HandOver
from .levels import CheckLevel, levels_of
from .outlines import Outline, OutlineSection
from .register import BackDating, Book, Entry, Series
from .reports import Block, Mention, Report, Section, SignatureBlock
from .requests import ReportRequest
from .returns import WordReturn
from .signing import Mark, SignedFile, SigningLink
from .sittings import Sitting

__all__ = [
    "BackDating",
    "Block",
    "Book",
    "Check",
    "CheckLevel",
    "Comment",
    "CommentKind",
    "DeletedBlock",
    "Edition",
    "Entry",
    "Evidence",
    "File",
    "HandOver",
    "Initial",
    "Mark",
    "Mention",
    "Notice",
    "Outline",
    "OutlineSection",
    "Presence",
    "Report",
    "ReportRequest",
    "Section",
    "Series",
    "SignatureBlock",
    "SignedFile",
    "SigningLink",
    "Sitting",
    "Variant",
    "WordReturn",
    "levels_of",
]
