"""Forms about deleting, the register, and what a school decides about personal data."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.models import RetentionRules, Student
from classrooms.queries.activity import KINDS


class TypedNameForm(forms.Form):
    """Nobody deletes by a slip of the mouse: the name is typed."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        self.fields["name"].label = _("Type %(name)s to confirm") % {"name": expected}

    def clean_name(self) -> str:
        """Capital letters, spaces and signs make no difference: nobody has to find the dot of "1SMR · 2026/27"."""
        typed = _letters(str(self.cleaned_data["name"]))
        if typed != _letters(self.expected):
            raise forms.ValidationError(_("This is not the name. Type it exactly as it stands above."))
        return typed


def _letters(name: str) -> str:
    return "".join(one for one in name.casefold() if one.isalnum()) or name.strip()


class RegisterSearchForm(forms.Form):
    person = forms.CharField(label=gettext_lazy("Person"), required=False, max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "seen": _("who looked at personal data"),
            "people": _("students"),
            "lists": _("class lists"),
            "classes": _("classes and years"),
            "images": _("images and practices"),
            "staff": _("staff"),
            "hub": _("Docker Hub"),
            "school": _("the school as a whole"),
        }
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("everything")), *((kind, words[kind]) for kind in KINDS)
        ]  # fmt: skip

    def found(self) -> dict[str, Any]:
        """What to look for; what was not understood is left out."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class RetentionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = RetentionRules
        fields = ["years_kept", "months_after_leaving", "register_months", "seen_days"]


class ConsentForm(forms.Form):
    consent = forms.ChoiceField(
        label=gettext_lazy("Age and consent"),
        choices=Student.Consent.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("A mark is enough: the portal keeps no date of birth and no document."),
    )
