"""Looks into the layers of handed-in images, where a school wants them. The row is the queue, and keeps what was found."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.hand_ins import HandIn
from classrooms.models.people import Student


class LayerLookQuerySet(models.QuerySet["LayerLook"]):
    def waiting(self, now: datetime) -> LayerLookQuerySet:
        """Those that a worker may begin now, in schools that want them."""
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
        return self.filter(
            free, done_at__isnull=True, hand_in__class_practice__class_group__school__looks_in_layers=True
        )


class LayerLook(models.Model):
    """One look into one handed-in image. Of the files only paths and kinds are kept, never what is in them."""

    hand_in = models.OneToOneField(HandIn, on_delete=models.CASCADE, related_name="layer_look")
    # Whose it is, so that it is in what the portal tells a person of themselves.
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="layer_looks")
    asked_at = models.DateTimeField(default=timezone.now)
    # A worker is at it until then, or nobody should try before.
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    # [{"kind": …, "path": …, "layer": 1, "is_deleted": false}], as `image_layers.settling` writes them.
    signs = models.JSONField(default=list, blank=True)
    # Why not all was looked at: codes of `image_layers.settling.REASONS`.
    reasons = models.JSONField(default=list, blank=True)

    objects = LayerLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look into an image")
        verbose_name_plural = _("looks into images")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"look into {self.hand_in}"
