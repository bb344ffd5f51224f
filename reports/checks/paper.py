"""Official form of a file on paper: page, margins, fonts, sizes and places (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..document.sheet import Printed, Sheet
from .findings import ADVICE, ERROR, WARNING, Check, Remark
from .form import MOTTO, NATION
from .knowledge import Knowledge
from .text import Line, Manuscript, bare

_PL = "NĐ 30/2020/NĐ-CP, Phụ lục I"
#: Millimetres by which a measure may miss its rule: Word's own rounding, a letter's overhang on a PDF.
SLACK = {"docx": 0.6, "pdf": 1.6}
#: Times New Roman, and fonts of the same widths that stand in for it.
_TIMES = ("timesnewroman", "times", "liberationserif", "tinos", "nimbusroman", "freeserif", "texgyretermes")


def _where(manuscript: Manuscript, text: str) -> Line:
    """The line of the document that holds a printed line's words."""
    wanted = " ".join(text.split())[:40]
    return next(
        (line for line in manuscript.lines if wanted and wanted in line.text),
        manuscript.first("paragraph", "title"),
    )


def _at(manuscript: Manuscript, printed: Printed, message: str, severity: str = "") -> Remark:
    words = " ".join(printed.text.split()[:8])
    return Remark(_where(manuscript, printed.text), 0, 0, message, words=words, severity=severity)


def _of_file(manuscript: Manuscript, said: str, message: str, severity: str = "") -> Remark:
    return Remark(manuscript.first("title", "paragraph"), 0, 0, message, words=said, severity=severity)


def _mm(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",") + " mm"


# --- page ---------------------------------------------------------------------------------------------------


