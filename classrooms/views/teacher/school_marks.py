"""Marks with the school's numbers: a list that has them is read, compared by hashes, and given back as a table.

The portal keeps those numbers as hashes only, so whoever needs them brings them along. Nothing of the list is kept:
between the two pages, who was found travels in the page itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from classrooms.access import for_teachers, user_of
from classrooms.actions import audit
from classrooms.forms.school_marks import (
    ALL_PRACTICES,
    USUAL_COLUMNS,
    MarksTableForm,
    NumbersForm,
    carried,
    carry,
)
from classrooms.models import ClassGroup, ClassPractice
from classrooms.partials import render_page
from classrooms.queries.hand_ins import class_works, marked_in
from classrooms.queries.roster_meanings import kept_columns
from classrooms.queries.school_marks import school_marks, who_is_who
from classrooms.rosters.choices import Choices
from classrooms.rosters.numbered import Numbered, NumberedList, read_numbered, read_pasted
from classrooms.rosters.reasons import REASONS
from classrooms.rosters.rows import UnreadableRoster
from classrooms.tables.writing import CSV_TYPE, as_csv
from classrooms.uploads import is_too_large

# A page names so many of each kind; a whole school's list may have thousands.
MOST_NAMED = 100


@for_teachers
@never_cache
def class_marks(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """First the list, then who is who and what goes along, then the table."""
    class_group = get_object_or_404(
        ClassGroup.objects.taught_by(user_of(request)).select_related("school"), pk=class_group_id
    )
    givens = list(marked_in(class_group_id, user_of(request)))
    if "carried" in request.POST:
        return _table(request, class_group, givens)
    is_sent = request.method == "POST"
    form = NumbersForm(
        request.POST if is_sent else None, request.FILES or None, is_too_large=is_too_large(request)
    )
    if is_sent and form.is_valid():
        try:
            return _look(request, class_group, givens, _read(form, class_group))
        except UnreadableRoster as trouble:
            field = "file" if form.cleaned_data.get("file") is not None else "numbers"
            form.add_error(field, _(REASONS[trouble.reason]) % trouble.facts)
    return _page(request, class_group, "class_marks", form=form, practices=givens)


def _read(form: NumbersForm, class_group: ClassGroup) -> NumberedList:
    upload = form.cleaned_data.get("file")
    if upload is None:
        return read_pasted(form.cleaned_data["numbers"])
    choices = Choices(encoding=form.cleaned_data["encoding"] or None, kept=kept_columns(class_group.school))
    return read_numbered(upload.read(), today=timezone.localdate(), choices=choices)


def _look(
    request: HttpRequest, class_group: ClassGroup, givens: Sequence[ClassPractice], read: NumberedList
) -> HttpResponse:
    """Who was found, and everybody who was not."""
    who = who_is_who(class_group.school, class_works(givens), read.people)
    asked = request.GET.get("practice", "")
    initial = {
        "practices": asked if asked in {str(one.pk) for one in givens} else ALL_PRACTICES,
        "columns": USUAL_COLUMNS,
        "carried": carry([one.listed for one in who.found]),
    }
    form = MarksTableForm(givens=givens, initial=initial)
    errors = [(one.line, _(REASONS[one.reason]) % one.facts) for one in read.errors]
    return _who_page(request, class_group, form, who=who, errors=errors)


def _table(request: HttpRequest, class_group: ClassGroup, givens: Sequence[ClassPractice]) -> HttpResponse:
    form = MarksTableForm(request.POST, givens=givens)
    listed = carried(request.POST["carried"])
    if listed is None:
        again = NumbersForm({}, None)
        again.add_error(None, _("The list did not come along. Choose it again."))
        return _page(request, class_group, "class_marks", form=again, practices=givens)
    if not form.is_valid():
        return _who_page(request, class_group, form)
    return _file(request, class_group, form, listed)


def _file(
    request: HttpRequest, class_group: ClassGroup, form: MarksTableForm, listed: Sequence[Numbered]
) -> HttpResponse:
    """The numbers are compared once more: what came with the page is what a browser sent."""
    works = class_works(form.givens)
    found = who_is_who(class_group.school, works, listed).found
    heading, *rows = school_marks(class_group, works, found, form.cleaned_data["columns"])
    names = [str(one.practice) for one in form.givens]
    is_one = form.cleaned_data["practices"] != ALL_PRACTICES
    audit.record(
        school=class_group.school,
        actor=user_of(request),
        verb="work.exported" if is_one else "work.all_exported",
        about=class_group,
        facts={"practice": names[0]} if is_one else {"count": len(names)},
    )
    answer = HttpResponse(as_csv(heading, rows, separator=";"), content_type=CSV_TYPE)
    name = slugify(f"{names[0] if is_one else _('marks')} {class_group.name}") or "marks"
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _who_page(
    request: HttpRequest, class_group: ClassGroup, form: MarksTableForm, **context: object
) -> HttpResponse:
    return _page(request, class_group, "class_marks_who", form=form, most=MOST_NAMED, **context)


def _page(request: HttpRequest, class_group: ClassGroup, name: str, **context: object) -> HttpResponse:
    facts = {"class_group": class_group, "school": class_group.school}
    return render_page(request, f"classrooms/teacher/{name}.html", {**facts, **context})
