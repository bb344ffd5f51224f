"""A document that uses every part of the frame and every node, to look at and to measure."""

from __future__ import annotations

from reports.document.nodes import (
    Appendix,
    Block,
    Break,
    Cell,
    Column,
    Document,
    Frame,
    Inlines,
    Item,
    Letterhead,
    LetterheadLine,
    Lines,
    Mention,
    Paragraph,
    Row,
    Section,
    Signature,
    Slot,
    Table,
    Text,
    Title,
)
from reports.document.numbering import Wording

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

WARD = Letterhead((LetterheadLine("ỦY BAN NHÂN DÂN"), LetterheadLine("PHƯỜNG NHỊ CHIỂU")), MOTTO)

UNIT = Letterhead(
    (LetterheadLine("UBND PHƯỜNG NHỊ CHIỂU", bold=False), LetterheadLine("PHÒNG VĂN HÓA - XÃ HỘI")), MOTTO
)

PARTY = Letterhead(
    (LetterheadLine("ĐẢNG BỘ PHƯỜNG NHỊ CHIỂU"), LetterheadLine("*")), ("ĐẢNG CỘNG SẢN VIỆT NAM",)
)

SIGNATURE = Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Văn A")

RECIPIENTS = Lines("Nơi nhận:", ("Như trên;", "CT và các PCT UBND phường;", "Lưu: VT, VHXH."))

BLANK_NUMBER: Inlines = (Text("Số: "), Slot("number"), Text("/BC-UBND"))

BLANK_DATE: Inlines = (
    Text("Nhị Chiểu, ngày "),
    Slot("day", gap=4),
    Text(" tháng "),
    Slot("month", gap=4),
    Text(" năm "),
    Slot("year", "2026"),
)

WORDINGS = {
    ("paper", "98"): Wording(
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của Ủy ban nhân dân phường về việc triển khai Phong trào "
        "“Bình dân học vụ số”",
        "Kế hoạch số 98/KH-UBND",
    ),
    ("figure", "7"): Wording(forms={"value": "27", "ratio": "27/27", "percent": "100%"}),
    ("team", "3"): Wording(forms={"name": "Tổ công nghệ số cộng đồng", "headcount": "137 thành viên"}),
}


def text(words: str) -> Inlines:
    """One upright run."""
    return (Text(words),)


def paragraphs(*lines: str) -> tuple[Block, ...]:
    """One block of paragraphs."""
    return (Block(tuple(Paragraph(text(line)) for line in lines)),)


def table(rows: int = 6) -> Table:
    """Two header rows with spans, a row of column numbers, a group row, `rows` rows and a total."""
    head = (
        Row(
            (
                Cell(text("TT"), rowspan=2),
                Cell(text("Tổ dân phố"), rowspan=2),
                Cell(text("Sổ sức khỏe điện tử"), colspan=2),
                Cell(text("Tỷ lệ"), rowspan=2),
            ),
            "header",
        ),
        Row((Cell(text("Chỉ tiêu giao")), Cell(text("Kết quả"))), "header"),
        Row(tuple(Cell(text(f"({n})")) for n in range(1, 6)), "numbers"),
    )
    group = Row((Cell(text("I")), Cell(text("Khu Tân Dân"), colspan=4)), "group")
    items = tuple(
        Row(
            (
                Cell(text(str(n))),
                Cell(text(f"Tổ dân phố số {n}")),
                Cell(text("120")),
                Cell((Text("11"), Text("2", bold=True))),
                Cell(text("93,3%")),
            )
        )
        for n in range(1, rows + 1)
    )
    total = Row((Cell(text("Tổng cộng"), colspan=2), Cell(text("720")), Cell(()), Cell(text("……"))), "total")
    columns = (Column(1, "center"), Column(4), Column(2, "right"), Column(2, "right"), Column(2, "right"))
    return Table(columns, (*head, group, *items, total), text("Kết quả cài đặt"), "Đơn vị tính: người")