def paper(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A4; lying only where an appendix does."""
    sheet = knowledge.sheet
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(sheet.pages if sheet else ()):
        size = (round(page.width), round(page.height))
        if size in seen:
            continue
        seen.add(size)
        if not (abs(min(size) - 210) <= 2 and abs(max(size) - 297) <= 2):
            yield _of_file(manuscript, f"{size[0]} × {size[1]} mm", "Khổ giấy phải là A4 (210 × 297 mm).")
        elif size[0] > size[1] and number == 0:
            yield _of_file(
                manuscript, f"{size[0]} × {size[1]} mm", "Trang đầu phải theo chiều đứng.", WARNING
            )


_MARGINS = {
    "top": ("trên", 20, 25),
    "bottom": ("dưới", 20, 25),
    "left": ("trái", 30, 35),
    "right": ("phải", 15, 20),
}


def margins(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Top and bottom 20-25, left 30-35, right 15-20 mm; in a PDF the text may not reach into them."""
    sheet = knowledge.sheet
    if sheet is None or not sheet.pages:
        return
    upright = [page for page in sheet.pages if page.width <= page.height]
    for name, (called, least, most) in _MARGINS.items():
        measured = [value for page in upright if (value := getattr(page, name)) is not None]
        if not measured:
            continue
        slack = SLACK[sheet.source]
        narrow = min(measured)
        wide = (
            max(measured) if sheet.source == "docx" else (min(measured) if name in ("left", "right") else 0)
        )
        wrong = narrow if narrow < least - slack else wide if wide > most + slack else None
        if wrong is not None:
            yield _of_file(
                manuscript,
                f"lề {called} {_mm(wrong)}",
                f"Lề {called} là {least}-{most} mm, tệp này {_mm(wrong)}.",
            )


def page_number(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Arabic, 13-14, centred in the top margin; none on the first page."""
    sheet = knowledge.sheet
    if sheet is None or not sheet.numbered:
        return
    if sheet.numbered == "none":
        yield _of_file(manuscript, "số trang", "Tệp không đánh số trang ở giữa lề trên.", WARNING)
        return
    if sheet.numbered == "footer":
        yield _of_file(manuscript, "số trang", "Số trang đặt ở giữa lề trên, không ở chân trang.")
    if sheet.number_align and sheet.number_align != "center":
        yield _of_file(manuscript, "số trang", "Số trang canh giữa theo chiều ngang.")
    if sheet.number_size and not 13 <= sheet.number_size <= 14:
        yield _of_file(
            manuscript, "số trang", f"Số trang cỡ chữ 13 đến 14, tệp này cỡ {sheet.number_size:g}."
        )
    if sheet.first_numbered:
        yield _of_file(manuscript, "số trang", "Trang thứ nhất không hiển thị số trang.")


# --- letters --------------------------------------------------------------------------------------------------


def _prose(sheet: Sheet) -> list[Printed]:
    """The lines of text: outside tables and long enough to be no part of the frame."""
    return [line for line in sheet.lines if not line.in_table and len(line.text) >= 60]


def font(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Times New Roman throughout; each other font once."""
    seen: set[str] = set()
    for line in knowledge.sheet.lines if knowledge.sheet else ():
        for run in line.runs:
            folded = re.sub(r"[^a-z]", "", run.font.lower())
            if run.font and run.text.strip(" .-–•") and not folded.startswith(_TIMES) and folded not in seen:
                seen.add(folded)
                yield _at(manuscript, line, f"Phông chữ phải là Times New Roman; chỗ này dùng {run.font}.")


def colour(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Black; red only for marks of urgency."""
    seen: set[str] = set()
    for line in knowledge.sheet.lines if knowledge.sheet else ():
        for run in line.runs:
            if run.colour in ("", "000000") or not run.text.strip() or run.colour in seen:
                continue
            if re.fullmatch(
                r"(?:thuong |)khan|hoa toc.*|xem xong tra lai|luu hanh noi bo", bare(line.text).strip()
            ):
                continue
            seen.add(run.colour)
            yield _at(manuscript, line, "Chữ trong văn bản màu đen.")


def body_size(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """13 or 14 in the text; each other size once, and the two not mixed."""
    sizes: Counter[float] = Counter()
    first: dict[float, Printed] = {}
    for line in _prose(knowledge.sheet) if knowledge.sheet else ():
        for run in line.runs:
            if run.size and len(run.text.strip()) > 3:
                sizes[run.size] += len(run.text)
                first.setdefault(run.size, line)
    for size, line in first.items():
        if not 13 <= size <= 14 and sizes[size] > 100:
            yield _at(manuscript, line, f"Nội dung dùng cỡ chữ 13 đến 14; chỗ này cỡ {size:g}.")
    if {13.0, 14.0} <= set(sizes) and min(sizes[13.0], sizes[14.0]) > 300:
        rarer = min((13.0, 14.0), key=lambda size: sizes[size])
        yield _at(manuscript, first[rarer], "Nội dung dùng lẫn cỡ 13 và 14; nên một cỡ.", ADVICE)


@dataclass(frozen=True)
class Cell:
    """How the letters of one place of the frame look; None where both ways are allowed."""

    name: str
    least: float
    most: float
    bold: bool | None = None
    italic: bool | None = None


#: Ô 1-9 of Mục IV, V: pattern of the folded line -> its look.
_CELLS: tuple[tuple[re.Pattern[str], Cell], ...] = tuple(
    (re.compile(pattern), cell)
    for pattern, cell in (
        (bare(NATION), Cell("Quốc hiệu", 12, 13, True, False)),
        (bare(MOTTO), Cell("Tiêu ngữ", 13, 14, True, False)),
        (r"so\s*:\s*\S*\s*/[a-z-]+", Cell("Số, ký hiệu", 13, 13, False, False)),
        (
            r"[a-z ]{3,30}, ngay .{0,6} thang .{0,6} nam .{4}",
            Cell("Địa danh, ngày tháng", 13, 14, False, True),
        ),
        (r"bao cao(?: nhanh| tuan| thang| quy| nam)?", Cell("Tên loại", 13, 14, True, False)),
        (r"kinh gui\s*:.{0,200}", Cell("Kính gửi", 13, 14, False, False)),
        (r"noi nhan\s*:", Cell("Nơi nhận", 12, 12, True, True)),
        (r"- luu\s*:.{0,60}|- nhu tren;", Cell("Danh sách nơi nhận", 11, 11, False, False)),
        (r"(?:tm|kt|tl|tuq|q)\. .{4,60}", Cell("Quyền hạn, chức vụ", 13, 14, True, False)),
    )
)


def cells(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Size and weight of each place of the frame."""
    for line in knowledge.sheet.lines if knowledge.sheet else ():
        folded = " ".join(bare(line.text.replace("\u00a0", " ")).split())
        cell = next(
            (cell for pattern, cell in _CELLS if len(folded) < 220 and pattern.fullmatch(folded)), None
        )
        runs = [run for run in line.runs if run.text.strip()]
        if cell is None or not runs:
            continue
        sizes = {run.size for run in runs if run.size}
        if any(not cell.least <= size <= cell.most for size in sizes):
            wanted = f"{cell.least:g}" if cell.least == cell.most else f"{cell.least:g} đến {cell.most:g}"
            yield _at(
                manuscript,
                line,
                f"{cell.name} cỡ chữ {wanted}, tệp này cỡ {', '.join(f'{s:g}' for s in sorted(sizes))}.",
            )
        if cell.bold is not None and any(run.bold != cell.bold for run in runs):
            yield _at(manuscript, line, f"{cell.name} viết {'đậm' if cell.bold else 'không đậm'}.", WARNING)
        if cell.italic is not None and any(run.italic != cell.italic for run in runs):
            yield _at(manuscript, line, f"{cell.name} viết {'nghiêng' if cell.italic else 'đứng'}.", WARNING)


# --- paragraphs -----------------------------------------------------------------------------------------------


def paragraphs(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Justified, first line 1 or 1.27 cm in, 6 pt apart at least, single to 1.5 lines; each fault once (Word)."""
    sheet = knowledge.sheet
    if sheet is None or sheet.source != "docx":
        return
    told: set[str] = set()
    for line in _prose(sheet):
        for fault, message in _faults(line):
            if fault not in told:
                told.add(fault)
                yield _at(manuscript, line, message, ADVICE if fault == "indent" else "")


def _faults(line: Printed) -> Iterator[tuple[str, str]]:
    if line.align == "center":
        return
    if line.align != "justify":
        yield "align", "Nội dung canh đều cả hai lề."
    if line.indent is not None and line.indent > 0 and not 9.4 <= line.indent <= 13.3:
        yield "indent", f"Chữ đầu đoạn lùi vào 1 cm hoặc 1,27 cm; chỗ này {_mm(line.indent)}."
    if line.spacing is not None and line.spacing < 5.9:
        yield "spacing", f"Các đoạn cách nhau tối thiểu 6 pt; chỗ này {line.spacing:g} pt."
    if line.line is not None and not 0.95 <= line.line <= 1.55:
        yield "line", f"Khoảng cách dòng từ dòng đơn đến 1,5 dòng; chỗ này {line.line:g}."


def drawn_lines(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Rules under ô 1, 2, 5 made of typed marks or of underlined words."""
    for line in knowledge.sheet.lines if knowledge.sheet else ():
        text = line.text.strip()
        if re.fullmatch(r"[_\-–—=]{4,}", text):
            yield _at(manuscript, line, "Đường kẻ phải là nét vẽ, không gõ bằng dấu gạch.")
        elif bare(text) in (bare(MOTTO), bare(NATION)) and any(run.underline for run in line.runs):
            yield _at(manuscript, line, "Dưới Tiêu ngữ là một đường kẻ, không phải chữ gạch chân.")


CHECKS = (
    Check("paper-size", "layout", ERROR, "Khổ giấy A4", f"{_PL}, mục I.1, I.2", paper),
    Check("paper-margins", "layout", ERROR, "Lề trang", f"{_PL}, mục I.3", margins),
    Check("paper-number", "layout", WARNING, "Số trang", f"{_PL}, mục I.6", page_number),
    Check("paper-font", "layout", ERROR, "Phông chữ Times New Roman", f"{_PL}, mục I.4", font),
    Check("paper-colour", "layout", WARNING, "Chữ màu đen", f"{_PL}, mục I.4", colour),
    Check("paper-size-body", "layout", ERROR, "Cỡ chữ nội dung", f"{_PL}, mục II.6", body_size),
    Check("paper-cells", "layout", ERROR, "Cỡ chữ, kiểu chữ từng ô", f"{_PL}, mục IV, V", cells),
    Check(
        "paper-paragraphs", "layout", WARNING, "Canh lề, lùi dòng, giãn dòng", f"{_PL}, mục II.6", paragraphs
    ),
    Check(
        "paper-lines", "layout", WARNING, "Đường kẻ là nét vẽ", f"{_PL}, mục II.1, II.2, II.5", drawn_lines
    ),
)
