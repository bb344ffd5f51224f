"""Made-up reports in the shapes real ones have: each a head, the lines of its body, and a tail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """A report as lines of text. `labels`: those of its sections in reading order, "" for one without."""

    head: str
    body: str
    tail: str
    labels: tuple[str, ...]
    signatures: int = 1
    appendices: int = 0
    after: str = ""

    @property
    def source(self) -> str:
        return "\n\n".join(part.strip("\n") for part in (self.head, self.body, self.tail, self.after) if part)

    @property
    def lines(self) -> list[str]:
        """The body's lines, cells of a row parted by a tab as the app prints them."""
        rows = [line for line in self.body.splitlines() if line.strip()]
        return [row.replace(" | ", "\t") for row in rows]


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"

CLASSIC = Shape(
    f"""ỦY BAN NHÂN DÂN
XÃ BÌNH MINH
Số: 15/BC-UBND

{NATION}
Bình Minh, ngày 05 tháng 01 năm 2026

BÁO CÁO
Kết quả công tác cải cách hành chính quý IV năm 2025

Kính gửi:
- Sở Nội vụ;
- Văn phòng UBND tỉnh.""",
    """Thực hiện Công văn số 2211/SNV-CCHC ngày 20/12/2025 của Sở Nội vụ về việc báo cáo cải cách hành chính, Ủy ban nhân dân xã báo cáo như sau:
I. KẾT QUẢ THỰC HIỆN
1. Công tác chỉ đạo
a) Ban hành Kế hoạch số 12/KH-UBND ngày 10/10/2025 của Ủy ban nhân dân xã về việc tuyên truyền cải cách hành chính.
b) Tổ chức 03 hội nghị:
- Hội nghị thứ nhất có 45 người dự.
+ Trong đó cán bộ thôn: 20 người.
- Hội nghị thứ hai có 50 người dự.
2. Tiếp nhận hồ sơ
Trong quý tiếp nhận 1.835 hồ sơ, giải quyết đúng hạn 1.830/1.835 hồ sơ.
Lĩnh vực | Tiếp nhận | Đúng hạn
Hộ tịch | 1.200 | 1.198
Đất đai | 635 | 632
Cộng | 1.835 | 1.830
3. Đơn thư: Không.
II. TỒN TẠI, HẠN CHẾ
Không.
V. KIẾN NGHỊ
1. Đề nghị Sở Nội vụ tổ chức tập huấn cho công chức làm việc tại bộ phận một cửa.
2. Đề nghị bổ sung trang thiết bị.
Trên đây là Báo cáo kết quả công tác cải cách hành chính quý IV năm 2025./.""",
    """Nơi nhận:
- Như trên;
- Đ/c Trần Thị B - PCT UBND tỉnh;
- CT, các PCT UBND xã;
(để b/c)
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn A""",
    ("", "I.", "1.", "a)", "b)", "2.", "3.", "II.", "V.", "1.", "2.", ""),
)

DOTTED = Shape(
    f"""UBND PHƯỜNG AN HÒA
PHÒNG VĂN HÓA - XÃ HỘI
Số: 07 /BC-VHXH

{NATION}
An Hòa, ngày 12 tháng 3 năm 2026

BÁO CÁO THÁNG
Công tác chuyển đổi số tháng 02 năm 2026
(Số liệu tính đến ngày 28/02/2026)""",
    """1. Tình hình chung
1.1. Công tác tuyên truyền
1.1.1. Trên hệ thống loa truyền thanh phường đã phát 12 tin, bài về chuyển đổi số và dịch vụ công trực tuyến.
1.1.2. Trên trang thông tin điện tử: 08 tin.
1.2. Tổ công nghệ số cộng đồng
- Số tổ: 15/15 tổ.
- Số thành viên: 97 người.
2. Khó khăn, vướng mắc
2.1 Về hạ tầng
Đường truyền ở hai tổ dân phố chưa ổn định.
2.10 Về nhân lực
Chưa có công chức chuyên trách.
3. Đề xuất: Không.""",
    """Nơi nhận:
- UBND phường;
- Lưu: VHXH.

TRƯỞNG PHÒNG
Trần Thị B""",
    ("1.", "1.1.", "1.1.1.", "1.1.2.", "1.2.", "2.", "2.1", "2.10", "3."),
)

