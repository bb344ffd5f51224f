"""What the demonstration's registers hold: papers, teams, indicators and readings as report 274/BC-UBND states
them. What it does not state is invented and says so."""

from __future__ import annotations

from datetime import date
from typing import Any

INVENTED = "số liệu minh họa"
STATED = "Báo cáo 274/BC-UBND ngày 19/5/2026"
FOUNDED = date(2025, 7, 1)  # two-tier local government (Luật 72/2025/QH15)
PERIOD = (FOUNDED, date(2026, 5, 19))
WARD = "nhi-chieu"

#: By code; `parent` names another code. The first is the ward, whose registers these are.
ORGANIZATIONS: dict[str, dict[str, Any]] = {
    "ubnd-hai-phong": {
        "kind": "city",
        "name": "Ủy ban nhân dân thành phố Hải Phòng",
        "short_name": "UBND thành phố Hải Phòng",
        "letterhead": "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG",
        "symbol_code": "UBND",
        "place_name": "Hải Phòng",
    },
    WARD: {
        "kind": "ward",
        "name": "Ủy ban nhân dân phường Nhị Chiểu",
        "short_name": "UBND phường Nhị Chiểu",
        "letterhead": "ỦY BAN NHÂN DÂN\nPHƯỜNG NHỊ CHIỂU",
        "symbol_code": "UBND",
        "place_name": "Nhị Chiểu",
        "administrative_code": "10714",
        "parent": "ubnd-hai-phong",
        "valid_from": FOUNDED,
    },
    "skhcn-hai-phong": {
        "kind": "department",
        "name": "Sở Khoa học và Công nghệ thành phố Hải Phòng",
        "short_name": "Sở Khoa học và Công nghệ",
        "parent_letterhead": "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG",
        "letterhead": "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "symbol_code": "SKHCN",
        "place_name": "Hải Phòng",
        "parent": "ubnd-hai-phong",
    },
    "dang-uy-nhi-chieu": {
        "kind": "party",
        "name": "Đảng ủy phường Nhị Chiểu",
        "parent_letterhead": "ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG",
        "letterhead": "ĐẢNG ỦY PHƯỜNG NHỊ CHIỂU\n*",
        "motto": "party",
        "symbol_code": "ĐU",
        "place_name": "Nhị Chiểu",
        "valid_from": FOUNDED,
    },
    "ban-xay-dung-dang-nhi-chieu": {
        "kind": "party",
        "name": "Ban Xây dựng Đảng phường Nhị Chiểu",
        "short_name": "Ban Xây dựng Đảng",
        "parent_letterhead": "ĐẢNG ỦY PHƯỜNG NHỊ CHIỂU",
        "letterhead": "BAN XÂY DỰNG ĐẢNG\n*",
        "motto": "party",
        "symbol_code": "BXDĐ",
        "place_name": "Nhị Chiểu",
        "parent": "dang-uy-nhi-chieu",
        "valid_from": FOUNDED,
    },
}

UNITS = {
    "VHXH": "Phòng Văn hóa - Xã hội",
    "VP": "Văn phòng HĐND và UBND",
    "KTHTĐT": "Phòng Kinh tế, Hạ tầng và Đô thị",
    "PVHCC": "Trung tâm Phục vụ hành chính công",
}

#: Account, name (made up but for the signer of the report), and its roles: organization, role, unit, post.
PEOPLE: tuple[tuple[str, str, tuple[tuple[str, str, str, str], ...]], ...] = (
    ("soanthao", "Nguyễn Văn A", ((WARD, "drafter", "VHXH", "Chuyên viên Phòng Văn hóa - Xã hội"),)),
    ("phophong", "Trần Thị B", ((WARD, "head", "VHXH", "Phó Trưởng phòng Văn hóa - Xã hội"),)),
    (
        "chanhvanphong",
        "Lê Văn C",
        (
            (WARD, "chief_of_office", "VP", "Chánh Văn phòng HĐND và UBND"),
            (WARD, "administrator", "VP", "Chánh Văn phòng HĐND và UBND"),
        ),
    ),
    ("vanthu", "Phạm Thị D", ((WARD, "clerk", "VP", "Văn thư"),)),
    ("phochutich", "Trần Hồng Túc", ((WARD, "leader", "", "Phó Chủ tịch"),)),
    ("chutich", "Vũ Văn G", ((WARD, "leader", "", "Chủ tịch"),)),
    ("so", "Hoàng Văn E", (("skhcn-hai-phong", "drafter", "", "Chuyên viên"),)),
)

