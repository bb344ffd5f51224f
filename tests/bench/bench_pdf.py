"""The PDF of the reference report against bare WeasyPrint, per page at 200 pages, and its memory."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import weasyprint

from reports.document import docx, pdf, plain
from reports.document.layout import css
from reports.document.nodes import Cell, Column, Document, Row, Table, Text
from reports.document.numbering import resolve
from tests.bench.measure import Report, side_by_side
from tests.document.reference import document


def longer(times: int) -> Document:
    one = resolve(document(), {})
    return replace(one, sections=one.sections * times)


def pages_of(made: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(made))


def pdf_ratios(report: Report) -> None:
    one = resolve(document(), {})
    html = pdf.source(one)
    font_config, sheet = weasyprint.text.fonts.FontConfiguration(), None
    sheet = weasyprint.CSS(string=css(pdf.LAYOUT), font_config=font_config)

    def bare() -> object:
        return weasyprint.HTML(string=html).write_pdf(
            stylesheets=[sheet], font_config=font_config, **pdf.OPTIONS
        )

    def untagged() -> object:
        return weasyprint.HTML(string=html).write_pdf(
            stylesheets=[sheet], font_config=font_config, presentational_hints=True
        )

    ours, theirs, without = side_by_side(lambda: pdf.render(one), bare, untagged)
    report.ratio("PDF / bare write_pdf", ours / theirs, 1.15, f"{ours:.2f} s")
    report.ratio("PDF/A and tags / plain", theirs / without, 1.25, f"{without:.2f} s")

    many = longer(30)
    short_pages, many_pages = pages_of(pdf.render(one)), pages_of(pdf.render(many))
    (short, long) = side_by_side(lambda: pdf.render(one), lambda: pdf.render(many), rounds=3)
    per_page = (long / many_pages) / (short / short_pages)
    report.ratio("PDF per page, 200 / 9 pages", per_page, 1.35, f"{many_pages} and {short_pages} pages")


def high_water() -> int:
    """Peak kilobytes of this process since it began; getrusage would count its parent's from before exec."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def memory(report: Report) -> None:
    """Peak memory of a process of its own, above that of one that renders nothing but a line."""

    def peak(times: int) -> tuple[float, int]:
        code = (
            "from tests.bench.bench_pdf import high_water, longer, pages_of; "
            "from reports.document import pdf; base = high_water(); "
            f"made = pdf.render(longer({times})); print(high_water() - base, pages_of(made))"
        )
        out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        kilobytes, pages = out.stdout.split()
        return int(kilobytes) / 1024, int(pages)

    for times in (1, 30):
        used, pages = peak(times)
        report.ratio(
            f"memory at {pages} pages / (80 MB + 1 MB a page)", used / (80 + pages), 1, f"{used:.0f} MB"
        )


def docx_ratios(report: Report) -> None:
    import io
    import zipfile

    one = resolve(document(), {})
    with zipfile.ZipFile(io.BytesIO(docx.render(one))) as made:
        xml = made.read("word/document.xml")

    def raw() -> object:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("word/document.xml", xml)
        return target

    ours, zipped = side_by_side(lambda: docx.render(one), raw)
    report.ratio("DOCX / zipping document.xml", ours / zipped, 8, f"{ours * 1000:.1f} ms")
    few, many = side_by_side(lambda: docx.render(table(30)), lambda: docx.render(table(240)))
    report.ratio("DOCX, 240 / 30 table rows", many / few, 10, f"{many * 1000:.1f} ms")


def table(rows: int) -> Document:
    from reports.document.nodes import Block, Section

    line = Row(tuple(Cell((Text(f"ô {at}"),)) for at in range(5)))
    body = Table(tuple(Column() for _ in range(5)), (Row(line.cells, "header"), *(line,) * rows))
    return Document("Bảng", sections=(Section(blocks=(Block((body,)),)),))


if __name__ == "__main__":
    report = Report()
    print(f"reference report: {len(plain.text(resolve(document(), {})))} characters")
    pdf_ratios(report)
    docx_ratios(report)
    memory(report)
    report.close()
