"""Report 274/BC-UBND as it was registered on 19/5/2026, faults included; words that differ from the registers
are kept as printed."""

from __future__ import annotations

from .markup import Part, figure, indicators, narrative, paper, papers, piece

SUBJECT = "Kết quả triển khai thực hiện Phong trào “Bình dân học vụ số”\ntrên địa bàn phường Nhị Chiểu"
PLACE_DATE = "Nhị Chiểu, ngày 19 tháng 05 năm 2026"
RECIPIENTS = "Sở Khoa học và Công nghệ (để b/c);\nCT và các PCT UBND phường;\nLưu: VT, VHXX."
SIGNATURE = {"lines": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "name": "Trần Hồng Túc"}

_KH114 = (
    "Kế hoạch số 114/KH-UBND ngày 03/10/2025 về việc Tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số Quốc gia"
    " trên địa bàn phường Nhị Chiểu"
)
_KH145 = (
    "Tập huấn đào tạo, bồi dưỡng kỹ năng chuyển đổi số cho cán bộ, công chức, viên chức, tổ công nghệ số cộng"
    " đồng, các doanh nghiệp, các Tổ dân phố trên địa bàn"
)
_QD616 = (
    "Quyết định số 616/QĐ-UBND ngày 22/9/2025 về việc thành lập Tổ công nghệ số cộng đồng tại UBND phường và các"
    " Tổ dân phố trên địa bàn phường Nhị Chiểu"
)
_MOOC = "(https://binhdanhocvuso.gov.vn và các nền tảng học trực tuyến mở đại trà - MOOCs)"
_AI = "Cổng đào tạo AI cho cộng đồng (https://aicongdong.ptit.edu.vn)"
_ISSUED_BY_MINISTRY = "được Bộ Giáo dục và Đào tạo ban hành và được phát hành trên các nền tảng trực tuyến"

OPENING = Part(
    pieces=(narrative("Thực hiện {paper:cv1885}, Ủy ban nhân dân phường Nhị Chiểu báo cáo như sau:"),),
    place="opening",
)

