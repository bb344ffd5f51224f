"""The project's addresses, and beside them a view of one UPDATE: what autosave is measured by."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import path

from config.urls import urlpatterns as project
from reports.models import Block


def update(request: HttpRequest, pk: int) -> JsonResponse:
    """Writes the words sent, and nothing else."""
    return JsonResponse({"rows": Block.objects.filter(pk=pk).update(content={"html": request.POST["html"]})})


urlpatterns = [path("bare/<int:pk>/", update), *project]
