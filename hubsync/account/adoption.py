"""Saying what on Docker Hub is the portal's. Nothing that was there before is touched until somebody said so here."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from classrooms.actions.audit import record
from classrooms.models import ClassGroup, Image, User
from hubsync.account.refusals import NotConnectable
from hubsync.hub.names import RESERVED_TEAMS
from hubsync.models import HubAccount, ObservedPerson, ObservedTeam, RemoteObject
from hubsync.sync.schedule import request_reconcile

Kind = RemoteObject.Kind
Mode = RemoteObject.Mode


@transaction.atomic
def adopt_team(
    *,
    account: HubAccount,
    name: str,
    mode: str = Mode.AT_LEAST,
    class_group: ClassGroup | None = None,
    by: User | None,
) -> RemoteObject:
    """The team is the portal's from now on, for a class group or for the staff. Adopting again changes mode and class.

    Raises NotConnectable for teams of Docker Hub itself, for one that was never seen, and for a class that has a team.
    """
    seen = ObservedTeam.objects.filter(account=account, name__iexact=name).first()
    if seen is None:
        raise NotConnectable(_("There was no team %(team)s at the last look.") % {"team": name})
    if seen.name.lower() in RESERVED_TEAMS:
        raise NotConnectable(
            _("The team %(team)s is Docker Hub’s own and cannot be adopted.") % {"team": seen.name}
        )
    owned = RemoteObject.objects.select_for_update().filter(account=account, kind=Kind.TEAM)
    if class_group is not None and owned.filter(class_group=class_group).exclude(name=seen.name).exists():
        raise NotConnectable(
            _("%(class_group)s has another team already. Release that one first.")
            % {"class_group": class_group}
        )
    row, _is_new = RemoteObject.objects.update_or_create(
        account=account,
        kind=Kind.TEAM,
        name=seen.name,
        defaults={"uuid": seen.uuid, "mode": mode, "class_group": class_group, "adopted_by": by},
    )
    record(
        school=account.school, actor=by, verb="hub.team_adopted", about=seen.name, facts={"mode": str(mode)}
    )
    _wish(account)
    return row


@transaction.atomic
def adopt(*, account: HubAccount, kind: RemoteObject.Kind, name: str, by: User | None) -> RemoteObject:
    """A member or a repository that was there before is the portal's from now on. Again: no change.

    A member who is the portal's leaves the organization when no class and no team needs them any more; a repository is
    only said to be known. Raises NotConnectable for what the last look did not show, and for owners.
    """
    name = name.strip().lower()
    if not _was_seen(account, kind, name):
        raise NotConnectable(_("There was nothing called %(name)s at the last look.") % {"name": name})
    facts = {"adopted_by": by}
    row, is_new = RemoteObject.objects.get_or_create(account=account, kind=kind, name=name, defaults=facts)
    if is_new:
        record(school=account.school, actor=by, verb="hub.adopted", about=name, facts={"kind": str(kind)})
        _wish(account)
    return row


def _was_seen(account: HubAccount, kind: RemoteObject.Kind, name: str) -> bool:
    if kind == Kind.MEMBER:
        members = ObservedPerson.objects.filter(account=account, key=name, is_invitee=False)
        return members.exclude(role="owner").exists()
    images = Image.objects.filter(school=account.school, is_own=True, listed_at__isnull=False)
    return images.filter(repository=f"{account.name}/{name}").exists()


@transaction.atomic
def set_mode(*, account: HubAccount, team: RemoteObject, mode: str, by: User | None) -> None:
    """How far the portal goes with one of its teams. The same again changes nothing."""
    if mode in Mode.values and team.mode != mode:
        facts = {"mode": mode, "was": team.mode}
        record(school=account.school, actor=by, verb="hub.mode_set", about=team.name, facts=facts)
        RemoteObject.objects.filter(pk=team.pk, account=account).update(mode=mode)
        _wish(account)


def release_team(*, account: HubAccount, name: str, by: User | None) -> None:
    """The team is nobody's of ours any more and stays on Docker Hub as it is. Releasing twice changes nothing."""
    release(account=account, kind=Kind.TEAM, name=name, by=by)


@transaction.atomic
def release(*, account: HubAccount, kind: RemoteObject.Kind, name: str, by: User | None) -> None:
    """It is not ours any more and stays on Docker Hub as it is. Releasing twice changes nothing."""
    gone, _rows = RemoteObject.objects.filter(account=account, kind=kind, name__iexact=name).delete()
    if gone:
        verb = "hub.team_released" if kind == Kind.TEAM else "hub.released"
        record(school=account.school, actor=by, verb=verb, about=name)
        _wish(account)


def _wish(account: HubAccount) -> None:
    if account.is_active:
        request_reconcile(account, urgent=True)