_1A = Part(
    "Công tác Chỉ đạo, triển khai thực hiện",
    (
        narrative(
            "Thực hiện Chỉ đạo, hướng dẫn, của thành phố, {paper:kh06|Kế hoạch số 06-KH-UBND ngày 24/07/2025 của"
            " Đảng uỷ phường Nhị Chiểu về việc Triển khai Phong trào “Bình dân học vụ số”}."
            " {paper:kh04|Kế hoạch số 04-KH/BXDD ngày 16/10/2025 của Ban Xây dựng Đảng UBND phường Nhị Chiểu về"
            " việc triển khai thực hiện Phong trào “Bình dân học vụ số” năm 2025}. UBND phường Nhị Chiểu đã ban"
            " hành văn bản, kế hoạch triển khai thực hiện phong trào “Bình dân học vụ số” trên địa bàn phường, cụ"
            " thể như sau:",
        ),
        papers(
            paper(
                "kh114",
                lead="Ủy ban nhân dân phường ban hành Kế hoạch hưởng ứng Ngày Chuyển đổi số quốc gia năm 2025",
                printed=_KH114,
                mark="",
            ),
            paper("kh98"),
        ),
        narrative(
            "- Đăng ký cấp tài khoản, hướng dẫn, đôn đốc các phòng, ban, đơn vị thực hiện tham gia đầy đủ học trực"
            " tuyến về chuyển đổi số năm 2025 cho cán bộ, công chức, viên chức, Tổ công nghệ số cộng đồng trên địa"
            " bàn phường, kết quả {figure:tai-khoan:ratio} tài khoản đạt {figure:tai-khoan:percent} hoàn thành"
            " khóa học.",
        ),
        papers(
            paper("kh114", lead="Ban hành", printed=_KH114),
            paper(
                "cv777",
                ". Đến hết ngày 11/11/2025 phường Nhị Chiêu đã có {figure:thi-sinh|4118} thí sinh Hoàn thành cuộc"
                " thi.",
                lead="Ban hành",
                printed="Công văn số 777/UBND -VHXH ngày 15/10/2025 về việc triển khai Cuộc thi “Công dân số Hải"
                " Phòng - sử dụng thông minh, sống an toàn” trên địa bàn phường Nhị Chiêu",
            ),
            paper(
                "kh145",
                "",
                lead="Ban hành",
                printed="Kế hoạch số 145/KH-UBND ngày 12/11/2025 của UBND phường Nhị Chiêu về việc "
                f"{_KH145} phường Nhị Chiêu năm 2025",
            ),
        ),
        narrative(
            "- Tổ công nghệ số cộng đồng các Khu dân cư đã triển khai “Đi từng ngõ, gõ từng nhà, hướng dẫn từng"
            " người dân kỹ năng số, sử dụng các dịch vụ số, tham gia nhóm Zalo Tổ dân phố”: Phổ cập, cài đặt,"
            " hướng dẫn người dân sử dụng các ứng dụng, dịch vụ số cơ bản, thiết thực như: VNeID, thanh toán trực"
            " tuyến, tham gia cuộc thi trực tuyến, cho ý kiến góp ý dự thảo...",
            "- Các doanh nghiệp viễn thông, bưu điện đã tích cực phối hợp hướng dẫn cho người dân ứng dụng chữ ký"
            " số trên ứng dụng VNeID, Cổng dịch vụ công quốc gia.",
            "- Cán bộ, công chức, viên chức, đoàn viên, học sinh và người dân trên địa bàn phường đã tích cực hưởng"
            " ứng, đăng ký tham gia cuộc thi, qua đó giúp nâng cao nhận thức về chuyển đổi số, thúc đẩy hình thành"
            " văn hóa số trong cộng đồng. Thông qua hình thức thi trực tuyến, người dân được tiếp cận, trải nghiệm"
            " công nghệ số, góp phần hình thành thói quen sử dụng dịch vụ công trực tuyến, tăng cường kỹ năng số và"
            " an toàn thông tin mạng, lan tỏa tinh thần học hỏi, sáng tạo và thích ứng với thời đại công nghệ.",
            "- UBND phường đã tích cực phối hợp với Bảo hiểm xã hội và các ngân hàng trên địa bàn phường tuyên"
            " truyền, vận động người dân nhận lương hưu, trợ cấp qua tài khoản ngân hàng.",
        ),
    ),
    label="a)",
)

_1B = Part(
    "Kết quả thực hiện",
    (
        narrative(
            "Phường Nhị Chiêu đã tích cực thực hiện công tác tuyên truyền triển khai phong trào “Bình dân học vụ"
            " số”. Xây dựng chuyên mục riêng “Bình dân học vụ số” và đăng {figure:tin-bai} tin, bài trên Cổng thông"
            " tin điện tử của phường, {figure:tin-fanpage} tin trên Fanpage facebook “Phường Nhị Chiêu - thành phố"
            " Hải Phòng”, treo pano, khẩu hiệu tuyên truyền tại UBND phường, Trung tâm Dịch vụ hành chính công,"
            " trên các tuyến phố, trục đường chính. Xây dựng chuyên mục riêng “Khoa học công nghệ, Đổi mới sáng tạo"
            " và chuyển đổi số” định kỳ phát thanh 1 lần/tuần trong đó phát các tin, bản tuyên truyền về phong trào"
            " “Bình dân học vụ số” và các nội dung có liên quan. Đồng thời tuyên truyền trên Hệ thống Loa truyền"
            " thanh tại các Tổ dân phố trên địa bàn.",
            "UBND phường đã tổ chức cho cán bộ, công chức, viên chức, giáo viên, Bí thư, Tổ trưởng tổ dân phố, và"
            " các thành viên tổ công nghệ số cộng đồng tham gia trực tuyến Hội nghị triển khai “Ngày hội toàn dân"
            " học tập số” và “Chương trình phát động hưởng ứng cuộc thi “Công dân số Hải Phòng - sử dụng thông"
            " minh, sống an toàn” tại Ủy ban nhân dân phường đồng thời triển khai đến toàn thể nhân dân trên địa"
            " bàn hưởng ứng, tham gia cuộc thi.",
        ),
    ),
    label="b)",
)

