"""The tree as an official Word document: body built as XML into a lean template, saved by python-docx."""

from __future__ import annotations

import struct
from datetime import datetime
from functools import singledispatch
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from reports.document import docx_page as page
from reports.document import docx_xml as xml
