"""“Dán viện dẫn”: one citation fills the form of a paper, a whole list becomes a table to confirm."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from .. import events
from ..citations import full
from ..forms.citing import TOO_MANY, CitedFormSet, CitedRows, CiteForm, initial_of
from ..forms.owned import CHANGED_MEANWHILE
from ..gate import require, visible
from ..models import Paper
from ..models.organizations import WRITERS
from ..models.owned import Actor
from ..pasted import Pasted, papers_in
from ..register import known_papers

LONGEST_ADDRESS = 1500  # letters of a citation that still travels in an address


def paper_cite(request: HttpRequest) -> HttpResponse:
    """The box; what was pasted into it leads to a paper, to the form of a new one, or to the table."""
    require(request, *WRITERS)
    form = CiteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "campaigns/paper_cite.html", {"form": form})
    rows = papers_in(form.cleaned_data["text"])
    if len(rows) == 1 and rows[0].citation:
        return _alone(request, rows[0])
    table = CitedFormSet(actor=_actor(request), initial=[_first(row) for row in rows], prefix="rows")
    if len(rows) > table.max_num:
        form.add_error("text", TOO_MANY)
    elif not any(row.citation for row in rows):
        form.add_error("text", "Không thấy văn bản nào. Hãy dán cả loại, số và ký hiệu.")
    if form.errors:
        return render(request, "campaigns/paper_cite.html", {"form": form})
    table.mark_known()
    for row in table:
        row.initial["keep"] = row.known is None and bool(row.initial["kind"])
    return _table(request, table)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _alone(request: HttpRequest, row: Pasted) -> HttpResponse:
    citation = row.citation
    assert citation  # noqa: S101  asked by the caller
    known = known_papers(visible(request, Paper), [citation])[0]
    if known:
        messages.info(request, f"{known} đã có trong sổ.")
        return redirect("paper_detail", known.pk)
    words = row.words if len(row.words) <= LONGEST_ADDRESS else full(citation)[:LONGEST_ADDRESS]
    return redirect(f"{reverse('paper_add')}?{urlencode({'vien-dan': words})}")


def _first(row: Pasted) -> dict[str, Any]:
    """A row as read; what is not understood shows its words and waits to be filled by hand."""
    return {**(initial_of(row.citation) if row.citation else {"kind": ""}), "words": row.words[:3000]}


@require_POST
def paper_cite_save(request: HttpRequest) -> HttpResponse:
    """Saves the ticked rows of the table, all or none."""
    require(request, *WRITERS)
    table = CitedFormSet(request.POST, actor=_actor(request), prefix="rows")
    if not table.is_valid():
        return _table(request, table)
    papers = table.kept()
    if not papers:
        messages.info(request, "Chưa đánh dấu văn bản nào nên sổ không đổi.")
        return _table(request, table)
    try:
        _save(_actor(request), papers)
    except IntegrityError:
        messages.error(request, CHANGED_MEANWHILE)
        return _table(request, table)
    messages.success(request, f"Đã ghi {len(papers)} văn bản vào sổ.")
    return redirect("paper_list")


def _save(actor: Actor, papers: list[Paper]) -> None:
    """One transaction and one event for the whole list."""
    assert actor.organization  # noqa: S101  writers belong somewhere
    with transaction.atomic():
        Paper.objects.bulk_create(papers)
        told = {f"Văn bản {place}": paper.full_citation for place, paper in enumerate(papers, 1)}
        name = f"{len(papers)} văn bản từ danh sách viện dẫn"
        after = {"sort": "văn bản", "key": None, "name": name, "fields": told}
        events.record("add", actor.user, actor.organization, after=after)


def _table(request: HttpRequest, table: CitedRows) -> HttpResponse:
    shown = {
        "formset": table,
        "new": sum(bool(form.known is None) for form in table),
        "total": len(table.forms),
    }
    return render(request, "campaigns/paper_cite_table.html", shown)


urlpatterns = [
    path("van-ban/dan/", paper_cite, name="paper_cite"),
    path("van-ban/dan/ghi/", paper_cite_save, name="paper_cite_save"),
]
