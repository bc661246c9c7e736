"""A class list: uploaded, looked at, brought in or dropped.

The file is not kept, because it holds what must not be kept. Reading it in another encoding therefore
needs the file once more; what is stored in between is only what the portal may keep.
"""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from classrooms.access import for_teachers, user_of
from classrooms.actions.refusals import ImportNotWaiting
from classrooms.actions.roster_background import bring_in_now, confirm_import
from classrooms.actions.roster_correcting import correct_lines
from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import drop_import
from classrooms.forms.rosters import RosterUploadForm, confirmed_from, corrections_from
from classrooms.models import RosterImport, School, User
from classrooms.partials import render_page
from classrooms.queries.roster_corrections import places_to_choose
from classrooms.queries.roster_preview import bad_rows, roster_preview
from classrooms.queries.roster_visible import imports_of, waiting_lists
from classrooms.rosters.reasons import REASONS
from classrooms.rosters.rows import UnreadableRoster
from classrooms.uploads import is_too_large
from classrooms.views.teacher.roster_columns import (
    CAN_BE_EXPLAINED,
    OfferedList,
    classes_of,
    columns_page,
)

# A worker sweeps every few seconds: after this one is busy or not there, and nobody has to wait for it.
WORKER_COMES_WITHIN = timedelta(seconds=20)


@for_teachers
@never_cache
def roster_upload(request: HttpRequest, school_id: int) -> HttpResponse:
    """A file or pasted names. What is a table that nobody knows yet is asked about on the page of its columns."""
    user = user_of(request)
    school = get_object_or_404(School.objects.worked_in_by(user), pk=school_id)
    classes = classes_of(school, user)
    if request.method != "POST":
        asked = {name: request.GET.get(name, "") for name in ("encoding", "class_group", "look")}
        return _upload_page(request, school, RosterUploadForm(initial=asked, classes=classes))
    form = RosterUploadForm(request.POST, request.FILES, classes=classes, is_too_large=is_too_large(request))
    if form.is_valid():
        try:
            return _read(request, form, school, user)
        except UnreadableRoster as trouble:
            form.add_error("file", _(REASONS[trouble.reason]) % trouble.facts)
    return _upload_page(request, school, form)


@for_teachers
@never_cache
def roster_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Before: what would change. Meanwhile: how far it is. After: what was changed. Pressing twice is the same as
    once."""
    user = user_of(request)
    found = get_object_or_404(imports_of(user).select_related("school"), pk=import_id)
    if request.method == "POST":
        return _decide(request, found, user)
    context: dict[str, Any] = {"roster_import": found, "school": found.school}
    if found.state == RosterImport.State.ASKED:
        return _wait_page(request, context, found)
    if request.headers.get("HX-Request") == "true":  # the page that waits: there is more to see than its part
        return HttpResponse(headers={"HX-Refresh": "true"})
    if found.state == RosterImport.State.WAITING:
        context["preview"] = roster_preview(found, by=user)
        return render_page(request, "classrooms/teacher/roster_import.html", context)
    context["bad_rows"] = bad_rows(found.errors)
    return render_page(request, "classrooms/teacher/roster_result.html", context)


def _wait_page(request: HttpRequest, context: dict[str, Any], found: RosterImport) -> HttpResponse:
    waited = timezone.now() - (found.confirmed_at or timezone.now())
    context |= {"is_begun": found.claimed_until is not None, "is_slow": waited > WORKER_COMES_WITHIN}
    context["rows"] = len(found.rows)
    part = "classrooms/teacher/_roster_wait.html"
    return render_page(request, "classrooms/teacher/roster_wait.html", context, part=part)


def _decide(request: HttpRequest, found: RosterImport, user: User) -> HttpResponse:
    if request.POST.get("decision") == "drop":
        drop_import(roster_import=found, by=user)
        messages.info(request, _("The class list was dropped. Nothing has changed."))
        return redirect(found.school)
    try:
        if request.POST.get("decision") == "now":
            bring_in_now(roster_import=found)
        elif request.POST.get("decision") == "correct":
            _correct(request, found, user)
        else:
            confirm_import(roster_import=found, by=user, confirmed=confirmed_from(request.POST))
    except ImportNotWaiting as refusal:
        messages.error(request, refusal.sentence)
        return redirect("roster_upload", found.school_id)
    return redirect("roster_import", found.pk)


def _correct(request: HttpRequest, found: RosterImport, user: User) -> None:
    """Lines as somebody has corrected them; the page shows what becomes of them."""
    corrections = corrections_from(request.POST, places_to_choose(found, user))
    wrong = correct_lines(roster_import=found, corrections=corrections, by=user)
    if wrong:
        told = ngettext("%(n)s line is still not right.", "%(n)s lines are still not right.", wrong)
        messages.warning(request, told % {"n": wrong})
    elif corrections:
        messages.success(request, _("The corrected lines are part of the list now."))


def _read(request: HttpRequest, form: RosterUploadForm, school: School, user: User) -> HttpResponse:
    """On to what would change, or to the columns first. Raises UnreadableRoster for what is no table."""
    offered = OfferedList(form.data_of_list, form.name_of_list, form.choices_of_list)
    if form.cleaned_data["look"]:
        return columns_page(request, school, offered)
    try:
        prepared = prepare_import(
            school=school,
            data=offered.data,
            file_name=offered.name,
            by=user,
            academic_year=form.cleaned_data["academic_year"],
            choices=offered.choices,
        )
    except UnreadableRoster as trouble:
        if trouble.reason not in CAN_BE_EXPLAINED:
            raise
        return _columns_or_trouble(request, school, offered, trouble)
    return redirect("roster_import", prepared.pk)


def _columns_or_trouble(
    request: HttpRequest, school: School, offered: OfferedList, trouble: UnreadableRoster
) -> HttpResponse:
    """Why it was not understood is said over the columns; where there are none, it is all that can be said."""
    try:
        return columns_page(request, school, offered, trouble=trouble)
    except UnreadableRoster:
        raise trouble from None


def _upload_page(request: HttpRequest, school: School, form: RosterUploadForm) -> HttpResponse:
    context = {"school": school, "form": form, "waiting": waiting_lists(user_of(request), school)}
    return render_page(request, "classrooms/teacher/roster_upload.html", context)
