"""Who is missing on Docker Hub; inviting again; how far the portal goes with each team; Docker IDs tried while typed."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from classrooms.access import for_school_admins, for_teachers, user_of
from classrooms.seat_price import SEAT_DOLLARS_PER_MONTH
from hubsync.account.adoption import set_mode
from hubsync.account.invitees import check_invitees
from hubsync.account.inviting import invite_again, may_invite_again
from hubsync.models import HubPerson, RemoteObject, SyncRun
from hubsync.pages.invitees import finding_sentence
from hubsync.pages.people import assumed_people, last_drift, who_is_missing
from hubsync.pages.standing import school_standing
from hubsync.planning.changes import from_facts
from hubsync.planning.plan import Plan
from hubsync.planning.plan_json import plan_as_data
from hubsync.views.refusals import saying_why_not
from hubsync.views.schools import account_of, not_connected, own_school, visible_school
from hubsync.words.who import who_is_who


@for_teachers
def hub_people(request: HttpRequest, school_id: int) -> HttpResponse:
    """Who is missing on Docker Hub and why, and what another hand changed."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if account is None or not account.has_teams or not school_standing(school).is_connected:
        return not_connected(request, school)
    who = who_is_who(account)
    context = {
        "school": school,
        "account": account,
        "missing": who_is_missing(account, who, user_of(request)),
        "assumed": assumed_people(account, who),
        "drift": last_drift(account, who),
        "seat_dollars": SEAT_DOLLARS_PER_MONTH,
    }
    return render(request, "hubsync/people.html", context)


@for_teachers
def hub_invite_again(request: HttpRequest, school_id: int, person_id: int) -> HttpResponse:
    """Invite somebody once more: an e-mail and a seat."""
    school = visible_school(request, school_id)
    person = get_object_or_404(
        HubPerson.objects.select_related("account__school"), pk=person_id, account__school=school
    )
    if not may_invite_again(user_of(request), school, person.key):
        raise Http404
    if request.method == "POST":
        with saying_why_not(request):
            invite_again(account=person.account, person=person, by=user_of(request))
            messages.success(request, _("%(person)s is invited again.") % {"person": person.key})
    return redirect("hub_people", school.pk)


@for_school_admins
def hub_modes(request: HttpRequest, school_id: int) -> HttpResponse:
    """How far the portal goes with each of its teams."""
    school = own_school(request, school_id)
    account = account_of(school)
    if account is None or not account.has_teams:
        return not_connected(request, school)
    teams = RemoteObject.objects.filter(account=account, kind=RemoteObject.Kind.TEAM)
    teams = teams.select_related("class_group").order_by("name")
    if request.method == "POST":
        for team in teams:
            set_mode(
                account=account, team=team, mode=request.POST.get(f"mode-{team.pk}", ""), by=user_of(request)
            )
        messages.success(request, _("Saved."))
        return redirect("hub_modes", school.pk)
    context = {"school": school, "account": account, "teams": teams, "modes": RemoteObject.Mode.choices}
    return render(request, "hubsync/modes.html", context)


@for_teachers
def hub_check_invitees(request: HttpRequest, school_id: int) -> HttpResponse:
    """A part of a page (htmx): whether these Docker IDs or addresses could be invited; nobody is."""
    school = visible_school(request, school_id)
    account = account_of(school)
    typed = [*request.GET.getlist("docker_id"), *request.GET.getlist("invite_email")][:50]
    found = check_invitees(account, typed) if account is not None else {}
    return render(
        request, "hubsync/_invitees.html", {"lines": [finding_sentence(one) for one in found.values()]}
    )


@for_teachers
def hub_plan_json(request: HttpRequest, school_id: int, run_id: int) -> HttpResponse:
    """The plan of a run as a file that `hub_plan --compare` and `hub_apply --plan` take."""
    school = visible_school(request, school_id)
    run = get_object_or_404(SyncRun.objects.select_related("account"), pk=run_id, account__school=school)
    changes = [from_facts(row.kind, row.facts) for row in run.changes.all()]
    data = plan_as_data(Plan(tuple(changes)), run.account.name)
    answer = HttpResponse(json.dumps(data, ensure_ascii=False, indent=2), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="plan-{run.account.name}-{run.pk}.json"'
    return answer
