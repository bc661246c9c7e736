"""The questions that wait for an answer, and what stays because somebody said so, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from classrooms.models import School, TeacherRole
from hubsync.models import Hold, HubAccount, RestoredRemoval
from hubsync.words.changes import NOTICED, change_sentence
from hubsync.words.holds import hold_sentence, question, stays_sentence
from hubsync.words.noticing import CONCERNS_PEOPLE, noticed_lines
from hubsync.words.who import WhoIsWho


@dataclass(frozen=True)
class ShownHold:
    """One question: what is asked, why, what would be done, and what those concerned will notice."""

    hold: Hold
    question: str
    reason: Promise
    sentences: list[str]
    noticed: list[str | Promise] = field(default_factory=list)

    @property
    def is_quick(self) -> bool:
        """Time alone will answer it."""
        return self.hold.reason == "grace"

    @property
    def is_about_gone(self) -> bool:
        """It would make again what is gone, and take nothing away."""
        return self.hold.reason == "shrunk"


@dataclass(frozen=True)
class Kept:
    """Something that stays although no list asks for it, and the row that says so."""

    sentence: str
    row: RestoredRemoval


def shown_hold(hold: Hold, who: WhoIsWho) -> ShownHold:
    return ShownHold(
        hold=hold,
        question=question(hold.kind, len(hold.changes)),
        reason=hold_sentence(hold.reason),
        sentences=[change_sentence(one["kind"], one["facts"], who) for one in hold.changes],
        noticed=_noticed(hold, who),
    )


def _noticed(hold: Hold, who: WhoIsWho) -> list[str | Promise]:
    """By name where people are concerned; a sentence for each other kind of change."""
    kinds = dict.fromkeys(change["kind"] for change in hold.changes)
    lines: list[str | Promise] = [NOTICED[kind] for kind in kinds if kind in NOTICED]
    if kinds.keys() & CONCERNS_PEOPLE:
        lines += noticed_lines(((one["kind"], one["facts"]) for one in hold.changes), who)
    return lines


def waiting_holds(account: HubAccount, who: WhoIsWho) -> list[ShownHold]:
    """What nobody has answered: what is urgent first, then who only waits for the day to pass."""
    shown = [shown_hold(hold, who) for hold in Hold.objects.waiting().filter(account=account)]
    return sorted(shown, key=lambda one: one.is_quick)


def refused_holds(account: HubAccount, who: WhoIsWho) -> list[ShownHold]:
    rows = Hold.objects.open().filter(account=account, refused_at__isnull=False)
    return [shown_hold(hold, who) for hold in rows.select_related("refused_by")]


def kept(account: HubAccount, who: WhoIsWho) -> list[Kept]:
    """What was brought back and stays."""
    rows = RestoredRemoval.objects.filter(account=account, ended_at=None).select_related("restored_by")
    return [Kept(stays_sentence(row.kind, row.facts, who), row) for row in rows]


def owners_named(school: School) -> str:
    """ "Ana and Lucía": who may answer."""
    roles = TeacherRole.objects.current().owners().filter(school=school).select_related("user")
    return get_text_list(sorted(str(role.user) for role in roles), _("or"))
