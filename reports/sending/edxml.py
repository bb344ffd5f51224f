"""The message that goes with a package, in the form of QCVN 102:2016/BTTTT; checked against edxml.xsd beside this file."""

from __future__ import annotations

import base64
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from campaigns.models import Organization

from . import zipped

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
#: BussinessDocType: what a message does to a paper sent before.
NEW, RECALL, UPDATE, REPLACE = 0, 1, 2, 3
#: What a report that follows another one is on the other side.
DOES = {"": NEW, "replace": REPLACE, "supplement": UPDATE, "correct_form": UPDATE}
PRIORITY = {"": 0, "KHẨN": 1, "THƯỢNG KHẨN": 2, "HỎA TỐC": 3}


class EdxmlError(ValueError):
    """A message that is not of the form; says where."""


@dataclass(frozen=True)
class Attached:
    """A file that travels inside the message."""

    name: str
    media_type: str
    content: bytes
    description: str = ""


@dataclass(frozen=True)
class Letter:
    """The letter that the report answers."""

    organ: str
    code: str
    dated: datetime.date | None


@dataclass(frozen=True)
class Message:
    """All that a message says; `does` is a BussinessDocType, `earlier` the paper it does it to (code, date)."""

    sender: Organization
    recipients: tuple[Organization, ...]
    number: str
    notation: str
    place: str
    dated: datetime.date
    kind: str
    subject: str
    competence: str
    position: str
    signer: str
    places: tuple[str, ...]
    appendices: tuple[str, ...]
    letters: tuple[Letter, ...]
    attached: tuple[Attached, ...]
    priority: int = 0
    due: datetime.date | None = None
    does: int = NEW
    reason: str = ""
    earlier: tuple[str, datetime.date | None] | None = None
    department: str = ""


def organ_id(organization: Organization) -> str:
    """Its electronic identifier, else our code: Latin letters, digits, dots and hyphens."""
    return re.sub(r"[^A-Za-z0-9.-]", "-", organization.identifier or organization.code)


def document_id(organ: str, dated: datetime.date, code: str) -> str:
    """`OrganId,yyyy,code`, the official style."""
    return f"{organ},{dated.year},{''.join(code.split())}"


