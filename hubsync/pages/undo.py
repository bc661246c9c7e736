"""What of a run can be taken back, as its page shows it: in parts, because they cost different things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubsync.models import SyncChange, SyncRun
from hubsync.sync.restored import what_can_come_back
from hubsync.words.changes import change_sentence
from hubsync.words.holds import stays_sentence
from hubsync.words.who import WhoIsWho


@dataclass(frozen=True)
class Part:
    """One thing to press: `code` is what the form sends; without `button` there is nothing to press."""

    code: str
    heading: str
    explanation: str
    sentences: list[str]
    button: str = ""


@dataclass(frozen=True)
class ShownUndo:
    parts: list[Part]
    done: int


def shown_undo(run: SyncRun, who: WhoIsWho, now: datetime) -> ShownUndo | None:
    """None where the run removed nothing that could come back."""
    found = what_can_come_back(run, now)
    parts = [
        _as_it_was(_stay(found.as_it_was, who)),
        _invite(_people(found.needs_invitation, who)),
        _teams(_stay(found.teams, who)),
        _lost([change_sentence(row.kind, row.facts, who) for row in found.lost]),
    ]
    shown = [part for part in parts if part.sentences]
    return ShownUndo(shown, len(found.done)) if shown or found.done else None


def _stay(rows: Iterable[SyncChange], who: WhoIsWho) -> list[str]:
    return [stays_sentence(row.kind, row.facts, who) for row in rows]


def _people(rows: Iterable[SyncChange], who: WhoIsWho) -> list[str]:
    return [
        _("%(person)s, into %(team)s")
        % {"person": who.person(row.facts["docker_id"]), "team": who.team(row.facts["team"])}
        for row in rows
    ]


def _as_it_was(sentences: list[str]) -> Part:
    number = len(sentences)
    button = ngettext("Put it back as it was", "Put all %(number)s back as they were", number)
    told = _(
        "The portal restores it on Docker Hub and then leaves it alone, until the lists of the school change about it "
        "or you let the portal decide again. Nobody gets an e-mail."
    )
    return Part("as_it_was", _("As it was"), told, sentences, button % {"number": number})


def _invite(sentences: list[str]) -> Part:
    number = len(sentences)
    button = ngettext("Invite %(number)s person again", "Invite %(number)s people again", number)
    told = ngettext(
        "This person has left the organization and cannot be put back: they need a new invitation, which is an e-mail "
        "from Docker and takes %(number)s seat.",
        "These people have left the organization and cannot be put back: they need new invitations, which are e-mails "
        "from Docker and take %(number)s seats.",
        number,
    )
    words = {"number": number}
    return Part("invite", _("By a new invitation"), told % words, sentences, button % words)


def _teams(sentences: list[str]) -> Part:
    number = len(sentences)
    button = ngettext("Make the team again", "Make all %(number)s teams again", number)
    told = _(
        "A deleted team is made anew with the same name, with those of its members who are still in the organization, "
        "and with what it could use."
    )
    return Part("teams", _("Teams made anew"), told, sentences, button % {"number": number})


def _lost(sentences: list[str]) -> Part:
    told = _("Enrol them in a class whose students are members, and the portal invites them again.")
    return Part("", _("Only through a class"), told, sentences)