_2 = Part(
    "Kết quả tổ chức các hoạt động do đơn vị chủ động triển khai Phong trào “Bình dân học vụ số” tại địa phương",
    (
        papers(
            paper(
                "qd397",
                "với {team:bcd:headcount|9} thành viên.",
                printed="Quyết định số 397/QĐ-UBND ngày 29/7/2025 thành lập BCĐ về phát triển khoa học, công nghệ,"
                " đổi mới sáng tạo, chuyển đổi số và Đề án 06 trên địa bàn phường Nhị Chiểu",
            ),
            paper("qd616", "với {team:cnscd:headcount} thành viên.", printed=_QD616),
            paper(
                "qd716",
                "với {team:phan-ung:headcount} thành viên.",
                printed="Quyết định số 716/QĐ-UBND ngày 16/10/2025 của UBND phường về việc Thành lập Đội phản ứng"
                " nhanh hỗ trợ chuyển đổi số tại Trung tâm Phục vụ hành chính công phường Nhị Chiểu",
            ),
            paper(
                "kh145",
                printed="Kế hoạch số 145/KH-UBND ngày 12/11/2025 của UBND phường Nhị Chiểu về việc "
                f"{_KH145} phường Nhị Chiểu năm 2025",
            ),
            intro=(
                "- UBND phường ban hành các quyết định thành lập Ban chỉ đạo, Tổ giúp việc, Tổ công nghệ số cộng"
                " đồng, cụ thể như sau:",
            ),
        ),
        narrative(
            "- Cử công chức phụ trách CNTT của phường tham gia các khóa tập huấn về chuyển đổi số, an toàn thông"
            " tin do cấp trên tổ chức.",
            "Phường cũng đã tổ chức đào tạo tập huấn nghiệp vụ chuyển đổi số, an ninh mạng, ứng dụng AI, hướng dẫn"
            " đăng ký, sử dụng chữ ký số cá nhân cho toàn thể cán bộ, công chức, các Tổ công nghệ số cộng đồng trên"
            " địa bàn phường. Tạo bước chuyển biến mạnh mẽ trong nhận thức và nâng cao kỹ năng số trên toàn địa bàn"
            " phường.",
            "Xây dựng kịch bản, phương án kịch bản hỗ trợ người dân yếu thế và xử lý tình huống thường gặp khi đến"
            " giải quyết TTHC.",
            "Đăng ký triển khai {figure:mo-hinh|02} mô hình bình dân học vụ số (mô hình Tổ công nghệ số cộng đồng,"
            " mô hình bài giảng số) trên địa bàn phường.",
            "Triển khai cài đặt Smart Hải Phòng trên địa bàn phường.",
            "Triển khai “Đi từng ngõ, gõ từng nhà, hướng dẫn từng người dân kỹ năng số, sử dụng các dịch vụ số”"
            " thông qua hoạt động của Tổ công nghệ số cộng đồng để hỗ trợ người dân nâng cao kỹ năng số và cài đặt"
            " sử dụng các nền tảng số, ứng dụng số tay sức khỏe điện tử, an sinh xã hội, smart Hải phòng,...",
            "{figure:can-bo:percent|100%} cán bộ, công chức, viên chức, người lao động phường được bồi dưỡng về"
            " chuyên đổi số, kỹ năng số cơ bản và làm chủ kỹ năng số, ứng dụng công nghệ trong quản lý, điều hành.",
            "{figure:hoc-sinh:percent|100%} học sinh trung học được trang bị kiến thức, kỹ năng số để phục vụ học"
            " tập, nghiên cứu và sáng tạo, có kỹ năng an toàn trong học tập và tương tác xã hội trong môi trường"
            " số.",
            "Đa phần người lao động trong các doanh nghiệp, hợp tác xã có kiến thức cơ bản về công nghệ số, có kỹ"
            " năng số, sử dụng được các thiết bị thông minh để phục vụ sản xuất, kinh doanh, nâng cao năng suất lao"
            " động.",
        ),
    ),
    label="2.",
)

