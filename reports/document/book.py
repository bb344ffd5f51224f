"""The register of outgoing papers as pages to print and bind: a cover, then ten columns (NĐ 30 Phụ lục IV)."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

#: Heads of the ten columns and their widths in per cent of the page.
COLUMNS: tuple[tuple[str, int], ...] = (
    ("Số, ký hiệu văn bản", 10),
    ("Ngày, tháng, năm của văn bản", 9),
    ("Tên loại và trích yếu nội dung văn bản", 23),
    ("Người ký", 10),
    ("Nơi nhận văn bản", 13),
    ("Đơn vị, người nhận bản lưu", 8),
    ("Số lượng bản", 5),
    ("Ngày chuyển", 9),
    ("Ký nhận", 7),
    ("Ghi chú", 6),
)

STYLE = """
html { font-family: 'Liberation Serif'; font-size: 11pt; line-height: 1.2; color: #000; }
@page {
  size: A4 landscape; margin: 20mm 15mm 15mm 25mm;
  @top-center { content: string(book); font: italic 10pt 'Liberation Serif'; }
  @bottom-right { content: 'Trang ' counter(page) '/' counter(pages); font: 10pt 'Liberation Serif'; }
}
@page cover { @top-center { content: none; } @bottom-right { content: none; } }
.cover { page: cover; text-align: center; break-after: page; }
.cover p { margin: 0; }
.cover .body { font-weight: bold; font-size: 13pt; text-transform: uppercase; }
.cover h1 { margin: 45mm 0 8mm; font-size: 26pt; }
.cover .line { font-size: 14pt; margin-top: 3mm; }
h2 { font-size: 13pt; text-align: center; margin: 0 0 4mm; string-set: book content(); break-after: avoid; }
section { break-before: page; }
section:first-of-type { break-before: auto; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.5pt solid #000; padding: 1mm 1.2mm; vertical-align: top; overflow-wrap: anywhere; text-align: left; }
th { text-align: center; vertical-align: middle; font-weight: bold; }
.void { text-decoration: line-through; }
"""


@dataclass(frozen=True)
class Line:
    """One number of the register: ten cells of text, and whether it is void."""

    cells: tuple[str, ...]
    is_void: bool = False


@dataclass(frozen=True)
class Part:
    """The lines of one series; `name` stands above its table and at the head of its pages."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Volume:
    """A register: the body's name as on its letterhead, sentences of the cover, one part a series."""

    body: tuple[str, ...]
    cover: tuple[str, ...]
    parts: tuple[Part, ...]


def html(volume: Volume) -> str:
    """The whole register as one HTML page without style sheet."""
    body = "".join(f'<p class="body">{escape(line)}</p>' for line in volume.body)
    lines = "".join(f'<p class="line">{escape(line)}</p>' for line in volume.cover)
    cover = f'<div class="cover">{body}<h1>SỔ ĐĂNG KÝ VĂN BẢN ĐI</h1>{lines}</div>'
    parts = "".join(map(_part, volume.parts))
    title = "<title>Sổ đăng ký văn bản đi</title>"
    return f'<!doctype html><html lang="vi"><head>{title}</head><body>{cover}{parts}</body></html>'


def _part(part: Part) -> str:
    widths = "".join(f'<col style="width:{width}%">' for _, width in COLUMNS)
    heads = "".join(f"<th>{escape(name)}</th>" for name, _ in COLUMNS)
    counts = "".join(f"<th>({place})</th>" for place in range(1, len(COLUMNS) + 1))
    rows = "".join(map(_line, part.lines))
    return (
        f"<section><h2>{escape(part.name)}</h2><table><colgroup>{widths}</colgroup>"
        f"<thead><tr>{heads}</tr><tr>{counts}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _line(line: Line) -> str:
    cells = [escape(cell).replace("\n", "<br>") for cell in line.cells]
    if line.is_void:
        cells[0] = f'<span class="void">{cells[0]}</span>'
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
