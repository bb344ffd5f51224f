"""Writing one section: the task list, the forms of its blocks, their saving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns import gate
from reports import desk, drafting, review, wording, workflow
from reports.blocks import KINDS, Kind, prose
from reports.blocks.forms import BlockForm
from reports.models import Block, Report, Section, Variant
from reports.models.reports import SectionState
from reports.structure import Tree

from .reports import may_change, require_open

SECTIONS = Section.objects.select_related("report__organization")
BLOCKS = Block.objects.select_related("section__report__organization", "changed_by")


@dataclass
class Draft:
    """A block with its form as the page shows them."""

    block: Block
    kind: Kind
    form: BlockForm
    saved: bool = False
    printed: str = ""  # the block as it prints, for who only reads
    theirs: str = ""  # the plain words someone else saved meanwhile
    variant: Variant | None = None  # what the asker wrote beside them, `own` in plain words
    own: str = ""

    @property
    def anchor(self) -> str:
        return f"doan-{self.block.pk}"


def draft_of(block: Block, words_of: Any, data: Any = None, **more: Any) -> Draft:
    """A block with its form, mentions in words."""
    kind = KINDS[block.kind]
    form = kind.form(data, content=block.content, words_of=words_of, prefix=f"b{block.pk}")
    return Draft(block, kind, form, **more)


# --- the page -----------------------------------------------------------------------------------------


@require_GET
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one section."""
    found = gate.fetch(request, SECTIONS, pk)
    return _page(request, found)