_3 = Part(
    "Kết quả triển khai tổ chức các hoạt động trải nghiệm, hướng dẫn sử dụng nền tảng số, dịch vụ số, lớp học số"
    f" {_ISSUED_BY_MINISTRY}",
    (
        narrative(
            "UBND phường tích cực chỉ đạo, hướng dẫn triển khai tổ chức các hoạt động trải nghiệm, hướng dẫn sử"
            f" dụng nền tảng số, dịch vụ số, lớp học số {_ISSUED_BY_MINISTRY} đến các cơ sở giáo dục trên địa bàn"
            " phường. Triển khai Phong trào “Bình dân học vụ số” với chủ đề “Cùng em vững bước an toàn trên không"
            " gian mạng” trong đó triển khai hướng dẫn tổ chức các hoạt động trải nghiệm, hướng dẫn sử dụng nền"
            f" tảng số, dịch vụ số, lớp học số sau khi tài liệu và bài giảng {_ISSUED_BY_MINISTRY} {_MOOC} và một"
            f" số khóa học miễn phí về kỹ năng sử dụng AI trên {_AI} tới các cơ sở giáo dục trên địa bàn phường.",
            "Hướng dẫn sử dụng hệ thống thông tin giải quyết thủ tục hành chính” qua nền tảng học trực tuyến"
            " https://binhdanhocvuso.gov.vn tới toàn thể cán bộ, công chức của phường.",
        ),
    ),
    (
        Part(
            "Tổ chức thực hiện",
            (
                narrative(
                    "{figure:lop-hoc:percent|100%} cán bộ, công chức, viên chức của phường tham gia lớp các khóa"
                    " đào tạo “Phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số”; “Triển khai ứng"
                    " dụng trí tuệ nhân tạo (AI) trong khu vực hành chính công; “Triển khai kế hoạch chuyển đổi số"
                    " trong cơ quan nhà nước”; “Ứng dụng khoa học, công nghệ và đổi mới sáng tạo trong công tác"
                    " quản lý nhà nước”, hướng dẫn sử dụng hệ thống thông tin giải quyết thủ tục hành chính” trên"
                    " nền tảng học trực tuyến Onetouch do Sở Khoa học và Công nghệ triển khai và các chương trình"
                    f" đào tạo kiến thức trên nền tảng trực tuyến {_MOOC}. Tích cực tham gia Chương trình đào tạo,"
                    " chương trình phổ cập kiến thức về Ứng dụng AI qua các chương trình đào tạo trực tuyến hoặc"
                    " trực tiếp do các doanh nghiệp, Sở Khoa học và Công nghệ triển khai.",
                    "- Các cơ sở giáo dục trên địa bàn phường đã tích cực tham gia học tập trên các nền tảng số,"
                    f" dịch vụ số, lớp học số sau khi tài liệu và bài giảng {_ISSUED_BY_MINISTRY} {_MOOC}, tham gia"
                    f" khóa học miễn phí về kỹ năng sử dụng AI trên {_AI}.",
                    "{figure:giao-vien:percent|100%} cán bộ, giáo viên, nhân viên trong các cơ sở giáo dục đã tham"
                    " gia các khóa học đào tạo trực tuyến về sử dụng AI, trí tuệ nhân tạo Chương trình phổ cập kiến"
                    " thức về Ứng dụng AI do Học viện Trực tuyến Việt Nam tổ chức.",
                    "Ngoài ra cán bộ, giáo viên trong các cơ sở giáo dục đã tích cực tham gia tập huấn và sử dụng"
                    " thành thạo các nền tảng dạy học trực tuyến phổ biến như: Zoom, Google Meet, Microsoft"
                    " Teams,...",
                ),
            ),
            label="c)",
        ),
    ),
    label="3.",
)

