"""The form with which a teacher gives classes a new version of an image."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from classrooms.forms.row_fields import RowsField
from classrooms.models import AssignedImage, ClassPractice


class NewVersionForm(forms.Form):
    """For which classes, and what their students read. `rows`: those that have it by themselves, or in a practice."""

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

    def __init__(
        self, *args: object, rows: QuerySet[AssignedImage] | QuerySet[ClassPractice], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = self.fields["classes"]
        choices.queryset = rows.select_related("class_group__school", "sub_group")  # type: ignore[attr-defined]
        choices.label_from_instance = _class_or_part  # type: ignore[attr-defined]


def _class_or_part(row: AssignedImage | ClassPractice) -> str:
    return f"{row.class_group} · {row.sub_group}" if row.sub_group else str(row.class_group)
