"""Forms about the images of a class: which one, what the class reads beside it, which version."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.forms.for_classes import ForClassesForm
from classrooms.forms.images import checked_while_typed, typed_reference
from classrooms.image_facts import short_digest
from classrooms.image_references.reference import ImageReference
from classrooms.queries.class_group import ImageRow

FOLLOWS_THE_TAG = "follow"
# A student pastes the line into a shell: one command, and nothing that starts another one.
# PowerShell also runs what stands in parentheses.
_STARTS_ANOTHER_COMMAND = re.compile(r"[;&|<>`()]")


class DetailsForm(forms.Form):
    """What a class reads beside an image, and from when."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    note = forms.CharField(
        label=gettext_lazy("What is new?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Students read it beside the image."),
    )
    run_options = forms.CharField(
        label=gettext_lazy("Options for docker run"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("What stands between docker run and the image, for example --rm -p 8080:80."),
    )
    visible_from = forms.DateTimeField(
        label=gettext_lazy("Visible from"),
        required=False,
        help_text=gettext_lazy("Students do not see it before. Leave it empty to show it now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_run_options(self) -> str:
        options = cast(str, self.cleaned_data["run_options"])
        # What does not print (line ends, Escape, marks that turn the reading direction) can deceive eye and shell.
        if _STARTS_ANOTHER_COMMAND.search(options) or not options.isprintable():
            raise ValidationError(_("Only options of docker run: no ; & | < > and no other command."))
        return options


class AssignImageForm(ForClassesForm, DetailsForm):
    """Which image, for which classes; the rest is optional."""

    reference = forms.CharField(
        label=gettext_lazy("Which image?"),
        max_length=400,
        help_text=gettext_lazy("Choose one of the list, or type it as after docker pull: nginx:1.27."),
    )
    field_order = ("title", "note", "run_options", "visible_from", "reference", "class_groups", "sub_group")

    def __init__(self, *args: Any, check_address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].widget.attrs |= {
            **checked_while_typed(check_address, "#reference-check"),
            "list": "known-references",
            # What is said of a private image depends on the classes that are ticked.
            "hx-include": "closest form",
            "hx-params": "reference,class_groups",
        }

    def clean_reference(self) -> ImageReference:
        return typed_reference(self.cleaned_data["reference"])


class AssignedImageForm(DetailsForm):
    """What can be changed of an image that a class has. `digest`: which version; cleaned "" follows the tag."""

    digest = forms.ChoiceField(
        label=gettext_lazy("Which version do students get?"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, row: ImageRow, **kwargs: Any) -> None:
        assigned = row.assigned
        names = [*DetailsForm.base_fields, "digest"]
        initial = {name: getattr(assigned, name) for name in names}
        initial["digest"] = assigned.digest or FOLLOWS_THE_TAG
        super().__init__(*args, **{**kwargs, "initial": initial})
        versions = cast(forms.ChoiceField, self.fields["digest"])
        versions.choices = _versions(row)
        if len(_versions(row)) == 1:
            versions.help_text = _("It can be frozen as soon as the portal has seen the tag.")

    def clean_digest(self) -> str:
        chosen = str(self.cleaned_data["digest"])
        return "" if chosen == FOLLOWS_THE_TAG else chosen


def _versions(row: ImageRow) -> list[tuple[str, str]]:
    """What to follow or to freeze at, by digest; the frozen one stays among them."""
    assigned, now = row.assigned, row.tag.digest if row.tag else ""
    choices = [
        (FOLLOWS_THE_TAG, _("Always what the tag %(tag)s means when they pull") % {"tag": assigned.tag})
    ]
    if assigned.digest and assigned.digest != now:
        frozen = _("The version that is frozen now, %(digest)s")
        choices.append((assigned.digest, frozen % {"digest": short_digest(assigned.digest)}))
    if now:
        newest = _("Only the version that %(tag)s means today, %(digest)s (frozen)")
        choices.append((now, newest % {"tag": assigned.tag, "digest": short_digest(now)}))
    return choices
