"""A class's work in one practice: who handed in what and when, more time for one, marks let out and taken along."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classrooms import archive_store
from classrooms.access import for_teachers, user_of
from classrooms.actions import audit
from classrooms.actions.assessing import publish_marks
from classrooms.actions.handing_in import grant_extension
from classrooms.forms.assessing import ExtensionForm
from classrooms.models import ClassPractice, HandIn
from classrooms.partials import render_page
from classrooms.queries.hand_ins import class_work, works_in
from classrooms.queries.marks_table import marks_table
from classrooms.tables.writing import CSV_TYPE, as_csv
from classrooms.views.teacher.work_file import archive_to_run
from classrooms.views.teacher.work_rows import find_given, work_of_student


@for_teachers
def class_work_page(request: HttpRequest, class_group_id: int, class_practice_id: int) -> HttpResponse:
    """Everybody of the class, with what counts and what came later."""
    given = find_given(request, class_group_id, class_practice_id)
    context = {"work": class_work(given), "me": user_of(request)}
    return render_page(request, "classrooms/teacher/class_work.html", context | facts_of(given))


@for_teachers
def work_extension(
    request: HttpRequest, class_group_id: int, class_practice_id: int, student_id: int
) -> HttpResponse:
    given = find_given(request, class_group_id, class_practice_id, may_change=True)
    row = work_of_student(given, student_id).row
    form = ExtensionForm(request.POST or None, due_at=given.due_at, initial={"due_at": row.dates.due_at})
    if form.is_valid():
        due_at = form.cleaned_data["due_at"]
        grant_extension(class_practice=given, student=row.student, due_at=due_at, by=user_of(request))
        messages.success(request, _("%(student)s has more time now.") % {"student": row.student})
        return redirect("class_work", class_group_id, class_practice_id)
    context = {"row": row, "form": form}
    return render_page(request, "classrooms/teacher/work_extension.html", context | facts_of(given))


@for_teachers
@require_POST
def work_publish(request: HttpRequest, class_group_id: int, class_practice_id: int) -> HttpResponse:
    given = find_given(request, class_group_id, class_practice_id, may_change=True)
    if publish_marks(class_practice=given, by=user_of(request)):
        messages.success(request, _("The students see their marks and comments now."))
    else:
        messages.info(request, _("There is nothing new to let out."))
    return redirect("class_work", class_group_id, class_practice_id)


@for_teachers
@never_cache
def work_marks_csv(request: HttpRequest, class_group_id: int, class_practice_id: int) -> HttpResponse:
    """For a spreadsheet in Spanish: semicolons, decimal comma, a byte order mark."""
    given = find_given(request, class_group_id, class_practice_id)
    heading, *rows = marks_table(class_work(given))
    record_taken_along(request, given)
    answer = HttpResponse(as_csv(heading, rows, separator=";"), content_type=CSV_TYPE)
    name = slugify(f"{given.practice} {given.class_group.name}") or "marks"
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


@for_teachers
def work_archive(
    request: HttpRequest, class_group_id: int, class_practice_id: int, hand_in_id: int
) -> HttpResponseBase:
    """The file that a student handed in, as a download: no browser opens it.

    ?run=1 is what a computer may load: the same image, named by us and by nothing else.
    """
    given = get_object_or_404(works_in(class_group_id, user_of(request)), pk=class_practice_id)
    row = get_object_or_404(HandIn.objects.exclude(archive=""), pk=hand_in_id, class_practice=given)
    path = archive_store.path_of(row.archive)
    if not path.exists():
        raise Http404
    if "run" in request.GET:
        return archive_to_run(row)
    name = f"{row.student.alias}-{row.attempt}.tar"
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )


def record_taken_along(request: HttpRequest, given: ClassPractice) -> None:
    """Marks left the portal: that stands in the register."""
    facts = {"practice": str(given.practice)}
    class_group = given.class_group
    school, user = class_group.school, user_of(request)
    audit.record(school=school, actor=user, verb="work.exported", about=class_group, facts=facts)


def facts_of(given: ClassPractice) -> dict[str, object]:
    """What every page about a class's work shows."""
    return {"given": given, "class_group": given.class_group, "school": given.class_group.school}