DASHES = Shape(
    f"""UBND HUYỆN ĐÔNG SƠN
TRUNG TÂM Y TẾ
Số: 233/BC-TTYT

{NATION}
Đông Sơn, ngày 21 tháng 8 năm 2021

BÁO CÁO NHANH
Tình hình dịch bệnh ngày 21 tháng 8 năm 2021

Kính gửi: Sở Y tế""",
    """Trung tâm Y tế huyện báo cáo tình hình dịch bệnh trong ngày như sau:
- Số ca mắc mới: 03 ca.
+ Xã Tân Lập: 02 ca.
+ Xã Tân Tiến: 01 ca.
- Số ca khỏi bệnh: 00 ca.
* Công tác điều tra, truy vết:
- Đã truy vết 45 F1.
• Lấy mẫu 45/45 người.
Trung tâm Y tế trân trọng báo cáo./.""",
    """Nơi nhận:
- Như trên;
- Lưu: VT.

TUQ. GIÁM ĐỐC
TRƯỞNG KHOA KIỂM SOÁT BỆNH TẬT
Lê Văn C""",
    ("", ""),
)

DEEP = Shape(
    f"""ỦY BAN NHÂN DÂN
THÀNH PHỐ NAM GIANG
Số: 301/BC-UBND

{NATION}
Nam Giang, ngày 30 tháng 11 năm 2025

BÁO CÁO
Tổng kết 05 năm thực hiện Chương trình xây dựng nông thôn mới""",
    """Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;
Căn cứ Quyết định số 263/QĐ-TTg ngày 22/02/2022 của Thủ tướng Chính phủ phê duyệt Chương trình mục tiêu quốc gia xây dựng nông thôn mới.
PHẦN THỨ NHẤT
KẾT QUẢ THỰC HIỆN
A. TÌNH HÌNH CHUNG
I- Đặc điểm
1. Thuận lợi
a. Về kinh tế
Kinh tế tăng trưởng khá.
b. Về xã hội
Đời sống nhân dân ổn định.
2. Khó khăn
Thiên tai xảy ra nhiều.
II- Công tác chỉ đạo
(1) Thành lập Ban Chỉ đạo các cấp.
(2) Ban hành Nghị quyết 05-NQ/TU ngày 10/01/2021 của Thành ủy.
B. KẾT QUẢ CỤ THỂ
Có 12/14 xã đạt chuẩn.
PHẦN THỨ HAI
PHƯƠNG HƯỚNG, NHIỆM VỤ
Phấn đấu 14/14 xã đạt chuẩn.""",
    """TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Phạm Văn D

Nơi nhận:
- Thường trực Thành ủy;
- Lưu: VT, NN.""",
    ("", "PHẦN THỨ NHẤT", "A.", "I-", "1.", "a.", "b.", "2.", "II-", "B.", "PHẦN THỨ HAI"),
)

