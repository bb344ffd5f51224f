"""Connections in the settings: tokens given to partners, and partners we send to. For administrators only."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from campaigns import events
from campaigns.gate import fetch, require, visible
from campaigns.models import Role
from campaigns.views.saving import posted

from ..forms.connections import ConnectionForm, TokenForm
from ..models import Connection, Token
from ..sending import client, tokens


@require_GET
def connection_list(request: HttpRequest) -> HttpResponse:
    require(request, Role.ADMINISTRATOR)
    context = {
        "tokens": visible(request, Token.objects.select_related("partner", "by")),
        "connections": visible(request, Connection.objects.select_related("partner")),
    }
    return render(request, "reports/connection_list.html", context)


def token_add(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows it on this one page, never again."""
    require(request, Role.ADMINISTRATOR)
    actor: Any = request.actor  # type: ignore[attr-defined]
    form = TokenForm(actor, posted(request), instance=Token(organization=actor.organization))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        token, words = tokens.make(actor.organization, given["partner"], given["name"], actor.user)
        response = render(request, "reports/token_made.html", {"token": token, "words": words})
        response["Cache-Control"] = "no-store"
        return response
    return _form(
        request, form, "Cấp khóa kết nối", "Máy của cơ quan được cấp dùng khóa này để gửi hồ sơ tới đơn vị."
    )


@require_POST
def token_end(request: HttpRequest, pk: int) -> HttpResponse:
    token = fetch(request, Token.objects.select_related("organization", "partner"), pk)
    require(request, Role.ADMINISTRATOR)
    tokens.end(token, request.user)  # type: ignore[arg-type]
    messages.success(request, "Đã thu hồi khóa; máy dùng khóa này không gửi được nữa.")
    return redirect("connection_list")


def connection_add(request: HttpRequest) -> HttpResponse:
    require(request, Role.ADMINISTRATOR)
    actor: Any = request.actor  # type: ignore[attr-defined]
    form = ConnectionForm(actor, posted(request), instance=Connection(organization=actor.organization))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            connection = form.save(commit=False)
            connection.secret = client.encrypted(form.cleaned_data["secret"].strip())
            connection.save()
            after = {"name": str(connection)}
            events.record("add_connection", actor.user, actor.organization, after=after)
        messages.success(request, f"Đã ghi kết nối tới {connection.partner.called}.")
        return redirect("connection_list")
    return _form(request, form, "Thêm nơi gửi tới", "Địa chỉ phần mềm của nơi nhận và khóa họ cấp.")


@require_POST
def connection_end(request: HttpRequest, pk: int) -> HttpResponse:
    connection = fetch(request, Connection.objects.select_related("partner", "organization"), pk)
    require(request, Role.ADMINISTRATOR)
    with transaction.atomic():
        before = {"name": str(connection)}
        events.record("end_connection", request.user, connection.organization, before=before)  # type: ignore[arg-type]
        connection.delete()
    messages.success(request, "Đã bỏ kết nối.")
    return redirect("connection_list")


def _form(request: HttpRequest, form: Any, title: str, words: str) -> HttpResponse:
    context = {"form": form, "title": title, "help": words, "back": reverse("connection_list")}
    return render(request, "reports/connection_form.html", context, status=422 if request.POST else 200)


urlpatterns = [
    path("thiet-lap/ket-noi/", connection_list, name="connection_list"),
    path("thiet-lap/ket-noi/khoa/", token_add, name="token_add"),
    path("thiet-lap/ket-noi/khoa/<int:pk>/thu-hoi/", token_end, name="token_end"),
    path("thiet-lap/ket-noi/noi-gui/", connection_add, name="connection_add"),
    path("thiet-lap/ket-noi/noi-gui/<int:pk>/bo/", connection_end, name="connection_end"),
]
