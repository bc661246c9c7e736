"""Forms of “It does not work”."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from classrooms.models import ClassGroup
from classrooms.troubleshooting.explaining import LONGEST


class ErrorForm(forms.Form):
    """What the terminal says."""

    error = forms.CharField(
        label=gettext_lazy("What does the terminal say?"),
        # A whole scrollback may be pasted; its end is what is read.
        max_length=20 * LONGEST,
        help_text=gettext_lazy(
            "Copy the last lines, from the command on. Passwords and tokens are not kept."
        ),
        error_messages={"required": gettext_lazy("Paste what the terminal says.")},
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "code"}),
    )


class QuestionForm(ErrorForm):
    """The same, with what a teacher needs besides."""

    words = forms.CharField(
        label=gettext_lazy("What did you do before?"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    class_group = forms.ModelChoiceField(
        label=gettext_lazy("In which class?"), queryset=ClassGroup.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, class_groups: tuple[ClassGroup, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.class_groups = class_groups
        if len(class_groups) == 1:
            del self.fields["class_group"]
        else:
            classes = ClassGroup.objects.filter(pk__in=[one.pk for one in class_groups])
            self.fields["class_group"].queryset = classes  # type: ignore[attr-defined]

    @property
    def chosen_class(self) -> ClassGroup:
        chosen: ClassGroup | None = self.cleaned_data.get("class_group")
        return chosen or self.class_groups[0]


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Leave it empty if you have helped at the desk."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
