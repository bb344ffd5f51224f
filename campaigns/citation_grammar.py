"""How citations are written: the patterns of numbers, symbols, days, issuers and the words between them."""

from __future__ import annotations

import re

from .kinds import CODES, KINDS

#: Kinds that are known by their name instead of a symbol.
LAWS = ("hiến pháp", "bộ luật", "luật", "pháp lệnh")
_CAPITALS = "A-ZĐÂÊÔƠƯĂ"
#: UBND, TTg, QH15, 17h00, CVT<NN, QĐ.UB: capitals and digits, at most two small letters together
_WORD = (
    rf"(?:[{_CAPITALS}\d](?:[{_CAPITALS}\d]|(?<=[{_CAPITALS}])[a-z]{{1,2}}(?![a-z])|h(?=\d)"
    rf"|[.&<+](?=[{_CAPITALS}\d])){{0,40}})(?!\w)"
)
_TWO_CAPITALS = f"(?=[{_CAPITALS}]{{2}})"
_DASH = "[-–—‑]"
_TIGHT = rf"(?:{_DASH}|/)"
_LOOSE = rf"(?:\s+{_TIGHT}\s*|{_TIGHT}\s+)"
#: BC-UBND, KL/TW, "KH-\nUBND", "VP - QTTV", QH16 and "QH 15"; "UBND - Phòng" ends after UBND
_REST = rf"(?:{_TIGHT}{_WORD}|{_LOOSE}{_TWO_CAPITALS}{_WORD})*"
#: One more word in capitals may close a symbol: CV/ĐTN CCQ
_LAST = rf"(?:[ ](?!THE|BAN|CỘNG)[{_CAPITALS}]{{2,6}}(?=\s*(?:$|[,;.)\n]|ngày|của|về|V/v)))?"
_COPY = rf"(?:\([{_CAPITALS}]{{1,6}}\))?"  # UBND-KT(VX)
SYMBOL = rf"(?:(?:QH|UBTVQH)\s?\d+\b|(?=[{_CAPITALS}]){_WORD}{_REST}{_COPY})"
_CODED = rf"(?:{'|'.join(sorted(CODES, key=len, reverse=True))})(?!\w)"
_DIGITS = r"(?<![\w./-])(?<!\d:)\d{1,6}[a-zđ]{0,2}(?![^\W_]|\.\d)"
_YEAR = r"(?:\s*/\s*(?:19|20)\d{2})?(?!\d)"
NUMBER = rf"{_DIGITS}{_YEAR}"
#: "Nghị định 30", but no "kế hoạch 5 năm" or "báo cáo 6 tháng"
SHORT_NUMBER = rf"{NUMBER}(?!\s*(?:năm|tháng|ngày|quý|tuần|giờ|người|%)(?!\w))"
BLANK = r"[.…_]*"


def _spoken(words: str) -> str:
    """A name whose words may stand on two lines, in either of the two ways to set the tone."""
    either = words.replace("ủy", "(?:ủy|uỷ)").replace("thỏa", "(?:thỏa|thoả)")
    return r"\s+".join(either.split(" "))


_NAMES = "|".join(_spoken(name) for name in sorted(KINDS, key=len, reverse=True))
_SHORT = "|".join(sorted({*CODES, "VB"} - {"SL", "TC", "PA", "DA", "PC", "PB", "PG"}, key=len, reverse=True))
KIND = rf"(?<!\w)(?:(?P<kind>(?i:{_NAMES}))|(?P<abbreviation>{_SHORT}))(?!\w)"
#: Up to three words may tell more of the kind: "Công văn hỏa tốc số", "Kế hoạch hành động số"
_SMALL = "a-zđáàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"
_URGENT = (
    rf"(?:(?<!uật)(?<!lệnh)(?<!pháp)(?:\s+(?!số|ngày|của|do|này|trên|và)[{_SMALL}]+){{1,3}}?"
    rf"(?=\s+[Ss]ố\s*:?\s*[\d….-]))?"
)
_NO = r"(?:(?:mang|có)\s+)?(?:[Ss][ốỐ])(?:\s+hiệu)?\s*[:.]?(?:\s*[Ss]ố\s*[:.]?){0,2}"

