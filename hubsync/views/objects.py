"""What there is on Docker Hub, ours or not: adopt a team, release it, read the repositories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.access import for_school_admins, for_teachers
from classrooms.models import ClassGroup, Image
from hubsync.account.adoption import adopt_team, release_team
from hubsync.hub.names import RESERVED_TEAMS
from hubsync.models import HubAccount, ObservedPerson, ObservedTeam, RemoteObject
from hubsync.pages.permission_map import permission_map
from hubsync.pages.showing import look_now
from hubsync.pages.standing import school_standing
from hubsync.views.refusals import saying_why_not
from hubsync.views.schools import (
    account_of,
    is_owner,
    may_let_it_happen,
    not_connected,
    own_school,
    visible_school,
)
from hubsync.words.who import WhoIsWho, who_is_who


@for_teachers
def hub_objects(request: HttpRequest, school_id: int) -> HttpResponse:
    """Teams, people and repositories as they were last seen."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if account is None or not school_standing(school).is_connected:
        return not_connected(request, school)
    context = {
        "school": school,
        "account": account,
        "is_owner": is_owner(request, school),
        "may_act": may_let_it_happen(request, school),
        **_seen(account),
    }
    return render(request, "hubsync/objects.html", context)


@for_teachers
def hub_look_at_objects(request: HttpRequest, school_id: int) -> HttpResponse:
    """Look at Docker Hub now; nothing is changed there."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None and may_let_it_happen(request, school):
        with saying_why_not(request):
            look_now(account)
            messages.success(request, _("This is what Docker Hub shows now."))
    return redirect("hub_objects", school.pk)


@for_school_admins
def hub_adopt(request: HttpRequest, school_id: int) -> HttpResponse:
    """Say that a team is the portal's, for a class group or for the staff."""
    school = own_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None:
        groups = ClassGroup.objects.active().filter(school=school)
        wanted = request.POST.get("class_group", "")
        # Longer than any id: the database could not even compare it.
        is_an_id = wanted.isdecimal() and len(wanted) < 19
        class_group = get_object_or_404(groups, pk=wanted) if is_an_id else None
        mode = request.POST.get("mode", "")
        mode = mode if mode in RemoteObject.Mode.values else RemoteObject.Mode.AT_LEAST
        name = request.POST.get("team", "")
        with saying_why_not(request):
            adopt_team(account=account, name=name, mode=mode, class_group=class_group, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The team %(team)s is the portal’s now.") % {"team": name})
    return redirect("hub_objects", school.pk)


@for_school_admins
def hub_release(request: HttpRequest, school_id: int) -> HttpResponse:
    """Say that a team is not the portal's any more; it stays on Docker Hub as it is."""
    school = own_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None:
        name = request.POST.get("team", "")
        release_team(account=account, name=name, by=request.user)  # type: ignore[arg-type]
        messages.success(
            request, _("The portal leaves the team %(team)s alone from now on.") % {"team": name}
        )
    return redirect("hub_objects", school.pk)


@for_teachers
def hub_permissions(request: HttpRequest, school_id: int) -> HttpResponse:
    """Which class may pull or push which repository, and why; `q` is a part of the repository's name."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if account is None:
        return not_connected(request, school)
    search = request.GET.get("q", "")[:80]
    context = {"school": school, "account": account, "map": permission_map(account, search), "search": search}
    return render(request, "hubsync/permissions.html", context)


@dataclass(frozen=True)
class TeamRow:
    """A team as last seen; `owned` says that it is ours, `suggested` is the class whose team has this name."""

    team: ObservedTeam
    owned: RemoteObject | None
    is_hubs_own: bool
    people: list[str]
    suggested: ClassGroup | None


def _seen(account: HubAccount) -> dict[str, Any]:
    who = who_is_who(account)
    teams = _teams(account, who)
    people = [
        {"row": row, "name": who.person(row.key)} for row in ObservedPerson.objects.filter(account=account)
    ]
    count = len(people)
    return {
        "teams": teams,
        "collaborators": _collaborators(account, who),
        "people": people,
        "people_sentence": ngettext("%(count)s person", "%(count)s people", count) % {"count": count},
        "repositories": Image.objects.filter(school=account.school, is_own=True, listed_at__isnull=False),
        "class_groups": ClassGroup.objects.active().filter(school=account.school),
        "modes": RemoteObject.Mode.choices,
        "seen_at": max((row.team.seen_at for row in teams), default=account.catalogue_read_at),
    }


def _collaborators(account: HubAccount, who: WhoIsWho) -> list[dict[str, str]]:
    ours = RemoteObject.objects.filter(account=account, kind=RemoteObject.Kind.COLLABORATOR).order_by("name")
    parts = [name.split("/", 1) for name in ours.values_list("name", flat=True)]
    return [
        {"repository": f"{account.name}/{repository}", "person": who.person(docker_id)}
        for repository, docker_id in parts
    ]


def _teams(account: HubAccount, who: WhoIsWho) -> list[TeamRow]:
    ours = RemoteObject.objects.filter(account=account, kind=RemoteObject.Kind.TEAM)
    owned = {row.name: row for row in ours.select_related("class_group")}
    return [
        TeamRow(
            team=team,
            owned=owned.get(team.name),
            is_hubs_own=team.name.lower() in RESERVED_TEAMS,
            # Members are kept by Docker ID and by e-mail; each is named once.
            people=[who.person(key) for key in team.members if "@" not in key],
            suggested=who.class_groups.get(team.name),
        )
        for team in ObservedTeam.objects.filter(account=account)
    ]
