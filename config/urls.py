"""Every address: sign-in by allauth, then what a ward knows and what it writes."""

from django.urls import include, path

from config import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("tai-khoan/", include("allauth.urls")),
    path("", include("reports.urls")),  # first: thiet-lap/nhat-ky/ is not a setting
    path("", include("campaigns.urls")),
]
