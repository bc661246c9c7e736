"""“It does not work”: what a student asks the teachers of a class when nobody knows the error."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.class_groups import ClassGroup
from classrooms.models.people import Student, User
from classrooms.models.practices import ClassPractice


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> QuestionQuerySet:
        return self.filter(answered_at__isnull=True)

    def helped_by(self, user: User | AnonymousUser) -> QuestionQuerySet:
        """Those that a person may answer: of the classes they teach or assist in."""
        return self.filter(class_group__in=ClassGroup.objects.helped_by(user).active())


class Question(models.Model):
    """One question with what is needed to help: the error without secrets, the computer, the practice."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="questions")
    class_group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="questions")
    class_practice = models.ForeignKey(
        ClassPractice, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What Docker printed; tokens and passwords are taken out before it is kept.
    error = models.TextField(_("what the terminal says"))
    words = models.CharField(_("what you did"), max_length=500, blank=True)
    # A value of pull_scripts.commands.System.
    system = models.CharField(max_length=12, blank=True)
    # The code of the cause that was explained and did not help; blank where none was known.
    cause = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    # Answered, or mended at the student's desk without a word written.
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.student} · {self.asked_at}"
