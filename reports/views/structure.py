"""Bố cục: the tree of a report's sections, moved, added, renamed and removed by plain forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from .. import sittings, structure
from ..forms.reports import NewSectionForm, SchemeForm, SectionForm
from ..models import Section
from ..models.outlines import Part
from ..structure import Tree
from .reports import changed, draft_to_change, losses


def tree_context(owner: structure.Owner, focus: str) -> dict[str, Any]:
    """What the tree's template draws: parts with their places; `focus` is the button that was pressed last."""
    places = Tree.of(owner).places()
    parts = [(key, label, [p for p in places if p.section.part == key]) for key, label in Part.choices]
    return {
        "parts": parts,
        "steps": [(key, *words) for key, words in structure.STEPS.items()],
        "focus": _open_button(places, focus),
        "section_count": len(places),
    }


def _open_button(places: list[structure.Place], focus: str) -> str:
    """The button to return to; the section's link where the step is no longer open, as at the top."""
    step, _, pk = focus.partition("-")
    closed = step in structure.STEPS and any(p.key == pk and step not in p.steps for p in places)
    return f"edit-{pk}" if closed else focus


def stepped(request: HttpRequest, owner: structure.Owner, address: str) -> HttpResponse:
    """Takes the step a button named ("up 12") and returns to that button."""
    step, _, pk = request.POST.get("step", "").partition(" ")
    if pk.isdecimal() and len(pk) < 19 and structure.take_step(owner, int(pk), step):
        return redirect(f"{address}?tai={step}-{pk}")
    messages.info(request, "Mục này không chuyển thêm được nữa.")
    return redirect(address)


def place_section(owner: structure.Owner, form: Any) -> None:
    """Saves a section's form; a new part is a move of the whole branch."""
    part = form.cleaned_data.get("part", form.instance.part)
    was = form.initial.get("part", part)
    form.instance.part = was
    form.save()
    if part != was:
        structure.carry(owner, form.instance.pk, part)


def report_structure(request: HttpRequest, pk: int) -> HttpResponse:
    report = draft_to_change(request, pk)
    if request.method == "POST":
        sittings.typed(report, request.user, sittings.STRUCTURE)
        answer = stepped(request, report, reverse("report_structure", args=[pk]))
        changed(report)
        return answer
    context = {
        "report": report,
        "owner": report,
        "scheme_form": SchemeForm(initial={"scheme": report.scheme}),
        "printed": report.sections.exclude(label=None).exclude(label="").count(),
        "add": "section_add",
        "edit": "section_edit",
        "delete": "section_delete",
        **tree_context(report, request.GET.get("tai", "")),
    }
    return render(request, "reports/report_structure.html", context)


def report_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    report = draft_to_change(request, pk)
    form = SchemeForm(request.POST or None)
    if form.is_valid():
        sittings.typed(report, request.user, sittings.STRUCTURE)
        report.scheme = form.cleaned_data["scheme"]
        report.save(update_fields=["scheme"])
        changed(report)
        messages.success(request, "Đã đổi kiểu đánh số.")
    return redirect("report_structure", pk)


def report_renumber(request: HttpRequest, pk: int) -> HttpResponse:
    """Computed labels instead of printed ones: an act of its own, shown before it is done."""
    report = draft_to_change(request, pk)
    if request.method == "POST":
        sittings.typed(report, request.user, sittings.STRUCTURE)
        count = structure.renumber(report)
        changed(report)
        messages.success(request, f"Đã đánh số lại {count} mục.")
        return redirect("report_structure", pk)
    return render(request, "reports/report_renumber.html", {"report": report, "pairs": _relabelled(report)})


def _relabelled(report: Any) -> list[tuple[str, str, Section]]:
    """Label now, label after, section; for those whose label is printed."""
    tree = Tree.of(report)
    before = {pk: section.label for pk, section in tree.by_pk.items()}
    for section in tree.by_pk.values():
        section.label = None if section.label else section.label
    after = tree.labels()
    return [(before[s.pk], after.get(s.pk, ""), s) for s in tree if before[s.pk]]


def section_add(request: HttpRequest, pk: int) -> HttpResponse:
    report = draft_to_change(request, pk)
    form = NewSectionForm(report.sections, request.POST or None, initial={"parent": request.GET.get("trong")})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        section = Section(report=report, heading=asked["heading"], part=asked["part"] or Part.BODY)
        sittings.typed(report, request.user, sittings.STRUCTURE)
        structure.add(report, section, asked["parent"])
        changed(report)
        return redirect(f"{reverse('report_structure', args=[pk])}?tai=edit-{section.pk}")
    context = {"form": form, "report": report, "back": reverse("report_structure", args=[pk])}
    return render(request, "reports/report_section_add.html", context)


def section_edit(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    report = draft_to_change(request, pk)
    row = get_object_or_404(report.sections, pk=section)
    form = SectionForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        sittings.typed(report, request.user, sittings.STRUCTURE)
        place_section(report, form)
        changed(report)
        messages.success(request, "Đã lưu mục.")
        return redirect(f"{reverse('report_structure', args=[pk])}?tai=edit-{section}")
    context = {"form": form, "report": report, "back": reverse("report_structure", args=[pk])}
    return render(request, "reports/report_section.html", context)


def section_delete(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    report = draft_to_change(request, pk)
    row = get_object_or_404(report.sections, pk=section)
    tree = Tree.of(report)
    inside = {found.pk for found in tree.inside(tree.by_pk[section])}
    if request.method == "POST":
        going = [sittings.part_of(tree.by_pk[found]) for found in inside]
        sittings.typed(report, request.user, sittings.STRUCTURE, *going)
        structure.remove(report, row)
        changed(report)
        messages.success(request, "Đã xóa mục.")
        return redirect("report_structure", pk)
    context = {"report": report, "section": row, "losses": losses(report, inside)}
    return render(request, "reports/report_section_delete.html", context)


urlpatterns = [
    path("bao-cao/<int:pk>/bo-cuc/", report_structure, name="report_structure"),
    path("bao-cao/<int:pk>/bo-cuc/kieu/", report_scheme, name="report_scheme"),
    path("bao-cao/<int:pk>/bo-cuc/danh-so-lai/", report_renumber, name="report_renumber"),
    path("bao-cao/<int:pk>/bo-cuc/them/", section_add, name="section_add"),
    path("bao-cao/<int:pk>/bo-cuc/<int:section>/", section_edit, name="section_edit"),
    path("bao-cao/<int:pk>/bo-cuc/<int:section>/xoa/", section_delete, name="section_delete"),
]
