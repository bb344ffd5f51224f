"""Forms of blocks: a few fields above, and rows an officer adds, moves and removes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from . import prose, richtext

MOST_ROWS = 500
PICKED = 10**18  # ids above that no database gives


@dataclass(frozen=True)
class RowField:
    """A field of a row. `sort`: "text" one line, "prose" words with mentions, "pick" an id, "choice" a key."""

    name: str
    label: str
    sort: Literal["text", "prose", "pick", "choice"] = "text"
    longest: int = 300
    choices: tuple[tuple[str, str], ...] = ()
    target: str = ""  # what is picked: paper, team or figure
    default: str = ""
    rare: bool = False  # shown behind "Cách in", until it holds something

    def clean(self, typed: str) -> Any:
        """What is stored; ValidationError says what is wrong."""
        match self.sort:
            case "pick":
                return _picked(typed)
            case "prose":
                return prose.checked(typed, prose.LONGEST_LINE)
            case "choice":
                return self._chosen(typed)
        text = richtext.tidy(typed).strip()
        if len(text) > self.longest:
            raise ValidationError(f"Dài {len(text)} ký tự, tối đa {self.longest} ký tự.")
        return text

    def _chosen(self, typed: str) -> str:
        if typed not in dict(self.choices):
            raise ValidationError("Chọn một giá trị trong danh sách.")
        return typed


def _picked(typed: str) -> int | None:
    text = typed.strip()
    if not text:
        return None
    if not 0 < (picked := richtext.whole(text, 0, PICKED)) < PICKED:
        raise ValidationError("Chọn lại bằng nút Chọn.")
    return picked


@dataclass
class Cell:
    """A field of one row as the page shows it."""

    field: RowField
    value: Any
    id: str
    name: str
    error: str = ""
    words: str = ""

    @property
    def config(self) -> str:
        """The editor's offer for a row, as JSON."""
        return prose.LINE_CONFIG

    @property
    def options(self) -> SafeString:
        return _options(self.field.choices, str(self.value))


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """The options of a select: few lists, drawn once for many rows."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, mark_safe(" selected") if key == chosen else "", label) for key, label in choices),
    )


@dataclass
class Row:
    """A row as the page shows it."""

    number: int
    usual: list[Cell] = field(default_factory=list)
    rare: list[Cell] = field(default_factory=list)

    @property
    def opened(self) -> bool:
        return any(cell.error or cell.value != cell.field.default for cell in self.rare)


Words = Callable[[str, str], "str | None"]


class BlockForm(forms.Form):
    """Fields of a block bound to its content; `row_fields` when it has rows."""

    row_fields: ClassVar[tuple[RowField, ...]] = ()
    add_label: ClassVar[str] = "Thêm dòng"
    use_required_attribute = False

    def __init__(
        self, data: Any = None, *, content: dict[str, Any], words_of: Words | None = None, **kwargs: Any
    ):
        super().__init__(data, initial=content, **kwargs)
        self.words_of: Words = words_of or (lambda ref, form: None)
        self.row_errors: dict[tuple[int, str], str] = {}
        self._typed = self._from_data() if self.is_bound else self._from_content(content)
        for name, made in self.fields.items():
            if isinstance(made, prose.ProseField) and isinstance(content.get(name), str):
                self.initial = {**self.initial, name: prose.with_words(content[name], self.words_of)}

    # rows, as typed ---------------------------------------------------------------------------------

    def _from_content(self, content: dict[str, Any]) -> list[dict[str, Any]]:
        stored = content.get("rows")
        return [row for row in stored if isinstance(row, dict)] if isinstance(stored, list) else []

    def _from_data(self) -> list[dict[str, Any]]:
        """Rows in the order of the page: each field comes as a list, as long as there are rows."""
        read = getattr(self.data, "getlist", lambda name: [self.data[name]] if name in self.data else [])
        columns = {at.name: read(self.add_prefix(f"row-{at.name}")) for at in self.row_fields}
        count = min(max(map(len, columns.values()), default=0), MOST_ROWS + 1)
        return [
            {name: values[at] if at < len(values) else "" for name, values in columns.items()}
            for at in range(count)
        ]

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed, unjudged, in the shape of a content: only to look its mentions up."""
        rows = [{at.name: self._guess(at, row) for at in self.row_fields} for row in self._typed]
        return {**{name: self.data.get(self.add_prefix(name), "") for name in self.fields}, "rows": rows}

    def _guess(self, made: RowField, row: dict[str, Any]) -> Any:
        try:
            return made.clean(str(row.get(made.name) or ""))
        except ValidationError:
            return None

    def rearrange(self, act: str) -> None:
        """Does to the rows what a button without script asks: "add", or "up", "down", "remove" and a number."""
        step, _, number = act.partition("-")
        at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
        rows = self._typed
        if step == "add":
            rows.append({})
        elif step == "remove" and 0 <= at < len(rows):
            del rows[at]
        elif step in ("up", "down") and 0 <= at < len(rows):
            to = min(max(at + (1 if step == "down" else -1), 0), len(rows) - 1)
            rows.insert(to, rows.pop(at))

    @property
    def has_rows(self) -> bool:
        return bool(self.row_fields)

    @property
    def rows(self) -> list[Row]:
        """Rows to show; one blank row invites when there is none."""
        if not self.row_fields:
            return []
        return [self._row(at, row) for at, row in enumerate(self._typed or [{}])]

    @property
    def blank_row(self) -> Row:
        """What the page copies for a row more."""
        return self._row(0, {}, "new")

    def _row(self, at: int, typed: dict[str, Any], suffix: str = "") -> Row:
        cells = [self._cell(made, at, typed, suffix or str(at)) for made in self.row_fields]
        return Row(at + 1, [at for at in cells if not at.field.rare], [at for at in cells if at.field.rare])

    def _cell(self, made: RowField, at: int, typed: dict[str, Any], suffix: str) -> Cell:
        value = typed.get(made.name, made.default)
        name = self.add_prefix(f"row-{made.name}")
        error = self.row_errors.get((at, made.name), "") if suffix != "new" else ""
        cell = Cell(made, "" if value is None else value, f"id_{name}-{suffix}", name, error)
        if made.sort == "pick" and value:
            cell.words = (
                self.words_of(f"{made.target}:{value}", "full" if made.target == "paper" else "name") or ""
            )
        elif made.sort == "prose" and not self.is_bound:
            cell.value = prose.with_words(str(cell.value), self.words_of)
        return cell

    # saving -----------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.row_fields:
            return cleaned
        if len(self._typed) > MOST_ROWS:
            raise ValidationError(f"Một đoạn có tối đa {MOST_ROWS} dòng; hãy tách thành nhiều đoạn.")
        cleaned["rows"] = [kept for at, row in enumerate(self._typed) if (kept := self._kept(at, row))]
        for place, error in self.row_errors.items():
            self.add_error(None, self._told(place, error))
        return cleaned

    def _told(self, place: tuple[int, str], error: str) -> str:
        label = next(made.label for made in self.row_fields if made.name == place[1])
        return f"Dòng {place[0] + 1}, {label}: {error}"

    @property
    def summary(self) -> Iterator[tuple[str, str]]:
        """Every error with the id of its field, "" for one of the whole form."""
        for bound in self:
            for error in bound.errors:
                yield bound.id_for_label, f"{bound.label}: {error}"
        rows = {self._told(place, error): place for place, error in self.row_errors.items()}
        for error in self.non_field_errors():
            place = rows.get(str(error))
            yield f"id_{self.add_prefix(f'row-{place[1]}')}-{place[0]}" if place else "", str(error)

    def _kept(self, at: int, typed: dict[str, Any]) -> dict[str, Any] | None:
        """A row's values, None for a blank row."""
        kept: dict[str, Any] = {}
        for made in self.row_fields:
            try:
                kept[made.name] = made.clean(str(typed.get(made.name) or ""))
            except ValidationError as error:
                self.row_errors[at, made.name] = error.messages[0]
                kept[made.name] = typed[made.name]
        filled = any(kept[made.name] for made in self.row_fields if made.sort != "choice")
        return kept if filled else None

    @property
    def content(self) -> dict[str, Any]:
        """What a valid form stores."""
        return dict(self.cleaned_data)
