"""Checks of citations: for each a bad example with the words found, a good one, and a near miss left alone."""

import pytest

from campaigns import citations as campaigns_citations
from reports.checks import run
from reports.checks.cited import find, tidy
from reports.checks.knowledge import Knowledge
from reports.checks.text import Manuscript
from reports.document import nodes
from reports.document.numbering import resolve
from tests.document import reference

from .examples import findings, words
from .ward import WARD

NONE = Knowledge()
#: Code, what is known, bad text, words found in it, good text, near miss.
EXAMPLES = [
    (
        "symbol-shape", NONE,
        "Kế hoạch số 06-KH-UBND ngày 24/7/2025 về việc đọc sách.", ["06-KH-UBND"],
        "Kế hoạch số 06/KH-UBND ngày 24/7/2025 về việc đọc sách.",
        "Kế hoạch số 06-KH/ĐU, Nghị định số 30/2020/NĐ-CP, Công văn số 777/UBND-VHXH, Văn bản số 105/BCH.",
    ),
    (
        "symbol-kind", NONE,
        "Kế hoạch số 98/QĐ-UBND ngày 19/9/2025.", ["Kế hoạch số 98/QĐ-UBND"],
        "Quyết định số 98/QĐ-UBND ngày 19/9/2025.",
        "Văn bản số 98/QĐ-UBND, Công văn số 12/UBND-VX và Quy định số 399-QĐ/TW.",
    ),
    (
        "symbol-marks", NONE,
        "Kế hoạch số 04-KH/BXDD ngày 16/10/2025.", ["04-KH/BXDD"],
        "Kế hoạch số 04-KH/BXDĐ ngày 16/10/2025.",
        "Tờ trình số 12/TTr-SNV và Chương trình số 3-CTr/TU.",
    ),
    (
        "symbol-spacing", NONE,
        "Công văn số: 777/UBND -VHXH ngày 15/10/2025.", ["số: 777/UBND -VHXH", "777/UBND -VHXH"],
        "Công văn số 777/UBND-VHXH ngày 15/10/2025.",
        "UBND tỉnh ban hành các Quyết định: số 418/QĐ-UBND, số 728/QĐ-UBND.",
    ),
    (
        "symbol-issuer", NONE,
        "Kế hoạch số 06/KH-UBND ngày 24/7/2025 của Đảng ủy phường An Hòa về việc đọc sách.",
        ["Kế hoạch số 06/KH-UBND ngày 24/7/2025 của Đảng ủy phường An Hòa"],
        "Kế hoạch số 06-KH/ĐU ngày 24/7/2025 của Đảng ủy phường An Hòa về việc đọc sách.",
        "Kế hoạch số 06/KH-UBND ngày 24/7/2025 của UBND phường An Hòa thực hiện chỉ đạo của Đảng ủy phường.",
    ),
    (
        "party-body", NONE,
        "Theo Ban Xây dựng Đảng UBND phường An Hòa.", ["Ban Xây dựng Đảng UBND"],
        "Theo Ban Xây dựng Đảng phường An Hòa.",
        "Ban Xây dựng Đảng và UBND phường An Hòa phối hợp.",
    ),
    (
        "issuer-exists", WARD,
        "Quyết định số 5/QĐ-UBND ngày 12/6/2025 của UBND phường An Hòa.", ["5/QĐ-UBND ngày 12/6/2025"],
        "Quyết định số 5/QĐ-UBND ngày 12/7/2025 của UBND phường An Hòa.",
        "Quyết định số 5/QĐ-UBND ngày 12/6/2025 của UBND huyện Kinh Môn.",
    ),
    (
        "issuer-exists", NONE,
        "Quyết định số 5/QĐ-UBND ngày 12/8/2025 của UBND huyện Kinh Môn.",
        ["5/QĐ-UBND ngày 12/8/2025 của UBND huyện Kinh Môn"],
        "Quyết định số 5/QĐ-UBND ngày 12/8/2025 của UBND thành phố Hải Phòng.",
        "Quyết định số 5/QĐ-UBND ngày 30/6/2025 của UBND huyện Kinh Môn.",
    ),
    (
        "unit-code", WARD,
        "Công văn số 777/UBND-VHXX ngày 15/10/2025.", ["VHXX"],
        "Công văn số 777/UBND-VHXH ngày 15/10/2025.",
        "Công văn số 12/UBND-KT ngày 15/10/2025 của UBND thành phố Hải Phòng.",
    ),
    (
        "citation-date", WARD,
        "Kế hoạch số 98/KH-UBND ngày 18/9/2025 của UBND phường về việc triển khai phong trào đọc sách.", ["18/9/2025"],
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của UBND phường về việc triển khai phong trào đọc sách.",
        "Kế hoạch số 98/KH-UBND ngày 18/9/2026 của UBND tỉnh về việc tuyển quân.",
    ),
    (
        "citation-date", NONE,
        "Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách.\nKế hoạch số 7/KH-UBND ngày 4/9/2025.",
        ["1/9/2025", "4/9/2025"],
        "Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách.\nKế hoạch số 7/KH-UBND ngày 01/9/2025.",
        "Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách.\nKế hoạch số 7/KH-UBND ngày 4/3/2024 về việc tuyển quân.",
    ),
    (
        "citation-issuer", WARD,
        "Quyết định số 616/QĐ-UBND ngày 22/9/2025 của UBND thành phố về việc thành lập Tổ công nghệ số cộng đồng.",
        ["UBND thành phố"],
        "Quyết định số 616/QĐ-UBND ngày 22/9/2025 của Ủy ban nhân dân phường về việc thành lập Tổ công nghệ số.",
        "Quyết định số 616/QĐ-UBND ngày 3/3/2024 của UBND thành phố về việc giao biên chế.",
    ),
    (
        "citation-subject", WARD,
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của UBND phường về việc phòng cháy rừng mùa khô.",
        ["phòng cháy rừng mùa khô"],
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của UBND phường về việc triển khai Phong trào đọc sách.",
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của UBND phường về việc triển khai phong trào.",
    ),
    (
        "citation-act", WARD,
        "Quyết định kiện toàn Tổ CNSCĐ: số 616/QĐ-UBND ngày 22/9/2025.",
        ["Quyết định kiện toàn Tổ CNSCĐ: số 616/QĐ-UBND"],
        "Quyết định thành lập Tổ CNSCĐ: số 616/QĐ-UBND ngày 22/9/2025.",
        "Kiện toàn tổ chức, thực hiện Quyết định số 616/QĐ-UBND ngày 22/9/2025.",
    ),
    (
        "citation-number", WARD,
        "Kế hoạch số 89/KH-UBND ngày 19/9/2025 về việc triển khai phong trào đọc sách.", ["89/KH-UBND"],
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025 về việc triển khai phong trào đọc sách.",
        "Kế hoạch số 89/KH-UBND ngày 19/9/2025 về việc tuyển quân năm 2026.",
    ),
    (
        "citation-number", NONE,
        "Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách hè.\nKế hoạch số 17/KH-UBND ngày 1/9/2025 về việc đọc sách hè.",
        ["7/KH-UBND", "17/KH-UBND"],
        "Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách hè.\nKế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách hè.",
        "Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách hè.\nKế hoạch số 17/KH-UBND ngày 1/9/2025 về việc tuyển quân.",
    ),
    (
        "paper-not-registered", WARD,
        "Kế hoạch số 300/KH-UBND ngày 5/1/2026 của UBND phường về việc trồng cây.", ["Kế hoạch số 300/KH-UBND"],
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của UBND phường về việc triển khai phong trào đọc sách.",
        "Kế hoạch số 300/KH-UBND ngày 5/1/2026 của UBND thành phố về việc trồng cây.",
    ),
    (
        "paper-out-of-force", WARD,
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 01/8/2025.", ["Kế hoạch số 12/KH-UBND"],
        "Thực hiện Kế hoạch số 98/KH-UBND ngày 19/9/2025.",
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 01/8/2024 của UBND tỉnh về việc tuyển quân.",
    ),
    (
        "cited-later", WARD,
        "Công văn số 5/SYT-NV ngày 20/5/2026 của Sở Y tế.", ["20/5/2026"],
        "Công văn số 5/SYT-NV ngày 19/5/2026 của Sở Y tế.",
        "Hội nghị ngày 25/5/2026 theo Công văn số 5/SYT-NV ngày 18/5/2026 của Sở Y tế.",
    ),
    (
        "implements-later", NONE,
        "Thực hiện Kế hoạch số 04-KH/ĐU ngày 16/10/2025 của Đảng ủy phường, UBND phường ban hành Kế hoạch số"
        " 98/KH-UBND ngày 19/9/2025 của UBND phường.",
        ["Kế hoạch số 04-KH/ĐU ngày 16/10/2025"],
        "Thực hiện Kế hoạch số 04-KH/ĐU ngày 16/8/2025 của Đảng ủy phường, UBND phường ban hành Kế hoạch số"
        " 98/KH-UBND ngày 19/9/2025 của UBND phường.",
        "Thực hiện Kế hoạch số 04-KH/ĐU ngày 16/10/2025 của Đảng ủy phường. Trước đó có Kế hoạch số 98/KH-UBND ngày"
        " 19/9/2025.",
    ),
    (
        "implements-later", NONE,
        "Thực hiện Kế hoạch số 04-KH/ĐU ngày 16/10/2025, UBND phường đã ban hành:\n- Kế hoạch số 98/KH-UBND ngày"
        " 19/9/2025;\n- Kế hoạch số 150/KH-UBND ngày 1/12/2025.",
        ["Kế hoạch số 04-KH/ĐU ngày 16/10/2025"],
        "Thực hiện Kế hoạch số 04-KH/ĐU ngày 16/10/2025, UBND phường đã ban hành:\n- Kế hoạch số 150/KH-UBND ngày"
        " 1/12/2025.",
        "Thực hiện Kế hoạch số 04-KH/ĐU ngày 16/10/2025, UBND phường đã ban hành:\n- Kế hoạch số 150/KH-UBND ngày"
        " 1/12/2025.\n# 2. Việc khác\n- Kế hoạch số 98/KH-UBND ngày 19/9/2025.",
    ),
    (
        "number-order", NONE,
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025. Kế hoạch số 114/KH-UBND ngày 3/8/2025.", ["114/KH-UBND ngày 3/8/2025"],
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025. Kế hoạch số 114/KH-UBND ngày 3/10/2025.",
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025. Kế hoạch số 114/KH-UBND ngày 3/8/2026. Quyết định số 616/QĐ-UBND ngày"
        " 2/8/2025.",
    ),
    (
        "cited-in-full-again", NONE,
        "Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách.\nTheo Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách.",
        ["Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách"],
        "Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách.\nTheo Kế hoạch số 7/KH-UBND.",
        "Theo Kế hoạch số 7/KH-UBND.\nKế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách.\n| Số | Ngày |\n"
        "| Kế hoạch số 7/KH-UBND ngày 1/9/2025 về việc đọc sách | 1 |",
    ),
    (
        "cited-incomplete", NONE,
        "Thực hiện Công văn số 1885/SKHCN-TTTT ngày 15/5/2026.", ["Công văn số 1885/SKHCN-TTTT"],
        "Thực hiện Công văn số 1885/SKHCN-TTTT ngày 15/5/2026 của Sở Khoa học và Công nghệ về việc báo cáo.",
        "Ngày 15/5/2026, Sở Khoa học và Công nghệ có Công văn số 1885/SKHCN-TTTT về việc báo cáo.",
    ),
    (
        "citation-alone", NONE,
        "Quyết định số 616/QĐ-UBND ngày 22/9/2025 về việc thành lập Tổ công nghệ số với 144 thành viên",
        ["Quyết định số 616/QĐ-UBND ngày 22/9/2025"],
        "Ban hành Quyết định số 616/QĐ-UBND ngày 22/9/2025 về việc thành lập Tổ công nghệ số.",
        "Các văn bản đã ban hành:\n- Quyết định số 616/QĐ-UBND ngày 22/9/2025 về việc thành lập Tổ công nghệ số.",
    ),
    (
        "paper-without-number", NONE,
        "Hằng năm xây dựng Kế hoạch hoạt động cho Tổ công nghệ.", ["xây dựng Kế hoạch hoạt động"],
        "Hằng năm xây dựng Kế hoạch số 5/KH-UBND ngày 02/01/2026.",
        "Hằng năm xây dựng kế hoạch hoạt động; thực hiện Kế hoạch này nghiêm túc.",
    ),
    (
        "instruction-unnamed", NONE,
        "Thực hiện chỉ đạo, hướng dẫn, của thành phố, phường đã họp.", ["hướng dẫn, của thành phố"],
        "Thực hiện Công văn số 5/UBND-VX của thành phố, phường đã họp.",
        "Thực hiện hướng dẫn của Sở Y tế tại Công văn số 5/SYT-NV, phường đã họp.",
    ),
    (
        "letter-not-cited", WARD,
        "Ủy ban nhân dân phường báo cáo như sau.", ["Công văn số 1885/SKHCN-TTTT"],
        "Thực hiện Công văn số 1885/SKHCN-TTTT ngày 15/5/2026, phường báo cáo như sau.",
        "Thực hiện Công văn số: 1885/SKHCN -TTTT, phường báo cáo như sau.",
    ),
    (
        "announced-not-listed", WARD,
        "- UBND phường thành lập Ban chỉ đạo, Tổ giúp việc, Tổ công nghệ số cộng đồng, cụ thể như sau:\n"
        "- Quyết định thành lập BCĐ;\n- Quyết định thành lập Tổ công nghệ số cộng đồng.",
        ["Tổ giúp việc"],
        "- UBND phường thành lập Ban chỉ đạo, Tổ công nghệ số cộng đồng, cụ thể như sau:\n"
        "- Quyết định thành lập BCĐ;\n- Quyết định thành lập Tổ công nghệ số cộng đồng.",
        "- UBND phường thành lập Ban chỉ đạo, Tổ giúp việc, Tổ công nghệ số cộng đồng.\n- Các tổ hoạt động tốt.",
    ),
    (
        "subject-capital", NONE,
        "Kế hoạch số 7/KH-UBND về việc Triển khai phong trào.", ["về việc Triển khai phong trào."],
        "Kế hoạch số 7/KH-UBND về việc triển khai phong trào.",
        "Báo cáo về việc Ủy ban nhân dân phường tiếp dân.",
    ),
    (
        "date-style", NONE,
        "Ngày 24/07/2025, ngày 19/9/2025 và ngày 12/8/2025.", ["24/07/2025"],
        "Ngày 24/7/2025, ngày 19/9/2025 và ngày 12/8/2025.",
        "Ngày 24/7/2025, ngày 03/02/2026 và ngày 12/10/2025.",
    ),
    (
        "date-impossible", NONE,
        "Hội nghị ngày 31/6/2025.", ["31/6/2025"],
        "Hội nghị ngày 30/6/2025.",
        "Tỷ số 27/27/30 và ngày 29/02/2024.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "known", "bad", "found", "good", "near"), EXAMPLES, ids=[example[0] for example in EXAMPLES]
)
def test_bad_good_and_near_miss(code, known, bad, found, good, near):
    assert words(code, bad, known) == found
    assert words(code, good, known) == []
    assert words(code, near, known) == []


def test_the_unit_after_luu_is_one_of_the_wards():
    lines = nodes.Lines("Nơi nhận:", ("Như trên;", "Lưu: VT, VHXX."))
    assert words("unit-code", "", WARD, recipients=lines) == ["VHXX"]
    lines = nodes.Lines("Nơi nhận:", ("Như trên;", "Lưu: VT, VHXH."))
    assert words("unit-code", "", WARD, recipients=lines) == []


def test_without_a_register_the_text_tells_the_unit():
    lines = nodes.Lines("Nơi nhận:", ("Như trên;", "Lưu: VT, VHXX."))
    assert words("unit-code", "Công văn số 7/UBND-VHXH.", recipients=lines) == ["VHXX"]


def test_a_registered_link_that_runs_backwards():
    assert words("implements-later", "Kế hoạch số 12/KH-UBND ngày 01/8/2025.", WARD) == [
        "Kế hoạch số 12/KH-UBND"
    ]


def test_a_fix_says_what_to_put():
    (finding,) = findings("citation-date", "Kế hoạch số 98/KH-UBND ngày 18/9/2025 của UBND phường.", WARD)
    assert (finding.fix.words, finding.fix.replacement) == ("18/9/2025", "19/9/2025")
    assert "19/9/2025" in finding.message


def test_a_mention_is_its_paper_whatever_is_printed():
    mention = nodes.Mention("paper", "4", printed="Kế hoạch số 06-KH-UBND ngày 20/8/2025", current="x")
    tree = nodes.Document(
        "", sections=(nodes.Section(blocks=(nodes.Block((nodes.Paragraph((mention,)),)),)),)
    )

    assert [f.fix.replacement for f in run(tree, WARD) if f.code == "citation-number"] == ["06-KH/ĐU"]


def test_both_readers_of_citations_agree_on_the_reference_report():
    """The register's reader and this one; a space in a symbol is mended by the first, long subjects end apart."""
    lines = Manuscript(resolve(reference.document(), {})).body
    theirs = [found.citation for line in lines for found in campaigns_citations.find(line.text)]
    ours = [cited for line in lines for cited in find(line)]
    assert len(ours) > 10
    assert [(one.kind, one.number, one.symbol, one.date, one.issuer) for one in theirs] == [
        (one.kind, one.number, tidy(one.symbol), one.date, one.issuer) for one in ours
    ]
    pairs = [(one.subject, two.subject) for one, two in zip(ours, theirs, strict=True)]
    assert [pair for pair in pairs if pair[0][:30] != pair[1][:30]] == []
