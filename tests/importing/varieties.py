"""Short reports, each with one habit of real ones that is easily misread."""

from __future__ import annotations

from .shapes import NATION, Shape

HEAD = f"ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 12/BC-UBND\n\n{NATION}\nAn Bình, ngày 05 tháng 01 năm 2026\n\n"
TITLE = "BÁO CÁO\nKết quả công tác"
TAIL = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A"
DOTTED_HEAD = "UBND XÃ AN BÌNH\nPHÒNG KINH TẾ\nSố:......../BC-KT\n\n" + NATION


def _shape(body: str, labels: str, head: str = HEAD + TITLE, tail: str = TAIL, **more: object) -> Shape:
    printed = tuple("" if label == "_" else label.replace("_", " ") for label in labels.split(" "))
    return Shape(head, body, tail, printed, **more)  # type: ignore[arg-type]


#: `labels`: "_" stands for a section without label.
VARIETIES: dict[str, Shape] = {
    "labels without a blank": _shape(
        "1.Kết quả thực hiện\n-Kế hoạch số 5 đã ban hành.\na)Nội dung chỉ đạo\nĐã làm.\n2.Tồn tại\nKhông.",
        "_ _ _",
    ),
    "a title in capitals with a year": _shape(
        "I. ĐẶC ĐIỂM TÌNH HÌNH\n1. Thuận lợi\nTốt.\nII. KẾT QUẢ\nĐã làm.",
        "I. 1. II.",
        head=HEAD + "BÁO CÁO TỔNG KẾT CÔNG TÁC NĂM 2025\nVÀ PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026",
    ),
    "a subject that begins with V/v": _shape(
        "1. Thuận lợi\nTốt.", "1.", head=HEAD + "BÁO CÁO\nV/v thực hiện công tác dân vận"
    ),
    "number and day still dots": _shape(
        "1. Thuận lợi\nTốt.",
        "1.",
        head=DOTTED_HEAD + "\nAn Bình, ngày ..... tháng ..... năm 2026\n\n" + TITLE,
    ),
    "a team leader's own report": _shape(
        "Tổ dân phố số 3 báo cáo như sau:\n- Số hộ: 120 hộ.\n- Số người: 450 người.\nTrên đây là báo cáo của tổ./.",
        "_ _",
        head=NATION + "\n\nBÁO CÁO\nTình hình hoạt động tổ dân phố số 3\n\nKính gửi: UBND phường An Hòa",
        tail="An Hòa, ngày 5 tháng 5 năm 2026\nNGƯỜI BÁO CÁO\n(Ký, ghi rõ họ tên)\nNguyễn Văn A",
    ),
    "a speech, and parts on one line": _shape(
        "Kính thưa các đồng chí!\nXã báo cáo như sau:\nPhần I. KẾT QUẢ\n1. Một\nTốt.\nPhần thứ hai: Nhiệm vụ\nLàm tốt.",
        "_ Phần_I. 1. Phần_thứ_hai:",
    ),
    "lines that only look like labels": _shape(
        "1. Một\nTốt.\nĐiều 5 của Quy chế quy định rõ.\nPhụ lục số 01 kèm theo báo cáo này nêu chi tiết.\n2. Hai\n"
        "Mục 3 đã nêu.\n19/5 là ngày lễ.\n100% cán bộ tham gia.\n2.5 triệu đồng đã chi.\n1.835 hồ sơ đã nhận.\n"
        "CHỦ TỊCH UBND xã chỉ đạo.\nSố: 5 người.",
        "1. 2.",
        tail="Nơi nhận:\n- BCĐ tỉnh;\n- Lưu: VT.\n\nTM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\n(Đã ký)\nPHÓ CHỦ TỊCH UBND XÃ\nNguyễn Văn A",
    ),
    "three who sign": _shape(
        "1. Một\nTốt.",
        "1.",
        tail="NGƯỜI LẬP BIỂU\nLê Thị B\n\nKẾ TOÁN TRƯỞNG\nTrần Văn C\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A",
        signatures=3,
    ),
    "every kind of label in one report": _shape(
        "1. Một\n1.1. Nhỏ\n1.1.1 Nhỏ hơn nữa\nChữ.\n1.1.2 Tiếp\nChữ.\n1.2. Hai\na. Chữ a\nb. Chữ b\n(i) Một ý.\n"
        "(ii) Hai ý.\n+ Cộng.\n– Gạch dài.\n* Sao.\n• Chấm.\n2. Hai\nc) Lạc chỗ\nChữ.\nđ) Đê\nChữ.\n4. Bốn\nKhông.",
        "1. 1.1. 1.1.1 1.1.2 1.2. a. b. 2. c) đ) 4.",
    ),
    "letters that are Roman numbers too": _shape(
        "A. MỘT\nH. TÁM\nChữ.\nI. CHÍN\nChữ.\nBước 1: Làm.\nBước 2: Xong.", "A. H. I."
    ),
    "tables with caption, unit, numbered columns": _shape(
        "1. Một\nBảng 1: Số liệu\nĐơn vị tính: người\nTT | Tên | Số\n1 | A | 5\n2 | B | 6\n2. Hai\n"
        "TT | X | Y\n(1) | (2) | (3)\n1 | a | b",
        "1. 2.",
    ),
    "short lines without an end": _shape(
        "1. Một\nTốt lắm\nCòn nữa\nTrong đó nam 5\ntrong đó nữ 6\nhộ nghèo 3", "1."
    ),
    "two appendices": _shape(
        "1. Một\nTốt (Phụ lục I, II kèm theo).",
        "1.",
        appendices=2,
        after="Phụ lục I\nDANH SÁCH TỔ\n(Kèm theo Báo cáo số 12/BC-UBND ngày 05/01/2026 của UBND xã)\n1. Tổ một\n"
        "2. Tổ hai\n\nPhụ lục II\nBẢNG SỐ LIỆU\nTT | Tên\n1 | A",
    ),
    "an appendix named by its reference alone": _shape(
        "1. Một\nTốt.",
        "1.",
        appendices=1,
        after="DANH SÁCH TỔ CÔNG NGHỆ SỐ\n(Kèm theo Báo cáo số 12/BC-UBND)\nTT | Tên\n1 | A",
    ),
    "a letter whose subject takes two lines": _shape(
        "Thực hiện công văn, UBND xã báo cáo như sau:\nTốt.",
        "_",
        head=f"UBND XÃ AN BÌNH\nSố: 15/UBND-VP\nV/v báo cáo kết quả\nthực hiện công tác\n\n{NATION}\n"
        "An Bình, ngày 05 tháng 01 năm 2026\n\nKính gửi:\n- Sở Nội vụ;\n- Sở Tài chính.",
    ),
}