LETTER = Shape(
    f"""UBND TỈNH SÔNG TRÀ
SỞ VĂN HÓA VÀ THỂ THAO
Số:      /SVHTT-VP
V/v báo cáo kết quả tổ chức Ngày hội văn hóa

{NATION}
Sông Trà, ngày      tháng 4 năm 2026

Kính gửi: Ủy ban nhân dân tỉnh.""",
    """Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh tại Công văn số 88/UBND-VX ngày 02/4/2026, Sở Văn hóa và Thể thao báo cáo kết quả như sau:
Ngày hội có 14 đoàn tham gia với 520 người. Kinh phí 350.500.000 đồng.
(Chi tiết theo Phụ lục kèm theo)
Sở Văn hóa và Thể thao kính báo cáo./.""",
    """Nơi nhận:
- Như trên;
- Lưu: VT, VP.

TL. GIÁM ĐỐC
CHÁNH VĂN PHÒNG
Hoàng Thị E""",
    ("", ""),
    appendices=1,
    after="""PHỤ LỤC
DANH SÁCH ĐOÀN THAM GIA
(Kèm theo Công văn số      /SVHTT-VP ngày    tháng 4 năm 2026 của Sở Văn hóa và Thể thao)
STT | Đoàn | Số người
1 | Xã Bình Minh | 38
2 | Phường An Hòa | 42""",
)

PARTY = Shape(
    """ĐẢNG BỘ TỈNH SÔNG TRÀ
ĐẢNG ỦY PHƯỜNG AN HÒA
*
Số 24-BC/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM
An Hòa, ngày 15 tháng 7 năm 2025

BÁO CÁO
sơ kết công tác xây dựng Đảng 6 tháng đầu năm 2025""",
    """I- TÌNH HÌNH
1- Thuận lợi
Được sự quan tâm của cấp trên.
2- Khó khăn
Không.
II- NHIỆM VỤ 6 THÁNG CUỐI NĂM
1. Tiếp tục thực hiện Nghị quyết số 04-NQ/TW, ngày 30/10/2016 của Ban Chấp hành Trung ương;
2. Kết nạp 15 đảng viên.""",
    """Nơi nhận:
- Ban Thường vụ Tỉnh ủy,
- Lưu Văn phòng Đảng ủy.

T/M ĐẢNG ỦY
PHÓ BÍ THƯ
Vũ Văn G""",
    ("I-", "1-", "2-", "II-", "1.", "2."),
)

JOINT = Shape(
    f"""UBND XÃ BÌNH MINH - ĐOÀN TNCS HỒ CHÍ MINH XÃ
Số: 03/BCLT-UBND-ĐTN

{NATION}
Bình Minh, ngày 26 tháng 3 năm 2026

BÁO CÁO LIÊN TỊCH
Kết quả phối hợp tổ chức Tháng Thanh niên""",
    """1/ Kết quả
a/ Đã huy động 210 đoàn viên tham gia dọn vệ sinh môi trường tại các thôn.
b/ Trồng 500 cây xanh.
2/ Kinh phí
Tổng số tiền 25,5 triệu đồng.""",
    """ĐOÀN TNCS HỒ CHÍ MINH XÃ
BÍ THƯ
Đỗ Thị H

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Ngô Văn K

Nơi nhận:
- Huyện Đoàn;
- Lưu: VT.""",
    ("1/", "a/", "b/", "2/"),
    signatures=2,
)

INTERNAL = Shape(
    """BÁO CÁO
Kết quả hoạt động của Tổ công nghệ số cộng đồng tổ dân phố số 5""",
    """Tổ công nghệ số cộng đồng tổ dân phố số 5 báo cáo như sau:
1. Số buổi hướng dẫn: 08 buổi.
2. Số người được hướng dẫn: 45/60 người.
3. Khó khăn: Không.""",
    """NGƯỜI BÁO CÁO
Bùi Văn L""",
    ("", "1.", "2.", "3."),
)

BARE = Shape(
    "",
    """Tình hình sản xuất vụ xuân cơ bản thuận lợi.
Diện tích gieo cấy đạt 320 ha, bằng 100% kế hoạch.
Không có sâu bệnh lớn.""",
    "",
    ("",),
    signatures=0,
)

SHAPES: dict[str, Shape] = {
    "classic": CLASSIC,
    "dotted": DOTTED,
    "dashes": DASHES,
    "deep": DEEP,
    "letter": LETTER,
    "party": PARTY,
    "joint": JOINT,
    "internal": INTERNAL,
    "bare": BARE,
}
