"""Official form of the frame: NĐ 30/2020/NĐ-CP, Phụ lục I, ô 1-9, article by article, on the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.kinds import KINDS

from ..document.nodes import Signature
from .findings import ADVICE, ERROR, WARNING, Check, Fix, Remark
from .knowledge import Knowledge
from .text import Line, Manuscript, bare, matches
from .unfinished import expected

_PL = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def _is_party(manuscript: Manuscript) -> bool:
    """Papers of the Party and of mass organizations have a heading of their own (Hướng dẫn 05-HD/VPTW)."""
    head = " ".join(line.folded for line in manuscript.of_part("letterhead", "motto"))
    return bool(re.search(r"dang cong san|dang bo|dang uy|doan tncs|hoi lien hiep|cong doan|mat tran", head))


# --- ô 1, 2: heading ------------------------------------------------------------------------------------------


def motto(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Quốc hiệu and Tiêu ngữ stand, word for word."""
    lines = manuscript.of_part("motto")
    if not lines:
        if expected("motto", manuscript, knowledge) and not _is_party(manuscript):
            yield Remark(
                manuscript.first("number", "title"), 0, 0, "Thiếu Quốc hiệu và Tiêu ngữ.", words=NATION
            )
        return
    if _is_party(manuscript):
        return
    printed = [" ".join(line.text.split()) for line in lines]
    for line, text, right in zip(lines, printed, (NATION, MOTTO), strict=False):
        if text.replace("HOÀ", "HÒA") != right:
            yield Remark(line, 0, len(line.text), f"Ghi đúng “{right}”.", Fix(line.text, right))
    if len(printed) == 1 and bare(printed[0]) == bare(NATION):
        yield Remark(lines[0], 0, 0, "Thiếu Tiêu ngữ.", words=MOTTO)