def written(message: Message) -> bytes:
    """The message as XML, UTF-8. Raises `EdxmlError` when it is not of the form."""
    root = etree.Element(f"{{{NAMESPACE}}}edXML", nsmap={"edXML": NAMESPACE})
    envelope = _add(root, "edXMLEnvelope")
    header = _add(envelope, "edXMLHeader")
    _message_header(_add(header, "MessageHeader"), message)
    _trace(_add(header, "TraceHeaderList"), message)
    manifest = _add(_add(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "2.0")
    for at, file in enumerate(message.attached, 1):
        named = {"ContentId": f"cid:tep-{at}", "ContentType": file.media_type, "AttachmentName": file.name}
        _fill(_add(manifest, "Reference"), {**named, "Description": file.description})
    _attachments(root, message.attached)
    content: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    check(content)
    return content


def check(content: bytes) -> None:
    """Raises `EdxmlError` with the first fault of a message."""
    try:
        tree = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        raise EdxmlError(f"Không đọc được XML: {error}") from error
    schema = _schema()
    if not schema.validate(tree):
        raise EdxmlError(str(schema.error_log[0].message))


def read(content: bytes) -> dict[str, Any]:
    """What the receiving side needs of a message. Raises `EdxmlError`."""
    check(content)
    tree = etree.fromstring(content, _parser())
    name = f"{{{NAMESPACE}}}"
    earlier = tree.find(f".//{name}ReplacementInfo/{name}DocumentId")
    return {
        "document": tree.findtext(f".//{name}MessageHeader/{name}DocumentId"),
        "sender": tree.findtext(f".//{name}From/{name}OrganId"),
        "recipients": [node.text for node in tree.iterfind(f".//{name}To/{name}OrganId")],
        "answers": [node.findtext(f"{name}Code") for node in tree.iterfind(f".//{name}ResponseFor")],
        "does": int(tree.findtext(f".//{name}BussinessDocType") or 0),
        "earlier": earlier.text if earlier is not None else "",
    }


def _parser() -> etree.XMLParser:
    """Nothing is fetched, no entity is expanded: the message may be a stranger's."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(Path(__file__).with_name("edxml.xsd"))))


# --- parts --------------------------------------------------------------------------------------------


def _add(parent: Any, tag: str, text: str | int | None = None) -> Any:
    node = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    if text is not None:
        node.text = str(text)
    return node


def _fill(parent: Any, values: dict[str, str | int]) -> None:
    for tag, text in values.items():
        _add(parent, tag, text)


def _message_header(header: Any, message: Message) -> None:
    _organ(_add(header, "From"), message.sender)
    for recipient in message.recipients:
        _organ(_add(header, "To"), recipient)
    code = f"{message.number}/{message.notation}"
    _add(header, "DocumentId", document_id(organ_id(message.sender), message.dated, code))
    _fill(_add(header, "Code"), {"CodeNumber": message.number, "CodeNotation": message.notation})
    _fill(_add(header, "PromulgationInfo"), {"Place": message.place, "PromulgationDate": _day(message.dated)})
    _fill(_add(header, "DocumentType"), {"Type": 2, "TypeDetail": 0, "TypeName": message.kind})
    _add(header, "Subject", message.subject)
    signer = {"Competence": message.competence, "Position": message.position, "FullName": message.signer}
    _fill(_add(header, "SignerInfo"), signer)
    if message.due:
        _add(header, "DueDate", _day(message.due))
    _several(header, "ToPlaces", "Place", message.places)
    other = _add(header, "OtherInfo")
    _add(other, "Priority", message.priority)
    _several(other, "Appendixes", "Appendix", message.appendices)
    for letter in message.letters:
        _response(header, letter)


def _response(header: Any, letter: Letter) -> None:
    """The letter answered; without a date it cannot be named in this form."""
    if letter.dated is None or not letter.code:
        return
    values = {"OrganId": letter.organ, "Code": letter.code, "PromulgationDate": _day(letter.dated)}
    _fill(
        _add(header, "ResponseFor"),
        {**values, "DocumentId": document_id(letter.organ, letter.dated, letter.code)},
    )


def _trace(trace: Any, message: Message) -> None:
    organ = organ_id(message.sender)
    stamp = {"OrganId": organ, "Timestamp": f"{_day(message.dated)} 00:00:00"}
    _fill(_add(trace, "TraceHeader"), stamp)
    business = _add(trace, "Bussiness")
    _fill(business, {"BussinessDocType": message.does, "BussinessDocReason": message.reason})
    own = document_id(organ, message.dated, f"{message.number}/{message.notation}")
    _fill(business, {"DocumentId": own, "Paper": 0})
    _fill(_add(business, "StaffInfo"), {"Department": message.department} if message.department else {})
    if message.earlier and message.earlier[1]:
        replaced = _add(_add(business, "ReplacementInfoList"), "ReplacementInfo")
        _add(replaced, "DocumentId", document_id(organ, message.earlier[1], message.earlier[0]))
        organs = _add(replaced, "OrganIdList")
        for recipient in message.recipients:
            _add(organs, "OrganId", organ_id(recipient))


def _attachments(root: Any, attached: Iterable[Attached]) -> None:
    parent = _add(root, "AttachmentEncoded")
    for at, file in enumerate(attached, 1):
        packed = base64.b64encode(zipped.archive({_plain(file.name): file.content})).decode()
        named = {"ContentId": f"cid:tep-{at}", "AttachmentName": file.name, "ContentType": file.media_type}
        _fill(_add(parent, "Attachment"), {**named, "ContentTransferEncoded": packed})


def _organ(node: Any, organization: Organization) -> None:
    _fill(node, {"OrganId": organ_id(organization), "OrganName": organization.name})


def _several(parent: Any, tag: str, each: str, values: tuple[str, ...]) -> None:
    kept = [value for value in values if value.strip()]
    if kept:
        group = _add(parent, tag)
        for value in kept:
            _add(group, each, value)


def _day(day: datetime.date) -> str:
    return f"{day:%Y/%m/%d}"


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", name)
