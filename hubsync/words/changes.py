"""Changes, holds and troubles as sentences that a teacher understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hubsync.words.who import WhoIsWho

Facts = Mapping[str, Any]
LONGEST_LIST_OF_PEOPLE = 8
# "Inés", "Íñigo", "Hilario"; not before a diphthong: "Iago", "Hierro".
_SOUNDS_LIKE_I = re.compile(r"h?[ií](?![aeouáéóú])", re.IGNORECASE)

PERMISSIONS: dict[str, Promise] = {
    "read": gettext_lazy("pull"),
    "write": gettext_lazy("pull and push"),
    "admin": gettext_lazy("administer"),
}
HEADINGS: dict[str, Promise] = {
    "create_repository": gettext_lazy("New repositories"),
    "describe_repository": gettext_lazy("Descriptions of repositories"),
    "change_visibility": gettext_lazy("Who can pull a repository"),
    "set_immutable_tags": gettext_lazy("Tags that cannot be pushed again"),
    "create_team": gettext_lazy("New teams"),
    "invite": gettext_lazy("Invitations"),
    "resend_invite": gettext_lazy("Invitations sent again"),
    "add_to_team": gettext_lazy("People put into teams"),
    "assign_permission": gettext_lazy("Permissions given"),
    "change_permission": gettext_lazy("Permissions changed"),
    "add_collaborator": gettext_lazy("Teachers who may push"),
    "rename_team": gettext_lazy("Teams renamed"),
    "describe_team": gettext_lazy("Descriptions of teams"),
    "cancel_invite": gettext_lazy("Invitations cancelled"),
    "remove_permission": gettext_lazy("Permissions taken away"),
    "remove_collaborator": gettext_lazy("Teachers who may no longer push"),
    "remove_from_team": gettext_lazy("People taken out of teams"),
    "delete_team": gettext_lazy("Teams deleted"),
    "remove_member": gettext_lazy("People removed from the organization"),
}
# What those will notice who are not named in it; `noticing` says it of people by name.
NOTICED: dict[str, Promise] = {
    "change_visibility": gettext_lazy(
        "What is made public everybody can pull at once; what is made private only members whose team may read it."
    ),
    "set_immutable_tags": gettext_lazy(
        "Who pushes a tag that is there already is refused, and takes another tag."
    ),
    "assign_permission": gettext_lazy(
        "The members of the team can use the repository at once; nobody gets a message."
    ),
    "change_permission": gettext_lazy("The members of the team notice it at their next push."),
    "add_collaborator": gettext_lazy(
        "They can push to the repository at once. It costs nothing and needs no answer of theirs."
    ),
    "remove_collaborator": gettext_lazy("Their next push to the repository is refused."),
    "remove_permission": gettext_lazy("The members of the team can no longer pull the private repository."),
    "delete_team": gettext_lazy("Its members stay in the organization but lose what the team could use."),
}
REMOVALS = frozenset(
    {
        "cancel_invite",
        "remove_permission",
        "remove_collaborator",
        "remove_from_team",
        "delete_team",
        "remove_member",
    }
)


# Hub: what a bulk invitation says of one invitee; the set is open, so others are shown as they are.
HUB_WORDS: dict[str, Promise] = {
    "invalid_email_or_docker_id": gettext_lazy("nobody on Docker Hub has this Docker ID or address"),
    "no_seats_available": gettext_lazy("no seat is free"),
    "existing_org_member": gettext_lazy("is a member already"),
}


def hub_words(text: str) -> str:
    """Docker Hub's own words, with the codes that are known said in the reader's language."""
    for code, words in HUB_WORDS.items():
        text = text.replace(code, str(words))
    return text


def change_sentence(kind: str, facts: Facts, who: WhoIsWho) -> str:
    """What one change does, in words. A kind that this version does not know is named as it is."""
    sentence = _SENTENCES.get(kind)
    return sentence(facts, who) if sentence else kind


def _invite(facts: Facts, who: WhoIsWho) -> str:
    people = [who.person(invitee) for invitee in facts["invitees"]]
    named = listed(shortened(people))
    if not facts.get("team"):
        return _("Invite %(people)s into the organization.") % {"people": named}
    return _("Invite %(people)s into %(team)s.") % {"people": named, "team": who.team(facts["team"])}


def listed(names: list[str]) -> str:
    """ "Ana, Bruno and Carla". Spanish says "e" for "y" before the sound of i: "Ana e Inés", but "Ana y Hiedra"."""
    conjunction = _("and")
    if conjunction == "y" and names and _SOUNDS_LIKE_I.match(names[-1]):
        conjunction = "e"
    return get_text_list(names, conjunction)


def shortened(people: list[str]) -> list[str]:
    if len(people) <= LONGEST_LIST_OF_PEOPLE:
        return people
    left = len(people) - LONGEST_LIST_OF_PEOPLE
    more = ngettext("%(number)s more person", "%(number)s more people", left) % {"number": left}
    return [*people[:LONGEST_LIST_OF_PEOPLE], more]


def _create_repository(facts: Facts, who: WhoIsWho) -> str:
    if facts.get("is_private"):
        return _("Create the private repository %(repository)s.") % facts
    return _("Create the public repository %(repository)s.") % facts


def _visibility(facts: Facts, who: WhoIsWho) -> str:
    if facts.get("is_private"):
        return _("Make the repository %(repository)s private.") % facts
    return _("Make the repository %(repository)s public.") % facts


def _immutable(facts: Facts, who: WhoIsWho) -> str:
    if facts.get("enabled"):
        return _("Let nobody push a tag of %(repository)s again.") % facts
    return _("Let tags of %(repository)s be pushed again.") % facts


def _permission(text: str, facts: Facts, who: WhoIsWho) -> str:
    words = {
        name: PERMISSIONS.get(facts.get(name, ""), facts.get(name, "")) for name in ("permission", "was")
    }
    return text % {"team": who.team(facts["team"]), "repository": facts["repository"], **words}


def _about(text: Callable[[], str]) -> Callable[[Facts, WhoIsWho], str]:
    """A sentence of the facts alone, with the person's and the team's own names in place of the keys."""

    def sentence(facts: Facts, who: WhoIsWho) -> str:
        key = facts.get("docker_id") or facts.get("invitee") or ""
        return text() % {**facts, "person": who.person(key), "team": who.team(facts.get("team", ""))}

    return sentence


_SENTENCES: dict[str, Callable[[Facts, WhoIsWho], str]] = {
    "create_repository": _create_repository,
    "describe_repository": _about(
        lambda: _("Write “%(description)s” as the description of the repository %(repository)s.")
    ),
    "change_visibility": _visibility,
    "set_immutable_tags": _immutable,
    "create_team": _about(lambda: _("Create %(team)s.")),
    "rename_team": _about(lambda: _("Rename %(team)s to %(new_name)s.")),
    "describe_team": _about(lambda: _("Write “%(description)s” as the description of %(team)s.")),
    "invite": _invite,
    "resend_invite": _about(lambda: _("Send the invitation of %(person)s again.")),
    "cancel_invite": _about(lambda: _("Cancel the invitation of %(person)s.")),
    "add_to_team": _about(lambda: _("Put %(person)s into %(team)s.")),
    "remove_from_team": _about(lambda: _("Take %(person)s out of %(team)s.")),
    "add_collaborator": _about(lambda: _("Let %(person)s push to the repository %(repository)s.")),
    "remove_collaborator": _about(
        lambda: _("Take the right to push to the repository %(repository)s from %(person)s.")
    ),
    "remove_member": _about(lambda: _("Remove %(person)s from the organization.")),
    "delete_team": _about(lambda: _("Delete %(team)s.")),
    "assign_permission": lambda facts, who: _permission(
        _("Let %(team)s use the repository %(repository)s: %(permission)s."), facts, who
    ),
    "change_permission": lambda facts, who: _permission(
        _("Change what %(team)s may do with %(repository)s: from %(was)s to %(permission)s."), facts, who
    ),
    "remove_permission": lambda facts, who: _permission(
        _("Take the repository %(repository)s away from %(team)s (it could: %(was)s)."), facts, who
    ),
}
