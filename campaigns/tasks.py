"""Work on long tables done outside the web process."""

from __future__ import annotations

from django_tasks import task

from .models import SheetImport


@task()
def check_sheet(import_id: int) -> None:
    from . import sheet_imports

    row = SheetImport.objects.select_related("organization", "by").filter(pk=import_id).first()
    if row is not None:
        sheet_imports.check(row)


@task()
def apply_sheet(import_id: int) -> None:
    from . import sheet_imports

    row = SheetImport.objects.select_related("organization", "by").filter(pk=import_id).first()
    if row is not None:
        sheet_imports.apply(row)
