"""Handing in: the image, its compose file, a word to the teacher; or an archive of the image."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.compose_files.env_file import fill_in, read_env
from classrooms.compose_files.reading import read_compose
from classrooms.compose_files.troubles import REASONS, ComposeRefused
from classrooms.compose_files.values import ComposeFile
from classrooms.forms.images import typed_reference
from classrooms.image_references.reading import read_reference
from classrooms.image_references.reference import ImageReference
from classrooms.models import Practice

LONGEST_NOTE = 4000


class _WorkForm(forms.Form):
    """What every way of handing in asks for besides the image itself."""

    compose = forms.CharField(
        label=gettext_lazy("Your compose file"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "code"}),
        help_text=gettext_lazy("Paste all of compose.yaml. Images are named with “image:”, not built."),
    )
    env = forms.CharField(
        label=gettext_lazy("Your .env, where the compose file takes values from it"),
        required=False,
        max_length=16_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "code"}),
        help_text=gettext_lazy(
            "One NAME=value in each line. Your teacher sees it, so hand in passwords that are used nowhere else."
        ),
    )
    port = forms.IntegerField(
        label=gettext_lazy("On which port does it answer inside the container?"),
        required=False,
        min_value=1,
        max_value=65_535,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy(
            "80 for most web servers. Leave it empty where the Dockerfile says it with EXPOSE."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("A word to your teacher"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What you did, what does not work yet. No passwords."),
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if practice.takes_compose:
            self.fields["compose"].required = True
            del self.fields["port"]
        else:
            del self.fields["compose"], self.fields["env"]

    def clean_compose(self) -> str:
        """Read together with `.env`, which comes after it."""
        return cast(str, self.cleaned_data["compose"]).replace("\r\n", "\n").strip()

    def clean_env(self) -> str:
        """Its values go into the compose file: what is kept, shown and run is one text."""
        env, text = self.cleaned_data["env"], self.cleaned_data.get("compose", "")
        if text:
            try:
                values = read_env(env)
                self._take(fill_in(text, values).strip() if values else text)
            except ComposeRefused as refusal:
                name = "env" if any(one.code == "env_line" for one in refusal.troubles) else "compose"
                told = [_(REASONS[trouble.code]) % trouble.facts for trouble in refusal.troubles]
                self.add_error(name, ValidationError(told))
        return str(env)

    def _take(self, text: str) -> None:
        self.services: ComposeFile | None = read_compose(text)
        self.cleaned_data["compose"] = f"{text}\n"

    @property
    def compose_images(self) -> list[ImageReference]:
        """The images of a compose file that was read; empty without one."""
        services = getattr(self, "services", None)
        return [read_reference(name) for name in services.images] if services else []


class HandInForm(_WorkForm):
    """An image by its name."""

    reference = forms.CharField(
        label=gettext_lazy("Which image do you hand in?"),
        max_length=400,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        help_text=gettext_lazy("As you pushed it, with its tag: nerea1/web:v1."),
    )
    field_order = ("reference", "compose", "env", "port", "note")

    def clean_reference(self) -> ImageReference:
        return typed_reference(self.cleaned_data["reference"])


class ArchiveForm(_WorkForm):
    """An image as a file; the file itself has been written to its place before this form is looked at."""

    archive = forms.FileField(
        label=gettext_lazy("The file of your image"),
        allow_empty_file=True,
        help_text=gettext_lazy("Make it with: docker save -o image.tar NAME"),
        widget=forms.ClearableFileInput(attrs={"accept": ".tar,.tgz,.tar.gz,.gz"}),
    )
    field_order = ("archive", "compose", "env", "port", "note")
