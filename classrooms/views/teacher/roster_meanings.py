"""What class lists mean at this school: words for the state of an enrolment, names of classes, columns of tables."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from classrooms.access import for_teachers, user_of
from classrooms.actions.roster_meanings import change_words, forget_class_name, forget_columns
from classrooms.forms.rosters import words_from
from classrooms.models import School, User
from classrooms.partials import render_page
from classrooms.queries.roster_meanings import known_words


@for_teachers
def roster_meanings(request: HttpRequest, school_id: int) -> HttpResponse:
    """Seen and changed by everybody who works in the school: each of them may answer the same in a list."""
    user = user_of(request)
    school = get_object_or_404(School.objects.worked_in_by(user), pk=school_id)
    if request.method == "POST":
        _change(request, school, user)
        messages.success(request, _("Saved. It counts from the next list on."))
        return redirect("roster_meanings", school.pk)
    context = {
        "school": school,
        "words": known_words(school),
        "class_names": school.listed_class_names.all(),
        "mappings": school.column_mappings.all(),
    }
    return render_page(request, "classrooms/teacher/roster_meanings.html", context)


def _change(request: HttpRequest, school: School, user: User) -> None:
    """One of three: a class name or columns forgotten by their button, or the table of words saved."""
    if pk := request.POST.get("forget_class"):
        for listed in school.listed_class_names.filter(pk=_number(pk)):
            forget_class_name(listed=listed, by=user)
    elif pk := request.POST.get("forget_columns"):
        for mapping in school.column_mappings.filter(pk=_number(pk)):
            forget_columns(mapping=mapping, by=user)
    else:
        change_words(school=school, words=words_from(request.POST), by=user)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
