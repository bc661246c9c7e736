"""All schools of the installation and where each stands with Docker Hub: who needs attention stands first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from hubsync.models import Hold, HubAccount, HubBudget, ObservedPerson, SyncRun
from hubsync.pages.cost import DAY
from hubsync.pages.standing import SchoolStanding, state_of
from hubsync.sync.blocks import egress
from hubsync.sync.heartbeat import last_beat

# The first need somebody now, the last need nobody.
ORDER = ("refused", "trouble", "unknown", "held", "waiting", "not_started", "connecting", "in_sync")
SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Watched:
    """One school: its standing, and what it cost."""

    account: HubAccount
    standing: SchoolStanding
    last_run: int
    last_day: int

    @property
    def rank(self) -> tuple[bool, int, str]:
        """Stuck schools first, then by state, then by name."""
        return not self.standing.is_stuck, ORDER.index(self.standing.state), self.account.school.name

    @property
    def needs_attention(self) -> bool:
        return self.standing.is_stuck or self.standing.state in ("refused", "trouble", "unknown", "held")


@dataclass(frozen=True)
class Installation:
    """What all schools share: a worker, and Docker Hub's patience."""

    last_beat_at: datetime | None
    blocked_until: datetime | None
    silences: int

    @property
    def is_silent(self) -> bool:
        """No worker has given a sign of life for a while."""
        return self.last_beat_at is None or timezone.now() - self.last_beat_at > SILENT_AFTER


def all_schools() -> list[Watched]:
    """Every school with an account, in one query; who needs attention first."""
    return sorted(map(_watched, _accounts()), key=lambda one: one.rank)


def this_installation() -> Installation:
    """The last sign of a worker, and until when nobody asks Docker Hub."""
    row = HubBudget.objects.filter(egress=egress(), blocked_until__gt=timezone.now()).first()
    return Installation(_last_beat(), row.blocked_until if row else None, row.silences if row else 0)


def _accounts() -> QuerySet[HubAccount]:
    runs = SyncRun.objects.filter(account=OuterRef("pk"), calls__gt=0).order_by("-started_at", "-pk")
    day = runs.filter(started_at__gt=timezone.now() - DAY).order_by().values("account")
    people = ObservedPerson.objects.filter(account=OuterRef("pk")).order_by().values("account")
    open_holds = Hold.objects.filter(
        account=OuterRef("pk"), closed_at=None, approved_at=None, refused_at=None
    )
    return HubAccount.objects.select_related("school", "sync", "credential").annotate(
        last_run_calls=Coalesce(Subquery(runs.values("calls")[:1]), 0),
        last_day_calls=_number(day.annotate(number=Sum("calls"))),
        open_holds=_number(open_holds.order_by().values("account").annotate(number=Count("pk"))),
        seats_used=_number(people.annotate(number=Count("pk"))),
        invitees=_number(people.annotate(number=Count("pk", filter=Q(is_invitee=True)))),
    )


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("number"), output_field=IntegerField()), 0)


def _watched(account: HubAccount) -> Watched:
    credential, sync = getattr(account, "credential", None), getattr(account, "sync", None)
    facts = vars(account)
    standing = SchoolStanding(
        state=state_of(account, credential, sync, facts["open_holds"]),
        account=account,
        credential=credential,
        sync=sync,
        holds=facts["open_holds"],
        pending_invites=facts["invitees"],
        seats_used=facts["seats_used"],
        missing_scopes=sum(row.get("held") is False for row in account.scope_findings),
    )
    return Watched(account, standing, facts["last_run_calls"], facts["last_day_calls"])


def _last_beat() -> datetime | None:
    try:
        return last_beat()
    except Exception:
        # Redis' own errors or those of a disk: then no sign is known.
        return None
