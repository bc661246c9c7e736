"""One academic year after the other: what was done when a new one was begun, so that it can be taken back."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms import academic_years
from classrooms.models.people import User
from classrooms.models.schools import School


class YearChange(models.Model):
    """A school went from one academic year to the next. `done` holds the ids of what was archived and made."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="year_changes")
    # The year that ended; the new one is the next.
    from_year = models.PositiveSmallIntegerField()
    # {"archived": [...], "copied": [[old, new], ...], "seats_freed": [...], "leavers": [student ids]}
    done = models.JSONField(default=dict, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of year")
        verbose_name_plural = _("changes of year")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{academic_years.label(self.from_year)} → {academic_years.label(self.from_year + 1)}"

    @property
    def new_year_label(self) -> str:
        return academic_years.label(self.from_year + 1)