#: The head of a citation: kind if any, "số" if any, number and symbol. At least one of the two forms must match.
HEAD = re.compile(
    rf"""(?:{KIND}{_URGENT}\s*[:,]?\s*(?={_NO}|\d))?   # Kế hoạch, "BC 590/…"
    (?:{_NO}\s*)?
    (?:
      (?P<number>{NUMBER})\s*/\s*(?P<state>{SYMBOL})                       # 98/KH-UBND
    | (?P<party_number>{_DIGITS})\s*{_DASH}\s*(?P<party>(?=[{_CAPITALS}])(?:{_CODED}{_REST}|{_WORD}\s*/\s*{_WORD}{_REST}){_LAST})  # 06-KH/ĐU
    | (?P<old_number>{_DIGITS})\s*{_DASH}\s*(?P<old>{_TWO_CAPITALS}{_WORD})   # Nghị định số 64-CP
    )""",
    re.VERBOSE,
)
#: Forms that only count after "số" or the name of a kind.
LOOSE_HEAD = re.compile(
    rf"""(?:{KIND}{_URGENT}\s*[:,]?\s*)?(?:{_NO}\s*)
    (?:
      (?P<glued_number>(?<![\w./-])\d{{1,6}})(?P<glued>{_CODED}\s*(?:/|{_DASH})\s*{_WORD}{_REST})   # 01CĐ/BCH
    | (?P<spaced_number>{_DIGITS})\s+(?P<spaced>(?=[{_CAPITALS}]){_WORD}\s*/\s*{_WORD}{_REST})     # 6 LTC/HĐNN
    | {BLANK}\s*(?:/|{_DASH})\s*(?P<blank>{_TWO_CAPITALS}{SYMBOL})               # …/KH-UBND, - CT/ĐU
    | (?P<only>{NUMBER})(?!\s*[-/.,%]?\d)                                          # Quyết định số 749
    )""",
    re.VERBOSE,
)

