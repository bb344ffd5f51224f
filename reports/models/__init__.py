"""The tables of what a ward writes."""

from .files import File
from .outlines import Outline, OutlineSection
from .register import BackDating, Entry, Series
from .reports import Block, Mention, Report, Section, SignatureBlock
from .requests import ReportRequest

__all__ = [
    "BackDating",
    "Block",
    "Entry",
    "File",
    "Mention",
    "Outline",
    "OutlineSection",
    "Report",
    "ReportRequest",
    "Section",
    "Series",
    "SignatureBlock",
]
