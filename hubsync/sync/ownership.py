"""What is ours on Docker Hub, as rows: claimed when the portal made it or a person gave it, forgotten when it is gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from hubsync.hub.scopes import Area
from hubsync.models import HubAccount, RemoteObject, SyncChange
from hubsync.planning.owned import Mode, Owned, OwnedMember, OwnedTeam
from hubsync.planning.state import Collaboration, OrganizationState
from hubsync.sync.assumed import assumed_in
from hubsync.sync.people import aliases_of, not_again
from hubsync.sync.restored import read_restored

Kind = RemoteObject.Kind
# Hub: a list can lag behind what was just written to it: what we did shortly before a look may show only in the next.
READS_MAY_LAG = timedelta(minutes=10)
UNSETTLED = (SyncChange.State.SENT, SyncChange.State.UNKNOWN)
MAY_BE_DONE = (*UNSETTLED, SyncChange.State.CONFIRMED)


def read_owned(account: HubAccount) -> Owned:
    """Everything that is ours, and whose invitation may be under way."""
    rows = list(RemoteObject.objects.filter(account=account))
    return Owned(
        teams=frozenset(_team(row) for row in rows if row.kind == Kind.TEAM),
        members=frozenset(_members(account, [row for row in rows if row.kind == Kind.MEMBER])),
        collaborations=frozenset(
            Collaboration(*row.name.split("/", 1)) for row in rows if row.kind == Kind.COLLABORATOR
        ),
        # Hub: an organization's token acts as nobody; a personal account's acts as that person.
        identity=account.name if account.kind == HubAccount.Kind.PERSONAL else "",
        uncertain=frozenset(
            invitee for change in unsettled(account, "invite") for invitee in change.facts["invitees"]
        ),
        aliases=aliases_of(account),
        not_again=not_again(account, timezone.now()),
        assumed=assumed_in(account),
        restored=read_restored(account),
    )


def unsettled(account: HubAccount, *kinds: str) -> list[SyncChange]:
    """Changes that were sent and of which nobody knows yet whether Docker Hub carried them out."""
    rows = SyncChange.objects.filter(run__account=account, state__in=UNSETTLED, settled_at=None)
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def claim_team(account: HubAccount, name: str, *, uuid: str, class_group_id: int | None = None) -> None:
    """The portal made this team, or made it again; a second call changes nothing."""
    claims = RemoteObject.objects.filter(account=account, kind=Kind.TEAM)
    mine = claims.filter(Q(class_group_id=class_group_id) if class_group_id else Q(name=name)).first()
    if mine is None:
        claims.update_or_create(
            account=account,
            kind=Kind.TEAM,
            name=name,
            defaults={"uuid": uuid, "class_group_id": class_group_id},
        )
        return
    # A name belongs to one team: what claimed it before claims a team that is no longer there.
    claims.filter(name=name).exclude(pk=mine.pk).delete()
    mine.name, mine.uuid = name, uuid
    mine.save(update_fields=["name", "uuid"])


def claim_repository(account: HubAccount, name: str) -> None:
    RemoteObject.objects.get_or_create(account=account, kind=Kind.REPOSITORY, name=name)


def claim_member(account: HubAccount, key: str) -> None:
    """The portal invited this person. Kept also after they accepted: nobody is invited twice."""
    RemoteObject.objects.get_or_create(account=account, kind=Kind.MEMBER, name=key)


def claim_collaborator(account: HubAccount, repository: str, docker_id: str) -> None:
    """The portal let this person into the repository; only such people does it take out again."""
    RemoteObject.objects.get_or_create(
        account=account, kind=Kind.COLLABORATOR, name=f"{repository}/{docker_id}"
    )


def forget_gone_collaborators(account: HubAccount, observed: OrganizationState) -> None:
    """Who was taken out on Docker Hub is not ours any more: whoever lets them in again does it for themselves."""
    if not observed.sees(Area.COLLABORATORS, Area.REPOSITORIES):
        return
    there = {f"{one.repository}/{one.docker_id}" for one in observed.collaborations}
    long_enough = (observed.seen_at or timezone.now()) - READS_MAY_LAG
    rows = RemoteObject.objects.filter(account=account, kind=Kind.COLLABORATOR, since__lt=long_enough)
    gone = [
        row.name
        for row in rows.exclude(name__in=there)
        if observed.reads_permissions_of(row.name.partition("/")[0])
    ]
    forget(account, Kind.COLLABORATOR, gone)


def forget(account: HubAccount, kind: RemoteObject.Kind, names: Iterable[str]) -> None:
    """These are gone by our own doing. A person may be invited again afterwards."""
    RemoteObject.objects.filter(account=account, kind=kind, name__in=list(names)).delete()


def link_classes(account: HubAccount, desired: OrganizationState) -> None:
    """Tie teams that were claimed by name alone to their class, so that the team follows when the class is renamed."""
    for team in desired.teams:
        if team.class_group_id is not None:
            claims = RemoteObject.objects.filter(account=account, kind=Kind.TEAM)
            if not claims.filter(class_group_id=team.class_group_id).exists():
                claims.filter(name=team.name, class_group=None).update(class_group_id=team.class_group_id)


def follow_names(account: HubAccount, observed: OrganizationState) -> None:
    """Keep the uuid of teams that were known by name only, and the name of those that were renamed."""
    by_uuid = {team.uuid: team for team in observed.teams if team.uuid}
    by_key = {team.key: team for team in observed.teams}
    rows = list(RemoteObject.objects.filter(account=account, kind=Kind.TEAM))
    names = {row.name for row in rows}
    for row in rows:
        seen = by_uuid.get(row.uuid) if row.uuid else by_key.get(row.name.lower())
        if seen is None or (row.uuid, row.name) == (seen.uuid, seen.name):
            continue
        # Two teams that swapped their names meet in the middle; the uuid alone decides anyway. The staff's team has no
        # class by which it would be known again: it keeps the name that it is to have.
        keeps_name = seen.name in names or (row.class_group_id is None and row.name == account.staff_team)
        row.name = row.name if keeps_name else seen.name
        row.uuid = seen.uuid
        row.save(update_fields=["name", "uuid"])


def _team(row: RemoteObject) -> OwnedTeam:
    is_adopted = row.adopted_by_id is not None
    return OwnedTeam(row.name, row.uuid, Mode(row.mode), row.class_group_id, is_adopted)


def _members(account: HubAccount, rows: list[RemoteObject]) -> Iterable[OwnedMember]:
    # Looking shows nobody whether an e-mail left a second time: what may have been sent counts as sent.
    resends = SyncChange.objects.filter(run__account=account, kind="resend_invite", state__in=MAY_BE_DONE)
    sent = [(change.facts["invitee"], change.sent_at) for change in resends] if rows else []
    for row in rows:
        times = [at for invitee, at in sent if invitee == row.name and at and at >= row.since]
        yield OwnedMember(row.name.lower(), len(times), max(times, default=None))