def issuer(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The name of the issuing body stands above number and symbol."""
    if not manuscript.of_part("letterhead") and expected("letterhead", manuscript, knowledge):
        line = manuscript.first("number", "title")
        yield Remark(line, 0, len(line.text), "Thiếu tên cơ quan ban hành phía trên số, ký hiệu.")


def issuer_form(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Capitals, written out; a People's Committee of a ward has no body above it in the heading."""
    lines = manuscript.of_part("letterhead")
    own = " ".join(line.folded for line in lines)
    for line in lines:
        if not line.text.isupper():
            yield Remark(
                line, 0, len(line.text), "Tên cơ quan ban hành viết bằng chữ in hoa.",
                Fix(line.text, line.text.upper()), severity=WARNING,
            )  # fmt: skip
    if lines and re.fullmatch(r"ubnd (?:phuong|xa|dac khu) .+", lines[-1].folded):
        yield Remark(
            lines[-1], 0, len(lines[-1].text), "Tên cơ quan ban hành ghi đầy đủ, không viết tắt “UBND”."
        )
    if len(lines) > 1 and re.search(r"(?:ubnd|uy ban nhan dan) (?:phuong|xa|dac khu) \w+$", own):
        first = lines[0]
        if re.search(r"\b(?:thanh pho|tinh)\b", first.folded) and re.search(
            r"ubnd|uy ban nhan dan", first.folded
        ):
            yield Remark(
                first, 0, len(first.text), "Ủy ban nhân dân cấp xã không có cơ quan chủ quản; bỏ dòng này."
            )


# --- ô 3, 4: number and date -----------------------------------------------------------------------------------

_NUMBER = re.compile(
    r"^(?P<word>[Ss]ố|SỐ)(?P<colon>\s*:)?(?P<gap>\s*)(?P<number>\d+[a-z]?)?(?P<after>\s*)(?P<symbol>[/-].*)?$"
)


def number(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """ "Số: 07/BC-UBND": the word, a colon, two digits at least, no spaces in the symbol."""
    for line in manuscript.of_part("number"):
        text = line.text.replace("\u00a0", " ").strip()
        found = _NUMBER.match(text)
        if found is None:
            continue
        if not found["colon"]:
            yield Remark(
                line,
                0,
                len(line.text),
                "Sau từ “Số” có dấu hai chấm.",
                Fix(found["word"], "Số:"),
                severity=WARNING,
            )
        printed, symbol = found["number"] or "", found["symbol"] or ""
        if re.fullmatch(r"\d[a-z]?", printed):
            fixed = f"0{printed}"
            yield Remark(
                line,
                0,
                len(line.text),
                "Số nhỏ hơn 10 thêm số 0 ở trước.",
                Fix(f"{printed}{symbol}", f"{fixed}{symbol}"),
            )
        if printed and symbol and (found["after"] or re.search(r"\s", symbol.strip())):
            tidy = printed + re.sub(r"\s+", "", symbol)
            said = text[found.start("number") :]
            yield Remark(
                line,
                0,
                len(line.text),
                "Số và ký hiệu viết liền, không có dấu cách.",
                Fix(said, tidy),
                severity=WARNING,
            )


def symbol_of_kind(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """BÁO CÁO goes with …/BC-…, and so on (Phụ lục III)."""
    title = manuscript.document.frame.title
    lines = manuscript.of_part("number")
    if title is None or title.letter or not lines or _is_party(manuscript):
        return
    folded = bare(title.kind)
    kind = next(
        (k for k in KINDS.values() if k.family == "state" and k.code and folded.startswith(bare(k.name))),
        None,
    )
    found = re.search(r"/\s*(?P<code>[^\W\d_]+)-(?P<rest>\S+)", lines[0].text)
    if kind and found and found["code"] != kind.code:
        yield Remark(
            lines[0],
            found.start("code"),
            found.end(),
            f"Ký hiệu của {kind.name} là “{kind.code}”.",
            Fix(found[0], f"/{kind.code}-{found['rest']}"),
        )


_DATE = re.compile(r"ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})")


def dated(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Days below 10 and months 1 and 2 take a zero, no other month does; a comma after the place."""
    for line in manuscript.of_part("place_date"):
        text = line.text.replace("\u00a0", " ")
        found = _DATE.search(text)
        if found:
            day, month = int(found["day"]), int(found["month"])
            right = (
                f"ngày {day:02d} tháng {month:02d} năm" if month < 3 else f"ngày {day:02d} tháng {month} năm"
            )
            said = re.sub(r"\s+", " ", found[0])
            if said != f"{right} {found['year']}":
                yield Remark(
                    line, found.start(), found.end(),
                    "Ngày nhỏ hơn 10 và tháng 1, 2 ghi thêm số 0; tháng khác không thêm.",
                    Fix(found[0], f"{right} {found['year']}", f"Sửa thành “{right} {found['year']}”"),
                )  # fmt: skip
        elif re.search(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text):
            yield Remark(line, 0, len(line.text), "Ghi “ngày … tháng … năm …” đủ chữ.")
        if re.search(r"[^\s,]\s+ngày\b", text) and not re.match(r"\s*ngày", text):
            at = re.search(r"[^\s,]\s+ngày\b", text)
            yield Remark(
                line, 0, at.end() if at else 0, "Sau địa danh có dấu phẩy.", severity=WARNING,
            )  # fmt: skip


def place(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The place is the ward's official name, with its common noun only where the name needs it."""
    body = knowledge.organization
    if body is None or not body.place_name:
        return
    right = f"{body.place_noun} {body.place_name}".strip()
    for line in manuscript.of_part("place_date"):
        said = re.split(r",|\s+ngày\b", line.text)[0].strip()
        if said and said != right:
            yield Remark(
                line,
                0,
                len(said),
                f"Địa danh của đơn vị là “{right}”.",
                Fix(said, right, f"Sửa thành “{right}”"),
            )


# --- ô 5: kind and subject --------------------------------------------------------------------------------------


def title(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The kind in capitals, a subject below it, without a full stop; "V/v" without a colon."""
    lines = manuscript.of_part("title")
    shown = manuscript.document.frame.title
    if shown is None:
        if knowledge.left_out is not None and "title" not in knowledge.left_out:
            yield Remark(manuscript.first("number"), 0, 0, "Thiếu tên loại và trích yếu.", words="BÁO CÁO")
        return
    if shown.kind and not shown.kind.isupper():
        yield Remark(
            lines[0],
            0,
            len(lines[0].text),
            "Tên loại văn bản viết bằng chữ in hoa.",
            Fix(shown.kind, shown.kind.upper()),
        )
    if shown.kind and not shown.subject:
        yield Remark(
            lines[0], 0, len(lines[0].text), "Thiếu trích yếu nội dung dưới tên loại.", severity=ERROR
        )
    last = lines[-1] if lines else None
    if last and shown.subject and re.search(r"[.;:]\s*$", last.text) and not last.text.endswith("..."):
        yield Remark(
            last, max(0, len(last.text) - 20), len(last.text), "Cuối trích yếu không có dấu.", severity=ADVICE
        )
    for line in lines:
        found = re.match(r"V/v\s*:\s*", line.text)
        if shown.letter and found:
            yield Remark(
                line,
                0,
                found.end(),
                "Sau “V/v” không có dấu hai chấm.",
                Fix(found[0], "V/v "),
                severity=ADVICE,
            )


# --- ô 9: addressees and recipients -----------------------------------------------------------------------------

_ABOVE = re.compile(
    r"\b(?:[Tt]hực hiện|[Tt]heo|[Cc]ăn cứ)\b[^.;]{0,120}?\bcủa (?P<body>(?:Sở|Bộ|Chính phủ|Thủ tướng|Văn phòng Chính phủ|UBND thành phố"
    r"|UBND tỉnh|Ủy ban nhân dân thành phố|Ủy ban nhân dân tỉnh|Thành ủy|Tỉnh ủy)[^,.;]{0,60}?)(?= về\b|,|$)"
    r"|\bKính gửi (?P<sent>(?:Sở|Bộ|UBND|Ủy ban|HĐND|Văn phòng)[^,.;/]{2,60})"
)


def addressees(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A report that answers a body above has ô 9a."""
    shown = manuscript.document.frame.title
    if (
        manuscript.of_part("addressees")
        or shown is None
        or not (shown.letter or bare(shown.kind).startswith("bao cao"))
        or not expected("addressees", manuscript, knowledge)
    ):
        return
    main = [line for line in manuscript.prose if not line.appendix]
    for line in (*main[:1], *main[-1:]):
        if matches(_ABOVE, line.text):
            yield Remark(
                manuscript.first("title"), 0, 0,
                "Báo cáo gửi cơ quan cấp trên phải có phần “Kính gửi:” dưới trích yếu.", words="Kính gửi:",
            )  # fmt: skip
            return


def addressee_lines(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """ "Kính gửi:" with a colon; two and more end in ";", the last in "."; one line has no mark."""
    lines = manuscript.of_part("addressees")
    if lines and lines[0].label and not lines[0].label.rstrip().endswith(":"):
        yield Remark(lines[0], 0, 0, "Sau “Kính gửi” có dấu hai chấm.", words=lines[0].label)
    if len(lines) > 1:
        yield from _ends(lines, "Kính gửi")


def _ends(lines: tuple[Line, ...], called: str) -> Iterator[Remark]:
    for line in lines[:-1]:
        if line.text.rstrip()[-1:] != ";" and not line.text.strip().startswith("("):
            written = re.sub(r"[.,\s]*$", "", line.text) + ";"
            yield Remark(
                line,
                0,
                len(line.text),
                f"Mỗi dòng {called} kết thúc bằng dấu “;”.",
                Fix(line.text, written),
                severity=ADVICE,
            )
    last = lines[-1]
    if last.text.rstrip()[-1:] != ".":
        written = re.sub(r"[;,\s]*$", "", last.text) + "."
        yield Remark(
            last,
            0,
            len(last.text),
            f"Dòng {called} cuối cùng kết thúc bằng dấu chấm.",
            Fix(last.text, written),
            severity=ADVICE,
        )


def recipient_lines(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """ "Như trên" first where ô 9a stands, "Lưu: VT, …" last, each line ending as it should."""
    lines = manuscript.of_part("recipients")
    if not lines:
        return
    if manuscript.of_part("addressees") and not any(line.folded.startswith("nhu tren") for line in lines):
        yield Remark(
            lines[0],
            0,
            len(lines[0].text),
            "Có phần Kính gửi thì Nơi nhận mở đầu bằng “Như trên;”.",
            words="Như trên;",
        )
    kept = [line for line in lines if line.folded.startswith("luu")]
    if not kept:
        yield Remark(lines[-1], 0, 0, "Thiếu dòng “Lưu: VT, …” ở cuối Nơi nhận.", words="Lưu: VT")
    elif kept[0] is not lines[-1] and len(kept) == 1:
        yield Remark(kept[0], 0, len(kept[0].text), "Dòng “Lưu” đứng cuối Nơi nhận.", severity=ADVICE)
    for line in kept[:1]:
        if not re.match(r"Lưu\s*:\s*VT\b", line.text):
            yield Remark(line, 0, len(line.text), "Dòng lưu ghi “Lưu: VT, <đơn vị soạn thảo>.”.")
    yield from _ends(lines, "Nơi nhận")


# --- ô 7: signature -----------------------------------------------------------------------------------------------


def on_behalf(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A paper in the name of the People's Committee is signed "TM. ỦY BAN NHÂN DÂN"."""
    symbol = " ".join(line.text for line in manuscript.of_part("number"))
    signatures = manuscript.document.frame.signatures
    if not signatures or not re.search(r"/BC-UBND\b", symbol):
        return
    lines = signatures[0].lines
    by_order = any(re.match(r"(?:TL|TUQ)\.", text) for text in lines)
    if lines and not by_order and not any(re.match(r"T(?:M|/M)\.?\s", text) for text in lines):
        line = _line_of(manuscript, lines[0])
        yield Remark(
            line,
            0,
            len(line.text),
            "Báo cáo của Ủy ban nhân dân ký thay mặt tập thể; thiếu dòng “TM. ỦY BAN NHÂN DÂN”.",
        )


def _line_of(manuscript: Manuscript, text: str) -> Line:
    return next(
        (line for line in manuscript.of_part("signature") if line.text == text), manuscript.first("signature")
    )


def authority(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A deputy signs KT. (or TL., TUQ.); a prefix is followed by a full stop and a space; capitals throughout."""
    for signature in manuscript.document.frame.signatures:
        lines = signature.lines
        for text in lines:
            line = _line_of(manuscript, text)
            glued = re.match(r"(?P<short>TM|KT|TL|TUQ|Q)(?:\.(?=\S)|\s+(?=[A-ZĐ]{2}))", text)
            if glued:
                written = f"{glued['short']}. {text[glued.end() :]}"
                yield Remark(
                    line,
                    0,
                    len(text),
                    f"Ghi “{written}”.",
                    Fix(text, written, f"Sửa thành “{written}”"),
                    severity=WARNING,
                )
            if not text.isupper():
                yield Remark(
                    line,
                    0,
                    len(text),
                    "Quyền hạn, chức vụ viết bằng chữ in hoa.",
                    Fix(text, text.upper()),
                    severity=WARNING,
                )
            if re.match(r"KT\.\s*PHÓ\b", text):
                yield Remark(line, 0, len(text), "“KT.” đứng trước chức vụ của cấp trưởng.")
        yield from _deputy(manuscript, signature)


def _deputy(manuscript: Manuscript, signature: Signature) -> Iterator[Remark]:
    lines = signature.lines
    alone = (
        lines
        and lines[-1].startswith("PHÓ ")
        and not any(re.match(r"(?:KT|K/T|K\.T|TL|TUQ|T/L)\b", text) for text in lines)
    )
    if alone:
        line = _line_of(manuscript, lines[-1])
        said = lines[-1].removeprefix("PHÓ ")
        yield Remark(
            line, 0, len(line.text), f"Cấp phó ký phải có dòng “KT. {said}” ở trên.", words=line.text
        )


_HONOUR = re.compile(
    r"^(?:GS|PGS|TS|ThS|CN|KS|BS|BSCK|LS|Ông|Bà|Đ/c|Đồng chí|NGƯT|NSƯT|AHLĐ)\b\.?\s*", re.IGNORECASE
)


def signer_name(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """No degree or title before the name, which is not in capitals."""
    for signature in manuscript.document.frame.signatures:
        name = signature.name
        found = _HONOUR.match(name)
        line = _line_of(manuscript, name)
        if found and len(name) > found.end():
            yield Remark(
                line,
                0,
                len(name),
                "Trước họ tên người ký không ghi học hàm, học vị, danh hiệu.",
                Fix(name, name[found.end() :]),
            )
        elif name and name.isupper() and len(name.split()) > 1:
            yield Remark(
                line,
                0,
                len(name),
                "Họ tên người ký viết chữ thường, hoa chữ cái đầu.",
                Fix(name, name.title()),
                severity=ADVICE,
            )


# --- phụ lục, mục -----------------------------------------------------------------------------------------------


def appendix_labels(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """One appendix has no number, several have Roman ones; each says what it goes with."""
    shown = manuscript.document.appendices
    for number, appendix in enumerate(shown, start=1):
        line = next((line for line in manuscript.body if line.owner is appendix), None)
        label = " ".join((appendix.label or "").split())
        if line is None or not label:
            continue
        if len(shown) == 1 and re.fullmatch(r"(?i)phụ lục\s+(?:I|1|01)", label):
            yield Remark(line, 0, 0, "Chỉ có một phụ lục thì không đánh số.", words=label)
        elif len(shown) > 1 and not re.fullmatch(r"(?i)phụ lục\s+[IVXLC]+", label):
            yield Remark(
                line,
                0,
                0,
                f"Nhiều phụ lục đánh số La Mã: “Phụ lục {'I' * number if number < 4 else ''}”.",
                words=label,
            )
        if not appendix.reference:
            yield Remark(
                line,
                0,
                0,
                "Dưới tên phụ lục ghi “(Kèm theo Báo cáo số …)”.",
                words="(Kèm theo",
                severity=ADVICE,
            )


def capital_headings(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Mục I, II in capitals; khoản 1, 2 not."""
    headings = [line for line in manuscript.of_part("heading") if not line.appendix and line.text.strip()]
    roman = [line for line in headings if re.fullmatch(r"[IVX]+\.", line.label)]
    lower = [line for line in roman if not line.text.isupper()]
    if lower and len(lower) < len(roman):
        for line in lower:
            yield Remark(
                line,
                0,
                len(line.text),
                "Tên mục I, II, III viết chữ in hoa như các mục khác.",
                Fix(line.text, line.text.upper()),
            )


CHECKS = (
    Check("motto", "layout", ERROR, "Quốc hiệu và Tiêu ngữ", f"{_PL}.1", motto),
    Check("issuer-missing", "layout", ERROR, "Có tên cơ quan ban hành", f"{_PL}.2", issuer),
    Check("issuer-form", "layout", WARNING, "Cách ghi tên cơ quan ban hành", f"{_PL}.2", issuer_form),
    Check("number-form", "layout", ERROR, "Cách ghi số, ký hiệu", f"{_PL}.3", number),
    Check(
        "number-kind",
        "layout",
        ERROR,
        "Ký hiệu khớp tên loại",
        "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.3; Phụ lục III",
        symbol_of_kind,
    ),
    Check("date-form", "layout", ERROR, "Cách ghi ngày, tháng", f"{_PL}.4", dated),
    Check("place-form", "layout", WARNING, "Địa danh", f"{_PL}.4", place),
    Check("title-form", "layout", WARNING, "Tên loại và trích yếu", f"{_PL}.5", title),
    Check("addressees-missing", "layout", ERROR, "Có phần Kính gửi", f"{_PL}.9", addressees),
    Check("addressees-form", "layout", ADVICE, "Cách ghi Kính gửi", f"{_PL}.9", addressee_lines),
    Check("recipients-form", "layout", WARNING, "Cách ghi Nơi nhận", f"{_PL}.9", recipient_lines),
    Check("signature-behalf", "layout", WARNING, "Ký thay mặt Ủy ban nhân dân", f"{_PL}.7", on_behalf),
    Check("signature-authority", "layout", ERROR, "Quyền hạn, chức vụ người ký", f"{_PL}.7", authority),
    Check("signature-name", "layout", WARNING, "Họ tên người ký", f"{_PL}.7", signer_name),
    Check(
        "appendix-form",
        "layout",
        WARNING,
        "Số và dòng kèm theo của phụ lục",
        "NĐ 30/2020/NĐ-CP, Phụ lục I, mục III.1",
        appendix_labels,
    ),
    Check("heading-capitals", "layout", ADVICE, "Chữ in hoa ở tên mục", f"{_PL}.6", capital_headings),
)
