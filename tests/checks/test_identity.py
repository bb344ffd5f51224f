"""The organization's own name, place, signers and symbol: bad, good and near-miss examples."""

import dataclasses

import pytest

from reports.document import nodes

from .examples import inlines, words
from .ward import WARD

KNOWN = dataclasses.replace(WARD, people=("Trần Hồng Túc", "Nguyễn Văn A"))


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("An Hoà, ngày 19 tháng 5 năm 2026", []),
        ("Ân Hòa, ngày 19 tháng 5 năm 2026", ["Ân Hòa"]),
        ("An Hỏa, ngày 19 tháng 5 năm 2026", ["An Hỏa"]),
        ("An Hòa, ngày 19 tháng 5 năm 2026", []),
        ("An Hà, ngày 19 tháng 5 năm 2026", []),
    ],
)
def test_the_place_before_the_date(printed, found):
    assert words("own-place", "", KNOWN, place_date=inlines(printed)) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [("Trần Hồng Tục", ["Trần Hồng Tục"]), ("Trần Hồng Túc", []), ("Lê Hồng Túc", []), ("TRẦN HỒNG TÚC", [])],
)
def test_the_signer_is_spelt_as_in_the_list_of_people(name, found):
    block = nodes.Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), name)
    assert words("signer-spelling", "", KNOWN, signatures=(block,)) == found


@pytest.mark.parametrize(
    ("number", "found"),
    [("Số: 274/BC-UBNP", ["UBNP"]), ("Số: 274/BC-UBND", []), ("Số: 274/BC-VHXH", []), ("Số: 274", [])],
)
def test_the_symbol_of_the_paper_is_the_organizations(number, found):
    title = nodes.Title("BÁO CÁO", (inlines("Kết quả"),))
    assert words("own-symbol", "", KNOWN, number=inlines(number), title=title) == found
    assert words("own-symbol", "", number=inlines(number), title=title) == []
