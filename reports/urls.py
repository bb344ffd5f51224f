"""Addresses of this app: each module of views lists its own."""

from .views import (
    books,
    comments,
    drafting,
    history,
    home,
    importing,
    inserting,
    outlines,
    output,
    preview,
    register,
    reports,
    requests,
    series,
    steps,
    structure,
)

urlpatterns = [
    *home.urlpatterns,
    *history.urlpatterns,
    *requests.urlpatterns,
    *importing.urlpatterns,
    *reports.urlpatterns,
    *steps.urlpatterns,
    *comments.urlpatterns,
    *structure.urlpatterns,
    *outlines.urlpatterns,
    *output.urlpatterns,
    *drafting.urlpatterns,
    *inserting.urlpatterns,
    *preview.urlpatterns,
    *register.urlpatterns,
    *series.urlpatterns,
    *books.urlpatterns,
]
