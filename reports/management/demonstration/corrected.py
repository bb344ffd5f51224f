"""The corrected draft of report 274/BC-UBND: the same content, spelt and cited by the rules, every figure live."""

from __future__ import annotations

from .markup import Part, figure, indicators, narrative, paper, papers, piece

SUBJECT = "Kết quả triển khai thực hiện Phong trào “Bình dân học vụ số”\ntrên địa bàn phường Nhị Chiểu"
ADDRESSEES = "Sở Khoa học và Công nghệ thành phố Hải Phòng"
RECIPIENTS = "Như trên;\nUBND thành phố (để b/c);\nCT và các PCT UBND phường;\nLưu: VT, VHXH."
SIGNATURE = {"lines": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "name": "Trần Hồng Túc"}

OPENING = Part(
    pieces=(narrative("Thực hiện {paper:cv1885:full}, Ủy ban nhân dân phường Nhị Chiểu báo cáo như sau:"),),
    place="opening",
)

_1A = Part(
    "Công tác chỉ đạo, triển khai thực hiện",
    (
        narrative(
            "Thực hiện sự chỉ đạo, hướng dẫn của thành phố và {paper:kh06}, UBND phường Nhị Chiểu đã ban hành các"
            " văn bản để triển khai Phong trào “Bình dân học vụ số” trên địa bàn phường, cụ thể như sau:",
        ),
        papers(
            paper("kh98", ";"),
            paper("kh114", ";"),
            paper("cv777"),
        ),
        narrative("Thực hiện {paper:kh04}, UBND phường ban hành {paper:kh145}."),
        narrative(
            "Các hoạt động đã triển khai:",
            "- Đăng ký cấp tài khoản, hướng dẫn, đôn đốc các phòng, đơn vị tham gia đầy đủ khóa học trực tuyến về"
            " chuyển đổi số năm 2025; kết quả {figure:tai-khoan:ratio} tài khoản hoàn thành khóa học.",
            "- Tổ công nghệ số cộng đồng tại các tổ dân phố đã triển khai “Đi từng ngõ, gõ từng nhà, hướng dẫn từng"
            " người dân kỹ năng số, sử dụng các dịch vụ số”: hướng dẫn người dân cài đặt, sử dụng các ứng dụng,"
            " dịch vụ số thiết yếu như VNeID, thanh toán trực tuyến, dịch vụ công trực tuyến; tham gia cuộc thi"
            " trực tuyến và góp ý dự thảo văn bản.",
            "- Các doanh nghiệp viễn thông, bưu điện đã phối hợp hướng dẫn người dân đăng ký chữ ký số trên ứng"
            " dụng VNeID, Cổng Dịch vụ công quốc gia.",
            "- UBND phường đã phối hợp với Bảo hiểm xã hội và các ngân hàng trên địa bàn tuyên truyền, vận động"
            " người dân nhận lương hưu, trợ cấp qua tài khoản ngân hàng.",
        ),
    ),
)

_1B = Part(
    "Kết quả thực hiện",
    (
        narrative(
            "Phường Nhị Chiểu đã xây dựng chuyên mục “Bình dân học vụ số” và đăng {figure:tin-bai} tin, bài trên"
            " Cổng thông tin điện tử của phường, {figure:tin-fanpage} tin trên trang Facebook “Phường Nhị Chiểu -"
            " thành phố Hải Phòng”; treo pano, khẩu hiệu tại trụ sở UBND phường, Trung tâm Phục vụ hành chính công"
            " và trên các tuyến phố, trục đường chính; phát thanh chuyên mục “Khoa học, công nghệ, đổi mới sáng tạo"
            " và chuyển đổi số” định kỳ 1 lần/tuần trên hệ thống loa truyền thanh tại các tổ dân phố.",
            "Thực hiện {paper:cv777}, cán bộ, công chức, viên chức, đoàn viên, học sinh và người dân trên địa bàn"
            " phường đã tích cực tham gia; đến hết ngày 11/11/2025 có {figure:thi-sinh} thí sinh hoàn thành Cuộc"
            " thi. Thông qua Cuộc thi, người dân được tiếp cận, trải nghiệm công nghệ số, hình thành thói quen sử"
            " dụng dịch vụ công trực tuyến, nâng cao kỹ năng số và an toàn thông tin mạng.",
            "UBND phường đã tổ chức cho cán bộ, công chức, viên chức, giáo viên, bí thư chi bộ, tổ trưởng tổ dân"
            " phố và thành viên Tổ công nghệ số cộng đồng tham gia trực tuyến Hội nghị triển khai “Ngày hội toàn"
            " dân học tập số” và chương trình phát động hưởng ứng Cuộc thi; đồng thời triển khai đến toàn thể Nhân"
            " dân trên địa bàn hưởng ứng, tham gia.",
        ),
    ),
)

