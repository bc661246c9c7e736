"""What went wrong with Docker Hub, as a sentence that says what happens next or what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hubsync.credentials import CredentialUnreadable, NoCredential
from hubsync.hub.errors import (
    BudgetUsedUp,
    HubAuthLost,
    HubConflict,
    HubError,
    HubForbidden,
    HubNotFound,
    HubRejected,
    HubThrottled,
    HubUnavailable,
    IncompleteObservation,
    NotSupportedHere,
    PauseAsked,
)

UNEXPECTED = _("Something unexpected happened with Docker Hub. Nothing was lost; it is tried again.")

# The most particular first.
_BY_CLASS: tuple[tuple[type[HubError], Promise], ...] = (
    (
        NoCredential,
        _("There is no access token yet. An owner of the school pastes one on the page “Connection”."),
    ),
    (
        CredentialUnreadable,
        _(
            "The stored access token cannot be opened with the keys of this installation. "
            "Paste a new access token, or ask whoever runs the portal to bring the old key back."
        ),
    ),
    (
        HubAuthLost,
        _(
            "Docker Hub does not accept the access token: it was deleted, has expired, or belongs to another "
            "organization. Nothing is tried again until an owner of the school replaces it."
        ),
    ),
    (
        PauseAsked,
        _(
            "Docker Hub has asked the portal for a pause, or has not answered several times, so nobody asks it "
            "for a few minutes. Nothing was lost; the portal goes on by itself."
        ),
    ),
    (
        BudgetUsedUp,
        _(
            "The portal has asked Docker Hub as often as it allows itself for now, so that Docker Hub does not shut it out. "
            "Try again in a minute."
        ),
    ),
    (
        HubThrottled,
        _(
            "Docker Hub asks for a pause because too much was asked. Nothing was lost; the portal goes on by itself."
        ),
    ),
    (
        HubUnavailable,
        _(
            "Docker Hub gave no usable answer: it may be down, or its firewall stood in the way. "
            "Nothing was lost; it is tried again."
        ),
    ),
    (
        HubForbidden,
        _(
            "The access token may not do this. Press “Check again” on the page “Connection” to see what it lacks."
        ),
    ),
    (HubNotFound, _("Docker Hub says that this is not there (any more).")),
    (
        HubConflict,
        _("Something with this name is there already on Docker Hub, and the portal did not make it."),
    ),
    (HubRejected, _("Docker Hub refused one of the changes. The others went on.")),
    (
        IncompleteObservation,
        _("Docker Hub’s answer was not complete, so nothing was changed. The portal looks again shortly."),
    ),
    (NotSupportedHere, _("This Docker Hub has no route for what was asked.")),
)
# The codes of `settlement`.
_BY_CODE: dict[str, Promise] = {
    "no_credential": _BY_CLASS[0][1],
    "unreadable_credential": _BY_CLASS[1][1],
    "refused": _BY_CLASS[2][1],
    "unavailable": _BY_CLASS[6][1],
    "pause": _BY_CLASS[3][1],
    "budget": _BY_CLASS[4][1],
    "throttled": _BY_CLASS[5][1],
    "missing_scope": _(
        "The access token lacks a permission, so a part was left out. "
        "Press “Check again” on the page “Connection” to see which."
    ),
    "rejected": _(
        "Docker Hub refused some changes. The others were made; the list shows Docker Hub’s own words."
    ),
    "collaborators_unseen": _(
        "Docker Hub does not tell who may push to the repositories, so nobody was let in or out. "
        "Do it on Docker Hub yourself, or switch it off on the page “Connection”."
    ),
    "unproven": _(
        "Docker Hub’s answer was not complete, so nothing was changed. The portal looks again shortly."
    ),
    "empty_class_list": _(
        "No class is left although the portal keeps teams of classes, so nothing was changed. "
        "Make a class of this academic year, or release the old teams on the page “What is on Docker Hub”."
    ),
    "lease_lost": _("Another worker took over; nothing was lost."),
}


def trouble_sentence(error: Exception) -> Promise:
    """The sentence for an error of Docker Hub. Docker Hub's own words are not in it."""
    return next((sentence for kind, sentence in _BY_CLASS if isinstance(error, kind)), UNEXPECTED)


def sentence_of_code(code: str) -> str | Promise:
    """The sentence for a trouble that a run stored; "" for none."""
    return _BY_CODE.get(code, UNEXPECTED) if code else ""


def details_of(code: str, detail: str) -> str:
    """What a run noted besides, for whoever runs the portal; "" where the page shows it in a better place."""
    return "" if code in ("", "rejected") else detail
