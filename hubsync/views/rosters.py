"""Docker Hub's word on the people of a class list that waits to be confirmed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from classrooms.access import for_teachers, user_of
from classrooms.models import RosterImport
from classrooms.partials import render_page
from classrooms.queries.roster import compare_import
from classrooms.queries.roster_visible import imports_of
from hubsync.account.invitees import check_invitees
from hubsync.pages.roster_outlook import invitee_sentences, roster_outlook
from hubsync.views.schools import account_of


@for_teachers
def hub_roster_check(request: HttpRequest, import_id: int) -> HttpResponse:
    """Ask once for all Docker IDs that the list would make members whether they could be invited; nobody is."""
    waiting = imports_of(user_of(request)).filter(state=RosterImport.State.WAITING).select_related("school")
    found = get_object_or_404(waiting, pk=import_id)
    outlook = roster_outlook(found, compare_import(found, by=user_of(request)).comparison)
    account = account_of(found.school)
    answers = check_invitees(account, outlook.to_invite) if account is not None and outlook.to_invite else {}
    context = {"roster_import": found, "school": found.school, "lines": invitee_sentences(answers.values())}
    return render_page(request, "hubsync/roster_check.html", context, part="hubsync/_invitees.html")
