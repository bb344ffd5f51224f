"""Addresses of this app: each module of views lists its own."""

from .views import home, outlines, output, reports, requests, structure

urlpatterns = [
    *home.urlpatterns,
    *requests.urlpatterns,
    *reports.urlpatterns,
    *structure.urlpatterns,
    *outlines.urlpatterns,
    *output.urlpatterns,
]
