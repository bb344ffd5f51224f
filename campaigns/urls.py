"""Addresses of this app."""

from .views import indicators, papers, readings, settings, sitting, teams

urlpatterns = [
    *sitting.urlpatterns,
    *papers.urlpatterns,
    *teams.urlpatterns,
    *indicators.urlpatterns,
    *readings.urlpatterns,
    *settings.urlpatterns,
]
