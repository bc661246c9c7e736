"""The form of a new image, and what all forms about images say: names are read as Docker reads them."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.image_references.reading import read_reference
from classrooms.image_references.reference import ImageReference
from classrooms.image_references.troubles import REASONS, ReferenceTrouble
from classrooms.models import School

# Hub: a repository's name has 2 to 255 characters; what a teacher types daily should be shorter.
LONGEST_NAME = 100


def trouble_sentence(trouble: ReferenceTrouble) -> str:
    """What is wrong, with what was probably meant."""
    sentence = _(REASONS[trouble.code])
    if trouble.proposed:
        return f"{sentence} " + _("It could be: %(reference)s") % {"reference": trouble.proposed}
    return sentence


def typed_reference(text: str) -> ImageReference:
    """The image that somebody typed into a form. Raises ValidationError with what is wrong."""
    try:
        return read_reference(text)
    except ReferenceTrouble as trouble:
        raise ValidationError(trouble_sentence(trouble)) from trouble


def read_repository_name(school: School, name: str) -> ImageReference:
    """The reference of a repository in the school's account. Raises ReferenceTrouble, its proposal a name."""
    prefix = f"{school.namespace or 'account'}/"
    if "/" in name or ":" in name or "@" in name:
        raise ReferenceTrouble("character", proposed=None)
    try:
        return read_reference(prefix + name)
    except ReferenceTrouble as trouble:
        proposed = trouble.proposed.removeprefix(prefix) if trouble.proposed else None
        raise ReferenceTrouble(trouble.code, proposed=proposed) from None


class ImageForm(forms.Form):
    """A new repository in the school's own account."""

    name = forms.CharField(
        label=gettext_lazy("Name of the image"),
        max_length=LONGEST_NAME,
        min_length=2,
        help_text=gettext_lazy("Lower case letters, digits and dashes, for example apache-ut3."),
    )
    description = forms.CharField(label=gettext_lazy("What is it for?"), max_length=100, required=False)
    is_private = forms.BooleanField(
        label=gettext_lazy("Private: only people of the organization can pull it"),
        required=False,
        help_text=gettext_lazy(
            "Students who are not members of the organization cannot pull a private image."
        ),
    )

    def __init__(self, *args: Any, school: School, check_address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        self.fields["name"].widget.attrs |= checked_while_typed(check_address, "#name-check")
        if school.namespace_is_personal:
            self._offer_what_a_person_has()

    def _offer_what_a_person_has(self) -> None:
        # Hub: a free personal account has one private repository.
        if self.school.images.filter(is_own=True, is_private=True).exists():
            del self.fields["is_private"]
            return
        self.fields["is_private"].label = gettext_lazy("Private: students cannot pull it")
        self.fields["is_private"].help_text = gettext_lazy("A free personal account has one private image.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        return {"is_private": False, **values}

    def clean_name(self) -> str:
        name = cast(str, self.cleaned_data["name"])
        try:
            reference = read_repository_name(self.school, name)
        except ReferenceTrouble as trouble:
            raise ValidationError(trouble_sentence(trouble)) from trouble
        if self.school.images.filter(repository=reference.repository).exists():
            raise ValidationError(_("The school already has an image of this name."))
        return name


def checked_while_typed(address: str, target: str) -> dict[str, str]:
    """Attributes of a field whose content is checked in the background; without JavaScript on sending."""
    return {
        "autocomplete": "off",
        "autocapitalize": "none",
        "spellcheck": "false",
        "hx-get": address,
        "hx-trigger": "input changed delay:300ms, change",
        "hx-target": target,
    }
