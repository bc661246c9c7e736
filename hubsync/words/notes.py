"""What a look found and left alone, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hubsync.words.who import WhoIsWho

NOTES: dict[str, Promise] = {
    "exists_not_ours": _(
        "%(team)s exists on Docker Hub already, and nobody has said that it is the portal’s: it is left alone. "
        "Adopt it on the page “What is on Docker Hub”, or rename it there."
    ),
    "only_observed": _("%(team)s is only looked at, as somebody chose when it was adopted."),
    "name_taken": _("%(team)s cannot be renamed to %(new_name)s: another team has that name."),
    "repository_missing": _(
        "The repository %(repository)s is not on Docker Hub, so %(team)s cannot be allowed to use it yet."
    ),
    "collaborators_wait": _(
        "The repository %(repository)s is not on Docker Hub, so no teacher can be allowed to push to it yet."
    ),
    "no_seat": _(
        "%(person)s cannot be invited: all seats are taken. Buy a seat, or free one, and write the new number."
    ),
    "invited_before": _(
        "%(person)s was invited before and is neither waiting nor a member: they are not invited twice."
    ),
    "unanswered": _(
        "%(person)s has not answered although the invitation was sent three times: it is cancelled, so that the seat "
        "is free. Talk to them; they can be invited again."
    ),
    "expired": _(
        "%(person)s did not answer Docker’s invitation in time. "
        "They are invited again only when somebody presses “Invite again”."
    ),
    "declined": _(
        "%(person)s declined Docker’s invitation. They are invited again only when somebody presses “Invite again”."
    ),
    "cancelled": _(
        "Somebody cancelled the invitation of %(person)s on Docker Hub. "
        "They are invited again only when somebody presses “Invite again”."
    ),
    "invalid": _(
        "Docker Hub knows nobody called %(person)s: put the Docker ID or the address right. It is tried again once a day."
    ),
    "lost": _(
        "%(person)s is no longer in the organization: they left, were removed or deleted their account. "
        "They are invited again only when somebody presses “Invite again”."
    ),
    "answer_lost": _(
        "Docker Hub’s answer about the invitation of %(person)s was lost; it is looked at again in a minute."
    ),
    "unseen": _(
        "The access token may not look at this part of Docker Hub, so nothing is planned there: %(area)s."
    ),
}
AREAS: dict[str, Promise] = {
    "members": _("members"),
    "invites": _("invitations"),
    "teams": _("teams"),
    "repositories": _("repositories"),
    "permissions": _("permissions"),
    "collaborators": _("collaborators"),
    "tags": _("tags"),
    "audit_log": _("activity log"),
}


def note_sentence(code: str, facts: Mapping[str, str], who: WhoIsWho) -> str:
    """What was found and left alone. A code that this version does not know is shown as it is."""
    if code not in NOTES:
        return code
    words = {
        **facts,
        "team": who.team(facts.get("team", "")),
        "person": who.person(facts.get("invitee", "")),
        "area": AREAS.get(facts.get("area", ""), facts.get("area", "")),
    }
    return str(NOTES[code]) % words
