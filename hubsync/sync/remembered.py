"""What a proven look leaves behind for the pages: teams, people, the catalogue of repositories. Never for decisions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from classrooms.actions.catalogue import record_catalogue
from classrooms.image_facts import RepositoryFacts
from classrooms.models import AssignedImage, Image
from hubsync.hub.scopes import Area
from hubsync.hub.team_answers import Team
from hubsync.models import HubAccount, ObservedPerson, ObservedTeam, RemoteObject
from hubsync.planning.state import OrganizationState, TeamState


def known_private_repositories(account: HubAccount) -> frozenset[str]:
    """Private repositories that were listed before: one of them must be in the list, or the list is not all."""
    images = Image.objects.filter(
        school=account.school, is_own=True, is_private=True, listed_at__isnull=False
    )
    return frozenset(name.rpartition("/")[2] for name in images.values_list("repository", flat=True))


def shared_repositories(account: HubAccount) -> frozenset[str]:
    """Repositories of a personal account whose collaborators matter: where the portal let somebody in, or would."""
    if account.kind != HubAccount.Kind.PERSONAL:
        return frozenset()
    claims = RemoteObject.objects.filter(account=account, kind=RemoteObject.Kind.COLLABORATOR)
    names = {name.partition("/")[0] for name in claims.values_list("name", flat=True)}
    if account.teachers_push:
        used = AssignedImage.objects.current().filter(
            image__school=account.school, image__repository__startswith=f"{account.name}/"
        )
        names |= {name.partition("/")[2] for name in used.values_list("image__repository", flat=True)}
    return frozenset(names)


@transaction.atomic
def remember(account: HubAccount, observed: OrganizationState, at: datetime) -> None:
    """Keep what was seen. An area that could not be seen keeps what was known of it."""
    account.uuid = account.uuid or observed.uuid
    account.last_answer_at = at
    account.save(update_fields=["uuid", "last_answer_at"])
    if observed.sees(Area.TEAMS, Area.MEMBERS):
        _remember_teams(account, observed, at)
    if observed.sees(Area.MEMBERS, Area.INVITES):
        _remember_people(account, observed, at)
    if observed.sees(Area.REPOSITORIES):
        _remember_repositories(account, observed, at)
        HubAccount.objects.filter(pk=account.pk).update(catalogue_read_at=at)


def _remember_teams(account: HubAccount, observed: OrganizationState, at: datetime) -> None:
    ObservedTeam.objects.filter(account=account).delete()
    ObservedTeam.objects.bulk_create(
        ObservedTeam(
            account=account,
            name=team.name,
            uuid=team.uuid,
            number=team.number,
            description=team.description[:255],
            members=sorted(
                {key for person in team.people for key in (person.docker_id, person.email) if key}
            ),
            seen_at=at,
        )
        for team in observed.teams
    )


def remember_team(account: HubAccount, team: Team) -> None:
    """Keep by which number permissions are given to a team that was just made, or has another name now."""
    rows = ObservedTeam.objects.filter(account=account)
    facts = {"uuid": team.uuid, "number": team.id, "description": team.description[:255]}
    if rows.filter(number=team.id).update(name=team.name, **facts):
        return
    rows.update_or_create(
        account=account, name=team.name, defaults=facts, create_defaults={**facts, "seen_at": timezone.now()}
    )


def known_teams(account: HubAccount) -> OrganizationState:
    """The teams with their numbers, as the last look and our own changes since then left them. Nothing else is known."""
    rows = ObservedTeam.objects.filter(account=account)
    return OrganizationState(
        teams=frozenset(
            TeamState(row.name, row.description, uuid=row.uuid, number=row.number) for row in rows
        )
    )


def _remember_people(account: HubAccount, observed: OrganizationState, at: datetime) -> None:
    members = {
        member.person.key: ObservedPerson(
            account=account, key=member.person.key, role=member.role[:40], seen_at=at
        )
        for member in observed.members
    }
    invited = {
        invite.invitee: ObservedPerson(
            account=account,
            key=invite.invitee,
            role=invite.role[:40],
            is_invitee=True,
            invited_at=invite.created_at,
            seen_at=at,
        )
        for invite in observed.invites
    }
    ObservedPerson.objects.filter(account=account).delete()
    ObservedPerson.objects.bulk_create((invited | members).values())


def _remember_repositories(account: HubAccount, observed: OrganizationState, at: datetime) -> None:
    facts = [
        RepositoryFacts(row.name, row.is_private, row.description, row.last_updated)
        for row in observed.repositories
    ]
    record_catalogue(
        school=account.school,
        account_name=account.name,
        repositories=sorted(facts, key=lambda one: one.name),
        at=at,
    )