_2 = Part(
    "Kết quả tổ chức các hoạt động do đơn vị chủ động triển khai Phong trào “Bình dân học vụ số” tại địa phương",
    (
        papers(
            paper("qd397", "với {team:bcd:headcount} thành viên;"),
            paper("qd616", "với {team:cnscd:headcount} thành viên;"),
            paper("qd716", "với {team:phan-ung:headcount} thành viên."),
            intro=(
                "UBND phường ban hành các quyết định thành lập Ban Chỉ đạo, Tổ công nghệ số cộng đồng, Đội phản ứng"
                " nhanh, cụ thể như sau:",
            ),
        ),
        narrative(
            "Thực hiện {paper:kh145}, phường đã tổ chức tập huấn nghiệp vụ chuyển đổi số, an ninh mạng, ứng dụng"
            " trí tuệ nhân tạo (AI), hướng dẫn đăng ký, sử dụng chữ ký số cá nhân cho cán bộ, công chức và các Tổ"
            " công nghệ số cộng đồng trên địa bàn; cử công chức phụ trách công nghệ thông tin tham gia các khóa tập"
            " huấn về chuyển đổi số, an toàn thông tin do cấp trên tổ chức.",
            "UBND phường đã xây dựng phương án hỗ trợ người dân yếu thế và xử lý tình huống thường gặp khi giải"
            " quyết thủ tục hành chính; triển khai cài đặt ứng dụng Smart Hải Phòng; đăng ký triển khai"
            " {figure:mo-hinh} mô hình “Bình dân học vụ số” trên địa bàn phường.",
        ),
    ),
)

_3 = Part(
    "Kết quả triển khai tổ chức các hoạt động trải nghiệm, hướng dẫn sử dụng nền tảng số, dịch vụ số, lớp học số"
    " được Bộ Giáo dục và Đào tạo ban hành và được phát hành trên các nền tảng trực tuyến",
    (
        narrative(
            "UBND phường chỉ đạo, hướng dẫn các cơ sở giáo dục trên địa bàn tổ chức các hoạt động trải nghiệm, hướng"
            " dẫn sử dụng nền tảng số, dịch vụ số, lớp học số với chủ đề “Cùng em vững bước an toàn trên không gian"
            " mạng”, trên nền tảng https://binhdanhocvuso.gov.vn và Cổng đào tạo AI cho cộng đồng"
            " (https://aicongdong.ptit.edu.vn).",
            "Cán bộ, công chức, viên chức của phường tham gia các khóa đào tạo trên nền tảng học trực tuyến Onetouch"
            " do Sở Khoa học và Công nghệ triển khai: “Phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển"
            " đổi số”; “Triển khai ứng dụng trí tuệ nhân tạo (AI) trong khu vực hành chính công”; “Triển khai kế"
            " hoạch chuyển đổi số trong cơ quan nhà nước”; “Ứng dụng khoa học, công nghệ và đổi mới sáng tạo trong"
            " công tác quản lý nhà nước”.",
            "Cán bộ, giáo viên trong các cơ sở giáo dục tham gia chương trình phổ cập kiến thức về ứng dụng AI do"
            " Học viện Trực tuyến Việt Nam tổ chức và sử dụng thành thạo các nền tảng dạy học trực tuyến phổ biến"
            " như Zoom, Google Meet, Microsoft Teams.",
        ),
    ),
)

_4 = Part(
    "Kết quả triển khai các mô hình",
    (
        piece(
            "models",
            {
                "name": "Mô hình Tổ công nghệ số cộng đồng",
                "detail": "nòng cốt “Đi từng ngõ, gõ từng nhà, hướng dẫn từng người dân kỹ năng số, sử dụng các"
                " dịch vụ số”;",
            },
            {
                "name": "Mô hình bài giảng số",
                "detail": "khai thác tài liệu, bài giảng trên nền tảng https://binhdanhocvuso.gov.vn.",
            },
            intro=("Phường triển khai {figure:mo-hinh} mô hình đã đăng ký:",),
        ),
        piece(
            "models",
            {
                "name": "Đội phản ứng nhanh hỗ trợ chuyển đổi số tại Trung tâm Phục vụ hành chính công phường;",
                "detail": "",
            },
            {"name": "Đổi mới tuyên truyền, truyền thông về phổ cập kỹ năng số;", "detail": ""},
            {"name": "Gắn chuyển đổi số với cải cách hành chính.", "detail": ""},
            intro=("Ngoài các mô hình đã đăng ký, phường duy trì các cách làm hay:",),
        ),
        narrative(
            "Qua thực hiện các mô hình, nhận thức của cán bộ, công chức, viên chức và Nhân dân về học tập, cập nhật"
            " kỹ năng số được nâng cao. Nhiều người dân đã biết sử dụng điện thoại thông minh để tra cứu thông tin,"
            " nộp hồ sơ trực tuyến, mua bán trên các sàn thương mại điện tử và thanh toán không dùng tiền mặt. Đội"
            " ngũ cán bộ, công chức nâng cao ý thức trách nhiệm và phong cách phục vụ Nhân dân.",
        ),
    ),
)

