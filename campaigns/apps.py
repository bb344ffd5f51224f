"""What a ward knows: who it is, what was decided, what was counted."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Phong trào"
    default_auto_field = "django.db.models.BigAutoField"
