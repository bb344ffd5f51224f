"""The tables of what a ward writes."""

from .comments import Comment, CommentKind, Notice
from .connections import Connection, Token
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
from .sendings import Arrival, Channel, Code, Sending
from .signing import Mark, SignedFile, SigningLink
from .sittings import Sitting

__all__ = [
    "Arrival",
    "BackDating",
    "Block",
    "Book",
    "Channel",
    "Check",
    "CheckLevel",
    "Code",
    "Comment",
    "CommentKind",
    "Connection",
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
    "Sending",
    "Series",
    "SignatureBlock",
    "SignedFile",
    "SigningLink",
    "Sitting",
    "Token",
    "Variant",
    "WordReturn",
    "levels_of",
]
