"""The eight sections asked for by letter 1885/SKHCN-TTTT, with guidance, closing questions and proposed blocks."""

from __future__ import annotations

from .markup import Part

NAME = "Báo cáo kết quả phong trào “Bình dân học vụ số” (8 mục)"
_NUMBERS = "Số liệu đã đủ và đúng ngày chốt chưa?"

PARTS = (
    Part(
        "Kết quả tổ chức truyền thông, tuyên truyền triển khai phong trào “Bình dân học vụ số”",
        guidance="Nêu văn bản đã ban hành trước, kết quả sau. Mỗi văn bản đi kèm kết quả cụ thể.",
        parts=(
            Part(
                "Công tác chỉ đạo, triển khai thực hiện",
                guidance="Văn bản của cấp trên, của Đảng ủy và kế hoạch, công văn của phường.",
                question="Đã nêu đủ văn bản đã ban hành trong kỳ chưa?",
                kinds=("narrative", "papers"),
            ),
            Part(
                "Kết quả thực hiện",
                guidance="Số tin, bài; số người tham gia; hình thức tuyên truyền.",
                question=_NUMBERS,
                kinds=("narrative", "indicators"),
                indicators=("tin-bai", "tin-fanpage", "thi-sinh"),
            ),
        ),
    ),
    Part(
        "Kết quả tổ chức các hoạt động do đơn vị chủ động triển khai phong trào “Bình dân học vụ số” tại địa phương",
        guidance="Quyết định thành lập ban, tổ, đội với số thành viên; lớp tập huấn; hoạt động khác.",
        question="Mỗi tổ đã có quyết định và số thành viên chưa?",
        kinds=("papers", "narrative"),
    ),
    Part(
        "Kết quả triển khai tổ chức các hoạt động trải nghiệm, hướng dẫn sử dụng nền tảng số, dịch vụ số, lớp học số"
        " được Bộ Giáo dục và Đào tạo ban hành",
        guidance="Nêu việc đã làm và số người tham gia, không chép lại kế hoạch.",
        question="Đây là kết quả, không phải chỉ tiêu của kế hoạch?",
        kinds=("narrative",),
    ),
    Part(
        "Kết quả triển khai các mô hình",
        guidance="Tên mô hình, cách làm, kết quả; số mô hình bằng số đã đăng ký.",
        question="Số mô hình kể ra có bằng số đã đăng ký không?",
        kinds=("models",),
    ),
    Part(
        "Kết quả hoạt động Tổ công nghệ số cộng đồng thực hiện phong trào “Bình dân học vụ số”",
        guidance="Số tổ dân phố, số Tổ, số thành viên, tỷ lệ; quyết định thành lập, kiện toàn; nhóm Zalo.",
        question=_NUMBERS,
        kinds=("papers", "indicators", "narrative"),
        indicators=("to-dan-pho", "to-cnscd", "thanh-vien", "to-cnscd-ty-le", "nhom-zalo"),
    ),
    Part(
        "Khó khăn, vướng mắc",
        guidance="Mỗi khó khăn kèm nguyên nhân. Không có thì ghi “Không.”.",
        kinds=("difficulties",),
    ),
    Part("Phương hướng, nhiệm vụ", guidance="Việc sẽ làm trong kỳ tới.", kinds=("directions",)),
    Part(
        "Kiến nghị, đề xuất",
        guidance="Ghi rõ kiến nghị với cơ quan nào.",
        question="Cơ quan được kiến nghị đã có trong nơi nhận chưa?",
        kinds=("proposals",),
    ),
)
