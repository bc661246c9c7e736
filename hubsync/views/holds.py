"""What waits for an owner's answer, one question a page, and taking back what a run removed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classrooms.access import for_school_admins, for_teachers, user_of
from classrooms.models import School
from hubsync.models import Hold, RestoredRemoval, SyncRun
from hubsync.pages.answers import approve_hold, refuse_hold
from hubsync.pages.holds import owners_named, shown_hold
from hubsync.sync.restored import let_the_portal_decide, take_back
from hubsync.views.schools import is_owner, own_school, visible_school
from hubsync.words.who import who_is_who

_ANSWERS: dict[str, tuple[Callable[..., None], Promise]] = {
    "yes": (approve_hold, gettext_lazy("Approved: exactly this is done now, and nothing else.")),
    "no": (refuse_hold, gettext_lazy("It stays as it is. You can change your mind at any time.")),
}
_WANTED_AGAIN = gettext_lazy("Nothing is removed: meanwhile the school wants all of this again.")


@for_teachers
def hub_hold(request: HttpRequest, school_id: int, hold_id: int) -> HttpResponse:
    """One question: what would be removed, why it waits, and the answer."""
    school = visible_school(request, school_id)
    rows = Hold.objects.select_related("account__school", "approved_by", "refused_by")
    hold = get_object_or_404(rows, pk=hold_id, account__school=school)
    if request.method == "POST":
        return _answer(request, school, hold)
    context = {
        "school": school,
        "account": hold.account,
        "one": shown_hold(hold, who_is_who(hold.account)),
        "hold": hold,
        "may_answer": is_owner(request, school) and hold.closed_at is None and hold.approved_at is None,
        "is_owner": is_owner(request, school),
        "owners": owners_named(school),
    }
    return render(request, "hubsync/hold.html", context)


def _answer(request: HttpRequest, school: School, hold: Hold) -> HttpResponse:
    answer = _ANSWERS.get(request.POST.get("answer", ""))
    if not is_owner(request, school):
        messages.error(request, _("Only an owner of the school can answer this: %s.") % owners_named(school))
    elif answer is None:
        messages.error(request, _("Choose one of the two answers."))
    else:
        act, said = answer
        act(hold=hold, by=user_of(request))
        hold.refresh_from_db()
        # Closed by the answer: the school wants again all that it was about.
        messages.success(request, str(_WANTED_AGAIN if hold.closed_at else said))
        return redirect("hub_sync", school.pk)
    return redirect("hub_hold", school.pk, hold.pk)


@for_school_admins
def hub_undo(request: HttpRequest, school_id: int, run_id: int) -> HttpResponse:
    """Take back what a run removed: as it was, by new invitations, or as teams made anew."""
    school = own_school(request, school_id)
    run = get_object_or_404(
        SyncRun.objects.select_related("account__school"), pk=run_id, account__school=school
    )
    if request.method == "POST":
        part = request.POST.get("part", "")
        number = take_back(run=run, part=part, by=user_of(request), now=timezone.now())
        if number:
            messages.success(request, _brought_back(number))
        else:
            messages.info(request, _("There is nothing of this run to bring back."))
    return redirect("hub_run", school.pk, run.pk)


def _brought_back(number: int) -> str:
    return ngettext(
        "It is being brought back now, and stays. What stays is named on the page “Synchronization”.",
        "All %(number)s are being brought back now, and stay. What stays is named on the page “Synchronization”.",
        number,
    ) % {"number": number}


@for_school_admins
def hub_let_go(request: HttpRequest, school_id: int, restored_id: int) -> HttpResponse:
    """Let the portal decide again about something that was brought back."""
    school = own_school(request, school_id)
    restored = get_object_or_404(
        RestoredRemoval.objects.select_related("account__school"), pk=restored_id, account__school=school
    )
    if request.method == "POST":
        let_the_portal_decide(restored=restored, by=user_of(request), now=timezone.now())
        messages.success(request, _("The portal decides about it again, by the lists of the school."))
    return redirect("hub_sync", school.pk)
