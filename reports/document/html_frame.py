"""All around the body, as HTML: letterhead, number and date, title, addressees, recipients, signatures."""

from __future__ import annotations

from html import escape

from .html_line import line, paragraph
from .layout import Layout, issuer_rule, motto_rule, national_name_size, subject_rule
from .nodes import Frame, Letterhead, Lines, Signature, Title
from .widths import MM_PER_POINT

PIXELS_PER_MM = 0.75**-1 / MM_PER_POINT  # 96 CSS pixels an inch


def _rule(length: float) -> str:
    return f'<hr class="rule" width="{length * PIXELS_PER_MM:.1f}" aria-hidden="true">' if length else ""


def _grid(css_class: str, *cells: str) -> str:
    """One row of the borderless two-column grid of Phụ lục I, mục IV."""
    return (
        f'<div class="row {css_class}">'
        + "".join(f'<div class="cell">{cell}</div>' for cell in cells)
        + "</div>"
    )


def head(frame: Frame, layout: Layout) -> str:
    """Ô 1-5b: row 1 the issuer and the motto, row 2 the number (with a công văn's subject) and the date."""
    letterhead = frame.letterhead
    rows = ""
    if letterhead and (letterhead.issuer or letterhead.motto):
        rows += _grid("first", _issuer(letterhead, layout), _motto(letterhead, layout))
    left = paragraph("number", line(frame.number)) + _about(frame.title)
    right = paragraph("place-date", line(frame.place_date))
    if left or right:
        rows += _grid("second", left, right)
    return f'<div class="head">{rows}</div>' if rows else ""


def _issuer(letterhead: Letterhead, layout: Layout) -> str:
    lines = (
        paragraph("issuer" if at.bold else "superior", escape(at.text, quote=False))
        for at in letterhead.issuer
    )
    return "".join(lines) + _rule(issuer_rule(letterhead, layout))


def _motto(letterhead: Letterhead, layout: Layout) -> str:
    tight = " tight" if national_name_size(letterhead.motto, layout) < layout.sizes.national_name else ""
    classes = [f"national{tight}", *["motto"] * len(letterhead.motto)]
    lines = (
        paragraph(name, escape(text, quote=False))
        for name, text in zip(classes, letterhead.motto, strict=False)
    )
    return "".join(lines) + _rule(motto_rule(letterhead, layout))


def _about(title: Title | None) -> str:
    """Ô 5b: the "V/v …" lines of a công văn; they are its heading."""
    if title is None or not title.letter or not has_heading(title):
        return ""
    return f'<h1 class="about">{"<br>".join(_title_lines(title))}</h1>'


def _title_lines(title: Title) -> list[str]:
    lines = [escape(title.kind, quote=False), *map(line, title.subject)]
    return [text for text in lines if text]


def has_heading(title: Title | None) -> bool:
    return title is not None and bool(_title_lines(title))


def marks(frame: Frame) -> str:
    urgency, circulation = _boxed(frame.urgency), _boxed(frame.circulation)
    draft = escape(frame.draft, quote=False)
    return (
        paragraph("mark urgency", urgency)
        + paragraph("mark circulation", circulation)
        + paragraph("mark-draft draft", draft)
    )


def _boxed(text: str) -> str:
    return f"<span>{escape(text, quote=False)}</span>" if text else ""


def title_block(title: Title | None, layout: Layout) -> str:
    """Ô 5a: name of the kind and subject, with the rule below."""
    if title is None or title.letter or not has_heading(title):
        return ""
    kind = f'<span class="kind">{escape(title.kind, quote=False)}</span> ' if title.kind else ""
    subject = " ".join(f'<span class="subject">{line(text)}</span>' for text in title.subject)
    return f'<h1 class="title">{kind}{subject}</h1>{_rule(subject_rule(title, layout))}'


def addressees_block(addressees: Lines | None) -> str:
    """Ô 9a: one addressee on the label's line, several below it each with a dash (II.9.a)."""
    if addressees is None:
        return ""
    label = escape(addressees.label, quote=False)
    if len(addressees.lines) == 1:
        return paragraph("addressees", f"{label} {escape(addressees.lines[0], quote=False)}")
    lines = "".join(paragraph("dash", escape(text, quote=False)) for text in addressees.printed)
    inner = paragraph("addressees-label", label) + lines
    return f'<div class="addressees several">{inner}</div>' if inner else ""


def closing(frame: Frame) -> str:
    """Ô 7 and 9b: recipients left of a single signature; below the signatures when there are several."""
    recipients = _recipients(frame)
    signatures = [_signature(signature, at) for at, signature in enumerate(frame.signatures, 1)]
    if len(signatures) == 1:
        return f'<div class="closing">{_grid("", recipients, signatures[0])}</div>'
    pairs = "".join(_grid("", *signatures[at : at + 2]) for at in range(0, len(signatures), 2))
    signed = f'<div class="closing signatures">{pairs}</div>' if pairs else ""
    return signed + (f'<div class="closing alone">{_grid("", recipients)}</div>' if recipients else "")


def _recipients(frame: Frame) -> str:
    at = frame.recipients
    if at is None:
        return paragraph("copies", escape(frame.copies, quote=False))
    return (
        paragraph("recipients-label", escape(at.label, quote=False))
        + "".join(paragraph("recipients", escape(text, quote=False)) for text in at.printed)
        + paragraph("copies", escape(frame.copies, quote=False))
    )


def _signature(signature: Signature, at: int) -> str:
    """Ô 7a and 7b with room for 7c and 8 between; "chức vụ khác" stands above the name (II.7.b).

    `data-place` on block `at` (from 1) and on its first line under the room tells signing.py where the room is.
    """
    authority = "".join(paragraph("authority", escape(text, quote=False)) for text in signature.lines)
    signer = [escape(text, quote=False) for text in (signature.role, signature.name) if text]
    lines = [paragraph("signer", text) for text in signer]
    if lines:
        alone = "" if authority else " alone"
        lines[0] = f'<p class="signer{alone}" data-place="o7b-{at}">{signer[0]}</p>'
    return f'<div class="signature" data-place="o7-{at}">{authority}{"".join(lines)}</div>'


def contact_line(frame: Frame) -> str:
    return f'<p class="contact">{escape(frame.contact, quote=False)}</p>' if frame.contact else ""
