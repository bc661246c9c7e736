"""What waits for an answer as a question, why it waits, and what was left or brought back, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hubsync.words.changes import PERMISSIONS
from hubsync.words.who import WhoIsWho

REASONS: dict[str, Promise] = {
    "too_many": gettext_lazy(
        "These are more removals at once than usual, so the portal asks before it does them. "
        "If a class list or a date is wrong, put it right: the question then goes away by itself."
    ),
    "grace": gettext_lazy(
        "Leaving the organization cannot be undone without the person, so the portal waits a day and looks once more "
        "before it does it. It then happens by itself, unless you say no."
    ),
    "mark_missing": gettext_lazy(
        "Somebody has changed the description on Docker Hub that says that the team is the portal’s. Perhaps the team "
        "is used for something else by now, so it is not deleted before you have said so."
    ),
    "assumed": gettext_lazy(
        "The portal has taken this account for somebody whom it invited by e-mail, because no other came. If somebody let "
        "this account in by hand, say no: it then stays."
    ),
    "shrunk": gettext_lazy(
        "The portal has looked twice, and much of what was there is gone, although neither the portal nor the school "
        "took it away. Perhaps somebody removed it on purpose, so the portal asks before it makes it again."
    ),
    "fight": gettext_lazy(
        "The portal has done this three times within a week, and each time somebody undid it on Docker Hub. "
        "Talk to them before you decide."
    ),
    "refused": gettext_lazy(
        "An owner of the school has said no, so the portal leaves it as it is and does not ask again. An owner can still "
        "let it happen on the page of the synchronization."
    ),
    "follows": gettext_lazy(
        "This needs something that waits for an answer, or would be a way around it. As soon as that is answered, the "
        "portal decides about this too."
    ),
}


def heading(kind: str, reason: str, number: int) -> str:
    """What stands above the changes that are held: the question, where there is one left to ask."""
    say = _STATEMENTS.get(reason)
    return say(number) % {"number": number} if say else question(kind, number)


_STATEMENTS: dict[str, Callable[[int], str]] = {
    "refused": lambda n: ngettext(
        "Left alone because an owner said no (%(number)s change)",
        "Left alone because an owner said no (%(number)s changes)",
        n,
    ),
    "follows": lambda n: ngettext(
        "Waits together with something else (%(number)s change)",
        "Wait together with something else (%(number)s changes)",
        n,
    ),
}


def question(kind: str, number: int) -> str:
    """The hold as one question."""
    ask = _QUESTIONS.get(kind)
    return ask(number) % {"number": number} if ask else _("Shall the portal go on changing this back?")


_QUESTIONS: dict[str, Callable[[int], str]] = {
    "shrunk": lambda n: ngettext(
        "Shall what is gone from Docker Hub be made again (%(number)s change)?",
        "Shall what is gone from Docker Hub be made again (%(number)s changes)?",
        n,
    ),
    "members": lambda n: ngettext(
        "Shall %(number)s person leave the organization?",
        "Shall %(number)s people leave the organization?",
        n,
    ),
    "teams": lambda n: ngettext("Shall %(number)s team be deleted?", "Shall %(number)s teams be deleted?", n),
    "memberships": lambda n: ngettext(
        "Shall %(number)s person be taken out of a team?", "Shall %(number)s people be taken out of teams?", n
    ),
    "permissions": lambda n: ngettext(
        "Shall %(number)s permission be taken away?", "Shall %(number)s permissions be taken away?", n
    ),
}


def hold_sentence(reason: str) -> Promise:
    """Why it waits for a person."""
    return REASONS.get(reason, REASONS["too_many"])


def stays_sentence(kind: str, facts: Mapping[str, Any], who: WhoIsWho) -> str:
    """What a removal leaves as it is, or brings back, when it is not done."""
    sentence = _STAYS.get(kind)
    if sentence is None:
        return kind
    words = {
        "person": who.person(facts.get("docker_id", "")),
        "team": who.team(facts.get("team", "")),
        "repository": facts.get("repository", ""),
        "was": PERMISSIONS.get(facts.get("was", ""), ""),
    }
    # A Docker ID is written as it is; a team's words begin a sentence.
    text = sentence()
    return capfirst(text % words) if text.startswith("%(team)s") else text % words


_STAYS: dict[str, Callable[[], str]] = {
    "remove_member": lambda: _("%(person)s stays in the organization."),
    "remove_from_team": lambda: _("%(person)s stays in %(team)s."),
    "delete_team": lambda: _("%(team)s stays."),
    "remove_permission": lambda: _("%(team)s keeps the repository %(repository)s (%(was)s)."),
    "change_permission": lambda: _("%(team)s keeps the repository %(repository)s (%(was)s)."),
    "remove_collaborator": lambda: _("%(person)s may go on pushing to the repository %(repository)s."),
}
