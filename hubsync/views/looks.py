"""How a look at Docker Hub ended, said on the page that follows it, be it at once or later."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hubsync.models import HubAccount
from hubsync.pages.showing import outcome_of
from hubsync.words.troubles import sentence_of_code

_WAITING = "waits_for_plan"


def tell_or_wait(request: HttpRequest, account: HubAccount, outcome: str | None) -> None:
    """Say how it ended; where it has not, remember that this person waits for it."""
    if outcome is None:
        request.session[_WAITING] = account.pk
    else:
        request.session.pop(_WAITING, None)
        _tell(request, outcome)


def tell_what_ended(request: HttpRequest, account: HubAccount) -> None:
    """Say how a look ended that this person waited for; nothing where it goes on."""
    if request.session.get(_WAITING) == account.pk:
        tell_or_wait(request, account, outcome_of(account))


def _tell(request: HttpRequest, outcome: str) -> None:
    match outcome:
        case "shown" | "":
            return
        case "allowed":
            messages.success(request, _("It is being done now. Each step shows up below."))
        case "nothing_left":
            messages.warning(request, _("Nothing is left to be done: it has been let happen already."))
        case "changed":
            changed = _(
                "The plan has changed since you saw it, so nothing was done. Read the new one and press again."
            )
            messages.warning(request, changed)
        case _:
            messages.error(request, str(sentence_of_code(outcome)))
