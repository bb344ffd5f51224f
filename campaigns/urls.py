"""Addresses of this app."""

from .views import (
    account,
    calendar,
    citing,
    grid,
    indicators,
    invited,
    papers,
    people,
    readings,
    settings,
    sheets,
    sitting,
    teams,
)

urlpatterns = [
    *sitting.urlpatterns,
    *account.urlpatterns,
    *papers.urlpatterns,
    *citing.urlpatterns,
    *teams.urlpatterns,
    *indicators.urlpatterns,
    *readings.urlpatterns,
    *grid.urlpatterns,
    *sheets.urlpatterns,
    *calendar.urlpatterns,
    *people.urlpatterns,
    *invited.urlpatterns,
    *settings.urlpatterns,
]