_4 = Part(
    "Kết quả triển khai các Mô hình",
    (
        piece(
            "models",
            {
                "name": "Mô hình Tổ công nghệ số cộng đồng nông cốt “đi từng ngõ – gõ từng nhà - hướng dẫn từng"
                " người”",
                "detail": "",
            },
            {
                "name": "Cách làm hay trong phổ cập kỹ năng số thông qua phong trào “Bình dân học vụ số”",
                "detail": "",
            },
            {
                "name": "Mô hình Đội phản ứng nhanh hỗ trợ chuyển đổi số tại Trung tâm Phục vụ hành chính công",
                "detail": "",
            },
            {"name": "Cách làm hiệu quả trong tuyên truyền, truyền thông", "detail": ""},
            {"name": "Mô hình gắn chuyển đổi số với cải cách hành chính", "detail": ""},
            intro=(),
        ),
        narrative(
            "Qua thực hiện các mô hình nhằm đổi mới nội dung, phương thức nâng cao hiệu quả qua hiệu quả trong thực"
            " hiện công tác tuyên truyền thực hiện phong trào Bình dân học vụ số, nâng cao nhận thức của cán bộ,"
            " công chức, viên chức và nhân dân về học tập, cập nhật kỹ năng số. Nhiều người dân đã biết sử dụng"
            " điện thoại thông minh, truy cập mạng để tra cứu thông tin, nộp hồ sơ trực tuyến và tham gia các lớp"
            " học cộng đồng. Người dân, doanh nghiệp đã dần tiếp cận với việc ứng dụng các nền tảng số, thực hiện"
            " mua bán trên các sàn thương mại điện tử, thực hiện giao dịch thanh toán không dùng tiền mặt. Đồng"
            " thời nâng cao đạo đức công vụ, ý thức trách nhiệm và phong cách phục vụ Nhân dân của đội ngũ cán bộ,"
            " công chức, thực hiện nhiệm vụ nghiêm túc, chính xác hiệu quả. Từng bước xây dựng đội ngũ cán bộ, công"
            " chức Nhà nước thân thiện, gần dân, trọng dân, vì Nhân dân phục vụ, góp phần quan trọng trong xây dựng"
            " nền hành chính phục vụ Nhân dân.",
        ),
    ),
    label="4.",
)

_5 = Part(
    "Kết quả hoạt động Tổ công nghệ số cộng đồng thực hiện Phong trào “Bình dân học vụ số”",
    (
        papers(
            paper("qd616", "với {team:cnscd:headcount} thành viên", printed=_QD616, mark=""),
            paper(
                "qd352",
                printed="Quyết định số: 352/QĐ-UBND ngày 25/03/2026 của UBND phường Nhị Chiểu về việc thành lập các"
                " Tổ cài đặt, sử dụng “ Sổ sức khỏe điện tử” trên ứng dụng VNeID và ứng dụng “ Báo cháy 114” tại"
                " địa bàn phường Nhị Chiểu",
                mark="",
            ),
        ),
        narrative(
            "UBND phường đã thành lập Tổ Công nghệ số cộng đồng của UBND phường với Tổ trưởng là đồng chí Chủ tịch"
            " UBND phường, các thành viên là trưởng các phòng, ban đơn vị của UBND phường, Bí thư đoàn thanh niên"
            " phường, đại diện lãnh đạo công an phường và Tổ công nghệ số cộng đồng tại các Tổ dân phố trên địa bàn"
            " với tổng số {team:cnscd:headcount|193} thành viên; {team:ung-cuu} với {team:ung-cuu:headcount} thành"
            " viên để hướng dẫn, hỗ trợ, giải đáp vướng mắc kịp thời cho cán bộ và người dân tại cơ sở.",
            "Hàng năm xây dựng Kế hoạch hoạt động cho Tổ công nghệ số cộng đồng.",
        ),
        indicators(
            figure("to-dan-pho", "Số lượng tổ dân phố trên địa bàn"),
            figure("to-cnscd", "Số lượng Tổ Công nghệ số trên địa bàn đã thành lập", "Tổ.", form="value"),
            figure("thanh-vien", "Số lượng thành viên Tổ công nghệ số cộng đồng", "Thành viên."),
            figure(
                "to-cnscd-ty-le",
                "Tỷ lệ số lượng Tổ CNSCĐ đã thành lập trên tổng số thôn/bản",
                ".",
                form="percent",
            ),
        ),
        papers(
            paper(
                "qd616",
                lead="Quyết định kiện toàn Tổ CNSCĐ :",
                printed="số 616/QĐ-UBND ngày 22/9/2025 của UBND phường Nhị Chiểu về việc thành lập tổ công nghệ số"
                " cộng đồng tại UBND phường và các Tổ dân phố trên địa bàn phường Nhị Chiểu",
            ),
        ),
        narrative(
            "- Nhóm zalo hoạt động Tổ CNSCĐ là: {figure:nhom-zalo} Tổ công nghệ trên địa bàn phường Nhị Chiểu,"
            " đường liên kết : https://zalo.me/g/ilrdzk945",
            "- Mỗi tổ công nghệ có 1 nhóm Zalo tổ dân phố, đại diện 1 hộ gia đình 1 thành viên tham gia:"
            " {figure:nhom-zalo-tot:ratio} nhóm hoạt động tốt.",
            "Các Tổ công nghệ số cộng đồng tại các Tổ dân phố trên địa bàn phường tích cực “Đi từng ngõ, gõ từng"
            " nhà, hướng dẫn từng người dân kỹ năng số, sử dụng các dịch vụ số” hướng dẫn người thân, gia đình và"
            " nhân dân tiếp cận, sử dụng dịch vụ công trực tuyến, thanh toán không dùng tiền mặt, cài đặt sổ sức"
            " khỏe điện tử, ứng dụng an sinh xã hội, smart Hải Phòng...Đặc biệt trong đợt cao điểm hỗ trợ người dân"
            " cài đặt Sổ sức khỏe điện tử trên địa bàn phường, Tổ công nghệ cộng đồng đã đóng vai trò quan trọng"
            " trong công tác triển khai chiến dịch.",
        ),
    ),
    label="5.",
)

