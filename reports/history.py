"""History in sentences: who did what to a report or to the registers, when, why, and what changed in it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from campaigns import events
from campaigns.citations import format_date
from campaigns.events import Act
from campaigns.models import Chain, Event, User

from . import sittings
from .differences import Piece, pieces
from .lifecycle import LABELS as STATUSES
from .lifecycle import STEPS
from .models import Report

#: Acts on a report: the steps of its life, then those that move no status. Acts on registers: campaigns.events.
ACTS: dict[str, Act] = {
    **{step.key: Act(step.done) for step in STEPS.values()},
    "begin": Act("đã lập dự thảo"),
    "write": Act("đã sửa {labels}"),
    "bring_in": Act("đã nạp văn bản cũ từ tệp {name}"),
    "enter_issued": Act("đã ghi vào báo cáo {number} phát hành trước đó"),
    "choose_signer": Act("đã đề xuất người ký: {signer}"),
    "comment": Act("đã nêu ý kiến"),
    "advise": Act("đã ghi lại ý kiến qua điện thoại"),
    "resolve": Act("đã đánh dấu ý kiến là đã xử lý"),
    "unresolve": Act("đã mở lại một ý kiến"),
    "assign": Act("đã giao viết một mục"),
    "hand_over": Act("đã bàn giao việc của {name}"),
    "plan_hand_over": Act("đã lập bàn giao việc của {name}"),
    "withdraw_hand_over": Act("đã bỏ bàn giao việc của {name}"),
    "give_number": Act("đã cấp số {name}"),
    "complete_entry": Act("đã ghi thêm vào sổ đăng ký, số {name}"),
    "cite_entry": Act("đã đưa {name} vào danh mục văn bản để trích dẫn"),
    "ask_void": Act("đã đề nghị hủy số {name}"),
    "withdraw_void": Act("đã rút đề nghị hủy số {name}"),
    "confirm_void": Act("đã xác nhận hủy số {name}"),
    "ask_back_dating": Act("đã đề nghị ghi lùi ngày trong sổ {name}"),
    "queue_sending": Act("đã chuyển hồ sơ gửi tới {recipient}"),
    "sending_code": Act("đã ghi trạng thái của {recipient}: {code}"),
    "arrive": Act("đã nhận báo cáo {name} của {sender}"),
    "answer_arrival": Act("đã trả lời báo cáo {name} của {sender}: {code}"),
    "ask_back_arrival": Act("đã ghi: {sender} yêu cầu lấy lại báo cáo {name}"),
    "add_token": Act("đã cấp khóa kết nối cho {name}"),
    "end_token": Act("đã thu hồi khóa kết nối của {name}"),
    "add_connection": Act("đã ghi kết nối tới {name}"),
    "end_connection": Act("đã bỏ kết nối tới {name}"),
    "publish": Act("đã tải bản công khai"),
    "confirm_back_dating": Act("đã đồng ý ghi lùi ngày trong sổ {name}"),
}

#: What the keys of `before` and `after` are called beside the fields of forms; "" is told elsewhere.
LABELS: dict[str, str] = {
    "status": "Tình trạng",
    "edition": "Mã bản (SHA-256)",
    "number": "Số",
    "dated": "Ngày",
    "signer": "Người ký",
    "explanation": "Giải trình",
    "channel": "Cách làm",
    "happened_at": "Lúc",
    "note": "Ghi chú",
    "skipped": "Bước bỏ qua",
    "round": "Lần trình",
    "text": "Nội dung",
    "words": "Về những chữ",
    "given_by": "Người cho ý kiến",
    "assignee": "Người viết",
    "drafter": "Người soạn thảo",
    "from_day": "Từ ngày",
    "moved": "Đã chuyển",
    "recipient": "Nơi nhận",
    "code": "Trạng thái",
    "sender": "Nơi gửi",
    "sha256": "SHA-256",
    "initial": "Ký nháy",
    "right": "Quyền ký",
    "undone": "Rút lại",
    "draft": "",
    "changed": "",
    "section": "Mục",
    "due": "Hạn",
    "began_at": "Bắt đầu lúc",
    "chain": "Lịch sử của dự thảo",
    "head": "Mã băm cuối",
    **dict.fromkeys(("fields", "sort", "key", "name"), ""),
}
#: Labels of changed parts named in a sentence before the rest is only counted.
NAMED = 3
#: Letters up to which a value is shown before and after, longer ones as one text with its differences.
SHORT = 60
EMPTY = "(bỏ trống)"


def begin(report: Report, by: User | None) -> None:
    """The first event of a report; inside the transaction that makes it."""
    events.record("begin", by, report.organization, report.pk, after={"name": report.subject_line})


def forget(report: Report, by: User) -> None:
    """Says in the organization's chain that a draft is about to be deleted, and where its own chain ends."""
    sittings.close(report)
    chain = events.chain_of(report.organization, report.pk)
    before = {"name": report.subject_line, "chain": chain, "head": events.head(chain)}
    events.record("delete_report", by, report.organization, before=before)


