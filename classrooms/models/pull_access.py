"""A token of the organization that can only pull, for the students of one class."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.class_groups import ClassGroup
from classrooms.models.people import User


class PullAccess(models.Model):
    """Until when it holds stands with the class; ending it deletes the row, and with it the token."""

    class_group = models.OneToOneField(ClassGroup, on_delete=models.CASCADE, related_name="pull_access")
    # The name with which `docker login` is told who comes: the organization's.
    account_name = models.CharField(max_length=64)
    sealed = models.TextField(editable=False)
    set_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("token of a class that can only pull")
        verbose_name_plural = _("tokens of classes that can only pull")

    def __str__(self) -> str:
        return f"pull access of {self.class_group_id}"
