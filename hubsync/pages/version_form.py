"""The form with which a teacher gives classes a new version of an image."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from classrooms.forms.row_fields import RowsField
from classrooms.models import AssignedImage


class NewVersionForm(forms.Form):
    """For which classes, and what their students read."""

    classes = RowsField(
        label=gettext_lazy("Which classes get the new version?"),
        queryset=AssignedImage.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The others keep theirs."),
        error_messages={
            "required": gettext_lazy("Tick at least one class, or leave the page: then all keep theirs.")
        },
    )
    note = forms.CharField(
        label=gettext_lazy("One line for the students: what is new?"), max_length=300, required=False
    )

    def __init__(self, *args: object, frozen: list[AssignedImage], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = self.fields["classes"]
        rows = AssignedImage.objects.filter(pk__in=[one.pk for one in frozen])
        choices.queryset = rows.select_related("class_group__school", "image")  # type: ignore[attr-defined]
        choices.label_from_instance = lambda one: str(one.class_group)  # type: ignore[attr-defined]
