"""A report's life as data: every status, every step, and the sentence that refuses each (NĐ 30 Điều 11-19).

A step is open to a role in some statuses; beyond that, `Standing` tells what else is true of the report and of
the person who asks, and each condition answers with the sentence the officer reads, or "".
The number and date are no status: they are an entry in the register, given in *approved* or in *signed* as the
organization chose, and needed before the seal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a report stands; the values are stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONTENT_CHECKED = "content_checked"
    FORM_CHECKED = "form_checked"
    APPROVED = "approved"
    SIGNED = "signed"
    SEALED = "sealed"
    ISSUED = "issued"
    SENT = "sent"
    RECEIVED = "received"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS: dict[Status, str] = {
    Status.DRAFT: "Đang soạn",
    Status.SUBMITTED: "Đã trình",
    Status.CONTENT_CHECKED: "Đã kiểm tra nội dung",
    Status.FORM_CHECKED: "Đã kiểm tra thể thức",
    Status.APPROVED: "Đã duyệt",
    Status.SIGNED: "Đã ký",
    Status.SEALED: "Đã đóng dấu",
    Status.ISSUED: "Đã phát hành",
    Status.SENT: "Đã gửi",
    Status.RECEIVED: "Nơi nhận đã tiếp nhận",
    Status.REFUSED: "Nơi nhận từ chối",
}

#: Statuses in reading order, for "at least approved" and the like.
ORDER = {status: place for place, status in enumerate(Status)}

DRAFTER, HEAD, CHIEF, CLERK = "drafter", "head", "chief_of_office", "clerk"
LEADER, ADMINISTRATOR = "leader", "administrator"
ROLES = (DRAFTER, HEAD, CHIEF, CLERK, LEADER, ADMINISTRATOR)
#: No role in the ward: whoever answers for the body that the report was sent to.
RECIPIENT = "recipient"
WRITERS = frozenset({DRAFTER, HEAD, CHIEF, CLERK, ADMINISTRATOR})
CHECKERS = frozenset({CHIEF, CLERK})

#: In which the text may change, and who may change it; a checker corrects without becoming the author.
EDITORS: dict[Status, frozenset[str]] = {
    Status.DRAFT: WRITERS,
    Status.SUBMITTED: frozenset({HEAD}),
    Status.CONTENT_CHECKED: CHECKERS,
}
#: Papers that left the office: repaired only by a new paper or a recall (NĐ 30 Điều 18.3, 18.4).
OUT = (Status.ISSUED, Status.SENT, Status.RECEIVED, Status.REFUSED)


def reached(status: str, least: Status) -> bool:
    """Whether a report stands at `least` or beyond."""
    return ORDER[Status(status)] >= ORDER[least]


@dataclass(frozen=True)
class Standing:
    """All that a step asks: the report's status and facts, and the asker's roles and part in it."""

    status: Status = Status.DRAFT
    roles: frozenset[str] = frozenset()
    is_drafter: bool = False
    heads_unit: bool = False  # head or deputy of the drafting unit, or stands in for him
    form_checker: str = CHIEF  # the organization's setting
    number_first: bool = False  # the organization's setting
    numbered: bool = False
    straight: bool = False  # urgent: went past the checks to the leader
    form_seen: bool = False  # the form was checked, before or at the numbering
    checks_stand: bool = False  # reopened after an approval: only the leader looks again
    last_step: str = ""  # the last step that moved the report
    last_by_me: bool = False
    same: bool = True  # the text is the approved one
    right: str = ""  # why the asker may not sign on this day; "" when a right is in force
    signer_right: str = ""  # the same of the person who approved
    is_signer: bool = True  # nobody else is named as the one who signs
    recalled: bool = False
    blocked: str = ""  # what the checks say must be mended before anybody is asked
    unexplained: str = ""  # errors passed over without a written reason


Condition = Callable[[Standing], str]


def _not_the_drafter(at: Standing) -> str:
    return "Người soạn thảo không được duyệt, ký báo cáo do chính mình soạn." if at.is_drafter else ""


def _may_sign(at: Standing) -> str:
    return at.right


def _is_signer(at: Standing) -> str:
    return "" if at.is_signer else "Báo cáo này đã đề xuất người khác ký; đổi người ký trước khi duyệt."


def _nothing_blocks(at: Standing) -> str:
    return at.blocked


def _explained(at: Standing) -> str:
    return at.unexplained


def _does_not_head_the_unit(at: Standing) -> str:
    if at.is_drafter and at.heads_unit:
        return "Bạn phụ trách đơn vị soạn thảo: việc trình của bạn đồng thời là kiểm tra nội dung."
    return ""


def _drafts_as_head(at: Standing) -> str:
    if at.is_drafter and at.heads_unit:
        return ""
    return "Chỉ trưởng, phó đơn vị tự soạn báo cáo mới trình kèm kiểm tra nội dung."


def _heads_unit(at: Standing) -> str:
    return "" if at.heads_unit else "Chỉ trưởng, phó đơn vị soạn thảo kiểm tra nội dung báo cáo này."


def _checks_form(at: Standing) -> str:
    who = {CHIEF: "Chánh Văn phòng", CLERK: "văn thư"}[at.form_checker]
    return "" if at.form_checker in at.roles else f"Đơn vị giao {who} kiểm tra thể thức."


def _checks_do_not_stand(at: Standing) -> str:
    if at.checks_stand:
        return "Báo cáo đã được duyệt trước đó: chỉ trình lại lãnh đạo phần vừa sửa."
    return ""


def _checks_stand(at: Standing) -> str:
    return "" if at.checks_stand else "Chỉ báo cáo đã duyệt rồi mở lại để sửa mới trình thẳng lãnh đạo."


def _went_straight(at: Standing) -> str:
    return "" if at.straight else "Báo cáo chưa qua kiểm tra nội dung và thể thức."


def _mine_to_return(at: Standing) -> str:
    """A paper is returned by whom it waits for; one that went straight waits for the leader."""
    if at.straight and LEADER in at.roles:
        return ""
    if not at.roles & RETURNERS[at.status]:
        return "Báo cáo đang chờ người khác xử lý; chỉ người đó trả lại được."
    match at.status:
        case Status.SUBMITTED:
            return _heads_unit(at)
        case Status.CONTENT_CHECKED:
            return _checks_form(at)
    return ""


def _time_to_number(at: Standing) -> str:
    if at.status is Status.APPROVED and not at.number_first:
        return "Đơn vị cấp số sau khi ký: lãnh đạo ký trước, rồi văn thư cấp số."
    return ""


def _signer_may_sign(at: Standing) -> str:
    return at.signer_right


def _signs_or_records(at: Standing) -> str:
    if at.is_signer or CLERK in at.roles:
        return ""
    return "Chỉ người đã duyệt ký báo cáo này, hoặc văn thư ghi nhận bản đã ký."


def _i_submitted(at: Standing) -> str:
    return _mine(at, SUBMISSIONS, "Chỉ người vừa trình lấy lại được, khi chưa ai xử lý.")


def _i_checked(at: Standing) -> str:
    return _mine(at, CHECKS, "Chỉ người vừa kiểm tra rút lại được, khi chưa ai xử lý tiếp.")


def _mine(at: Standing, steps: tuple[str, ...], sentence: str) -> str:
    return "" if at.last_by_me and at.last_step in steps else sentence


def _same_text(at: Standing) -> str:
    if at.same:
        return ""
    return "Nội dung hiện nay khác bản đã duyệt: mở lại báo cáo và trình lãnh đạo duyệt phần đã đổi."


def _numbered_when_first(at: Standing) -> str:
    if at.number_first and not at.numbered:
        return "Đơn vị cấp số trước khi ký: văn thư cấp số, ngày rồi mới ký."
    return ""


def _not_numbered(at: Standing) -> str:
    return "Báo cáo đã có số trong sổ đăng ký." if at.numbered else ""


def _numbered(at: Standing) -> str:
    return "" if at.numbered else "Chưa có số, ngày: cấp số trước khi đóng dấu."


def _form_seen(at: Standing) -> str:
    if at.form_seen:
        return ""
    return "Báo cáo khẩn chưa được kiểm tra thể thức: kiểm tra và ghi nhận khi cấp số."


def _not_recalled(at: Standing) -> str:
    return "Báo cáo đã bị thu hồi." if at.recalled else ""


@dataclass(frozen=True)
class Step:
    """One act: its button, from which status to which (the same: the status stays), who, and what refuses it."""

    key: str
    label: str
    done: str  # the sentence of history, after the name: "đã trình báo cáo"
    ways: dict[Status, Status]
    roles: frozenset[str]
    refuse: tuple[Condition, ...] = ()
    reason: bool = False  # a written reason is required


def _stays(*statuses: Status) -> dict[Status, Status]:
    return {status: status for status in statuses}


_S = Status
#: Steps after which the sender may take the report back, and checks that may be undone.
SUBMISSIONS = ("submit", "submit_as_head", "submit_urgent", "submit_correction")
CHECKS = ("check_content", "check_form")

_ALL: tuple[Step, ...] = (
    Step(
        "submit",
        "Trình Trưởng phòng",
        "đã trình báo cáo",
        {_S.DRAFT: _S.SUBMITTED},
        WRITERS,
        (_does_not_head_the_unit, _checks_do_not_stand, _nothing_blocks, _explained),
    ),
    Step(
        "submit_as_head",
        "Trình kiểm tra thể thức",
        "đã trình báo cáo; người soạn phụ trách đơn vị nên việc trình đồng thời là kiểm tra nội dung",
        {_S.DRAFT: _S.CONTENT_CHECKED},
        frozenset({HEAD}),
        (_drafts_as_head, _checks_do_not_stand, _nothing_blocks, _explained),
    ),
    Step(
        "submit_urgent",
        "Trình thẳng lãnh đạo (khẩn)",
        "đã trình thẳng lãnh đạo vì khẩn, bỏ qua kiểm tra nội dung và thể thức",
        {_S.DRAFT: _S.SUBMITTED},
        WRITERS,
        (_checks_do_not_stand, _nothing_blocks, _explained),
        reason=True,
    ),
    Step(
        "submit_correction",
        "Trình lãnh đạo phần vừa sửa",
        "đã trình lãnh đạo phần sửa sau khi duyệt; các lần kiểm tra trước vẫn giữ",
        {_S.DRAFT: _S.FORM_CHECKED},
        WRITERS,
        (_checks_stand, _nothing_blocks, _explained),
    ),
    Step(
        "check_content",
        "Đồng ý nội dung, chuyển kiểm tra thể thức",
        "đã kiểm tra nội dung và ký nháy",
        {_S.SUBMITTED: _S.CONTENT_CHECKED},
        frozenset({HEAD}),
        (_heads_unit, _nothing_blocks, _explained),
    ),
    Step(
        "check_form",
        "Đồng ý thể thức, trình ký",
        "đã kiểm tra thể thức và ký nháy",
        {_S.CONTENT_CHECKED: _S.FORM_CHECKED},
        CHECKERS,
        (_checks_form, _nothing_blocks, _explained),
    ),
    Step(
        "approve",
        "Duyệt",
        "đã duyệt",
        {_S.FORM_CHECKED: _S.APPROVED},
        frozenset({LEADER}),
        (_not_the_drafter, _is_signer, _may_sign, _nothing_blocks, _explained),
    ),
    Step(
        "approve_urgent",
        "Duyệt (khẩn)",
        "đã duyệt báo cáo khẩn chưa qua kiểm tra",
        {_S.SUBMITTED: _S.APPROVED, _S.CONTENT_CHECKED: _S.APPROVED},
        frozenset({LEADER}),
        (_went_straight, _not_the_drafter, _is_signer, _may_sign, _nothing_blocks, _explained),
    ),
    Step(
        "return",
        "Trả lại",
        "đã trả lại",
        {_S.SUBMITTED: _S.DRAFT, _S.CONTENT_CHECKED: _S.DRAFT, _S.FORM_CHECKED: _S.DRAFT},
        frozenset({HEAD, CHIEF, CLERK, LEADER}),
        (_mine_to_return,),
        reason=True,
    ),
    Step(
        "take_back",
        "Lấy lại",
        "đã lấy lại báo cáo vừa trình",
        {_S.SUBMITTED: _S.DRAFT, _S.CONTENT_CHECKED: _S.DRAFT, _S.FORM_CHECKED: _S.DRAFT},
        WRITERS,
        (_i_submitted,),
    ),
    Step(
        "undo_check",
        "Rút lại kiểm tra",
        "đã rút lại lần kiểm tra vừa ghi",
        {_S.CONTENT_CHECKED: _S.SUBMITTED, _S.FORM_CHECKED: _S.CONTENT_CHECKED},
        frozenset({HEAD, CHIEF, CLERK}),
        (_i_checked,),
    ),
    Step(
        "reopen",
        "Mở lại để sửa",
        "đã mở lại báo cáo đã duyệt để sửa",
        {_S.APPROVED: _S.DRAFT, _S.SIGNED: _S.DRAFT},
        WRITERS | {LEADER},
        (),
        reason=True,
    ),
    Step(
        "number",
        "Cấp số",
        "đã cấp số, ngày",
        _stays(_S.APPROVED, _S.SIGNED),
        frozenset({CLERK}),
        (_not_numbered, _time_to_number, _same_text, _form_seen),
    ),
    Step(
        "sign",
        "Ghi nhận đã ký",
        "đã ký",
        {_S.APPROVED: _S.SIGNED},
        frozenset({LEADER, CLERK}),
        (_numbered_when_first, _signs_or_records, _signer_may_sign, _same_text),
    ),
    Step(
        "seal",
        "Ghi nhận đã đóng dấu",
        "đã đóng dấu, ký số cơ quan",
        {_S.SIGNED: _S.SEALED},
        frozenset({CLERK}),
        (_numbered, _same_text),
    ),
    Step(
        "issue",
        "Phát hành",
        "đã phát hành",
        {_S.SEALED: _S.ISSUED},
        frozenset({CLERK}),
        (_numbered, _same_text),
    ),
    Step(
        "send",
        "Ghi nhận đã gửi",
        "đã gửi",
        {_S.ISSUED: _S.SENT, _S.REFUSED: _S.SENT, **_stays(_S.SENT, _S.RECEIVED)},
        frozenset({CLERK}),
        (_not_recalled,),
    ),
    Step(
        "receive",
        "Nơi nhận đã tiếp nhận",
        "đã ghi nhận nơi nhận tiếp nhận",
        {_S.SENT: _S.RECEIVED, _S.REFUSED: _S.RECEIVED},
        frozenset({CLERK, RECIPIENT}),
    ),
    Step(
        "refuse",
        "Nơi nhận từ chối",
        "đã ghi nhận nơi nhận từ chối",
        {_S.SENT: _S.REFUSED},
        frozenset({CLERK, RECIPIENT}),
        reason=True,
    ),
    Step(
        "replace",
        "Lập báo cáo thay thế",
        "đã lập báo cáo thay thế",
        _stays(*OUT),
        WRITERS,
        (_not_recalled,),
    ),
    Step(
        "supplement",
        "Lập báo cáo bổ sung",
        "đã lập báo cáo bổ sung",
        _stays(*OUT),
        WRITERS,
        (_not_recalled,),
    ),
    Step(
        "correct_form",
        "Lập công văn đính chính",
        "đã lập công văn đính chính thể thức",
        _stays(*OUT),
        WRITERS,
        (_not_recalled,),
    ),
    Step(
        "recall",
        "Thu hồi",
        "đã thu hồi",
        _stays(*OUT),
        frozenset({CLERK, LEADER}),
        (_not_recalled,),
        reason=True,
    ),
)
STEPS: dict[str, Step] = {step.key: step for step in _ALL}

#: Who may send back what waits in a status; with `straight`, the leader too.
RETURNERS: dict[Status, frozenset[str]] = {
    _S.SUBMITTED: frozenset({HEAD}),
    _S.CONTENT_CHECKED: CHECKERS,
    _S.FORM_CHECKED: frozenset({LEADER}),
}

#: Whose turn it is where no setting decides.
TURNS: dict[Status, frozenset[str]] = {
    _S.DRAFT: frozenset({DRAFTER}),
    _S.SUBMITTED: frozenset({HEAD}),
    _S.FORM_CHECKED: frozenset({LEADER}),
    **dict.fromkeys((_S.SIGNED, _S.SEALED, _S.ISSUED, _S.SENT, _S.REFUSED), frozenset({CLERK})),
}


def next_status(step: Step, status: str) -> Status | None:
    """Where the step leads from a status; None when it is not open there."""
    return step.ways.get(Status(status))


def asks_reason_for_errors(step: Step) -> bool:
    """Whether the step hands on a text whose errors need one written reason."""
    return _explained in step.refuse


def refusals(step: Step, at: Standing) -> Iterator[str]:
    """Every reason why the step is refused, as sentences; none: the button lives."""
    if next_status(step, at.status) is None:
        yield f"“{step.label}” không dùng được khi báo cáo ở tình trạng “{at.status.label}”."
    elif not at.roles & step.roles:
        yield f"Vai trò của bạn không dùng được “{step.label}”."
    else:
        yield from filter(None, (condition(at) for condition in step.refuse))


def may(step: Step, at: Standing) -> bool:
    """Whether nothing refuses the step."""
    return next(refusals(step, at), None) is None


def open_steps(at: Standing) -> list[Step]:
    """The steps a person sees as buttons: open in this status to one of his roles, refused or not."""
    return [step for step in _ALL if next_status(step, at.status) is not None and at.roles & step.roles]


def may_edit(at: Standing) -> str:
    """ "" when the asker may change the text now, else the sentence that says why not."""
    editors = EDITORS.get(at.status)
    if at.status in OUT:
        return "Báo cáo đã phát hành nên không sửa được; xem “Sửa báo cáo đã phát hành” để biết cách đúng."
    if editors is None:
        return f"Báo cáo ở tình trạng “{at.status.label}” nên không sửa được; trả lại hoặc mở lại để sửa."
    if not at.roles & editors:
        return "Báo cáo đang chờ người khác xử lý nên bạn không sửa được; người đã trình có thể lấy lại."
    if at.status is Status.SUBMITTED:
        return _heads_unit(at)
    return _checks_form(at) if at.status is Status.CONTENT_CHECKED else ""


def waits_for(at: Standing) -> frozenset[str]:
    """The roles whose turn it is; empty when nobody's (received)."""
    if at.straight and at.status in (Status.SUBMITTED, Status.CONTENT_CHECKED):
        return frozenset({LEADER})
    if at.status is Status.CONTENT_CHECKED:
        return frozenset({at.form_checker})
    if at.status is Status.APPROVED:
        return frozenset({CLERK if at.number_first and not at.numbered else LEADER})
    return TURNS.get(at.status, frozenset())


def diagram() -> str:
    """The statuses and steps that move a report, as a mermaid state diagram: README shows it, a test compares."""
    moves = [(status, to, step) for step in _ALL for status, to in step.ways.items() if status is not to]
    lines = ["stateDiagram-v2", f"    [*] --> {Status.DRAFT}"]
    pairs: dict[tuple[Status, Status], list[str]] = {}
    for status, to, step in moves:
        pairs.setdefault((status, to), []).append(step.key)
    lines += [f"    {status} --> {to}: {', '.join(keys)}" for (status, to), keys in pairs.items()]
    return "\n".join([*lines, f"    {Status.RECEIVED} --> [*]"])
