"""Class lists on their way in: what was read and what was decided, until it is confirmed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms import academic_years
from classrooms.models.people import User
from classrooms.models.schools import School


class RosterImport(models.Model):
    """A class list that was read and waits for confirmation, waits for a worker, or was carried out.

    `rows` holds only what the portal may keep (the school's number already hashed); the file itself is not kept.
    `refused` are lines that do not go in, as far as they could be read and may be kept, so that they can be corrected.
    `confirmed` is what a person answered, from the moment of their press until a worker has brought the list in.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for confirmation")
        ASKED = "asked", _("being brought in")
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
    refused = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    confirmed = models.JSONField(default=dict)
    confirmed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # The lease of the worker at it: after that time it is dead, and another one may begin again.
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("class list that was brought in")
        verbose_name_plural = _("class lists that were brought in")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def year_label(self) -> str:
        return academic_years.label(self.academic_year)


class StaffImport(models.Model):
    """The department's staff list as it was read, until it is confirmed or dropped: nothing is sent before.

    `rows` are {"name", "email", "post", "ends_on"}; DNI and phones are not read into it. A list of classes has `classes`
    instead: {"unit", "course", "tutors": [{"name", "starts_on", "ends_on"}]}.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="staff_imports")
    rows = models.JSONField(default=list)
    classes = models.JSONField(default=list)
    errors = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("list of teachers that was brought in")
        verbose_name_plural = _("lists of teachers that were brought in")

    def __str__(self) -> str:
        return f"{self.school}, {self.created_at:%Y-%m-%d}"


class ColumnMapping(models.Model):
    """What the columns of a table mean, as somebody of the school said: proposed when the same headings come again.

    `signature` is the hash of all headings in their order, `headings` are those that stand for something, as written.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="column_mappings")
    signature = models.CharField(max_length=64, editable=False)
    # A field of `classrooms.rosters.fields` for each column, "" for one that is thrown away.
    columns = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("kept meaning of columns")
        verbose_name_plural = _("kept meanings of columns")
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["school", "signature"], name="one_mapping_for_the_same_headings")
        ]

    def __str__(self) -> str:
        return ", ".join(self.headings)


class ListedClassName(models.Model):
    """Which class of the school a list means by its name of it. A blank `class_name` leaves its lines out."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="listed_class_names")
    unit = models.CharField(_("class in the list"), max_length=60)
    course = models.CharField(_("course in the list"), max_length=160, blank=True)
    # By name, not by class group: the same answer holds next year.
    class_name = models.CharField(_("class"), max_length=60, blank=True)
    class_course = models.CharField(_("course"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("class name in lists")
        verbose_name_plural = _("class names in lists")
        ordering = ["unit", "course"]
        constraints = [
            models.UniqueConstraint(fields=["school", "unit", "course"], name="one_meaning_of_a_listed_class")
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.class_name}"
