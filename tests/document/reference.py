"""Report 274/BC-UBND as a tree built by hand from its golden text: sections, paragraphs and dash items."""

from __future__ import annotations

import re
from pathlib import Path

from reports.document.nodes import (
    Block,
    Document,
    Frame,
    Item,
    Letterhead,
    LetterheadLine,
    Lines,
    Paragraph,
    Section,
    Signature,
    Slot,
    Text,
    Title,
)

GOLDEN = Path(__file__).parent.parent / "golden" / "bao-cao-274.body.txt"

FRAME = Frame(
    letterhead=Letterhead(
        issuer=(LetterheadLine("ỦY BAN NHÂN DÂN"), LetterheadLine("PHƯỜNG NHỊ CHIỂU")),
        motto=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    ),
    number=(Text("Số: "), Slot("number", "274"), Text("/BC-UBND")),
    place_date=(
        Text("Nhị Chiểu, ngày "),
        Slot("day", "19"),
        Text(" tháng "),
        Slot("month", "05"),
        Text(" năm "),
        Slot("year", "2026"),
    ),
    title=Title(
        "BÁO CÁO",
        (
            (Text("Kết quả triển khai thực hiện Phong trào “Bình dân học vụ số”"),),
            (Text("trên địa bàn phường Nhị Chiểu"),),
        ),
    ),
    recipients=Lines(
        "Nơi nhận:",
        ("Sở Khoa học và Công nghệ (để b/c);", "CT và các PCT UBND phường;", "Lưu: VT, VHXX."),
    ),
    signatures=(Signature(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Hồng Túc"),),
)


def golden_lines() -> list[str]:
    """The body, one paragraph a line."""
    return GOLDEN.read_text(encoding="utf-8").splitlines()


def document() -> Document:
    """The registered report: printed labels, c) under 3 where the ward put it."""
    return Document("Báo cáo 274/BC-UBND", FRAME, _sections(golden_lines()))


def _sections(lines: list[str]) -> tuple[Section, ...]:
    """An opening without label, then numbered sections with lettered ones inside."""
    parts = _split(lines, r"\d\. ")
    return (
        Section(blocks=_blocks(parts[0], "o")),
        *(_numbered(part, at) for at, part in enumerate(parts[1:], 1)),
    )


def _numbered(lines: list[str], at: int) -> Section:
    label, heading = lines[0].split(" ", 1)
    parts = _split(lines[1:], r"[a-e]\) ")
    return Section(
        label,
        (Text(heading),),
        style="1.",
        blocks=_blocks(parts[0], f"{at}"),
        sections=tuple(_lettered(part, f"{at}-{number}") for number, part in enumerate(parts[1:], 1)),
        key=f"s{at}",
    )


def _lettered(lines: list[str], at: str) -> Section:
    label, heading = lines[0].split(" ", 1)
    return Section(
        label, (Text(heading, italic=True),), style="a)", blocks=_blocks(lines[1:], at), key=f"s{at}"
    )


def _split(lines: list[str], opening: str) -> list[list[str]]:
    """Lines before the first opening, then a list per opening."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if re.match(opening, line):
            parts.append([])
        parts[-1].append(line)
    return parts


def _blocks(lines: list[str], at: str) -> tuple[Block, ...]:
    return (Block(tuple(map(_node, lines)), key=f"b{at}"),) if lines else ()


def _node(line: str) -> Paragraph | Item:
    if line.startswith("- "):
        return Item("-", (Text(line[2:]),))
    return Paragraph((Text(line),))
