"""How long a school keeps what, what it was warned of, and when the portal last tidied up."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.schools import School


def _between(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class RetentionRules(models.Model):
    """What a school has chosen; a school without a row has these defaults."""

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="retention_rules")
    years_kept = models.PositiveSmallIntegerField(
        _("academic years that are kept after they end"), default=2, validators=_between(1, 10)
    )
    months_after_leaving = models.PositiveSmallIntegerField(
        _("months that a student is kept after leaving the last class"),
        default=12,
        validators=_between(1, 60),
    )
    register_months = models.PositiveSmallIntegerField(
        _("months that the register of activity is kept"), default=24, validators=_between(6, 120)
    )
    seen_days = models.PositiveSmallIntegerField(
        _("days that the register keeps who looked at what"), default=90, validators=_between(30, 730)
    )

    class Meta:
        verbose_name = _("retention rules")
        verbose_name_plural = _("retention rules")

    def __str__(self) -> str:
        return f"retention of {self.school_id}"


class RetentionWarning(models.Model):
    """What will go by itself, said two weeks before. Only what was due by `cutoff_on` goes."""

    class Kind(models.TextChoices):
        YEARS = "years", _("classes of years long ago")
        STUDENTS = "students", _("students who left")

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="retention_warnings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cutoff_on = models.DateField()
    count = models.PositiveIntegerField()
    warned_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("retention warning")
        verbose_name_plural = _("retention warnings")
        ordering = ["-warned_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind"],
                condition=models.Q(done_at__isnull=True),
                name="one_open_retention_warning",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count} on {self.due_on}"


class Upkeep(models.Model):
    """When a regular task was last begun: the row is claimed, so that only one process does it."""

    name = models.CharField(max_length=40, unique=True)
    begun_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.begun_at}"
