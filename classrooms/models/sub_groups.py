"""Sub-groups (desdobles): the students of a class in parts, each with teachers and images of its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from classrooms.models.class_groups import ClassGroup, Enrolment
from classrooms.models.people import TeacherRole


class SubGroup(models.Model):
    """A part of a class. A student may be in several: one for each module that is split."""

    class_group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="sub_groups")
    name = models.CharField(_("sub-group"), max_length=40)
    # Among those who teach the class: the sub-group says who takes which part, the class who may change it.
    teacher_roles = models.ManyToManyField(TeacherRole, blank=True, related_name="sub_groups")
    enrolments = models.ManyToManyField(Enrolment, blank=True, related_name="sub_groups")

    class Meta:
        verbose_name = _("sub-group")
        verbose_name_plural = _("sub-groups")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["class_group", "name"], name="one_sub_group_per_name")]

    def __str__(self) -> str:
        return self.name
