"""Symbols of papers: their shape, their abbreviations and the spaces inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.citations import KINDS

from .cited import citations, code_fix, part, tidy
from .findings import ADVICE, ERROR, WARNING, Check, Fix, Remark
from .issuers import organ, state_code_of_party
from .knowledge import Knowledge
from .text import Manuscript, bare

_SHAPE = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.3; văn bản của Đảng: Hướng dẫn 05-HD/VPTW"

STATE_KINDS = frozenset(kind.code for kind in KINDS.values() if kind.code and kind.family != "party") | {
    *("SY", "TrS", "SL", "KL", "QC", "QCPH", "CV"),
}
PARTY_KINDS = frozenset(
    ("NQ", "CT", "KL", "QĐ", "QC", "TB", "HD", "BC", "KH", "CTr", "TTr", "ĐA", "PA", "CV", "BB", "QyĐ")
) | frozenset(("GM", "GGT", "PG", "TTg"))
#: Codes of bodies as they are written; one that differs only by marks is a slip.
BODIES = frozenset(
    (
        *(
            "UBND",
            "HĐND",
            "CP",
            "TTg",
            "VPCP",
            "TTCP",
            "BNV",
            "BTC",
            "BTP",
            "BYT",
            "BCA",
            "BQP",
            "BCT",
            "BXD",
        ),
        *(
            "BGDĐT",
            "BKHCN",
            "BTTTT",
            "BTNMT",
            "BNNMT",
            "BVHTTDL",
            "BLĐTBXH",
            "SKHCN",
            "SNV",
            "STC",
            "STP",
            "SYT",
        ),
        *("SXD", "SCT", "SGDĐT", "STTTT", "SNNMT", "SVHTTDL", "SLĐTBXH", "ĐU", "TU", "TW", "VPTW", "BXDĐ"),
        *("VPĐU", "UBKT", "CB", "ĐH", "ĐTN", "BCĐ", "MTTQ", "UBMTTQ", "ĐUQS"),
    )
)


def shape(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A symbol of neither the state's, nor the party's, nor a legal document's form."""
    for cited in citations(manuscript):
        if state_code_of_party(cited):
            continue  # said by `issuer`
        if cited.mark == "-" and "/" not in cited.symbol and cited.parts[0] in STATE_KINDS | PARTY_KINDS:
            state = f"{cited.number}/{'-'.join(cited.parts)}"
            party = f"{cited.number}-{cited.parts[0]}/{organ(cited, knowledge)}"
            yield part(
                cited,
                cited.code_start,
                cited.code_end,
                f"Ký hiệu “{cited.code}” không đúng mẫu: văn bản nhà nước ghi {state}, văn bản Đảng ghi {party}.",
                code_fix(cited, state),
            )
        elif cited.mark == "/" and "/" in cited.symbol and cited.parts[0] in PARTY_KINDS:
            yield part(
                cited,
                cited.code_start,
                cited.code_end,
                f"Ký hiệu “{cited.code}” không đúng mẫu: sau số của văn bản Đảng là dấu gạch ngang"
                f" ({cited.number}-{'/'.join(cited.parts)}).",
                code_fix(cited, f"{cited.number}-{'/'.join(cited.parts)}"),
            )
        elif cited.is_party and cited.parts[0] not in PARTY_KINDS:
            yield part(
                cited,
                cited.code_start,
                cited.code_end,
                f"“{cited.parts[0]}” không phải chữ viết tắt tên loại văn bản của Đảng.",
                severity=ADVICE,
            )


def kind(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The word printed for the kind against the abbreviation in the symbol."""
    by_code = {kind.code: kind.name for kind in KINDS.values() if kind.code}
    for cited in citations(manuscript):
        known, first = KINDS.get(cited.kind), cited.parts[0]
        if known is None or known.family in ("plain", "legal") or first not in STATE_KINDS or cited.between:
            continue
        wanted = {known.code, "CV" if known.name == "công văn" else known.code}
        if known.name == "quy định":
            wanted.add("QĐ")  # both are QĐ in papers of the party
        if first not in wanted and first in by_code:
            yield part(
                cited,
                cited.start,
                cited.code_end,
                f"Ghi là {cited.kind} nhưng ký hiệu “{first}” là của {by_code[first]}.",
            )


def marks(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A group of a symbol that is a known one but for its marks or capitals: BXDD for BXDĐ."""
    known = {bare(code): code for code in (*BODIES, *STATE_KINDS, *(b.symbol_code for b in knowledge.bodies))}
    for cited in citations(manuscript):
        for found in re.finditer(r"[A-Za-zĐđƯƠÔÊÂ]+", cited.symbol):
            meant = known.get(bare(found[0]))
            if meant and meant != found[0] and found[0] not in known.values():
                code = tidy(cited.code[: -len(cited.symbol)] + cited.symbol.replace(found[0], meant, 1))
                yield part(
                    cited,
                    cited.code_start,
                    cited.code_end,
                    f"Trong ký hiệu, “{found[0]}” phải viết là “{meant}”.",
                    code_fix(cited, code),
                )


def spacing(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """No space inside a symbol, no colon after "số" in running text."""
    for cited in citations(manuscript):
        if tidy(cited.code) != cited.code:
            yield part(
                cited,
                cited.code_start,
                cited.code_end,
                "Giữa số và ký hiệu không có khoảng trắng.",
                code_fix(cited, tidy(cited.code)),
            )
        if cited.colon and cited.kind and not cited.between:
            start = cited.line.text.rfind("ố", cited.start, cited.code_start) - 1
            words = cited.line.text[start : cited.code_end]
            yield part(
                cited,
                start,
                cited.code_end,
                "Khi viện dẫn, sau chữ “số” không có dấu hai chấm.",
                Fix(words, f"{words[0]}ố {tidy(cited.code)}", "Bỏ dấu hai chấm"),
            )


CHECKS = (
    Check("symbol-shape", "citations", ERROR, "Mẫu của số, ký hiệu", _SHAPE, shape),
    Check(
        "symbol-kind", "citations", ERROR, "Tên loại khớp với ký hiệu", "NĐ 30/2020/NĐ-CP, Phụ lục III", kind
    ),
    Check("symbol-marks", "citations", ERROR, "Chữ viết tắt trong ký hiệu đủ dấu", _SHAPE, marks),
    Check(
        "symbol-spacing",
        "citations",
        WARNING,
        "Khoảng trắng, dấu hai chấm trong số, ký hiệu",
        _SHAPE,
        spacing,
    ),
)
