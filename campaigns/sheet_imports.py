"""A table's way into the registers: received, checked row by row without writing, then written whole or not at all."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from . import events
from .models import ImportState, SheetImport
from .models.owned import Actor
from .sheets import SHEETS, workbook
from .sheets.base import Planned, Sheet, Table, digest

#: Rows that are checked or written while the officer waits; more go to the worker.
AT_ONCE = 500
#: Rows told one by one in the event; the import itself keeps all of them.
TOLD = 200
FAILED = "Có lỗi khi xử lý tệp này. Hãy thử lưu lại tệp bằng Excel, hoặc báo người quản trị."
MOVED_ON = "Sổ đã thay đổi từ lúc kiểm tra nên chưa ghi. Hãy xem lại các thay đổi rồi xác nhận lần nữa."
logger = logging.getLogger(__name__)


def receive(actor: Actor, key: str, name: str, content: bytes) -> SheetImport:
    """Keeps the file; a small table is checked at once, a long one by the worker."""
    from . import tasks

    row = SheetImport(organization=actor.organization, by=actor.user, sheet=key, name=name[-150:])
    row.file.save("bang.xlsx", ContentFile(content), save=False)
    row.total = _rows_of(row)
    row.save()
    if row.total <= AT_ONCE:
        check(row)
    else:
        transaction.on_commit(lambda: tasks.check_sheet.enqueue(row.pk))
    return row


def _rows_of(row: SheetImport) -> int:
    """About how many rows there are, told by the file itself; 0 when it does not say or cannot be opened."""
    with row.file.open("rb") as file:
        return workbook.about_rows(file)


def actor_of(row: SheetImport) -> Actor:
    return Actor(row.by, row.organization, frozenset())


def check(row: SheetImport) -> None:
    """The dry run: every fault and every change is kept with the row; nothing is written to a register."""
    row.error = ""
    try:
        table, planned = _planned(row)
    except ValidationError as error:
        row.state, row.error = ImportState.FAILED, " ".join(error.messages)[:300]
        row.save()
        return
    except Exception:
        logger.exception("checking sheet import %s", row.pk)
        row.state, row.error = ImportState.FAILED, FAILED
        row.save()
        return
    _keep(row, table, planned)
    row.save()


def _planned(row: SheetImport) -> tuple[Table, list[Planned]]:
    sheet, table = SHEETS[row.sheet], _table(row)
    planned = sheet.plan(actor_of(row), table)
    _check_fields(sheet, table, planned)
    return table, planned


def _table(row: SheetImport) -> Table:
    """The file read; what the register says of it comes with the plan."""
    with row.file.open("rb") as file:
        lines = workbook.lines(file)
    row.total = len(lines)
    return SHEETS[row.sheet].read(lines, lambda done: _progress(row, done))


def _progress(row: SheetImport, done: int) -> None:
    if row.state == ImportState.CHECKING:
        SheetImport.objects.filter(pk=row.pk).update(done=done, total=row.total)


def _check_fields(sheet: Sheet, table: Table, planned: Sequence[Planned]) -> None:
    """What the fields themselves refuse (lengths, choices); keys of other rows were found, not typed."""
    for plan in planned:
        keys = {field.name for field in plan.target._meta.concrete_fields if field.is_relation}
        try:
            plan.target.clean_fields(exclude=keys)
        except ValidationError as error:
            for key, words in error.message_dict.items():
                sheet.fault(table, plan.row, key, " ".join(words))


def _keep(row: SheetImport, table: Table, planned: Sequence[Planned]) -> None:
    faults = sorted(table.faults, key=lambda fault: (fault.row, fault.column))
    row.done = row.total
    row.faults = [fault.told() for fault in faults]
    row.changes = [plan.told() for plan in planned]
    row.plan = digest(row.changes)
    row.state = ImportState.FAULTY if row.faults else ImportState.CHECKED


def confirm(row: SheetImport) -> bool:
    """Starts the writing once, however often the button is pressed; whether this was the time."""
    from . import tasks

    waiting = SheetImport.objects.filter(pk=row.pk, state=ImportState.CHECKED)
    if not waiting.update(state=ImportState.APPLYING, error=""):
        return False
    row.state = ImportState.APPLYING
    if row.total <= AT_ONCE:
        apply(row)
    else:
        transaction.on_commit(lambda: tasks.apply_sheet.enqueue(row.pk))
    return True


def again(row: SheetImport) -> None:
    """Starts over what a stopped worker left undone. A writing still under way finds itself overtaken and gives up."""
    from . import tasks

    busy = SheetImport.objects.filter(pk=row.pk, state__in=(ImportState.CHECKING, ImportState.APPLYING))
    if busy.update(state=ImportState.CHECKING, done=0):
        transaction.on_commit(lambda: tasks.check_sheet.enqueue(row.pk))


def apply(row: SheetImport) -> None:
    """Writes all of it in one transaction, if it is still what was shown; nothing otherwise.

    The file is read before the transaction begins, so that others wait for the writing alone.
    """
    written = False
    try:
        table = _table(row)
        with transaction.atomic():
            written = _write(SheetImport.objects.select_for_update().get(pk=row.pk), table)
    except Exception:
        logger.exception("writing sheet import %s", row.pk)
    if not written:
        _give_back(row)


def _write(row: SheetImport, table: Table) -> bool:
    """Whether it was written, now or by an earlier press; the plan must be the one that was shown."""
    if row.state != ImportState.APPLYING:
        return row.state == ImportState.APPLIED
    planned = SHEETS[row.sheet].plan(actor_of(row), table)
    if table.faults or digest([plan.told() for plan in planned]) != row.plan:
        return False
    SHEETS[row.sheet].write(actor_of(row), planned)
    _tell(row)
    row.state, row.applied_at = ImportState.APPLIED, timezone.now()
    row.save(update_fields=["state", "applied_at"])
    return True


def _give_back(row: SheetImport) -> None:
    """After a writing that did not happen: checked anew, so that the officer sees why."""
    row.refresh_from_db()
    check(row)
    row.error = row.error or MOVED_ON
    row.save(update_fields=["error"])


def counts(row: SheetImport) -> Counter[str]:
    return Counter(change["act"] for change in row.changes)


def _tell(row: SheetImport) -> None:
    """One event for the whole table, with what changed row by row as far as a reader can look it over."""
    told: dict[str, dict[str, str]] = {"before": {}, "after": {}}
    changed = [change for change in row.changes if change["act"] != "same"]
    for change in changed[:TOLD]:
        for label in change["after"]:
            line = f"Dòng {change['row']}, {change['name'][:80]}: {label}"
            told["before"][line] = change["before"].get(label, "")
            told["after"][line] = change["after"][label]
    number = counts(row)
    head: dict[str, Any] = {
        "sort": SHEETS[row.sheet].title.lower(),
        "key": row.pk,
        "name": f"{row.name}, thêm {number['add']}, sửa {number['change']}",
    }
    before, after = ({**head, "fields": told[side]} for side in ("before", "after"))
    events.record("import_sheet", row.by, row.organization, before=before, after=after)