#: Signing rights: account, kind, lines, notice, scope, codes of units.
RIGHTS = (
    (
        "phochutich",
        "deputy",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "Thông báo phân công nhiệm vụ số 12/TB-UBND ngày 02/7/2025 (số liệu minh họa)",
        "Văn hóa - xã hội, khoa học, công nghệ, chuyển đổi số",
        ("VHXH",),
    ),
    ("chutich", "chairman", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "", "Điều hành chung", ()),
)

CAMPAIGN = "Bình dân học vụ số"

#: Canonical term, abbreviation, note.
TERMS = (
    ("Phong trào “Bình dân học vụ số”", "", "Viết hoa “Phong trào”, giữ dấu ngoặc kép."),
    ("Tổ công nghệ số cộng đồng", "Tổ CNSCĐ", ""),
    ("Ban Chỉ đạo", "BCĐ", ""),
    ("Trung tâm Phục vụ hành chính công", "", "Không viết “Trung tâm Dịch vụ hành chính công”."),
    ("phường Nhị Chiểu", "", "Dấu hỏi: Chiểu."),
    ("tổ dân phố", "TDP", "Phường không có thôn, bản, khu dân cư."),
    ("Smart Hải Phòng", "", ""),
    ("Zalo", "", ""),
    ("thủ tục hành chính", "TTHC", ""),
    ("công nghệ thông tin", "CNTT", ""),
    ("Nhân dân", "", "Viết hoa (NĐ 30/2020/NĐ-CP, Phụ lục II)."),
)

_WARD = "UBND phường Nhị Chiểu"

#: By short name: kind, number, symbol, date, issuer, organization that issued it, subject, note.
PAPERS: dict[str, tuple[str, str, str, date, str, str, str, str]] = {
    "cv1885": (
        "công văn", "1885", "SKHCN-TTTT", date(2026, 5, 15), "Sở Khoa học và Công nghệ thành phố",
        "skhcn-hai-phong", "báo cáo kết quả triển khai phong trào “Bình dân học vụ số”", "",
    ),
    "kh06": (
        "kế hoạch", "06", "KH/ĐU", date(2025, 7, 24), "Đảng ủy phường Nhị Chiểu", "dang-uy-nhi-chieu",
        "triển khai Phong trào “Bình dân học vụ số”",
        "Báo cáo 274/BC-UBND ghi “06-KH-UBND”; ký hiệu đúng của văn bản Đảng ủy là 06-KH/ĐU.",
    ),
    "kh04": (
        "kế hoạch", "04", "KH/BXDĐ", date(2025, 10, 16), "Ban Xây dựng Đảng phường Nhị Chiểu",
        "ban-xay-dung-dang-nhi-chieu",
        "triển khai thực hiện Phong trào “Bình dân học vụ số” năm 2025",
        "Báo cáo 274/BC-UBND ghi “04-KH/BXDD”; ký hiệu đúng của Ban Xây dựng Đảng là 04-KH/BXDĐ.",
    ),
    "kh98": (
        "kế hoạch", "98", "KH-UBND", date(2025, 9, 19), "Ủy ban nhân dân phường", WARD,
        "triển khai Phong trào “Bình dân học vụ số”", "",
    ),
    "kh114": (
        "kế hoạch", "114", "KH-UBND", date(2025, 10, 3), _WARD, WARD,
        "tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số quốc gia trên địa bàn phường Nhị Chiểu", "",
    ),
    "cv777": (
        "công văn", "777", "UBND-VHXH", date(2025, 10, 15), _WARD, WARD,
        "triển khai Cuộc thi “Công dân số Hải Phòng - sử dụng thông minh, sống an toàn” trên địa bàn phường Nhị"
        " Chiểu",
        "Báo cáo 274/BC-UBND ghi “777/UBND -VHXH” (thừa khoảng trắng).",
    ),
    "kh145": (
        "kế hoạch", "145", "KH-UBND", date(2025, 11, 12), _WARD, WARD,
        "tập huấn đào tạo, bồi dưỡng kỹ năng chuyển đổi số cho cán bộ, công chức, viên chức, Tổ công nghệ số cộng"
        " đồng, các doanh nghiệp, các tổ dân phố trên địa bàn phường Nhị Chiểu năm 2025", "",
    ),
    "qd397": (
        "quyết định", "397", "QĐ-UBND", date(2025, 7, 29), _WARD, WARD,
        "thành lập Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số và Đề án 06 trên"
        " địa bàn phường Nhị Chiểu", "",
    ),
    "qd616": (
        "quyết định", "616", "QĐ-UBND", date(2025, 9, 22), _WARD, WARD,
        "thành lập Tổ công nghệ số cộng đồng tại UBND phường và các tổ dân phố trên địa bàn phường Nhị Chiểu",
        "Báo cáo 274/BC-UBND có chỗ gọi đây là quyết định kiện toàn.",
    ),
    "qd716": (
        "quyết định", "716", "QĐ-UBND", date(2025, 10, 16), _WARD, WARD,
        "thành lập Đội phản ứng nhanh hỗ trợ chuyển đổi số tại Trung tâm Phục vụ hành chính công phường Nhị Chiểu",
        "",
    ),
    "qd352": (
        "quyết định", "352", "QĐ-UBND", date(2026, 3, 25), _WARD, WARD,
        "thành lập các Tổ cài đặt, sử dụng “Sổ sức khỏe điện tử” trên ứng dụng VNeID và ứng dụng “Báo cháy 114” tại"
        " địa bàn phường Nhị Chiểu", "",
    ),
}  # fmt: skip

