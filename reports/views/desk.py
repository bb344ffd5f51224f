"""The drafting desk's small requests: one block again, a choice between two texts, a deletion undone, who is here."""

from __future__ import annotations

import re
from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from campaigns import gate
from campaigns.models.organizations import WRITERS

from .. import desk, drafting, pasting, wording
from ..blocks import KINDS
from ..models import Block, DeletedBlock, Variant
from .drafting import BLOCKS, SECTIONS, draft_of, parted
from .reports import require_open

_TAB = re.compile("[0-9a-f-]{8,36}")


@require_GET
def block_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one block as it is saved now."""
    block = gate.fetch_to_change(request, BLOCKS, pk)
    require_open(request, block.section.report)
    if block.kind not in KINDS:
        raise Http404
    return _block(request, block)


def _block(request: HttpRequest, block: Block) -> HttpResponse:
    draft = draft_of(block, wording.words_of(block.section.report, [block]))
    return render(request, "reports/blocks/_block.html", {"draft": draft, "may_change": True})


@require_POST
def variant_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The writer chooses: his own text, or the saved one."""
    rows = Variant.objects.filter(by=request.user, settled_at=None)
    variant = gate.fetch_to_change(request, rows, pk)
    block = BLOCKS.get(pk=variant.block_id)
    require_open(request, block.section.report)
    variant.block = block
    try:
        kept = desk.choose(variant, request.user, own=request.POST.get("choice") == "own")  # type: ignore[arg-type]
    except drafting.Overtaken as overtaken:
        draft = parted(overtaken.block, variant)
        context = {"draft": draft, "may_change": True}
        return render(request, "reports/blocks/_block.html", context, status=409)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('section', args=[block.section_id])}#doan-{block.pk}")
    response = _block(request, kept)
    response["HX-Trigger"] = "block-saved"
    return response


@require_POST
def deleted_put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo of a deletion."""
    rows = DeletedBlock.objects.select_related("section__report__organization")
    deleted = gate.fetch_to_change(request, rows, pk)
    require_open(request, deleted.section.report)
    block = desk.put_back(deleted, request.user)  # type: ignore[arg-type]
    messages.success(request, "Đã đưa đoạn vừa xóa trở lại.")
    return redirect(f"{reverse('section', args=[block.section_id])}#doan-{block.pk}")


@require_POST
def section_here(request: HttpRequest, pk: int) -> HttpResponse:
    """A tab says it is open, and hears who else is there and which version each block has."""
    section = gate.fetch(request, SECTIONS, pk)
    tab, block = request.POST.get("tab", ""), request.POST.get("block", "")
    if not _TAB.fullmatch(tab):
        return JsonResponse({"error": "tab"}, status=400)
    if "left" in request.POST:
        desk.left(section, request.user, tab)  # type: ignore[arg-type]
        return HttpResponse(status=204)
    number = int(block) if block.isascii() and block.isdigit() and len(block) < 19 else None
    others = desk.seen(section, request.user, tab, number)  # type: ignore[arg-type]
    people = [
        {"who": "Bạn, ở thẻ khác" if row.user_id == request.user.pk else str(row.user), "block": row.block}
        for row in others
    ]
    versions = dict(section.blocks.values_list("pk", "version"))
    return JsonResponse({"others": people, "versions": versions})


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """A pasted passage, cleaned, with what was changed and what the registers know of it."""
    gate.require(request, *WRITERS)
    html, text = request.POST.get("html", ""), request.POST.get("text", "")
    if max(len(html), len(text)) > pasting.LONGEST * 5:
        return JsonResponse({"error": "Đoạn dán quá dài; dùng “Nạp báo cáo cũ (Word)”."}, status=413)
    made = pasting.paste(request.actor.organization, html, text)  # type: ignore[attr-defined]
    return JsonResponse(asdict(made))


urlpatterns = [
    path("dan/", paste, name="paste"),
    path("doan/<int:pk>/", block_form, name="block_form"),
    path("ban-viet/<int:pk>/chon/", variant_choose, name="variant_choose"),
    path("doan-da-xoa/<int:pk>/dua-lai/", deleted_put_back, name="deleted_put_back"),
    path("muc/<int:pk>/dang-mo/", section_here, name="section_here"),
]
