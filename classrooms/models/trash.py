"""What was deleted and can still come back: one row for each deletion, for thirty days."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.people import User
from classrooms.models.schools import School


class DeletionQuerySet(models.QuerySet["Deletion"]):
    def in_trash(self) -> DeletionQuerySet:
        """What can still come back."""
        return self.filter(restored_at__isnull=True, purged_at__isnull=True)


class Deletion(models.Model):
    """A class, a student, an image, a practice or a school that somebody deleted.

    The row itself is hidden by its `deleted_at`; `undo` says what else was changed and is put back with it.
    """

    class Kind(models.TextChoices):
        CLASS_GROUP = "class_group", _("class")
        STUDENT = "student", _("student")
        IMAGE = "image", _("image")
        PRACTICE = "practice", _("practice")
        SCHOOL = "school", _("school")

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="deletions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    object_id = models.PositiveBigIntegerField()
    # Blank once it is purged: the name of a person must not outlive the person's row.
    name = models.CharField(max_length=200, blank=True)
    undo = models.JSONField(default=dict, blank=True)
    deleted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    deleted_at = models.DateTimeField(default=timezone.now)
    purge_on = models.DateField()
    restored_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = DeletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        ordering = ["-deleted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
