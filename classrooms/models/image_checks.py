"""Checks of images before a class: who asked, for which class or practice, and what was found. The row is the queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.class_groups import ClassGroup
from classrooms.models.people import User
from classrooms.models.practices import Practice
from classrooms.models.schools import School

# A check of ten images takes seconds: whoever has not come back after this is gone.
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3


class ImageCheckQuerySet(models.QuerySet["ImageCheck"]):
    def visible_to(self, user: User | AnonymousUser) -> ImageCheckQuerySet:
        """Those of classes that a person may see, and of the practices of their schools."""
        classes = Q(class_group__in=ClassGroup.objects.visible_to(user))
        practices = Q(class_group__isnull=True, practice__in=Practice.objects.visible_to(user))
        return self.filter(classes | practices)

    def waiting(self, now: datetime) -> ImageCheckQuerySet:
        """Those that no worker has done or is doing."""
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
        return self.filter(free, done_at__isnull=True, attempts__lt=MOST_ATTEMPTS)


class ImageCheck(models.Model):
    """One look at all the images of a class (or of a practice), and the verdict."""

    class Reason(models.TextChoices):
        ASKED = "asked", _("somebody asked")
        ALL = "all", _("all of the school were checked")
        EVENING = "evening", _("the evening before")

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="image_checks")
    class_group = models.ForeignKey(
        ClassGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="image_checks"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, null=True, blank=True, related_name="image_checks"
    )
    reason = models.CharField(max_length=10, choices=Reason.choices, default=Reason.ASKED)
    # Of a check of an evening: which one, so that there is one.
    evening_of = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    # One for each image, as `image_checks.rows` writes them.
    results = models.JSONField(default=list)
    # What the class needs and what the registry says is left, as `image_checks.budget` writes it; {} where not asked.
    pulls = models.JSONField(default=dict)

    objects = ImageCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of images")
        verbose_name_plural = _("checks of images")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["class_group", "evening_of"], name="one_check_an_evening"),
            models.CheckConstraint(
                condition=Q(class_group__isnull=False) | Q(practice__isnull=False),
                name="a_check_is_of_a_class_or_a_practice",
            ),
        ]

    def __str__(self) -> str:
        return f"check of {self.class_group or self.practice}"

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_given_up(self) -> bool:
        """Whether no worker will try it again."""
        gone = self.claimed_until is None or self.claimed_until < timezone.now()
        return not self.is_done and self.attempts >= MOST_ATTEMPTS and gone
