"""The tables of what a ward writes."""

from .files import File
from .outlines import Outline, OutlineSection
from .reports import Block, Mention, Report, Section, SignatureBlock
from .requests import ReportRequest

__all__ = [
    "Block",
    "File",
    "Mention",
    "Outline",
    "OutlineSection",
    "Report",
    "ReportRequest",
    "Section",
    "SignatureBlock",
]
