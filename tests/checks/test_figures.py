"""Checks of figures: for each a bad example with the words found, a good one, and a near miss left alone."""

import dataclasses
import datetime

import pytest

from reports.checks import run
from reports.checks.knowledge import Knowledge
from reports.document import nodes

from .examples import words
from .ward import WARD

NONE = Knowledge()
DATED = dataclasses.replace(
    WARD, indicators=(dataclasses.replace(WARD.indicators[0], as_of=datetime.date(2025, 11, 11)),)
)
TEAM = "Tổ công nghệ số cộng đồng"
#: Code, what is known, bad text, words found in it, good text, near miss.
EXAMPLES = [
    (
        "group-counted-twice", NONE,
        f"Thành lập {TEAM} với 144 thành viên.\n{TEAM} có 193 thành viên.\nSố thành viên {TEAM}: 144 thành viên.",
        ["193 thành viên"],
        f"Thành lập {TEAM} với 144 thành viên.\n{TEAM} có 144 thành viên.",
        f"{TEAM} với 144 thành viên, gồm 07 thành viên tại phường và 137 thành viên tại tổ dân phố.\n"
        f"Số thành viên {TEAM}: 137 thành viên.",
    ),
    (
        "group-counted-twice", WARD,
        f"{TEAM} có 141 thành viên. {TEAM} có 144 thành viên.", ["141 thành viên"],
        f"{TEAM} có 144 thành viên.",
        f"Năm 2024 {TEAM} có 120 thành viên.\nNăm 2025 {TEAM} có 144 thành viên.",
    ),
    (
        "number-mistyped", NONE,
        "Toàn phường có 1.357 hộ gia đình.\nĐã vận động 1.351 hộ gia đình.", ["1.357 hộ gia đình", "1.351 hộ gia đình"],
        "Toàn phường có 1.357 hộ gia đình.\nĐã vận động 1.357 hộ gia đình.",
        "Toàn phường có 1.357 hộ gia đình.\nĐã vận động 894 hộ gia đình; bão ở 19,4 độ và 19,9 độ.",
    ),
    (
        "number-mistyped", NONE,
        "Phường có 27 tổ dân phố.\nTại 27 tổ dân phố của phường.\nPhường có 29 tổ dân phố.", ["29 tổ dân phố"],
        "Phường có 27 tổ dân phố.\nTại 27 tổ dân phố của phường.",
        "Phường có 27 tổ dân phố.\nTại 27 tổ dân phố của phường.\nMưa lớn làm ngập 12 tổ dân phố.",
    ),
    (
        "figure-registered", WARD,
        "Thí sinh hoàn thành cuộc thi: 4.181 thí sinh.", ["4.181 thí sinh"],
        "Thí sinh hoàn thành cuộc thi: 4.118 thí sinh.",
        "Cuộc thi vẽ có 12 thí sinh.",
    ),
    (
        "figure-registered", WARD,
        f"{TEAM} có 141 thành viên.", ["141 thành viên"],
        f"{TEAM} có 144 thành viên.",
        "Đội văn nghệ có 141 thành viên.",
    ),
    (
        "sum-in-text", NONE,
        "Tiếp nhận 49 hồ sơ, gồm 20 hồ sơ giấy và 28 hồ sơ điện tử.", ["49 hồ sơ"],
        "Tiếp nhận 49 hồ sơ, gồm 20 hồ sơ giấy và 29 hồ sơ điện tử.",
        "Tiếp nhận 90 hồ sơ, trong đó 20 hồ sơ đất đai, 15 hồ sơ hộ tịch.",
    ),
    (
        "sum-in-text", NONE,
        "Tổng số 144 = 8 + 137.", ["144 = 8 + 137"],
        "Tổng số 144 = 7 + 137.",
        "Tổng số 8.699,28 = 650,88 + 736,80 + 7.269,10 + 42,50.",
    ),
    (
        "sum-in-text", NONE,
        "Trao 1.120 suất quà, cụ thể:\n- Thành phố: 602 suất;\n- Xã hội hóa: 200 suất.", ["1.120 suất quà"],
        "Trao 1.120 suất, cụ thể:\n- Trung ương: 318 suất;\n- Thành phố: 602 suất;\n- Xã hội hóa: 200 suất.",
        "Trao 1.120 suất, trong đó:\n- Thành phố: 302 suất;\n- Xã hội hóa: 200 suất.",
    ),
    (
        "sum-in-text", NONE,
        "Có 1.034 đối tượng, trong đó: người cao tuổi 512 người, người khuyết tật 388 người, khác 124 người.",
        ["1.034 đối tượng"],
        "Có 1.034 đối tượng, trong đó: người cao tuổi 512 người, người khuyết tật 398 người, khác 124 người.",
        "Có 1.034 đối tượng, trong đó: người cao tuổi 512 người, người khuyết tật 98 người.",
    ),
    (
        "count-and-list", NONE,
        "Phường triển khai 03 mô hình:\n- Mô hình một;\n- Mô hình hai.", ["03 mô hình"],
        "Phường triển khai 02 mô hình:\n- Mô hình một;\n- Mô hình hai.",
        "Phường có 35 hộ nghèo:\n- Khu một 20 hộ;\n- Khu hai 15 hộ.",
    ),
    (
        "count-and-list", NONE,
        "Đăng ký 03 mô hình (mô hình chợ số, mô hình trường số).", ["03 mô hình"],
        "Đăng ký 02 mô hình (mô hình chợ số, mô hình trường số).",
        "Có 03 phòng (Kinh tế, Hạ tầng và Đô thị, Văn hóa - Xã hội, Văn phòng).",
    ),
    (
        "count-and-section", NONE,
        "Đăng ký triển khai 02 mô hình.\n# 4. Kết quả các mô hình\n- Mô hình một\n- Mô hình hai\n- Mô hình ba",
        ["Đăng ký triển khai 02 mô hình"],
        "Đăng ký triển khai 03 mô hình.\n# 4. Kết quả các mô hình\n- Mô hình một\n- Mô hình hai\n- Mô hình ba",
        "Đăng ký triển khai 02 mô hình.\n# 4. Khó khăn\n- Thiếu người\n- Thiếu máy\n- Thiếu kinh phí",
    ),
    (
        "ratio-and-percent", NONE,
        "Đã cài đặt cho 43/45 hộ, đạt 96,5%.", ["43/45 hộ, đạt 96,5%"],
        "Đã cài đặt cho 43/45 hộ, đạt 95,6%.",
        "Kết quả 27/27 tổ (100%); họp ngày 15/5, giải ngân 40%.",
    ),
    (
        "hundred-percent", NONE,
        "100% cán bộ, công chức được bồi dưỡng.", ["100% cán bộ, công chức được bồi dưỡng"],
        "100% (80/80) cán bộ, công chức được bồi dưỡng.",
        "Phấn đấu 100% cán bộ được bồi dưỡng.\n- Số tổ: 27\n- Số tổ có nhóm: 27 tổ\n- Tỷ lệ tổ có nhóm: 100%.",
    ),
    (
        "table-column", NONE,
        "| Khu | Số hộ |\n| Một | 120 |\n| Hai | 135 |\n| Tổng cộng | 256 |", ["256"],
        "| Khu | Số hộ |\n| Một | 120 |\n| Hai | 135 |\n| Tổng cộng | 255 |",
        "| Khu | Tỷ lệ |\n| Một | 50 |\n| Hai | 60 |\n| Tổng cộng | 55 |",
    ),
    (
        "table-row", NONE,
        "| Khu | Tổng | Nam | Nữ |\n| Một | 30 | 10 | 20 |\n| Hai | 41 | 15 | 25 |\n| Ba | 50 | 20 | 30 |\n"
        "| Bốn | 7 | 3 | 4 |", ["41"],
        "| Khu | Tổng | Nam | Nữ |\n| Một | 30 | 10 | 20 |\n| Hai | 40 | 15 | 25 |\n| Ba | 50 | 20 | 30 |",
        "| Khu | Tổng kinh phí | Số hộ | Số cây |\n| Một | 30 | 11 | 20 |\n| Hai | 40 | 1 | 25 |\n| Ba | 50 | 2 | 30 |",
    ),
    (
        "gap-in-total", NONE,
        "| Khu | Số hộ |\n| Một | 120 |\n| Hai | …… |\n| Tổng cộng | 120 |", ["120"],
        "| Khu | Số hộ |\n| Một | 120 |\n| Hai | 0 |\n| Tổng cộng | 120 |",
        "| Khu | Số hộ |\n| Một | 120 |\n| Hai | …… |\n| Tổng cộng | …… |",
    ),
    (
        "row-missing", NONE,
        "| STT | Khu |\n| 1 | Một |\n| 3 | Ba |", ["3"],
        "| STT | Khu |\n| 1 | Một |\n| 2 | Hai |",
        "| STT | Khu |\n| 1 | Một |\n| 2 | Hai |\n| 1 | Một nữa |\n| 2 | Hai nữa |",
    ),
    (
        "period-differs", NONE,
        "Từ ngày 27/7/2026 đến ngày 02/8/2026.\nKỳ từ ngày 27/7/2026 đến ngày 02/8/2026.\nTừ ngày 28/7/2026 đến ngày"
        " 02/8/2026.",
        ["Từ ngày 28/7/2026 đến ngày 02/8/2026"],
        "Từ ngày 27/7/2026 đến ngày 02/8/2026.\nKỳ từ ngày 27/7/2026 đến ngày 02/8/2026.",
        "Từ ngày 01/01/2026 đến ngày 30/6/2026.\nTừ ngày 01/01/2026 đến ngày 31/12/2026.",
    ),
    (
        "period-backwards", NONE,
        "Từ ngày 27/7/2026 đến ngày 02/6/2026.", ["Từ ngày 27/7/2026 đến ngày 02/6/2026"],
        "Từ ngày 27/7/2026 đến ngày 02/8/2026.",
        "Từ ngày 27/12 đến ngày 02/01/2027.",
    ),
    (
        "claim-without-number", NONE,
        "Đa phần người lao động có kỹ năng số.", ["Đa phần người lao động có kỹ"],
        "Đa phần người lao động (750/900) có kỹ năng số.",
        "Nhiều người dân đã biết dùng dịch vụ số; việc này đa phần do tổ làm.",
    ),
    (
        "target-as-result", WARD,
        "Thí sinh hoàn thành cuộc thi là 5.000 thí sinh.", ["5.000 thí sinh"],
        "Thí sinh hoàn thành cuộc thi là 4.118 thí sinh.",
        "Chỉ tiêu thí sinh hoàn thành cuộc thi là 5.000 thí sinh.",
    ),
    (
        "group-beyond-whole", NONE,
        f"{TEAM} có 144 thành viên.\nCấp tài khoản cho cán bộ, {TEAM}, kết quả 80/80 tài khoản.\n{TEAM} họp.",
        ["80/80 tài khoản"],
        f"{TEAM} có 144 thành viên.\nCấp tài khoản cho cán bộ, {TEAM}, kết quả 180/180 tài khoản.\n{TEAM} họp.",
        f"{TEAM} có 144 thành viên.\nCấp tài khoản cho công chức, kết quả 80/80 tài khoản.\n{TEAM} họp.",
    ),
    (
        "judgement-unmeasured", NONE,
        "Có 27/27 nhóm hoạt động tốt.", ["27/27 nhóm hoạt động tốt"],
        "Có 27/27 nhóm nhắn tin hằng tuần.",
        "Các nhóm hoạt động tốt.",
    ),
    (
        "one-link-for-many", NONE,
        "Lập 27 nhóm Zalo, đường liên kết: https://example.vn/a", ["27 nhóm Zalo, đường liên kết"],
        "Lập 01 nhóm Zalo, đường liên kết: https://example.vn/a",
        "Lập 27 nhóm Zalo, xem https://example.vn/a",
    ),
    (
        "team-undecided", WARD,
        "Thành lập Tổ ứng cứu kỹ thuật số phường với 21 thành viên.", ["21 thành viên"],
        "Thành lập Tổ công nghệ số cộng đồng với 144 thành viên.",
        "Tổ ứng cứu kỹ thuật số phường có 21 thành viên.",
    ),
    (
        "small-number-style", NONE,
        "Ban có 9 thành viên, đội có 08 thành viên.", ["9 thành viên"],
        "Ban có 09 thành viên, đội có 08 thành viên.",
        "Ban có 9 thành viên, lớp có 08 buổi.",
    ),
    (
        "thousands-separator", NONE,
        "Có 4118 thí sinh, 1.250 hộ và 3.400 người.", ["4118 thí sinh"],
        "Có 4.118 thí sinh, 1.250 hộ và 3.400 người.",
        "Năm 2025 có 1.250 hộ; tần số 1885 không đổi.",
    ),
    (
        "private-data", NONE,
        "Nhóm: https://zalo.me/g/abcdef, CCCD số 001095012345.", ["https://zalo.me/g/abcdef", "001095012345"],
        "Trang: https://zalo.me/phuonganhoa.",
        "Đã cấp CCCD cho 1.095 người; xem https://binhdanhocvuso.gov.vn.",
    ),
    (
        "figure-stale", WARD,
        "Đến hết ngày 11/11/2025 có 4.118 thí sinh.", ["Đến hết ngày 11/11/2025"],
        "Đến hết ngày 15/5/2026 có 4.118 thí sinh.",
        "Từ ngày 01/7/2025 đến ngày 11/11/2025 tổ chức cuộc thi.",
    ),
    (
        "figure-day", DATED,
        "Đến hết ngày 12/11/2025 có 4.118 thí sinh.", ["Đến hết ngày 12/11/2025"],
        "Đến hết ngày 11/11/2025 có 4.118 thí sinh.",
        "Đến hết ngày 12/11/2025 có 4.120 thí sinh. Hội thi có 4.118 thí sinh.",
    ),
    (
        "syllable-impossible", NONE,
        "Tổ chưc cuộc họp.", ["chưc"],
        "Tổ chức cuộc họp, kịp thời, kết quả tốt, sạch đẹp.",
        "Cài ứng dụng Smart, Facebook và Internet.",
    ),
    (
        "two-spellings", NONE,
        "Thúc đẩy chuyển đổi số.\nVề chuyển đổi số.\nLớp chuyển đổi số.\nBồi dưỡng về chuyên đổi số.",
        ["chuyên đổi số"],
        "Thúc đẩy chuyển đổi số.\nVề chuyển đổi số.\nLớp chuyển đổi số.\nBồi dưỡng về chuyển đổi số.",
        "Uỷ ban nhân dân phường.\nỦy ban nhân dân phường.\nỦy ban nhân dân xã. Người dân sử dụng. Hướng dẫn sử dụng."
        " Hướng dẫn sử dụng. Người dân họp. Người dân bàn.",
    ),
    (
        "said-twice", NONE,
        "Nâng cao hiệu quả qua hiệu quả công việc.", ["hiệu quả qua hiệu quả"],
        "Nâng cao hiệu quả công việc.",
        "Kết nối người dân với người dân.",
    ),
    (
        "missing-comma", NONE,
        "Công tác truyền thông tuyên truyền.", ["truyền thông tuyên truyền"],
        "Công tác truyền thông, tuyên truyền.",
        "Kế hoạch số 7/KH-UBND về việc tập huấn đào tạo cán bộ.",
    ),
    (
        "garbled", NONE,
        "Tham gia lớp các khóa đào tạo.", ["lớp các khóa đào"],
        "Tham gia các khóa đào tạo.",
        "Mở lớp cho các khóa đào tạo.",
    ),
    (
        "short-and-long", NONE,
        "Sử dụng AI, trí tuệ nhân tạo.", ["AI, trí tuệ nhân tạo"],
        "Sử dụng trí tuệ nhân tạo (AI).",
        "Sử dụng AI, máy tính và trí tuệ nhân tạo.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "known", "bad", "found", "good", "near"), EXAMPLES, ids=[example[0] for example in EXAMPLES]
)
def test_bad_good_and_near_miss(code, known, bad, found, good, near):
    assert words(code, bad, known) == found
    assert words(code, good, known) == []
    assert words(code, near, known) == []


LONG = " ".join(f"từ{chr(97 + at)}" for at in range(24))


def test_a_long_run_copied_is_found_at_its_second_place():
    assert words("copied", f"Trước {LONG}.\nSau {LONG} hết.") == [LONG]
    assert words("copied", f"Trước {LONG}.") == []
    assert words("copied", f"Trước “{LONG}”.\nSau “{LONG}” hết.") == []
    assert words("copied", f"# 1. {LONG}\nSau {LONG} hết.") == [LONG]


def live(indicator: str, printed: str | None, current: str, before: str = "Có ") -> nodes.Document:
    mention = nodes.Mention("figure", indicator, printed=printed, current=current)
    line = nodes.Paragraph((nodes.Text(before), mention, nodes.Text(" thí sinh.")))
    return nodes.Document("", sections=(nodes.Section(blocks=(nodes.Block((line,)),)),))


def found(tree: nodes.Document, code: str) -> list[str]:
    return [finding.words for finding in run(tree, WARD) if finding.code == code]


def test_printed_words_of_a_live_figure_against_its_value():
    assert found(live("1", "4.181", "4.118"), "figure-printed") == ["4.181"]
    assert found(live("1", None, "4.118"), "figure-printed") == []
    assert found(live("1", "4118", "4.118"), "figure-printed") == []


def test_a_typed_number_that_is_known_may_be_made_live():
    mention = nodes.Mention("figure", "4", "percent", current="100%")
    lines = (
        nodes.Paragraph((mention, nodes.Text(" tổ có nhóm."))),
        nodes.Paragraph((nodes.Text("Thí sinh hoàn thành cuộc thi: 4.118 thí sinh."),)),
    )
    tree = nodes.Document("", sections=(nodes.Section(blocks=(nodes.Block(lines),)),))
    told = [finding for finding in run(tree, WARD) if finding.code == "figure-registered"]
    assert [(finding.words, finding.severity) for finding in told] == [("4.118 thí sinh", "advice")]


def test_a_live_figure_older_than_the_cut_off_says_its_day():
    assert found(live("3", None, "900"), "figure-undated") == ["900"]
    assert found(live("1", None, "4.118"), "figure-undated") == []
    assert found(live("3", None, "900", "Đến 01/10/2025 có "), "figure-undated") == []


def test_a_live_total_of_places_that_have_not_all_reported():
    assert found(live("2", None, "20"), "gap-in-total") == ["20"]
    assert found(live("1", None, "4.118"), "gap-in-total") == []


def test_a_percent_with_both_numbers_in_the_register_is_counted():
    mention = nodes.Mention("figure", "4", "percent", current="100%")
    line = nodes.Paragraph((mention, nodes.Text(" tổ có nhóm.")))
    tree = nodes.Document("", sections=(nodes.Section(blocks=(nodes.Block((line,)),)),))
    assert found(tree, "hundred-percent") == []
