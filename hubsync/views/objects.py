"""What there is on Docker Hub, ours or not: adopt a team, release it, read the repositories."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.access import for_school_admins, for_teachers
from classrooms.models import ClassGroup, Image
from hubsync.adoption import adopt_team, release_team
from hubsync.errors import HubError
from hubsync.models import HubAccount, ObservedPerson, ObservedTeam, RemoteObject
from hubsync.names import RESERVED_TEAMS
from hubsync.permission_map import permission_map
from hubsync.refusals import NotConnectable
from hubsync.sentences_troubles import trouble_sentence
from hubsync.showing import look_now
from hubsync.views.schools import account_of, is_owner, own_school, visible_school
from hubsync.who import who_is_who


@for_teachers
def hub_objects(request: HttpRequest, school_id: int) -> HttpResponse:
    """Teams, people and repositories as they were last seen."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if account is None or not account.uuid:
        return render(
            request, "hubsync/not_connected.html", {"school": school, "is_owner": is_owner(request, school)}
        )
    context = {"school": school, "account": account, "is_owner": is_owner(request, school), **_seen(account)}
    return render(request, "hubsync/objects.html", context)


@for_teachers
def hub_look_at_objects(request: HttpRequest, school_id: int) -> HttpResponse:
    """Look at Docker Hub now; nothing is changed there."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None:
        try:
            look_now(account)
            messages.success(request, _("This is what Docker Hub shows now."))
        except HubError as error:
            messages.error(request, str(trouble_sentence(error)))
    return redirect("hub_objects", school.pk)


@for_school_admins
def hub_adopt(request: HttpRequest, school_id: int) -> HttpResponse:
    """Say that a team is the portal's, for a class group or for the staff."""
    school = own_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None:
        groups = ClassGroup.objects.active().filter(school=school)
        wanted = request.POST.get("class_group", "")
        class_group = get_object_or_404(groups, pk=wanted) if wanted.isdecimal() else None
        mode = request.POST.get("mode", "")
        mode = mode if mode in RemoteObject.Mode.values else RemoteObject.Mode.AT_LEAST
        name = request.POST.get("team", "")
        try:
            adopt_team(account=account, name=name, mode=mode, class_group=class_group, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The team %(team)s is the portal’s now.") % {"team": name})
        except NotConnectable as refusal:
            messages.error(request, str(refusal.sentence))
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
    """Which class may pull or push which repository, and why."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if account is None:
        return render(
            request, "hubsync/not_connected.html", {"school": school, "is_owner": is_owner(request, school)}
        )
    context = {"school": school, "account": account, "map": permission_map(account)}
    return render(request, "hubsync/permissions.html", context)


def _seen(account: HubAccount) -> dict[str, Any]:
    who = who_is_who(account)
    owned = {
        row.name: row
        for row in RemoteObject.objects.filter(account=account, kind="team").select_related("class_group")
    }
    teams = [
        {
            "team": team,
            "owned": owned.get(team.name),
            "is_hubs_own": team.name.lower() in RESERVED_TEAMS,
            "people": [who.person(key) for key in team.members],
            "suggested": who.class_groups.get(team.name),
        }
        for team in ObservedTeam.objects.filter(account=account)
    ]
    people = [
        {"row": row, "name": who.person(row.key)} for row in ObservedPerson.objects.filter(account=account)
    ]
    seen = [row["team"].seen_at for row in teams]
    count = len(people)
    return {
        "teams": teams,
        "people": people,
        "people_sentence": ngettext("%(count)s person", "%(count)s people", count) % {"count": count},
        "repositories": Image.objects.filter(school=account.school, is_own=True, listed_at__isnull=False),
        "class_groups": ClassGroup.objects.active().filter(school=account.school),
        "modes": RemoteObject.Mode.choices,
        "seen_at": max(seen, default=account.catalogue_read_at),
    }
