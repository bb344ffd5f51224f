"""Outlines: list, the tree of one, its sections; reports copy them and may then differ."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from campaigns import changes
from campaigns.gate import fetch, fetch_to_change, require, visible
from campaigns.models.organizations import WRITERS

from .. import structure
from ..forms.outlines import OutlineForm, OutlineSectionForm
from ..forms.reports import NewSectionForm
from ..models import Outline, OutlineSection
from ..models.outlines import Part
from ..structure import Tree
from .structure import place_section, stepped, tree_context

ON_A_PAGE = 20


def rows() -> QuerySet[Outline]:
    return Outline.objects.select_related("campaign")


def _told(request: HttpRequest, found: Outline) -> AbstractContextManager[None]:
    """What is done to an outline and its sections inside is one event."""
    return changes.told(request.actor, found, _sections)


def _sections(found: Outline) -> dict[str, str]:
    """The sections as lines: indented, with label, heading, guidance and closing question."""
    lines = []
    for place in Tree.of(found).places():
        section = place.section
        named = f"{place.label} {section.heading or section.get_part_display()}".strip()
        words = " | ".join(filter(None, (named, section.guidance, section.question)))
        lines.append("\u2003" * place.depth + " ".join(words.split()))
    return {"Các mục": "\n".join(lines)}


def outline_list(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:200].replace("\x00", "").strip()
    found = visible(request, rows().annotate(section_count=Count("sections")).order_by("name"))
    found = found.filter(name__icontains=words) if words else found
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/outline_list.html", {"page": page, "q": words})


def outline(request: HttpRequest, pk: int) -> HttpResponse:
    """The tree; a POST moves a section."""
    if request.method == "POST":
        found = fetch_to_change(request, rows(), pk)
        with _told(request, found):
            return stepped(request, found, reverse("outline", args=[pk]))
    found = fetch(request, rows(), pk)
    context = {
        "outline": found,
        "owner": found,
        "add": "outline_section_add",
        "edit": "outline_section_edit",
        "delete": "outline_section_delete",
        **tree_context(found, request.GET.get("tai", "")),
    }
    return render(request, "reports/outline_detail.html", context)


def outline_add(request: HttpRequest) -> HttpResponse:
    require(request, *WRITERS)
    form = OutlineForm(request.actor.organization, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with _told(request, form.instance):
            found = form.save()
        messages.success(request, "Đã tạo đề cương. Thêm các mục của đề cương.")
        return redirect("outline", found.pk)
    return render(request, "reports/outline_form.html", {"form": form})


def outline_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch_to_change(request, rows(), pk)
    form = OutlineForm(request.actor.organization, request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with _told(request, found):
            form.save()
        messages.success(request, "Đã lưu đề cương.")
        return redirect("outline", pk)
    return render(request, "reports/outline_form.html", {"form": form, "outline": fetch(request, rows(), pk)})


def outline_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """An outline that a letter asks for stays; reports made from it keep their sections."""
    found = fetch_to_change(request, rows(), pk)
    letters = found.requests.select_related("paper")
    if request.method == "POST":
        try:
            with transaction.atomic():
                gone = changes.content(found, _sections)
                found.delete()
                changes.record_delete(request.actor, gone)
        except ProtectedError:
            messages.error(request, "Đề cương đang được công văn dùng nên không xóa được.")
            return redirect("outline_delete", pk)
        messages.success(request, "Đã xóa đề cương.")
        return redirect("outline_list")
    context = {"outline": found, "letters": letters, "places": Tree.of(found).places()}
    return render(request, "reports/outline_delete.html", context)


def outline_section_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch_to_change(request, rows(), pk)
    form = NewSectionForm(found.sections, request.POST or None, initial={"parent": request.GET.get("trong")})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        section = OutlineSection(outline=found, heading=asked["heading"], part=asked["part"] or Part.BODY)
        with _told(request, found):
            structure.add(found, section, asked["parent"])
        return redirect("outline_section_edit", pk, section.pk)
    context = {"form": form, "outline": found, "back": reverse("outline", args=[pk])}
    return render(request, "reports/outline_section_add.html", context)


def outline_section_edit(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    found = fetch_to_change(request, rows(), pk)
    row = get_object_or_404(found.sections.select_related("outline"), pk=section)
    form = OutlineSectionForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with _told(request, found):
            place_section(found, form)
        messages.success(request, "Đã lưu mục của đề cương.")
        return redirect(f"{reverse('outline', args=[pk])}?tai=edit-{section}")
    context = {"form": form, "outline": found, "back": reverse("outline", args=[pk])}
    return render(request, "reports/outline_section.html", context)


def outline_section_delete(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    found = fetch_to_change(request, rows(), pk)
    row = get_object_or_404(found.sections, pk=section)
    if request.method == "POST":
        with _told(request, found):
            structure.remove(found, row)
        messages.success(request, "Đã xóa mục của đề cương.")
        return redirect("outline", pk)
    tree = Tree.of(found)
    inside = {below.pk for below in tree.inside(tree.by_pk[section])}
    places = [place for place in tree.places() if place.section.pk in inside]
    context = {"outline": found, "section": row, "places": places}
    return render(request, "reports/outline_section_delete.html", context)


urlpatterns = [
    path("de-cuong/", outline_list, name="outline_list"),
    path("de-cuong/them/", outline_add, name="outline_add"),
    path("de-cuong/<int:pk>/", outline, name="outline"),
    path("de-cuong/<int:pk>/sua/", outline_edit, name="outline_edit"),
    path("de-cuong/<int:pk>/xoa/", outline_delete, name="outline_delete"),
    path("de-cuong/<int:pk>/them-muc/", outline_section_add, name="outline_section_add"),
    path("de-cuong/<int:pk>/muc/<int:section>/", outline_section_edit, name="outline_section_edit"),
    path("de-cuong/<int:pk>/muc/<int:section>/xoa/", outline_section_delete, name="outline_section_delete"),
]
