"""Changes of the same kind about the same team as one sentence with its number: "Invite 12 people into …: Ana, …"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import ngettext

from hubsync.words.changes import change_sentence, listed, shortened
from hubsync.words.who import WhoIsWho

Facts = dict[str, Any]


@dataclass
class Counted:
    """Changes that are said together; `people` are the keys of those concerned."""

    kind: str
    facts: Facts
    people: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return max(1, len(self.people))


def counted(changes: Iterable[tuple[str, Facts]]) -> list[Counted]:
    """The changes (kind, facts) in their order, those about people gathered by team."""
    found: dict[tuple[str, ...], Counted] = {}
    for number, (kind, facts) in enumerate(changes):
        if kind not in _TOGETHER:
            found[kind, str(number)] = Counted(kind, facts)
            continue
        row = found.setdefault(
            (kind, str(facts.get("team", "")), str(facts.get("reason", ""))), Counted(kind, facts)
        )
        row.people += people_of(kind, facts)
    return list(found.values())


def people_of(kind: str, facts: Facts) -> list[str]:
    """Whom a change concerns, by Docker ID or address."""
    if kind == "invite":
        return list(facts["invitees"])
    key = facts.get("docker_id") or facts.get("invitee")
    return [key] if key else []


def counted_sentence(row: Counted, who: WhoIsWho) -> str:
    """One sentence; a single change says it as it always does."""
    if row.count == 1:
        return change_sentence(row.kind, row.facts, who)
    people = sorted((who.person(key) for key in row.people), key=str.casefold)
    return _TOGETHER[row.kind](row.count) % {
        "number": row.count,
        "people": listed(shortened(people)),
        "team": who.team(str(row.facts.get("team", ""))),
    }


_TOGETHER: dict[str, Callable[[int], str]] = {
    "invite": lambda number: ngettext(
        "Invite %(number)s person into %(team)s: %(people)s.",
        "Invite %(number)s people into %(team)s: %(people)s.",
        number,
    ),
    "resend_invite": lambda number: ngettext(
        "Send the invitation of %(number)s person again: %(people)s.",
        "Send the invitations of %(number)s people again: %(people)s.",
        number,
    ),
    "cancel_invite": lambda number: ngettext(
        "Cancel the invitation of %(number)s person: %(people)s.",
        "Cancel the invitations of %(number)s people: %(people)s.",
        number,
    ),
    "add_to_team": lambda number: ngettext(
        "Put %(number)s person into %(team)s: %(people)s.",
        "Put %(number)s people into %(team)s: %(people)s.",
        number,
    ),
    "remove_from_team": lambda number: ngettext(
        "Take %(number)s person out of %(team)s: %(people)s.",
        "Take %(number)s people out of %(team)s: %(people)s.",
        number,
    ),
    "remove_member": lambda number: ngettext(
        "Remove %(number)s person from the organization: %(people)s.",
        "Remove %(number)s people from the organization: %(people)s.",
        number,
    ),
}
