"""Addresses of this app: each module of views lists its own."""

from .views import drafting, history, home, inserting, outlines, output, preview, reports, requests, structure

urlpatterns = [
    *home.urlpatterns,
    *history.urlpatterns,
    *requests.urlpatterns,
    *reports.urlpatterns,
    *structure.urlpatterns,
    *outlines.urlpatterns,
    *output.urlpatterns,
    *drafting.urlpatterns,
    *inserting.urlpatterns,
    *preview.urlpatterns,
]