#: Source, what it does, target: names of PAPERS.
LINKS = (("kh98", "carries_out", "kh06"),)

#: By short name: name, decision, stated headcount, parent, note.
TEAMS: dict[str, tuple[str, str, int | None, str, str]] = {
    "bcd": (
        "Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số và Đề án 06",
        "qd397", 9, "", "",
    ),
    "cnscd": (
        "Tổ công nghệ số cộng đồng", "qd616", 144, "",
        "144 thành viên theo Quyết định 616/QĐ-UBND: 137 thành viên tại 27 tổ dân phố và 07 thành viên tại UBND"
        " phường (số 07 là số suy ra: 144 - 137). Báo cáo 274/BC-UBND có chỗ ghi 193, không văn bản nào nêu số này.",
    ),
    "cnscd-ubnd": (
        "Tổ công nghệ số cộng đồng của UBND phường", "qd616", None, "cnscd",
        f"Danh sách thành viên là {INVENTED}; số 07 suy ra từ 144 - 137.",
    ),
    "phan-ung": (
        "Đội phản ứng nhanh hỗ trợ chuyển đổi số tại Trung tâm Phục vụ hành chính công phường Nhị Chiểu",
        "qd716", 8, "", "",
    ),
    "ung-cuu": (
        "Tổ Ứng cứu công nghệ và Nghiệp vụ hỗ trợ giải quyết thủ tục hành chính", "", 21, "",
        "Số thành viên theo Báo cáo 274/BC-UBND; chưa rõ quyết định thành lập.",
    ),
    "vneid": (
        "Các Tổ cài đặt, sử dụng “Sổ sức khỏe điện tử” và “Báo cháy 114”", "qd352", None, "",
        "Báo cáo 274/BC-UBND không nêu số thành viên.",
    ),
}  # fmt: skip

#: Members of the ward's own team, all made up: name, part in the team, post.
MEMBERS = (
    ("Nguyễn Văn Một", "Tổ trưởng", "Chủ tịch UBND phường"),
    ("Trần Thị Hai", "Tổ phó", "Phó Trưởng phòng Văn hóa - Xã hội"),
    ("Lê Văn Ba", "Tổ viên", "Chánh Văn phòng HĐND và UBND"),
    ("Phạm Thị Bốn", "Tổ viên", "Phòng Kinh tế, Hạ tầng và Đô thị"),
    ("Hoàng Văn Năm", "Tổ viên", "Trung tâm Phục vụ hành chính công"),
    ("Vũ Thị Sáu", "Tổ viên", "Bí thư Đoàn Thanh niên phường"),
    ("Đỗ Văn Bảy", "Tổ viên", "Công an phường"),
)

NEIGHBOURHOODS = 27
NEIGHBOURHOOD = "Tổ dân phố số {}"
TEAM_OF = "Tổ công nghệ số cộng đồng {}"

#: Members of the team of each neighbourhood; invented, their sum is the 137 the report states.
MEMBERS_BY_PLACE = (5, 5, 6, 4, 5, 5, 5, 6, 5, 5, 4, 5, 5, 6, 5, 5, 5, 5, 6, 5, 4, 5, 5, 6, 5, 5, 5)
#: Who finished the contest, by neighbourhood; invented, their sum is the 4118 the report states.
CONTEST_BY_PLACE = (
    *(172, 148, 165, 121, 139, 158, 144, 190, 133, 151, 117, 149, 162),
    *(178, 155, 141, 136, 168, 181, 150, 112, 147, 159, 187, 163, 152, 140),
)

