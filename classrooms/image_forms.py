"""Forms about images: references and names are read as Docker reads them."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.image_facts import short_digest
from classrooms.image_references import REASONS, ImageReference, ReferenceTrouble, read_reference
from classrooms.models import ClassGroup, School, User
from classrooms.queries.class_group import ImageRow

# Hub: a repository's name has 2 to 255 characters; what a teacher types daily should be shorter.
LONGEST_NAME = 100
FOLLOWS_THE_TAG = "follow"
# A student pastes the line into a shell: one command, and nothing that starts another one.
_STARTS_ANOTHER_COMMAND = re.compile(r"[;&|<>`\r\n]|\$\(")


def trouble_sentence(trouble: ReferenceTrouble) -> str:
    """What is wrong, with what was probably meant."""
    sentence = _(REASONS[trouble.code])
    if trouble.proposed:
        return f"{sentence} " + _("It could be: %(reference)s") % {"reference": trouble.proposed}
    return sentence


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
        if _STARTS_ANOTHER_COMMAND.search(options):
            raise ValidationError(_("Only options of docker run: no ; & | < > and no other command."))
        return options


class AssignImageForm(DetailsForm):
    """Which image, for which classes; the rest is optional."""

    reference = forms.CharField(
        label=gettext_lazy("Which image?"),
        max_length=400,
        help_text=gettext_lazy("Choose one of the list, or type it as after docker pull: nginx:1.27."),
    )
    class_groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("For which classes?"),
        queryset=ClassGroup.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one class.")},
    )

    def __init__(
        self, *args: Any, school: School, user: User, check_address: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        classes = ClassGroup.objects.filter(pk__in=ClassGroup.objects.taught_by(user).values("pk"))
        choices = self.fields["class_groups"]
        choices.queryset = classes.active().filter(school=school)  # type: ignore[attr-defined]
        self.fields["reference"].widget.attrs |= {
            **checked_while_typed(check_address, "#reference-check"),
            "list": "known-references",
            # What is said of a private image depends on the classes that are ticked.
            "hx-include": "closest form",
            "hx-params": "reference,class_groups",
        }

    def clean_reference(self) -> ImageReference:
        try:
            return read_reference(self.cleaned_data["reference"])
        except ReferenceTrouble as trouble:
            raise ValidationError(trouble_sentence(trouble)) from trouble


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