_6 = Part(
    "Khó khăn, vướng mắc",
    (
        piece(
            "difficulties",
            intro=(
                "Việc triển khai Phong trào “Bình dân học vụ số” vẫn còn một số khó khăn: nhận thức và mức độ sẵn"
                " sàng tiếp cận công nghệ của người dân chưa đồng đều; điều kiện thiết bị, hạ tầng công nghệ còn"
                " hạn chế; kinh phí triển khai chủ yếu lồng ghép, chưa đáp ứng nhu cầu thực tế.",
            ),
        ),
    ),
    label="6.",
)

_7 = Part(
    "Phương hướng, nhiệm vụ",
    (
        piece(
            "directions",
            {
                "text": "Tiếp tục nâng cao hiệu quả hoạt động của Tổ Công nghệ số cộng đồng; tăng cường hỗ trợ người"
                " dân sử dụng dịch vụ công trực tuyến và các nền tảng số thiết yếu."
            },
            {
                "text": "Đẩy mạnh tuyên truyền, phổ cập kỹ năng số theo hướng dễ tiếp cận; khuyến khích người dân"
                " tham gia học tập trên các nền tảng trực tuyến."
            },
            {
                "text": "Thực hiện cập nhật, chuẩn hóa dữ liệu trên hệ thống; tăng cường ứng dụng công nghệ trong"
                " quản lý, điều hành và phục vụ người dân."
            },
            mark="",
        ),
    ),
    label="7.",
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
            mark="",
        ),
    ),
    label="8.",
)

CLOSING = Part(
    pieces=(
        narrative(
            "Trên đây là Báo cáo kết quả thực hiện phong trào “Bình dân học vụ số” trên địa bàn phường Nhị Chiểu."
            " Kính gửi Sở Khoa học và Công nghệ thành phố Hải Phòng tổng hợp./.",
        ),
    ),
    place="closing",
)

BODY = (
    Part(
        "Kết quả tổ chức truyền thông tuyên truyền triển khai phong trào “Bình dân học vụ số”",
        parts=(_1A, _1B),
        label="1.",
    ),
    _2,
    _3,
    _4,
    _5,
    _6,
    _7,
    _8,
)