_5 = Part(
    "Kết quả hoạt động Tổ công nghệ số cộng đồng thực hiện Phong trào “Bình dân học vụ số”",
    (
        narrative(
            "Thực hiện {paper:qd616}, phường đã thành lập Tổ công nghệ số cộng đồng với {team:cnscd:headcount} thành"
            " viên, gồm {team:cnscd-ubnd:headcount} thành viên tại UBND phường do Chủ tịch UBND phường làm Tổ trưởng"
            " và {figure:thanh-vien} thành viên tại {figure:to-cnscd} tổ dân phố.",
        ),
        papers(
            paper("qd352", lead="Ban hành"),
        ),
        narrative(
            "- Thành lập {team:ung-cuu} với {team:ung-cuu:headcount} thành viên để hướng dẫn, hỗ trợ, giải đáp vướng"
            " mắc kịp thời cho cán bộ và người dân tại cơ sở.",
        ),
        indicators(
            figure("to-dan-pho", "Số lượng tổ dân phố trên địa bàn", "tổ dân phố."),
            figure("to-cnscd", "Số lượng Tổ công nghệ số cộng đồng đã thành lập", "Tổ."),
            figure("thanh-vien", "Số lượng thành viên tại các tổ dân phố", "thành viên."),
            figure(
                "to-cnscd-ty-le",
                "Tỷ lệ tổ dân phố đã thành lập Tổ công nghệ số cộng đồng",
                ".",
                form="percent",
            ),
            figure(
                "nhom-zalo-tot",
                "Số nhóm Zalo của các Tổ công nghệ số cộng đồng hoạt động tốt",
                ".",
                form="ratio",
            ),
        ),
        indicators(
            figure("thanh-vien", "Thành viên Tổ CNSCĐ"),
            figure("nhom-zalo", "Nhóm Zalo"),
            figure("thi-sinh", "Thí sinh dự thi"),
            show="appendix",
            title="HOẠT ĐỘNG CỦA TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG THEO TỔ DÂN PHỐ (SỐ LIỆU MINH HỌA)",
        ),
    ),
)

_6 = Part(
    "Khó khăn, vướng mắc",
    (
        piece(
            "difficulties",
            {
                "text": "Nhận thức và mức độ sẵn sàng tiếp cận công nghệ của người dân chưa đồng đều.",
                "cause": "",
            },
            {"text": "Điều kiện thiết bị, hạ tầng công nghệ còn hạn chế.", "cause": ""},
            {
                "text": "Kinh phí triển khai chủ yếu lồng ghép, chưa đáp ứng nhu cầu thực tế.",
                "cause": "",
            },
            intro=("Việc triển khai Phong trào “Bình dân học vụ số” vẫn còn một số khó khăn:",),
        ),
    ),
)

_7 = Part(
    "Phương hướng, nhiệm vụ",
    (
        piece(
            "directions",
            {
                "text": "Tiếp tục nâng cao hiệu quả hoạt động của Tổ công nghệ số cộng đồng; tăng cường hỗ trợ người"
                " dân sử dụng dịch vụ công trực tuyến và các nền tảng số thiết yếu."
            },
            {
                "text": "Đẩy mạnh tuyên truyền, phổ cập kỹ năng số theo hướng dễ tiếp cận; khuyến khích người dân"
                " tham gia học tập trên các nền tảng trực tuyến."
            },
            {
                "text": "Cập nhật, chuẩn hóa dữ liệu trên hệ thống; tăng cường ứng dụng công nghệ trong quản lý,"
                " điều hành và phục vụ người dân."
            },
        ),
    ),
)

_8 = Part(
    "Kiến nghị, đề xuất",
    (
        piece(
            "proposals",
            {
                "addressee": "Sở Khoa học và Công nghệ",
                "text": "tiếp tục hỗ trợ đào tạo kỹ năng số, an toàn thông tin và hướng dẫn sử dụng dịch vụ công"
                " trực tuyến; nghiên cứu nhân rộng các mô hình hiệu quả.",
            },
            {
                "addressee": "UBND thành phố",
                "text": "quan tâm hỗ trợ đầu tư hạ tầng, trang thiết bị, tài liệu tuyên truyền; xây dựng điểm truy"
                " cập số cộng đồng và cơ chế huy động lực lượng hỗ trợ tại cơ sở.",
            },
        ),
    ),
)

CLOSING = Part(
    pieces=(
        narrative(
            "Trên đây là Báo cáo kết quả triển khai thực hiện Phong trào “Bình dân học vụ số” trên địa bàn phường Nhị"
            " Chiểu. Kính gửi Sở Khoa học và Công nghệ thành phố Hải Phòng tổng hợp./.",
        ),
    ),
    place="closing",
)

BODY = (
    Part(
        "Kết quả tổ chức truyền thông, tuyên truyền triển khai Phong trào “Bình dân học vụ số”",
        parts=(_1A, _1B),
    ),
    _2,
    _3,
    _4,
    _5,
    _6,
    _7,
    _8,
)
