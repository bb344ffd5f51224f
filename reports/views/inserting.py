"""The insert menu's search: papers, figures, ratios and headcounts by a few words, tone marks or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_GET

from campaigns import gate
from campaigns.models import Indicator, Paper, Team
from campaigns.models.indicators import Measure
from reports import facts as registers
from reports import wording
from reports.document.nodes import MISSING, Mention
from reports.document.numbering import Wordings
from reports.models import Report, Section

MOST = 20
Found = dict[str, str]

#: What the menu offers: key, label, the register searched, the forms put into the sentence with their names.
MENU: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "paper": ("Văn bản", "paper", (("", ""),)),
    "figure": ("Số liệu", "figure", (("value", ""),)),
    "ratio": ("Tỷ lệ", "figure", (("percent", "tỷ lệ"), ("ratio", "tỷ số"))),
    "headcount": ("Số thành viên", "team", (("headcount", "số thành viên"),)),
    "team": ("Tổ", "team", (("name", ""),)),
}
REGISTERS: dict[str, Any] = {"paper": Paper, "figure": Indicator, "team": Team}


@require_GET
def insert_search(request: HttpRequest, pk: int) -> JsonResponse:
    """At most 20 results as JSON; `kind` a key of MENU, `q` words in any order."""
    section = gate.fetch(request, Section.objects.select_related("report"), pk)
    kind = request.GET.get("kind", "")
    if kind not in MENU:
        return JsonResponse({"error": "Không có loại này.", "results": []}, status=400)
    rows = _rows(request, kind, request.GET.get("q", "")[:200])
    return JsonResponse({"results": list(_results(section.report, kind, rows))[:MOST]})


def _rows(request: HttpRequest, kind: str, words: str) -> list[Any]:
    rows: Any = gate.visible(request, REGISTERS[MENU[kind][1]]).matching(words)
    if kind == "ratio":
        rows = rows.filter(measure__in=(Measure.RATIO, Measure.PERCENT))
    return list(rows[:MOST])


def _results(report: Report, kind: str, rows: Iterable[Any]) -> Iterator[Found]:
    register, forms = MENU[kind][1], MENU[kind][2]
    rows = list(rows)
    named = [Mention(register, str(row.pk)) for row in rows]  # type: ignore[arg-type]
    wordings = registers.wordings(registers.gather(report, named))
    for row in rows:
        for form, name in forms:
            yield _result(wordings, f"{register}:{row.pk}", form, name, row)


def _result(wordings: Wordings, ref: str, form: str, name: str, row: Any) -> Found:
    """`words` goes into the sentence; `title` and `hint` tell the results apart."""
    words = wording.words_in(wordings, ref, form)
    if ref.startswith("paper:"):
        return {
            "ref": ref,
            "form": form,
            "words": words or MISSING,
            "title": str(row),
            "hint": row.full_citation,
        }
    title = f"{row} ({name})" if name else str(row)
    hint = "" if form == "name" else words or "chưa có số liệu"
    return {"ref": ref, "form": form, "words": words or MISSING, "title": title, "hint": hint}


urlpatterns = [path("muc/<int:pk>/chen/", insert_search, name="insert_search")]
