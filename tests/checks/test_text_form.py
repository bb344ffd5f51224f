"""Checks of structure, marks and names: for each a bad example with the words found, a good one, and a near miss."""

import datetime

import pytest

from reports.checks import BLOCKING, CHECKS, capitals, names, punctuation, structure, unfinished
from reports.checks.knowledge import Knowledge

from .examples import words
from .ward import WARD

NONE = Knowledge()
BOOK = "phong trào “Cả phường đọc sách”"
LIST = "# 1. Kết quả\nPhường đã ban hành các văn bản, cụ thể như sau:\n- Kế hoạch số 98/KH-UBND ngày 19/9/2025 về việc đọc sách.\n- Quyết định số 616/QĐ-UBND ngày 22/9/2025 thành lập tổ.\n"
#: Code, what is known, bad text, words found in it, good text, near miss.
EXAMPLES = [
    (
        "mark-left", NONE,
        "Có …… người, ngày xx/5 họp tại [ ], tổng số … hộ.", ["……", "xx", "[ ]", "…"],
        "Có 12 người, ngày 02/5 họp tại nhà văn hóa.",
        "Dùng Zoom, Google Meet, Microsoft Teams… và góp ý dự thảo... theo Nghị quyết Đại hội XX.",
    ),
    (
        "section-empty", NONE,
        "# 1. Kết quả\n# 2. Khó khăn\nThiếu người.", ["Kết quả"],
        "# 1. Kết quả\nTốt.\n# 2. Khó khăn\nThiếu người.",
        "# 1. Kết quả\nKhông.\n# 2. Khó khăn\n## a) Về người\nThiếu người.",
    ),
    (
        "label-order", NONE,
        "# 1. Kết quả\n## c) Tổ chức\nĐã họp.", ["c) Tổ chức"],
        "# 1. Kết quả\n## a) Họp\nĐã họp.\n## b) Tổ chức\nĐã họp.",
        "# 1. Kết quả\n- Họp.\n- Tổ chức.\n# 2. Khó khăn\nKhông.",
    ),
    (
        "label-order", NONE,
        "# I. Kết quả\nTốt.\n# IV. Khó khăn\nKhông.", ["IV. Khó khăn"],
        "# I. Kết quả\nTốt.\n# II. Khó khăn\nKhông.",
        "# 1. Kết quả\n## a) Họp\nĐã họp.\n# 2. Khó khăn\n## a) Người\nThiếu.",
    ),
    (
        "label-letter", NONE,
        "# 1. Kết quả\n## f) Tổ chức\nĐã họp.", ["f) Tổ chức"],
        "# 1. Kết quả\n## a) Tổ chức\nĐã họp.",
        "# 1. Kết quả\n## đ) Tổ chức\nĐã họp.",
    ),
    (
        "heading-twice", NONE,
        "# 1. Kết quả\nTốt.\n# 2. Kết quả\nTốt.", ["Kết quả"],
        "# 1. Kết quả\nTốt.\n# 2. Khó khăn\nKhông.",
        "# 1. Kết quả\n## a) Năm 2025\nTốt.\n# 2. Nhiệm vụ\n## a) Năm 2025\nTốt.",
    ),
    (
        "list-missing", NONE,
        "# 1. Kết quả\nPhường đã đạt kết quả cụ thể như sau:\n# 2. Khó khăn\nKhông.", ["quả cụ thể như sau:"],
        "# 1. Kết quả\nPhường đã đạt kết quả cụ thể như sau:\n- Mở 02 lớp.\n# 2. Khó khăn\nKhông.",
        "# 1. Kết quả\nPhường đã đạt kết quả cụ thể như sau:\n## a) Lớp học\nMở 02 lớp.",
    ),
    (
        "lead-among-items", NONE,
        "# 1. Kết quả\n- Phường ban hành các văn bản như sau:\n- Kế hoạch đọc sách.\n- Kế hoạch trồng cây.",
        ["Phường ban hành các văn bản như sau:"],
        "# 1. Kết quả\nPhường ban hành các văn bản như sau:\n- Kế hoạch đọc sách.\n- Kế hoạch trồng cây.",
        "# 1. Kết quả\n- Phường ban hành các văn bản như sau:\n+ Kế hoạch đọc sách.\n+ Kế hoạch trồng cây.",
    ),
    (
        "activity-among-papers", NONE,
        LIST + "- Cử công chức dự lớp tập huấn của thành phố.", ["Cử công chức dự lớp"],
        LIST,
        LIST + "Ngoài ra phường cử công chức dự lớp tập huấn của thành phố.",
    ),
    (
        "page-number-inside", NONE,
        "Cần tăng cường phối hợp.\nTiếp tục tăng cường kiểm tra.\nGóp phần tăng 3 cường kỹ năng.", ["tăng 3 cường"],
        "Cần tăng cường phối hợp.\nTiếp tục tăng cường kiểm tra.\nGóp phần tăng cường kỹ năng.",
        "Cần tăng cường phối hợp.\nSố lớp tăng 3 lần.\nTăng lần nữa, tăng lần cuối.",
    ),
    (
        "sentence-cut", NONE,
        "Treo pano tại các tuyến phố và phát thanh 1 lần/tuần trong đó", ["1 lần/tuần trong đó"],
        "Treo pano tại các tuyến phố và phát thanh 1 lần/tuần.",
        "- Số tổ dân phố trên địa bàn: 27\n- Số lớp đã mở: 3",
    ),
    (
        "markup-left", NONE,
        "**Kết quả** đạt được<br>tốt.", ["**", "**", "<br>"],
        "Kết quả đạt được tốt.",
        "Giảm dưới 5% số hộ (x < y).",
    ),
    (
        "outline-section-missing", Knowledge(outline=("Khó khăn, vướng mắc", "Kết quả thực hiện")),
        "# 1. Kết quả thực hiện\nTốt.", ["Khó khăn, vướng mắc"],
        "# 1. Kết quả thực hiện\nTốt.\n# 2. Khó khăn, vướng mắc\nKhông.",
        "# 1. Kết quả thực hiện kế hoạch\nTốt.\n# 2. Những khó khăn, vướng mắc\nKhông.",
    ),
    (
        "quotes-paired", NONE,
        "Tham gia lớp “Công nghệ số; “Chính quyền số” do Sở mở.", ["“Công nghệ số; “Chính quyền"],
        "Tham gia lớp “Công nghệ số”; “Chính quyền số” do Sở mở.",
        "Tham gia lớp “Công nghệ số”. Lớp “Chính quyền số” do Sở mở.",
    ),
    (
        "quotes-paired", NONE,
        "Hướng dẫn giải quyết thủ tục hành chính” qua mạng.", ["thủ tục hành chính”"],
        "Hướng dẫn “giải quyết thủ tục hành chính” qua mạng.",
        "Hướng dẫn giải quyết thủ tục hành chính qua mạng.",
    ),
    (
        "quotes-straight", NONE,
        'Cuộc thi "Công dân số" và lớp “Chính quyền số”.', ['"Công dân số"'],
        "Cuộc thi “Công dân số” và lớp “Chính quyền số”.",
        'Cuộc thi "Công dân số" và lớp "Chính quyền số".',
    ),
    (
        "brackets-paired", NONE,
        "Trên các nền tảng (Zalo, VNeID và cổng thông tin.", ["(Zalo, VNeID và cổng"],
        "Trên các nền tảng (Zalo, VNeID) và cổng thông tin.",
        "Gồm: a) họp; b) kiểm tra; 1) mở lớp.",
    ),
    (
        "space-inside", NONE,
        "Cài “ Sổ sức khỏe điện tử” cho người dân.", ["“ Sổ"],
        "Cài “Sổ sức khỏe điện tử” cho người dân.",
        "Cài ứng dụng (VNeID) “Sổ sức khỏe” cho dân.",
    ),
    (
        "space-before", NONE,
        "Đường liên kết : đã gửi .", ["kết :", "gửi ."],
        "Đường liên kết: đã gửi.",
        "Đã mở lớp ... và hoạt động 24/7.",
    ),
    (
        "space-after", NONE,
        "Cài ứng dụng Smart Hải Phòng...Đặc biệt là người già,trẻ em.", ["Phòng...Đặc", "già,trẻ"],
        "Cài ứng dụng Smart Hải Phòng... Đặc biệt là người già, trẻ em.",
        "Truy cập https://binhdanhocvuso.gov.vn,vào TP.HCM, lúc 7:30, đạt 12,5%.",
    ),
    (
        "space-double", NONE,
        "Mở  lớp tập huấn.", ["Mở  lớp"],
        "Mở lớp tập huấn.",
        "Mở lớp\u00a0tập huấn.",
    ),
    (
        "comma-ellipsis", NONE,
        "Dùng Zoom, Google Meet,...", ["Google Meet,..."],
        "Dùng Zoom, Google Meet…",
        "Dùng Zoom, Google Meet...",
    ),
    (
        "item-ends", NONE,
        "# 1. Kết quả\n- Mở lớp;\n- Họp tổ;\n- Phát loa.\n- Treo pano;\n- Tổng kết.", ["Phát loa."],
        "# 1. Kết quả\n- Mở lớp;\n- Họp tổ;\n- Phát loa;\n- Treo pano;\n- Tổng kết.",
        "# 1. Kết quả\n- Mở lớp;\n- Họp tổ.",
    ),
    (
        "name-other-word", WARD,
        "Cán bộ Tổ công nghệ mới cộng đồng đã đến.", ["Tổ công nghệ mới cộng đồng"],
        "Cán bộ Tổ công nghệ số cộng đồng đã đến.",
        "Cán bộ Tổ công tác liên ngành cộng đồng đã đến.",
    ),
    (
        "village-in-ward", WARD,
        "Đạt 100% số thôn/bản.", ["thôn/bản"],
        "Đạt 100% số tổ dân phố.",
        "Gửi bản kế hoạch, cơ bản hoàn thành, phát triển nông thôn mới.",
    ),
    (
        "quarter-name", WARD,
        "Tổ dân phố số 1. Tổ dân phố số 2. Tổ dân phố số 3 và các Khu dân cư.", ["các Khu dân cư"],
        "Tổ dân phố số 1. Tổ dân phố số 2. Tổ dân phố số 3 và tổ dân phố số 4.",
        "Tổ dân phố số 1. Tổ dân phố số 2. Tổ dân phố số 3. Danh hiệu khu dân cư văn hóa.",
    ),
    (
        "district-body", WARD,
        "Báo cáo UBND huyện Thủy Nguyên và Phòng Văn hóa quận Lê Chân.", ["UBND huyện Thủy Nguyên", "Phòng Văn hóa quận Lê Chân"],
        "Báo cáo UBND thành phố Hải Phòng.",
        "Quyết định số 12/QĐ-UBND ngày 05/3/2025 của UBND huyện Thủy Nguyên về việc giao đất; hồ sơ của UBND huyện cũ.",
    ),
    (
        "abbreviation-unknown", WARD,
        "Ban QLCTĐT đã họp.", ["QLCTĐT"],
        "Ban Quản lý chợ (QLC) và QLC đã họp.",
        "UBND, HĐND, TTHC, BCĐ và phòng VHXH họp tại Đại hội XIV.",
    ),
    (
        "slogan-varies", NONE,
        "Khẩu hiệu “Đi từng ngõ, gõ từng nhà”. Lại “Đi từng ngõ, gõ từng nhà”. Rồi “Đi từng ngõ – gõ từng nhà”.",
        ["“Đi từng ngõ – gõ từng nhà”"],
        "Khẩu hiệu “Đi từng ngõ, gõ từng nhà”. Lại “Đi từng ngõ, gõ từng nhà”.",
        "Khẩu hiệu “Đi từng ngõ, gõ từng nhà”. Lại “Đi từng ngõ, gõ từng nhà, hướng dẫn từng người”.",
    ),
    (
        "name-unquoted", NONE,
        f"Về {BOOK}. Kết quả {BOOK}. Tổng kết {BOOK}. Mô hình cả phường đọc sách.", ["cả phường đọc sách"],
        f"Về {BOOK}. Kết quả {BOOK}. Tổng kết {BOOK}.",
        f"Về {BOOK}. Cả phường thích đọc sách.",
    ),
    (
        "people-capital", NONE,
        "Triển khai đến toàn thể nhân dân.", ["thể nhân dân"],
        "Triển khai đến toàn thể Nhân dân.",
        "Ủy ban nhân dân, Hội đồng nhân dân, Quân đội nhân dân và Công an nhân dân.",
    ),
    (
        "body-capital", NONE,
        "Bí thư đoàn thanh niên phường, lãnh đạo công an phường dự.", ["đoàn thanh niên", "công an"],
        "Bí thư Đoàn Thanh niên phường, lãnh đạo Công an phường dự.",
        "Lực lượng công an, dân phòng và đoàn viên thanh niên dự.",
    ),
    (
        "cited-part-capital", NONE,
        "Theo Khoản 3 điều 52 của Luật.", ["Khoản", "điều"],
        "Theo khoản 3 Điều 52 của Luật.",
        "Khoản 3 Điều 52 quy định việc này; bốn điều cần nhớ.",
    ),
    (
        "kind-capital", NONE,
        "Thực hiện quyết định số 616/QĐ-UBND ngày 22/9/2025 của UBND phường về việc lập tổ.", ["quyết định"],
        "Thực hiện Quyết định số 616/QĐ-UBND ngày 22/9/2025 của UBND phường về việc lập tổ.",
        "Ban hành các quyết định thành lập tổ.",
    ),
    (
        "trade-name", NONE,
        "Nhóm zalo và trang facebook của phường.", ["zalo", "facebook"],
        "Nhóm Zalo và trang Facebook của phường.",
        "Xem https://zalo.me/g/abc hoặc ZALO.",
    ),
    (
        "glossary-capital", WARD,
        "Lập Ban chỉ đạo và họp Ban Chỉ đạo.", ["Ban chỉ đạo"],
        "Lập Ban Chỉ đạo và họp Ban Chỉ đạo.",
        "BAN CHỈ ĐẠO\nBan đã chỉ đạo các tổ.",
    ),
    (
        "capital-varies", NONE,
        "Đã mở Cuộc thi viết. Đã chấm cuộc thi viết. Đã dừng cuộc thi viết.", ["Cuộc thi"],
        "Đã mở cuộc thi viết. Đã chấm cuộc thi viết.",
        "Cuộc thi viết đã mở. Đã chấm cuộc thi viết. Đã dừng “Cuộc thi viết”.",
    ),
    (
        "tone-place", NONE,
        "Đảng uỷ phường. Đảng ủy xã. Đảng ủy xã.", ["uỷ"],
        "Đảng ủy phường. Đảng ủy xã. Đảng ủy xã.",
        "Quý vị tại xã Thủy, quỹ đất.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "known", "bad", "found", "good", "near"), EXAMPLES, ids=[example[0] for example in EXAMPLES]
)
def test_bad_good_and_near_miss(code, known, bad, found, good, near):
    assert words(code, bad, known) == found
    assert words(code, good, known) == []
    assert words(code, near, known) == []


#: Looked at with a frame or appendices of their own, below and in test_frame_form.py.
APART = {
    "signer-missing",
    "recipients-missing",
    "end-mark",
    "proposal-unsent",
    "appendix-referred",
    "place-name",
}


def test_every_check_has_an_example():
    here = {
        check.code
        for topic in (capitals, names, punctuation, structure, unfinished)
        for check in topic.CHECKS
    }
    assert here - {example[0] for example in EXAMPLES} == APART


def test_only_five_things_block():
    assert {
        "signer-missing",
        "recipients-missing",
        "section-empty",
        "mark-left",
        "reused-unconfirmed",
    } == BLOCKING
    assert all(CHECKS[code].severity == "error" for code in BLOCKING)


def test_districts_were_at_work_before_july_2025():
    text = "Báo cáo UBND huyện Thủy Nguyên."
    before = Knowledge(day=datetime.date(2025, 6, 30))
    assert words("district-body", text, before) == []
    assert words("district-body", text, Knowledge(day=datetime.date(2025, 7, 1))) == [
        "UBND huyện Thủy Nguyên"
    ]
