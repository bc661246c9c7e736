"""What keeps Docker Hub from being as the school wants it, and for whom it waits, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.models import Enrolment, TeacherRole
from hubsync.models import HubAccount
from hubsync.pages.standing import SchoolStanding


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody: a sentence, and where to go."""

    sentence: str
    address: str = ""
    link: str = ""


def what_waits(account: HubAccount, standing: SchoolStanding) -> list[Waiting]:
    """What keeps Docker Hub from being as the school wants it, and for whom it waits."""
    found: list[Waiting] = []
    connection = reverse("hub_connect", args=[account.school_id])
    if standing.pending_invites:
        found.append(Waiting(_invitations(standing.pending_invites)))
    if lacking := _without_docker_id(account):
        found.append(Waiting(_lacking(lacking), account.school.get_absolute_url(), _("The school’s page")))
    if account.teachers_push and (teachers := _teachers_without_docker_id(account)):
        found.append(
            Waiting(_cannot_push(teachers), reverse("school_staff", args=[account.school_id]), _("Staff"))
        )
    if standing.missing_scopes:
        found.append(
            Waiting(
                _("The access token lacks permissions: an owner makes a new one."),
                connection,
                _("Connection"),
            )
        )
    if standing.expires_soon and standing.expires_on:
        found.append(
            Waiting(_("The access token ends soon: an owner replaces it."), connection, _("Connection"))
        )
    if standing.seats_free is not None and standing.seats_free <= 0:
        found.append(
            Waiting(
                _("All seats are taken: nobody can be invited until one is free or bought."),
                connection,
                _("Connection"),
            )
        )
    return found


def _invitations(number: int) -> str:
    return ngettext(
        "%(number)s person has not answered Docker’s invitation yet.",
        "%(number)s people have not answered Docker’s invitation yet.",
        number,
    ) % {"number": number}


def _lacking(number: int) -> str:
    return ngettext(
        "%(number)s student should be a member but has given no Docker ID.",
        "%(number)s students should be members but have given no Docker ID.",
        number,
    ) % {"number": number}


def _cannot_push(number: int) -> str:
    return ngettext(
        "%(number)s teacher has given no Docker ID and so cannot push.",
        "%(number)s teachers have given no Docker ID and so cannot push.",
        number,
    ) % {"number": number}


def _teachers_without_docker_id(account: HubAccount) -> int:
    roles = TeacherRole.objects.current().filter(school=account.school, docker_id="")
    return roles.teaching().count()


def _without_docker_id(account: HubAccount) -> int:
    if not account.has_teams:
        return 0
    enrolments = Enrolment.objects.current().filter(
        class_group__school=account.school,
        class_group__archived_at__isnull=True,
        class_group__students_are_members=True,
        student__docker_id="",
    )
    return enrolments.values("student").distinct().count()