def everything() -> Document:
    """All of it at once, open: resolve with `WORDINGS`."""
    paper, team = Mention("paper", "98"), Mention("team", "3", "headcount")
    opening = Block((Paragraph((Text("Thực hiện "), paper, Text(", UBND phường báo cáo:"))),), "b1")
    prose = Block(
        (
            Paragraph(
                (
                    Text("Đã thành lập "),
                    Mention("figure", "7", "ratio"),
                    Text(" tổ, "),
                    team,
                    Text(" theo "),
                    paper,
                )
            ),
            Item(
                "-", (Text("Xem "), Text("https://zalo.me/g/a?b=1&c=2", link="https://zalo.me/g/a?b=1&c=2"))
            ),
            Item(
                "+",
                (
                    Text("Diện tích 12 m"),
                    Text("2", script="super"),
                    Text("; H"),
                    Text("2", script="sub"),
                    Text("O"),
                ),
            ),
            Item(
                "a)",
                (
                    Text("đậm", bold=True),
                    Text(" nghiêng", italic=True),
                    Break(),
                    Text("gạch", underline=True),
                ),
                2,
            ),
            Paragraph((Text("Chưa có số: "), Mention("figure", "8"), Text("."))),
            table(),
        ),
        "b2",
    )
    sections = (
        Section(blocks=(opening,), key="s0"),
        Section(None, text("TÌNH HÌNH CHUNG"), style="Phần I", key="s1", sections=(
            Section(None, text("KẾT QUẢ"), style="I.", blocks=(prose,), sections=(
                Section(None, text("Trên địa bàn phường:"), text("không có vướng mắc."), style="1."),
                Section(None, text("Việc đã làm"), style="1.", sections=(
                    Section(None, text("Tuyên truyền"), style="1.1.", blocks=paragraphs("Đã đăng 16 tin.")),
                    Section(None, text("Tập huấn"), style="1.1.", blocks=paragraphs("Đã mở 02 lớp.")),
                )),
                Section(None, (), text("Khoản không có tiêu đề."), style="1."),
                Section(None, text("Điểm"), style="a)"),
            )),
        )),
        Section(None, text("PHƯƠNG HƯỚNG"), style="Phần I", blocks=paragraphs("Tiếp tục thực hiện./.")),
    )  # fmt: skip
    frame = Frame(
        letterhead=UNIT,
        number=BLANK_NUMBER,
        place_date=BLANK_DATE,
        title=Title("BÁO CÁO", (text("Kết quả triển khai Phong trào “Bình dân học vụ số”"),)),
        addressees=Lines("Kính gửi:", ("Sở Khoa học và Công nghệ;", "Văn phòng UBND thành phố.")),
        recipients=RECIPIENTS,
        signatures=(SIGNATURE,),
        urgency="HỎA TỐC",
        circulation="LƯU HÀNH NỘI BỘ",
        copies="PL.(300)",
        contact="Địa chỉ: số 1 đường A, phường Nhị Chiểu; điện thoại: 0225 000 000; thư: ubnd@haiphong.gov.vn",
        draft="DỰ THẢO lần 2, 16:30 ngày 18/5/2026",
    )
    reference = (
        Text("(Kèm theo Báo cáo số "),
        Slot("number"),
        Text("/BC-UBND ngày … của UBND phường Nhị Chiểu)"),
    )
    appendices = (
        Appendix((text("DANH SÁCH TỔ"),), reference=reference, blocks=(Block((table(60),), "b9"),), key="a1"),
        Appendix(
            (text("BẢNG SỐ LIỆU"),), reference=reference, landscape=True, blocks=(Block((table(40),), "b10"),)
        ),
        Appendix(
            (text("CÁC MÔ HÌNH"),),
            sections=(Section(None, text("Mô hình"), style="1.", blocks=paragraphs("Một.")),),
        ),
    )
    return Document("Báo cáo mẫu", frame, sections, appendices)