_D, _M, _Y = r"\d{1,2}", r"\d{1,2}", r"(?:19|20)\d{2}"
_BLANKS = r"[.…_\s]*"
_CUT = r"\s*[/.‐-]\s*"
DATE = re.compile(
    rf"""(?:
      ngày\s*(?P<y1>{_Y})-(?P<m1>\d\d)-(?P<d1>\d\d)
    | ngày\s*(?P<d2>{_D}|{_BLANKS}){_CUT}(?P<m2>{_M}|{_BLANKS}){_CUT}(?P<y2>{_Y}|\d\d)(?!\d)
    | ngày\s*(?P<d3>{_D}|{_BLANKS})\s*tháng\s*(?P<m3>{_M}|{_BLANKS})\s*(?:năm|tháng|[,/.-])?\s*(?P<y3>{_Y})(?!\d)
    | ngày\s*(?P<d4>{_D})(?:{_CUT}|\s*tháng\s*)(?P<m4>{_M})(?!\d)
    | tháng\s*(?P<m5>{_M})\s*(?:năm|[/.,-])?\s*(?P<y5>{_Y})(?!\d)
    | năm\s*(?P<y6>{_Y})(?!\d)
    | ngày\s*(?P<d8>{_BLANKS})(?:/|tháng)(?P<m8>{_BLANKS})(?:(?:/|năm)(?P<y8>{_BLANKS}))?(?=$|[\s,;)])
    | (?P<d7>{_D})[/.-](?P<m7>{_M})[/.-](?P<y7>{_Y})(?!\d)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
#: What may stand between number and day, or day and issuer: ", ", " (", " ký ngày", "Long Hồ, ngày".
BEFORE_DATE = re.compile(
    r"\s*[,;]?\s*\(?\s*(?:(?:được\s+)?(?:Quốc\s+hội\s+)?(?:ký|ban\s+hành|đề|phát\s+hành|lập|thông\s+qua)\s+)?"
)
PLACE = re.compile(r"\s*,?\s*[^\W\da-z][\w. ]{1,40}?,\s*(?=ngày)")
BEFORE_ISSUER = re.compile(r"\s*,?\s*(?:do|của|giữa)\s+", re.IGNORECASE)
BEFORE_SUBJECT = re.compile(
    r"(?:\s+hồi\s+[^,;.]{3,30}?phút)?\s*[,:-]?\s*\(?(?:về\s+việc|v/v|về)(?!\w)\s*:?\s*", re.IGNORECASE
)

ORGAN = (
    r"(?:Ủy\s+ban|Uỷ\s+ban|UBND|UBMTTQ|UB|HĐND|Hội|Hội\s+đồng|Bộ|Ban|BTV|BCH|BCĐ|Sở|Ngân\s+hàng|Đảng|Thành\s+ủy|Tỉnh\s+ủy|"
    r"Thành\s+uỷ|Tỉnh\s+uỷ|Huyện\s+ủy|Quận\s+ủy|Thị\s+ủy|Đoàn|Công\s+đoàn|Liên\s+đoàn|Mặt\s+trận|MTTQ|Phòng|Văn\s+phòng|"
    r"Thường\s+trực|Chính\s+phủ|Thủ\s+tướng|Quốc\s+hội|Chủ\s+tịch|Công\s+an|Quân\s+khu|Cục|Chi\s+cục|Tổng|Viện|Trường|"
    r"Trung\s+tâm|Trung\s+ương|Kho\s+bạc|Thanh\s+tra|Tòa\s+án|Toà\s+án|Kiểm\s+toán|Bảo\s+hiểm|BHXH|Chi\s+bộ|Tiểu\s+ban|Tổ|"
    r"TTYT|BCHQS|Hiệp\s+hội|Bệnh\s+viện|Tập\s+đoàn|Công\s+ty|Đài|Học\s+viện|Đại\s+học|Trưởng|Trạm|Hạt|Thuế)(?!\w)"
)
#: Verbs that open a subject with nothing before them: "… của Bộ Tư pháp hướng dẫn thi hành …".
_ACTS = (
    "thực hiện|triển khai|ban hành|quy định|hướng dẫn|phê duyệt|sửa đổi|công bố|công nhận|thành lập|kiện toàn|"
    "tăng cường|giao|điều chỉnh|đề nghị|yêu cầu|đôn đốc|bãi bỏ|thông qua|kết luận|phát động|cho phép|cho ý kiến|"
    "chấn chỉnh|khắc phục|bổ nhiệm|khen thưởng|phân công|phân cấp|phân bổ|phân khai|ủy quyền|tổng kết|sơ kết|xin ý kiến|"
    "góp ý|trả lời|cụ thể hóa|cụ thể hoá|tiếp tục|đẩy mạnh|nâng cao|hủy bỏ|thay thế|quán triệt|rà soát|phê chuẩn|"
    "chấp thuận|lấy ý kiến|gia hạn|quyết định|thu hồi|chỉ đạo|đính chính|báo cáo|hưởng ứng|tiếp thu|chuẩn bị|cử|"
    "tập trung|chủ động|ứng phó|bầu|miễn nhiệm|xác nhận|đồng ý|cấm|tạm dừng|khẩn trương|kịp thời|ra quân"
)
#: The same, and others that are also parts of organs' names ("Viện … kinh tế xây dựng", "Ủy ban Kiểm tra").
_MORE = (
    "tổ chức|xây dựng|phối hợp|tuyên truyền|hỗ trợ|kiểm tra|bảo đảm|đảm bảo|phát triển|cung cấp|xử lý|giải quyết|"
    "bổ sung|công khai|thẩm định|mời|tham gia|phòng, chống|quản lý|đăng ký|đổi mới|cải cách"
)
#: Acts written with a capital that no organ's name holds.
_CAPITAL_ACTS = "Quy định|Ban hành|Phê duyệt|Sửa đổi|Hướng dẫn|Triển khai|Thực hiện|Tăng cường|Đẩy mạnh|Công bố|Thành lập|Kiện toàn"
ACT = re.compile(rf"\s+(?=(?:{_spoken(_ACTS)}|{_spoken(_CAPITAL_ACTS)}|gửi)(?!\w))")
OPENS_SUBJECT = re.compile(rf"\s+(?=(?i:{_spoken(_ACTS)}|{_spoken(_MORE)})(?!\w))")
#: A body whose name holds an act: "Ban Chỉ đạo thực hiện Đề án 06".
NAMED_BY_ACT = re.compile(
    r"(?i:ban\s+chỉ\s+đạo|tổ\s+công\s+tác|tổ\s+giúp\s+việc|tiểu\s+ban|tổ\s+biên\s+tập|hội\s+đồng|ban\s+tổ\s+chức|tổ|ban)$"
)
#: Words that end a name in running text.
STOPS = re.compile(
    r"\s+(?=(?:đã|đang|sẽ|được|bị|có|là|nêu|tại|theo|để|nhằm|khi|thì|mà|như|nên|đến|từ|gửi|trên|với|cho|này|nói|ra|"
    r"do|các|những|trong|gồm|bao|còn|vẫn|không|chưa|cũng|vừa|nhưng|hoặc|tổng\s+hợp|kinh\s+phí|"
    r"nội\s+dung|và\s+(?:tham\s+mưu|thực\s+hiện|chỉ\s+đạo|đã|yêu\s+cầu|triển\s+khai|tổ\s+chức|các)|qua|thuộc|kèm)(?!\w))"
)
#: Commas inside the name of a law or organ.
INSIDE_COMMA = re.compile(
    r",\s+(?:chống|giảm|bổ\s+sung|an\s+toàn|sử\s+dụng|bia|chữa\s+cháy|cứu|vật\s+liệu|công\s+cụ|lệ\s+phí|nhập\s+cảnh|"
    r"xuất\s+cảnh|quá\s+cảnh|cư\s+trú|công\s+nghệ|công\s+chức|viên\s+chức|thay\s+thế|hỗ\s+trợ|trật\s+tự|phòng|thương\s+binh)"
    r"(?!\w)"
)
LAW = re.compile(rf"(?<!\w)(?<!pháp )(?P<law>(?i:{'|'.join(map(_spoken, LAWS))}))\s+(?=[^\W\d_])")
ITEM = re.compile(r"\n\s*(?:[-+•*–]\s|\d{1,2}[.)]\s|[a-zđ]\)\s|\n)")
#: "Ngày 28/7/2020, Sở Xây dựng có |văn bản số …": the clause before a head that ends in such a verb.
ISSUED = re.compile(
    r"\s+(?:(?:đã|có|vừa|cũng|tiếp\s+tục|kịp\s+thời|chủ\s+động|ký|xây\s+dựng|tham\s+mưu|và)\s+)*"
    r"(?:ban\s+hành|có|gửi|ra|ký|phát\s+hành|xây\s+dựng|trình|thông\s+qua)(?:\s+(?:các|một|những))?\s*$"
)
OF_KIND = re.compile(
    rf"(?<!\w)(?P<kind>(?i:{_NAMES}))\s+(?:do|của)\s+(?P<issuer>{ORGAN}[^.;:()\n]{{0,150}}?)\s*,?\s*$"
)
