"""What the people concerned will notice of a plan, each of them named once for each thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubsync.words.changes import listed, shortened
from hubsync.words.counted import people_of
from hubsync.words.who import WhoIsWho

# In the order in which a person wants to hear it: messages first, then what is gained, then what is lost.
_NOTICED: dict[str, Callable[[int], str]] = {
    "invite": lambda n: ngettext(
        "%(people)s gets one e-mail from Docker and has to accept it.",
        "%(people)s get one e-mail each from Docker and have to accept it.",
        n,
    ),
    "resend_invite": lambda n: ngettext(
        "%(people)s gets Docker’s e-mail once more.", "%(people)s get Docker’s e-mail once more.", n
    ),
    "cancel_invite": lambda n: ngettext(
        "The link in the e-mail to %(people)s stops working.",
        "The links in the e-mails to %(people)s stop working.",
        n,
    ),
    "add_to_team": lambda n: ngettext(
        "%(people)s gets no message, and can pull the private images of the team.",
        "%(people)s get no message, and can pull the private images of the team.",
        n,
    ),
    "remove_from_team": lambda n: ngettext(
        "%(people)s gets no message, and can no longer pull what only that team may pull.",
        "%(people)s get no message, and can no longer pull what only that team may pull.",
        n,
    ),
    "remove_member": lambda n: ngettext(
        "%(people)s leaves the organization, and comes back only by accepting a new invitation.",
        "%(people)s leave the organization, and come back only by accepting a new invitation.",
        n,
    ),
}

CONCERNS_PEOPLE = frozenset(_NOTICED)


def noticed_lines(changes: Iterable[tuple[str, dict[str, Any]]], who: WhoIsWho) -> list[str]:
    """What each of these people will notice of the changes (kind, facts); nothing changes for anybody else."""
    by_kind: dict[str, set[str]] = {}
    for kind, facts in changes:
        if kind in _NOTICED:
            by_kind.setdefault(kind, set()).update(people_of(kind, facts))
    lines = []
    for kind, words in _NOTICED.items():
        if people := sorted((who.person(key) for key in by_kind.get(kind, ())), key=str.casefold):
            lines.append(words(len(people)) % {"people": listed(shortened(people))})
    return [*lines, _("Nothing changes for anybody else.") if lines else _("Nobody gets a message.")]