@dataclass(frozen=True)
class Change:
    """One field before and after, with the pieces of text kept, taken out and put in."""

    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Told:
    """One event as the page shows it."""

    event: Event
    who: str
    sentence: str
    changes: tuple[Change, ...] = field(default=())

    @property
    def day(self) -> datetime.date:
        return timezone.localtime(self.event.at).date()


def tell(event: Event) -> Told:
    """An event in words. An act nobody knows any more is told by its key."""
    act = ACTS.get(event.act) or events.ACTS.get(event.act) or Act(f"đã làm “{event.act}”")
    found = tuple(_changes(event))
    shown = _Shown({**(event.before or {}), **(event.after or {}), "labels": _named(event)})
    who = " ".join(filter(None, (event.by_name or "Ứng dụng", event.behalf and f"({event.behalf})")))
    return Told(event, who, act.words.format_map(shown).strip(), found)


class _Shown(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def _named(event: Event) -> str:
    """The parts that changed, each once: a field of a part ("Thể thức: kính gửi") is told as its part."""
    labels = list(dict.fromkeys(label.partition(": ")[0] for label in (event.after or {}).get("fields", {})))
    words = ", ".join(f"“{label}”" for label in labels[:NAMED])
    return words + (f" và {len(labels) - NAMED} phần khác" if len(labels) > NAMED else "")


def _changes(event: Event) -> Iterator[Change]:
    before, after = event.before or {}, event.after or {}
    for key in {**before, **after}:
        label = LABELS.get(key, key)
        if label and before.get(key) != after.get(key):
            yield Change(label, _words(key, before.get(key)), _words(key, after.get(key)))
    was, became = before.get("fields", {}), after.get("fields", {})
    for label in {**was, **became}:
        old, new = str(was.get(label, "")), str(became.get(label, ""))
        if not (event.before and event.after):
            yield Change(label, old, new)
        elif max(len(old), len(new)) <= SHORT and "\n" not in old + new:
            yield Change(label, old or EMPTY, new or EMPTY)
        else:
            yield Change(label, old, new, tuple(pieces(old, new)))


def _words(key: str, value: Any) -> str:
    if value is None:
        return ""
    if key == "status":
        return next((label for status, label in STATUSES.items() if status == value), str(value))
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {inner}" for name, inner in value.items())
    return _moment(value) if key.endswith(("_at", "_on", "due", "dated")) else str(value)


def _moment(value: Any) -> str:
    """A day or an hour as it is read here; anything else as it is."""
    text = str(value)
    try:
        if len(text) == len("2026-05-19"):
            return format_date(datetime.date.fromisoformat(text))
        found = parse_datetime(text)
    except ValueError:
        return text
    if found is None or timezone.is_naive(found):
        return text
    local = timezone.localtime(found)
    return f"{local:%H:%M} {format_date(local.date())}"


# --- out of the app -----------------------------------------------------------------------------------

ABOUT = " ".join(
    """
    Mỗi sự kiện nối với sự kiện trước bằng mã băm. Cách kiểm tra: bỏ khóa "hash" của sự kiện; ghi phần còn lại
    thành JSON với các khóa xếp theo thứ tự ở mọi cấp, không khoảng trắng thừa, giữ nguyên chữ có dấu, mã UTF-8
    (Python: json.dumps(x, sort_keys=True, separators=(",", ":"), ensure_ascii=False)); SHA-256 của dãy byte đó,
    dạng thập lục phân chữ thường, phải bằng "hash". "previous" là "hash" của sự kiện ngay trước ("" ở sự kiện
    đầu); "sequence" đếm từ 1; "hash" của sự kiện cuối là "head". "at" là giờ UTC.
    """.split()
)


def exported(chain: str) -> Iterator[str]:
    """A chain as JSON text, piece by piece: how to verify it, its head and length, then every event."""
    held = Chain.objects.filter(pk=chain).first()
    head, length = (held.head, held.length) if held else ("", 0)
    opening = {"about": ABOUT, "chain": chain, "head": head, "length": length}
    yield json.dumps(opening, ensure_ascii=False, indent=1)[:-2] + ',\n "events": ['
    rows = Event.objects.filter(chain=chain, sequence__lte=length).order_by("sequence")
    for event in rows.iterator(chunk_size=200):
        start = "\n  " if event.sequence == 1 else ",\n  "
        yield start + json.dumps(events.written(event), ensure_ascii=False, sort_keys=True)
    yield "\n ]\n}\n"
