"""The images of a practice, one small form each: which one, and how it is run."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.actions.images import follow_reference
from classrooms.actions.practices import Needed
from classrooms.compose_files.yaml_text import read_values
from classrooms.forms.images import typed_reference
from classrooms.image_references.reading import read_reference
from classrooms.image_references.reference import ImageReference
from classrooms.image_references.troubles import ReferenceTrouble
from classrooms.models import Practice, PracticeImage, School

MOST_IMAGES = 12
_PORT = re.compile(r"(?:(?:\d{1,3}\.){3}\d{1,3}:)?(?:\d{1,5}:)?\d{1,5}(?:/(?:tcp|udp))?")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:=.*)?")
_VOLUME = re.compile(r"(?:[^:]+|[A-Za-z]:[\\/][^:]*):/[^:]*(?::(?:ro|rw|z|Z))?")


class PracticeImageForm(forms.Form):
    """An empty one is left out. Values are kept as they are typed and quoted for each shell where they are shown."""

    reference = forms.CharField(
        label=gettext_lazy("Image"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("As after docker pull: nginx:1.27. Empty it to take the image out."),
        widget=forms.TextInput(
            attrs={"list": "known-references", "autocomplete": "off", "autocapitalize": "none"}
        ),
    )
    ports = forms.CharField(
        label=gettext_lazy("Ports"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The computer’s first, with spaces between them: 8080:80 8443:443"),
    )
    environment = forms.CharField(
        label=gettext_lazy("Environment"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("One in each line: MYSQL_DATABASE=clase"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    volumes = forms.CharField(
        label=gettext_lazy("Volumes"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("One in each line: datos:/var/lib/mysql"),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )

    def clean_reference(self) -> ImageReference | None:
        typed = cast(str, self.cleaned_data["reference"])
        return typed_reference(typed) if typed else None

    def clean_ports(self) -> tuple[str, ...]:
        told = _("“%(value)s” is no port. Write 8080:80: the computer’s port, then the container’s.")
        return _checked(self.cleaned_data["ports"].replace(",", " ").split(), _is_port, told)

    def clean_environment(self) -> tuple[str, ...]:
        told = _("“%(value)s” is no variable. Write NAME=value, one in each line.")
        return _checked(_lines(self.cleaned_data["environment"]), _VARIABLE.fullmatch, told)

    def clean_volumes(self) -> tuple[str, ...]:
        told = _("“%(value)s” is no volume. Write name:/path, one in each line.")
        return _checked(_lines(self.cleaned_data["volumes"]), _VOLUME.fullmatch, told)

    def needed(self, school: School) -> Needed | None:
        """What the practice needs, the school's row of the image made where it is new; None for an empty form."""
        values = self.cleaned_data
        reference: ImageReference | None = values["reference"]
        if reference is None:
            return None
        recipe = {name: values[name] for name in ("ports", "environment", "volumes")}
        image = follow_reference(school=school, reference=reference)
        return Needed(image, reference.tag or "latest", reference.digest, **recipe)


def named_in_compose(text: str, school: School) -> tuple[Needed, ...]:
    """The images that a compose file runs, so that scripts pull and checks look at them as well.

    What is no reference (a variable of the computer, a build) is left to the one who starts it.
    """
    if not text:
        return ()
    services = [one for one in read_values(text)["services"].values() if isinstance(one, dict)]
    found = [_reference(one.get("image")) for one in services]
    return tuple(
        Needed(follow_reference(school=school, reference=one), one.tag or "latest", one.digest)
        for one in found
        if one is not None
    )


def _reference(value: object) -> ImageReference | None:
    try:
        return read_reference(value) if isinstance(value, str) else None
    except ReferenceTrouble:
        return None


class _ImageForms(forms.BaseFormSet):  # type: ignore[type-arg]
    def needed(self, school: School) -> tuple[Needed, ...]:
        """In the order of the page; one image with the same tag twice is the last of the two."""
        found = [form.needed(school) for form in self.forms]
        return tuple(one for one in found if one is not None)


ImageForms = forms.formset_factory(
    PracticeImageForm, formset=_ImageForms, extra=0, max_num=MOST_IMAGES, validate_max=True
)


def image_forms(data: Any, practice: Practice | None) -> _ImageForms:
    """Those of the practice, one empty one for the first; one more where the button for it was pressed."""
    rows = [_initial(one) for one in practice.images.select_related("image")] if practice else []
    return cast(_ImageForms, ImageForms(data, prefix="images", initial=rows or [{}]))


def with_one_more(data: Any) -> Any:
    """What was sent, as if one more empty form had stood on the page."""
    more = data.copy()
    total = data.get("images-TOTAL_FORMS", "0")
    more["images-TOTAL_FORMS"] = str(min(MOST_IMAGES, int(total if total.isdecimal() else 0) + 1))
    return more


def _initial(row: PracticeImage) -> dict[str, str]:
    mark = f"@{row.digest}" if row.digest else ""
    return {
        "reference": f"{row.image}:{row.tag}{mark}",
        "ports": " ".join(row.ports),
        "environment": "\n".join(row.environment),
        "volumes": "\n".join(row.volumes),
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _is_port(value: str) -> bool:
    """Both ports: with the container's alone Docker takes any free one of the computer, and nobody finds the page."""
    numbers = re.findall(r"\d+", value.rpartition(".")[2] if "." in value else value)
    return (
        ":" in value
        and bool(_PORT.fullmatch(value))
        and all(0 < int(number) < 65536 for number in numbers[-2:])
    )


def _checked(values: list[str], is_good: Any, told: str) -> tuple[str, ...]:
    """All of them; what does not print (Escape, marks that turn the reading direction) could deceive the eye."""
    for value in values:
        if not value.isprintable() or not is_good(value):
            raise ValidationError(told % {"value": value[:60]})
    return tuple(values)
