"""The register of papers: list, one paper with where it is used, add, edit, delete, file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from ..citations import read
from ..forms.citing import initial_of
from ..forms.filters import PaperFilter
from ..forms.lookup import label_of, papers_named
from ..forms.papers import LinkFormSet, PaperForm
from ..gate import fetch, fetch_to_change, require, visible
from ..models import Paper, PaperLink
from ..models.organizations import WRITERS
from .deleting import delete_page
from .files import stored_file
from .listing import page_of
from .saving import posted, posted_files, settle_with_rows
from .uses import report_uses


def paper_list(request: HttpRequest) -> HttpResponse:
    narrowed = PaperFilter(request.GET, visible(request, Paper), request=request)
    page = page_of(request, narrowed.qs)
    return render(request, "campaigns/paper_list.html", {"filter": narrowed, "page": page})


def paper_suggest(request: HttpRequest) -> JsonResponse:
    """Up to 12 papers for what was typed so far, as the words the paper field accepts."""
    words = request.GET.get("q", "")[:500].replace("\x00", "")
    found = papers_named(visible(request, Paper), words) if words.strip() else []
    return JsonResponse({"labels": [label_of(paper) for paper in found]})


def paper_detail(request: HttpRequest, pk: int) -> HttpResponse:
    paper = fetch(request, Paper, pk)
    links = visible(request, PaperLink)
    shown = {
        "paper": paper,
        "links": links.filter(source=paper).select_related("target"),
        "linked_from": links.filter(target=paper).select_related("source"),
        "teams": paper.teams.order_by("name", "id")[:100],
        "team_count": paper.teams.count(),
        "uses": report_uses(paper),
    }
    return render(request, "campaigns/paper_detail.html", shown)


def paper_add(request: HttpRequest) -> HttpResponse:
    require(request, *WRITERS)
    return _paper_form(request, Paper(), _pasted(request.GET.get("vien-dan", "")[:3000]))


def _pasted(words: str) -> dict[str, Any]:
    """What a citation pasted before says, for the boxes of a new paper."""
    citation = read(words.replace("\x00", "")) if words else None
    return initial_of(citation) if citation else {}


def paper_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _paper_form(request, fetch_to_change(request, Paper, pk))


def _paper_form(request: HttpRequest, paper: Paper, initial: dict[str, Any] | None = None) -> HttpResponse:
    actor, data, files = request.actor, posted(request), posted_files(request)  # type: ignore[attr-defined]
    form = PaperForm(data, files, instance=paper, actor=actor, initial=initial)
    rows = LinkFormSet(
        data,
        instance=paper,
        prefix="links",
        queryset=PaperLink.objects.select_related("target"),
        form_kwargs={"actor": actor},
    )
    if request.method == "POST" and settle_with_rows(form, rows):
        messages.success(request, f"Đã lưu {paper}.")
        return redirect("paper_detail", paper.pk)
    return render(request, "campaigns/paper_form.html", {"form": form, "formset": rows, "paper": paper})


def paper_delete(request: HttpRequest, pk: int) -> HttpResponse:
    paper = fetch_to_change(request, Paper, pk)
    losses = ("tệp đính kèm" if paper.file else "",)
    back = reverse("paper_detail", args=[pk])
    return delete_page(request, paper, losses=losses, back=back, done=reverse("paper_list"))


def paper_file(request: HttpRequest, pk: int) -> FileResponse:
    paper = fetch(request, Paper, pk)
    return stored_file(paper.file, paper.code or "van-ban")


urlpatterns = [
    path("van-ban/", paper_list, name="paper_list"),
    path("van-ban/goi-y/", paper_suggest, name="paper_suggest"),
    path("van-ban/them/", paper_add, name="paper_add"),
    path("van-ban/<int:pk>/", paper_detail, name="paper_detail"),
    path("van-ban/<int:pk>/sua/", paper_edit, name="paper_edit"),
    path("van-ban/<int:pk>/xoa/", paper_delete, name="paper_delete"),
    path("van-ban/<int:pk>/tep/", paper_file, name="paper_file"),
]
