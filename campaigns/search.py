"""Finding words with or without tone marks: one folding for both databases, kept in a column."""

import re
import unicodedata
from typing import Any

from django.db import models

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Lower-case letters without marks, đ as d, white space as one blank: "Nhị Chiểu" -> "nhi chieu".

    Without the character 0, which PostgreSQL holds in no text.
    """
    letters = unicodedata.normalize("NFD", text.replace("\x00", ""))
    bare = "".join(ch for ch in letters if not unicodedata.combining(ch))
    return _SPACES.sub(" ", bare.replace("đ", "d").replace("Đ", "D").casefold()).strip()


class FoldedField(models.TextField[str, str]):
    """A search column that fills itself from other columns whenever a row is saved.

    `of`: attribute names, folded and joined by a blank. bulk_create fills it too; QuerySet.update() does not.
    """

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        super().__init__(*args, **{**kwargs, "editable": False, "default": "", "blank": True})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("editable", "default", "blank"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = fold(" ".join(str(getattr(model_instance, name) or "") for name in self.of))
        setattr(model_instance, self.attname, value)
        return value


class SearchQuerySet(models.QuerySet[Any]):
    """Rows with a `search` column."""

    def matching(self, words: str) -> "SearchQuerySet":
        """Rows that hold every word, in any order, tone marks or not."""
        rows = self
        for word in fold(words).split():
            rows = rows.filter(search__contains=word)
        return rows
