"""Class lists on their way in: what was read and what was decided, until it is confirmed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms import academic_years
from classrooms.models.people import User
from classrooms.models.schools import School


class RosterImport(models.Model):
    """A class list that was read and waits for confirmation, or was carried out.

    `rows` holds only what the portal may keep (the school's number already hashed); the file itself is not kept.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for confirmation")
        DONE = "done", _("carried out")
        DROPPED = "dropped", _("dropped")

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="roster_imports")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    file_name = models.CharField(max_length=200, blank=True)
    format_name = models.CharField(max_length=60)
    encoding = models.CharField(max_length=20)
    academic_year = models.PositiveSmallIntegerField()
    rows = models.JSONField(default=list)
    errors = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def year_label(self) -> str:
        return academic_years.label(self.academic_year)


class StaffImport(models.Model):
    """The department's staff list as it was read, until it is confirmed or dropped: nothing is sent before.

    `rows` are {"name", "email", "post", "ends_on"}; DNI and phones are not read into it.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="staff_imports")
    rows = models.JSONField(default=list)
    errors = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.school}, {self.created_at:%Y-%m-%d}"