#: By short name: name, unit, measure, accumulation, definition.
INDICATORS: dict[str, tuple[str, str, str, str, str]] = {
    "tai-khoan": (
        "Tài khoản học trực tuyến hoàn thành khóa học", "tài khoản", "ratio", "cumulative",
        "Số tài khoản hoàn thành trên số tài khoản đã cấp cho cán bộ, công chức, viên chức và Tổ CNSCĐ.",
    ),
    "thi-sinh": (
        "Thí sinh hoàn thành Cuộc thi “Công dân số Hải Phòng”", "thí sinh", "count", "cumulative",
        "Lũy kế từ khi phát động Cuộc thi.",
    ),
    "tin-bai": ("Tin, bài trên Cổng thông tin điện tử của phường", "tin, bài", "count", "cumulative", ""),
    "tin-fanpage": ("Tin trên trang Facebook của phường", "tin", "count", "cumulative", ""),
    "to-dan-pho": ("Số tổ dân phố trên địa bàn", "tổ", "count", "snapshot", ""),
    "to-cnscd": ("Số Tổ công nghệ số cộng đồng đã thành lập tại tổ dân phố", "tổ", "count", "snapshot", ""),
    "to-cnscd-ty-le": (
        "Tỷ lệ tổ dân phố có Tổ công nghệ số cộng đồng", "%", "percent", "snapshot",
        "Số tổ dân phố đã thành lập Tổ CNSCĐ trên tổng số tổ dân phố.",
    ),
    "thanh-vien": (
        "Số thành viên Tổ công nghệ số cộng đồng tại tổ dân phố", "người", "count", "snapshot",
        "Không tính thành viên tại UBND phường.",
    ),
    "nhom-zalo": ("Số nhóm Zalo của Tổ công nghệ số cộng đồng", "nhóm", "count", "snapshot", ""),
    "nhom-zalo-tot": (
        "Nhóm Zalo tổ dân phố hoạt động tốt", "nhóm", "ratio", "snapshot",
        "Số nhóm hoạt động tốt trên số nhóm đã lập.",
    ),
    "mo-hinh": ("Mô hình “Bình dân học vụ số” đã đăng ký", "mô hình", "count", "cumulative", ""),
    "can-bo": (
        "Cán bộ, công chức, viên chức, người lao động được bồi dưỡng kỹ năng số", "%", "percent", "snapshot",
        "Báo cáo 274/BC-UBND chỉ nêu 100%, không nêu tử số và mẫu số.",
    ),
    "hoc-sinh": (
        "Học sinh trung học được trang bị kiến thức, kỹ năng số", "%", "percent", "snapshot",
        "Báo cáo 274/BC-UBND chỉ nêu 100%, không nêu tử số và mẫu số.",
    ),
    "lop-hoc": (
        "Cán bộ, công chức, viên chức tham gia các khóa đào tạo trên nền tảng Onetouch", "%", "percent",
        "snapshot", "Báo cáo 274/BC-UBND chỉ nêu 100%, không nêu tử số và mẫu số.",
    ),
    "giao-vien": (
        "Cán bộ, giáo viên, nhân viên tham gia khóa học trực tuyến về AI", "%", "percent", "snapshot",
        "Báo cáo 274/BC-UBND chỉ nêu 100%, không nêu tử số và mẫu số.",
    ),
}  # fmt: skip

#: Readings of the whole ward: indicator, value or (numerator, denominator), as-of date.
READINGS: tuple[tuple[str, int | tuple[int, int], date], ...] = (
    ("tai-khoan", (80, 80), PERIOD[1]),
    ("thi-sinh", 4118, date(2025, 11, 11)),
    ("tin-bai", 16, PERIOD[1]),
    ("tin-fanpage", 10, PERIOD[1]),
    ("to-dan-pho", 27, PERIOD[1]),
    ("to-cnscd", 27, PERIOD[1]),
    ("to-cnscd-ty-le", (27, 27), PERIOD[1]),
    ("thanh-vien", 137, PERIOD[1]),
    ("nhom-zalo", 27, PERIOD[1]),
    ("nhom-zalo-tot", (27, 27), PERIOD[1]),
    ("mo-hinh", 2, PERIOD[1]),
)

LETTER = {
    "arrival_number": "1120",
    "arrived_on": date(2026, 5, 15),
    "asked": "Báo cáo kết quả triển khai phong trào “Bình dân học vụ số” theo đề cương 8 mục gửi kèm công văn.",
    "deadline_text": "trước ngày 19/5/2026",
    "channels": "Hệ thống quản lý văn bản và điều hành (số liệu minh họa)",
    "contact": "Phòng Chuyển đổi số, Sở Khoa học và Công nghệ (số liệu minh họa)",
}