def _page(
    request: HttpRequest, found: Section, instead: Draft | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The whole page; `instead` takes the place of its block, with what was typed."""
    blocks = [block for block in found.blocks.select_related("changed_by") if block.kind in KINDS]
    context = _context(request, found)
    if context["may_change"]:
        waiting = desk.waiting(found, request.user)  # type: ignore[arg-type]
        drafts = _drafts(found.report, blocks, instead)
        for at, block in enumerate(blocks):
            if block.pk in waiting:
                drafts[at] = parted(block, waiting[block.pk])
        context["deleted"] = desk.deleted_lately(found)
    else:
        shown = wording.printed(found.report, blocks)
        drafts = [draft_of(block, None, printed=text) for block, text in zip(blocks, shown, strict=True)]
    context["comments"] = review.comments(found.report, found)
    context |= {"drafts": drafts, "refusal": refusal, "kinds": KINDS.values()}
    media = KINDS["narrative"].form(content={}).media
    return render(request, "reports/section.html", context | {"media": media}, status=status)


def _drafts(report: Report, blocks: list[Block], instead: Draft | None) -> list[Draft]:
    words_of = wording.words_of(report, blocks)
    return [
        instead if instead and instead.block.pk == block.pk else draft_of(block, words_of) for block in blocks
    ]


def _context(request: HttpRequest, found: Section) -> dict[str, Any]:
    report = found.report
    tasks = Tree.of(report).places()
    at = next(index for index, task in enumerate(tasks) if task.section.pk == found.pk)
    return {
        "section": found,
        "report": report,
        "tasks": tasks,
        "place": tasks[at],
        "following": tasks[at + 1].section if at + 1 < len(tasks) else None,
        "states": SectionState.choices,
        "may_change": may_change(request, report),
        "locked": workflow.may_edit(report, request.actor),  # type: ignore[attr-defined]
    }


def _back(block: Block) -> HttpResponseRedirect:
    return redirect(f"{reverse('section', args=[block.section_id])}#doan-{block.pk}")


# --- blocks -------------------------------------------------------------------------------------------


def _to_change(request: HttpRequest, pk: int) -> Block:
    """A block of a draft that the asker may write; 404 for a kind that is no longer there."""
    block = gate.fetch_to_change(request, BLOCKS, pk)
    require_open(request, block.section.report)
    if block.kind not in KINDS:
        raise Http404
    return block


@require_POST
def block_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves one block; with errors the form comes back with all that was typed."""
    block = _to_change(request, pk)
    kind = KINDS[block.kind]
    form = kind.form(request.POST, content=block.content, prefix=f"b{pk}")
    form.words_of = wording.words_of(block.section.report, [block], kind.mentions(form.typed))
    if act := request.POST.get("rows", ""):
        form.rearrange(act)
        form._errors = ErrorDict()  # nothing is judged before it is saved
        return _answer(request, Draft(block, kind, form))
    if not form.is_valid():
        return _refused(request, Draft(block, kind, form))
    try:
        kept = drafting.save_block(block, form.content, request.user, _version(request))
    except ValidationError as error:
        form.add_error(None, error)
        return _refused(request, Draft(block, kind, form))
    except drafting.Overtaken as overtaken:
        variant = desk.overtaken(overtaken.block, request.user, form.content)  # type: ignore[arg-type]
        return _answer(request, parted(overtaken.block, variant), status=409)
    if autosaves(request):
        return _saved(request, kept, form, begun=block.section.state == SectionState.NOT_STARTED)
    words_of = wording.words_of(kept.section.report, [kept])
    return _answer(
        request, draft_of(kept, words_of, saved=True), begun=block.section.state == SectionState.NOT_STARTED
    )


def autosaves(request: HttpRequest) -> bool:
    """Whether the page saves by itself: it wants a few words back and keeps its form."""
    return request.headers.get("X-Autosave") == "1"


def _saved(request: HttpRequest, kept: Block, form: BlockForm, begun: bool) -> JsonResponse:
    """What the page shows beside the form; `changed`: the stored text differs from what was sent."""
    at = timezone.localtime(kept.changed_at)
    sent = {name: request.POST.get(form.add_prefix(name), "") for name in form.fields}
    changed = any(prose.changed(sent[name], str(kept.content.get(name, ""))) for name in sent)
    return JsonResponse(
        {"version": kept.version, "words": f"Đã lưu lúc {at:%H:%M}", "changed": changed, "begun": begun}
    )


def _refused(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A form with errors: the sentences alone for a page that saves by itself."""
    if autosaves(request):
        return JsonResponse({"errors": [text for _, text in draft.form.summary]}, status=422)
    return _answer(request, draft, status=422)


def parted(block: Block, variant: Variant) -> Draft:
    """A block of which two texts wait for a choice, both in plain words."""
    report = block.section.report
    kind = KINDS[block.kind]
    mine = Block(pk=block.pk, section=block.section, kind=block.kind, content=variant.content)
    form = kind.form(None, content=block.content, prefix=f"b{block.pk}")
    theirs, own = wording.plain_text(block, report), wording.plain_text(mine, report)
    return Draft(block, kind, form, theirs=theirs, variant=variant, own=own)


def _version(request: HttpRequest) -> int:
    """The version the form was opened with; a form without one overtakes nobody."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _answer(request: HttpRequest, draft: Draft, status: int = 200, begun: bool = False) -> HttpResponse:
    """The block's fragment for htmx; else the page again, or a redirect after a save."""
    if not request.htmx and not autosaves(request):  # type: ignore[attr-defined]
        if draft.saved:
            return _back(draft.block)
        return _page(request, draft.block.section, instead=draft, status=status)
    context: dict[str, Any] = {"draft": draft, "may_change": True}
    if begun:
        draft.block.section.refresh_from_db(fields=["state"])
        context |= _context(request, draft.block.section) | {"begun": True}
    response = render(request, "reports/blocks/_block.html", context, status=status)
    if draft.saved:
        response["HX-Trigger"] = "block-saved"
    return response


@require_POST
def block_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new block at the end of a section."""
    found = gate.fetch_to_change(request, SECTIONS, pk)
    require_open(request, found.report)
    try:
        block = drafting.add_block(found, request.POST.get("kind", ""), request.user)
    except ValidationError as error:
        return _page(request, found, refusal=error.messages[0], status=422)
    if not request.htmx:  # type: ignore[attr-defined]
        return _back(block)
    draft = draft_of(block, lambda ref, form: None)
    return render(request, "reports/blocks/_block.html", {"draft": draft, "may_change": True, "fresh": True})


@require_POST
def block_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    block = _to_change(request, pk)
    step = request.POST.get("step", "")
    moved = drafting.move_block(block, step, request.user)
    if not request.htmx:  # type: ignore[attr-defined]
        return _back(block)
    response = HttpResponse(status=204)
    if moved:
        response["HX-Trigger"] = (
            f'{{"block-moved": {{"block": {block.pk}, "step": "{step}"}}, "block-saved": true}}'
        )
    return response


@require_http_methods(["GET", "POST"])
def block_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then deletes."""
    block = _to_change(request, pk)
    if request.method == "GET":
        words = wording.plain_text(block, block.section.report)
        context = {"block": block, "kind": KINDS[block.kind], "section": block.section, "words": words}
        return render(request, "reports/section_block_delete.html", context)
    section_pk = block.section_id
    drafting.delete_block(block, request.user)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse("", headers={"HX-Trigger": "block-saved"})
    return redirect("section", section_pk)


# --- the section's state ------------------------------------------------------------------------------


@require_POST
def section_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Chưa bắt đầu, Đang viết, Xong."""
    found = gate.fetch_to_change(request, SECTIONS, pk)
    require_open(request, found.report)
    refusal = ""
    try:
        drafting.mark(found, request.POST.get("state", ""), request.user, bool(request.POST.get("answered")))
    except ValidationError as error:
        refusal = error.messages[0]
    if not request.htmx:  # type: ignore[attr-defined]
        if refusal:
            return _page(request, found, refusal=refusal, status=422)
        return redirect(f"{reverse('section', args=[pk])}#tinh-trang")
    context = _context(request, found) | {"state_refusal": refusal, "begun": True}
    return HttpResponse(render_to_string("reports/section_state.html", context, request))


def first_section(report: Report) -> Section | None:
    """Where writing starts: the first section not yet done, else the first."""
    tasks = list(Tree.of(report))
    undone = (task for task in tasks if task.state != SectionState.DONE)
    return next(undone, tasks[0] if tasks else None)


urlpatterns = [
    path("muc/<int:pk>/", section, name="section"),
    path("muc/<int:pk>/tinh-trang/", section_state, name="section_state"),
    path("muc/<int:pk>/them-doan/", block_add, name="block_add"),
    path("doan/<int:pk>/luu/", block_save, name="block_save"),
    path("doan/<int:pk>/chuyen/", block_move, name="block_move"),
    path("doan/<int:pk>/xoa/", block_delete, name="block_delete"),
]
