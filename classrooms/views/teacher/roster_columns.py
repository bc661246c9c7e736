"""A table whose columns a person has to explain: five rows of it, a choice over each column.

The file travels in the page and comes back with it (see `forms.carried_files`); nothing of it is stored in between.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from classrooms.academic_years import academic_year_of
from classrooms.access import for_teachers, user_of
from classrooms.actions.roster_meanings import keep_columns
from classrooms.actions.roster_preparing import prepare_import
from classrooms.forms.carried_files import packed, unpacked
from classrooms.forms.roster_columns import (
    RosterColumnsForm,
    columns_from,
    field_choices,
    separator_name,
)
from classrooms.models import ClassGroup, RosterImport, School, User
from classrooms.partials import render_page
from classrooms.queries.roster_meanings import kept_columns
from classrooms.rosters.choices import Choices
from classrooms.rosters.looking import FirstLook, first_look
from classrooms.rosters.reasons import REASONS
from classrooms.rosters.rows import UnreadableRoster

# Why a file may still be a table that somebody can explain.
CAN_BE_EXPLAINED = frozenset(
    {
        *("no_heading", "missing_columns", "column_twice", "which_class", "which_name", "no_names"),
        *("same_field_twice", "other_columns", "spoilt_headings"),
    }
)


@dataclass(frozen=True)
class OfferedList:
    """What somebody uploaded or pasted, what it is called, and what was said about it."""

    data: bytes
    name: str
    choices: Choices


@for_teachers
@never_cache
def roster_columns(request: HttpRequest, school_id: int) -> HttpResponse:
    """Look again with other choices, or go on to what would change."""
    user = user_of(request)
    school = get_object_or_404(School.objects.worked_in_by(user), pk=school_id)
    if request.method != "POST":
        return redirect("roster_upload", school.pk)
    form = RosterColumnsForm(request.POST, request.FILES, classes=classes_of(school, user))
    data = _data_of(request)
    if data is None:
        return redirect("roster_upload", school.pk)
    is_pasted = "is_pasted" in request.POST
    offered = OfferedList(data, request.POST.get("file_name", "")[:200], Choices(is_pasted=is_pasted))
    if not form.is_valid():
        return columns_page(request, school, offered, form=form)
    wants_to_look = request.POST.get("step") == "look"
    columns = None if wants_to_look else columns_from(request.POST)
    offered = replace(offered, choices=form.choices_of_list(columns, is_pasted=is_pasted))
    if wants_to_look:
        return columns_page(request, school, offered, form=form)
    try:
        prepared = _prepare(school, user, offered, year=form.cleaned_data["academic_year"])
    except UnreadableRoster as trouble:
        return columns_page(request, school, offered, form=form, trouble=trouble)
    return redirect("roster_import", prepared.pk)


def columns_page(
    request: HttpRequest,
    school: School,
    offered: OfferedList,
    *,
    form: RosterColumnsForm | None = None,
    trouble: UnreadableRoster | None = None,
) -> HttpResponse:
    """The page itself. Raises UnreadableRoster where the file is no table."""
    look = first_look(offered.data, replace(offered.choices, kept=kept_columns(school)))
    shown = _form_of(look, school, user_of(request), form)
    said = _(REASONS[trouble.reason]) % trouble.facts if trouble is not None else ""
    if said and form is not None:  # an answer that does not do, not a table that comes for the first time
        shown.add_error(None, said)
    context: dict[str, Any] = {
        "school": school,
        "form": shown,
        "look": look,
        "fields": field_choices(),
        "is_unknown": trouble is not None and trouble.reason == "no_heading",
        "may_do_without": trouble is not None and trouble.reason == "missing_columns",
        "trouble": said,
        "carried": packed(offered.data),
        "file_name": offered.name,
        "is_pasted": offered.choices.is_pasted,
    }
    return render_page(request, "classrooms/teacher/roster_columns.html", context)


def classes_of(school: School, user: User) -> list[ClassGroup]:
    """Classes of this year that the person may fill."""
    year = academic_year_of(timezone.localdate())
    taught = ClassGroup.objects.active().taught_by(user).filter(school=school, academic_year=year)
    return list(taught.order_by("name", "course"))


def _form_of(
    look: FirstLook, school: School, user: User, sent: RosterColumnsForm | None
) -> RosterColumnsForm:
    """What was found out stands in the switches, what the person said about class and year stays."""
    found = {
        "encoding": look.encoding,
        "separator": "" if look.sheets else separator_name(look.separator),
        "sheet": look.sheet,
        "heading_line": look.heading_line,
    }
    said = dict(sent.data.items()) if sent is not None else {}
    values = {**said, **found}
    form = RosterColumnsForm(values, classes=classes_of(school, user), sheets=look.sheets)
    form.full_clean()
    form.errors.pop("encoding", None)  # mended letters have an encoding of their own, which nobody chooses
    return form


def _data_of(request: HttpRequest) -> bytes | None:
    if upload := request.FILES.get("file"):
        return bytes(upload.read())
    return unpacked(request.POST.get("carried", ""))


def _prepare(school: School, user: User, offered: OfferedList, *, year: int | None) -> RosterImport:
    """Kept for the next time only once the table could be read with it."""
    choices = offered.choices
    prepared = prepare_import(
        school=school,
        data=offered.data,
        file_name=offered.name,
        by=user,
        academic_year=year,
        choices=choices,
    )
    if choices.columns and choices.heading_line:
        written = first_look(offered.data, choices).written
        keep_columns(school=school, headings=written, columns=choices.columns[: len(written)])
    return prepared
