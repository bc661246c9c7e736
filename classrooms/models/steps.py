"""First steps with Docker that somebody has seen a student take; what the portal knows by itself has no row."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.people import Student


class StudentStep(models.Model):
    """One step of one student, the first time it was seen, and who says so."""

    class Step(models.TextChoices):
        ADDRESS = "address", _("address confirmed")
        INVITATION = "invitation", _("invitation accepted")
        LOGIN = "login", _("signed in with docker login")
        PULL = "pull", _("first pull")
        PUSH = "push", _("first push")

    class Source(models.TextChoices):
        SCRIPT = "script", _("the pull script on the student’s computer")
        HUB = "hub", _("Docker Hub")
        STUDENT = "student", _("the student’s own word")

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12, choices=Step.choices)
    source = models.CharField(max_length=8, choices=Source.choices)
    seen_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("step of a student")
        verbose_name_plural = _("steps of students")
        constraints = [models.UniqueConstraint(fields=["student", "step"], name="one_first_step")]

    def __str__(self) -> str:
        return f"{self.student} · {self.step}"
