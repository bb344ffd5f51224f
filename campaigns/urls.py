"""Addresses of this app."""

from .views import account, indicators, papers, readings, settings, sitting, teams

urlpatterns = [
    *sitting.urlpatterns,
    *account.urlpatterns,
    *papers.urlpatterns,
    *teams.urlpatterns,
    *indicators.urlpatterns,
    *readings.urlpatterns,
    *settings.urlpatterns,
]
