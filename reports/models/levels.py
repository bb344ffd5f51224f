"""What an organization makes of a check: as it is, graver, milder or off."""

from __future__ import annotations

from django.db import models

from campaigns.models import Organization
from campaigns.models.owned import OwnedQuerySet

from ..checks import CHECKS
from ..checks.findings import OFF, SEVERITIES


def check_choices() -> list[tuple[str, str]]:
    """Those an organization may change: what blocks stays as it is."""
    return [(code, check.title) for code, check in CHECKS.items() if not check.blocks]


def level_choices() -> list[tuple[str, str]]:
    return [*SEVERITIES.items(), (OFF, "Tắt")]


class CheckLevel(models.Model):
    """One check whose severity an organization changed; a check without a row is as the app has it."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="check_levels", verbose_name="đơn vị"
    )
    code = models.CharField("kiểm tra", max_length=40, choices=check_choices)
    level = models.CharField("mức", max_length=10, choices=level_choices)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "mức của một kiểm tra"
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "code"),
                name="check_level_once",
                violation_error_message="Kiểm tra này đã có mức riêng.",
            ),
            models.CheckConstraint(
                name="check_level_known",
                condition=models.Q(level__in=("error", "warning", "advice", "off")),
                violation_error_message="Mức là một trong: Lỗi, Cần xem lại, Gợi ý, Tắt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.get_level_display()}"


def levels_of(organization: Organization | int) -> dict[str, str]:
    """Level by code of the checks the organization changed, as `checks.run` takes them."""
    return dict(CheckLevel.objects.filter(organization=organization).values_list("code", "level"))
