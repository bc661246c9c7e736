"""What there is on Docker Hub, ours or not: adopt a team, release it, read the repositories."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.access import for_school_admins, for_teachers, user_of
from classrooms.models import ClassGroup
from hubsync.account.adoption import adopt, adopt_team, release, release_team
from hubsync.models import HubAccount, RemoteObject
from hubsync.pages.objects import collaborator_rows, person_rows, repository_rows, team_rows
from hubsync.pages.permission_map import permission_map
from hubsync.pages.showing import is_looked_at, show_plan
from hubsync.pages.standing import school_standing
from hubsync.pages.watching import this_installation
from hubsync.views.looks import tell_or_wait, tell_what_ended
from hubsync.views.refusals import saying_why_not
from hubsync.views.schools import (
    account_of,
    is_owner,
    may_let_it_happen,
    not_connected,
    own_school,
    sent_text,
    visible_school,
)
from hubsync.words.who import who_is_who

# What is adopted without saying more; a team needs a class and a mode.
_KINDS = {str(kind): kind for kind in (RemoteObject.Kind.MEMBER, RemoteObject.Kind.REPOSITORY)}


@for_teachers
def hub_objects(request: HttpRequest, school_id: int) -> HttpResponse:
    """Teams, people and repositories as they were last seen."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if account is None or not school_standing(school).is_connected:
        return not_connected(request, school)
    tell_what_ended(request, account)
    context = {
        "school": school,
        "account": account,
        "is_owner": is_owner(request, school),
        "is_looked_at": is_looked_at(account),
        "is_silent": this_installation().is_silent,
        "may_act": may_let_it_happen(request, school),
        **_seen(account),
    }
    return render(request, "hubsync/objects.html", context)


@for_teachers
def hub_look_at_objects(request: HttpRequest, school_id: int) -> HttpResponse:
    """Have a worker look at Docker Hub now; nothing is changed there. The same look makes the plan anew."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None and may_let_it_happen(request, school):
        outcome = show_plan(account)
        tell_or_wait(request, account, outcome)
        if outcome == "shown":
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
        name = sent_text(request, "team")
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
        name = sent_text(request, "team")
        release_team(account=account, name=name, by=request.user)  # type: ignore[arg-type]
        messages.success(
            request, _("The portal leaves the team %(team)s alone from now on.") % {"team": name}
        )
    return redirect("hub_objects", school.pk)


@for_school_admins
def hub_adopt_one(request: HttpRequest, school_id: int) -> HttpResponse:
    """Say that a member or a repository is the portal's, or with `release` no longer; it stays as it is."""
    school = own_school(request, school_id)
    account = account_of(school)
    kind, name = _KINDS.get(request.POST.get("kind", "")), sent_text(request, "name")
    if request.method == "POST" and account is not None and kind is not None:
        with saying_why_not(request):
            if "release" in request.POST:
                release(account=account, kind=kind, name=name, by=user_of(request))
                told = _("The portal leaves %(name)s alone from now on.")
            else:
                adopt(account=account, kind=kind, name=name, by=user_of(request))
                told = _("%(name)s is the portal’s now.")
            messages.success(request, told % {"name": name})
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


def _seen(account: HubAccount) -> dict[str, Any]:
    who = who_is_who(account)
    teams, people = team_rows(account, who), person_rows(account, who)
    count = len(people)
    return {
        "teams": teams,
        "collaborators": collaborator_rows(account, who),
        "people": people,
        "people_sentence": ngettext("%(count)s person", "%(count)s people", count) % {"count": count},
        "repositories": repository_rows(account),
        "class_groups": ClassGroup.objects.active().filter(school=account.school),
        "modes": RemoteObject.Mode.choices,
        "seen_at": max((row.team.seen_at for row in teams), default=account.catalogue_read_at),
    }
