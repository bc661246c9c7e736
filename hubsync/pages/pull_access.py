"""The form with which an owner gives a class a token that can only pull, and what a trial of it found, in words."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.models import ClassGroup
from hubsync.account.pull_access import Found, try_pull_token
from hubsync.models import HubAccount

LONGEST = timedelta(days=366)
REFUSALS = {
    Found.REFUSED: gettext_lazy("Docker Hub refuses this token. Copy it again, or make a new one."),
    Found.CANNOT_PULL: gettext_lazy(
        "This token cannot pull all private images of the class. Add them to its repositories."
    ),
    Found.MAY_PUSH: gettext_lazy(
        "This token may push too, so students could change images. Make one with “Image Pull” alone."
    ),
    Found.MAY_SEE_EXAM: gettext_lazy(
        "With this token students could pull an image of an exam that has not begun. Make one without that image."
    ),
    Found.NO_ANSWER: gettext_lazy(
        "Docker Hub did not answer, so the token could not be tried. Try again later."
    ),
    Found.NOTHING_TO_TRY: gettext_lazy("The class has no private image of the school, so it needs no token."),
}


class PullTokenForm(forms.Form):
    """What was typed is never written back into a page."""

    token = forms.CharField(
        label=gettext_lazy("Token that can only pull"),
        max_length=400,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    until = forms.DateField(
        label=gettext_lazy("Until which day may the students use it?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("At most its last day on Docker Hub. The end of the term is a good one."),
    )

    def __init__(self, *args: object, account: HubAccount, class_group: ClassGroup, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.account, self.class_group = account, class_group

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if not timezone.localdate() <= day <= timezone.localdate() + LONGEST:
            raise ValidationError(_("Choose a day from today on, at most a year ahead."))
        return day

    def clean_token(self) -> str:
        """Tried at once: nobody finds out in class that it does not work."""
        token = str(self.cleaned_data["token"]).strip()
        found = try_pull_token(self.account, self.class_group, token)
        if found is not Found.GOOD:
            raise ValidationError(REFUSALS[found])
        return token
