"""The register of activity: who did, saw and changed what. Rows are added and never changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.people import Student, User
from classrooms.models.schools import School


class AuditEntry(models.Model):
    """One thing that a person did in a school."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="audit_entries")
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    # A stable verb such as "roster.imported"; its sentence is made where it is shown.
    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    # The student whom it is about: so that a person's entries are found, and their name goes when they are erased.
    student = models.ForeignKey(
        Student, on_delete=models.SET_NULL, null=True, blank=True, related_name="audit_entries"
    )
    facts = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("entry of the activity register")
        verbose_name_plural = _("activity register")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["school", "-at", "-id"], name="register_of_a_school")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. A row that is there already is never changed: raises TypeError."""
        if not self._state.adding:
            raise TypeError("The register of activity is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never: raises TypeError. What is too old goes in the upkeep of the register alone."""
        raise TypeError("The register of activity is only added to.")


class RegisterOpening(models.Model):
    """A row of this stands only inside a transaction of the upkeep: while it does, entries may be changed.

    Triggers refuse every other UPDATE and DELETE of the register, whoever sends it (migration `register_guard`).
    """

    reason = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.reason
