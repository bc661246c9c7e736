"""The synchronization: its state, the plan before, each change as it is made, the last runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from classrooms.access import for_teachers, user_of
from classrooms.models import School
from hubsync.models import HubAccount, SyncRun
from hubsync.pages.cost import cost_of
from hubsync.pages.holds import kept, owners_named, refused_holds, waiting_holds
from hubsync.pages.people import last_drift
from hubsync.pages.showing import is_looked_at, let_it_happen, show_plan
from hubsync.pages.standing import SchoolStanding, school_standing
from hubsync.pages.sync_page import last_runs, notes_of, progress_of, shown_plan
from hubsync.pages.undo import shown_undo
from hubsync.pages.waiting import what_waits
from hubsync.pages.watching import this_installation
from hubsync.views.looks import tell_or_wait, tell_what_ended
from hubsync.views.schools import (
    account_of,
    is_owner,
    may_let_it_happen,
    not_connected,
    sent_text,
    visible_school,
)
from hubsync.words.plans import lines_of
from hubsync.words.proof import hidden_sentence, missing_sentence, permissions_sentence
from hubsync.words.troubles import details_of, sentence_of_code
from hubsync.words.who import who_is_who

# The page of the people has more of them.
SHOWN_DRIFT = 5


@for_teachers
def hub_sync(request: HttpRequest, school_id: int) -> HttpResponse:
    """State, plan, progress, holds and last runs."""
    school = visible_school(request, school_id)
    account = account_of(school)
    standing = school_standing(school)
    if account is None or not standing.is_connected:
        return not_connected(request, school)
    tell_what_ended(request, account)
    who = who_is_who(account)
    context = {
        **_state(school, account, standing),
        "is_looked_at": is_looked_at(account),
        "is_silent": this_installation().is_silent,
        "may_act": may_let_it_happen(request, school),
        "plan": shown_plan(account, who),
        "progress": progress_of(account, who),
        "is_owner": is_owner(request, school),
        "holds": waiting_holds(account, who),
        "refused": refused_holds(account, who),
        "kept": kept(account, who),
        "runs": last_runs(account),
        "waiting": what_waits(account, standing),
        "cost": cost_of(account),
        "drift": last_drift(account, who, SHOWN_DRIFT),
    }
    return render(request, "hubsync/sync.html", context)


@for_teachers
def hub_progress(request: HttpRequest, school_id: int) -> HttpResponse:
    """The parts of the page that show each change and run arriving (htmx); without htmx, the page."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if account is None or request.headers.get("HX-Request") != "true":
        return redirect("hub_sync", school.pk)
    context = {
        **_state(school, account, school_standing(school)),
        "progress": progress_of(account, who_is_who(account)),
        "runs": last_runs(account),
    }
    return render(request, "hubsync/_progress_update.html", context)


@for_teachers
def hub_plan(request: HttpRequest, school_id: int) -> HttpResponse:
    """Have the plan made and show it; nothing is changed on Docker Hub."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None and may_let_it_happen(request, school):
        tell_or_wait(request, account, show_plan(account))
    return redirect("hub_sync", school.pk)


@for_teachers
def hub_let_it_happen(request: HttpRequest, school_id: int) -> HttpResponse:
    """Have the plan carried out that the person has just read."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None and may_let_it_happen(request, school):
        digest = sent_text(request, "digest")
        tell_or_wait(request, account, let_it_happen(account=account, digest=digest, by=user_of(request)))
    return redirect("hub_sync", school.pk)


@for_teachers
def hub_plan_state(request: HttpRequest, school_id: int) -> HttpResponse:
    """Whether Docker Hub is still being looked at (htmx); once it is not, the page comes anew."""
    school = visible_school(request, school_id)
    account = account_of(school)
    if account is None or request.headers.get("HX-Request") != "true":
        return redirect("hub_sync", school.pk)
    if not is_looked_at(account):
        return HttpResponse(headers={"HX-Refresh": "true"})
    waits_at = "objects" if request.GET.get("at") == "objects" else ""
    context = {"school": school, "is_looked_at": True, "waits_at": waits_at}
    context["is_silent"] = this_installation().is_silent
    return render(request, "hubsync/_plan_wait.html", context)


@for_teachers
def hub_run(request: HttpRequest, school_id: int, run_id: int) -> HttpResponse:
    """One run with all its changes."""
    school = visible_school(request, school_id)
    run = get_object_or_404(
        SyncRun.objects.select_related("account__school"), pk=run_id, account__school=school
    )
    who = who_is_who(run.account)
    context = {
        "school": school,
        "account": run.account,
        "run": run,
        "lines": lines_of(run.changes.all(), who),
        "notes": notes_of(run, who),
        "undo": shown_undo(run, who, timezone.now()),
        "is_owner": is_owner(request, school),
        "owners": owners_named(school),
        "trouble_sentence": sentence_of_code(run.trouble),
        "details": details_of(run.trouble, run.detail),
        "missing": missing_sentence(run.proof),
        "permissions_read": permissions_sentence(run.proof),
        "hidden": hidden_sentence(run.proof),
    }
    return render(request, "hubsync/run.html", context)


def _state(school: School, account: HubAccount, standing: SchoolStanding) -> dict[str, Any]:
    return {
        "school": school,
        "account": account,
        "standing": standing,
        "trouble_sentence": sentence_of_code(standing.failure),
        "details": details_of(standing.failure, standing.sync.failure_detail if standing.sync else ""),
    }
