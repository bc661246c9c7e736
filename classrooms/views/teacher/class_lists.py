"""Class lists to take out: as a table for a spreadsheet, or on paper. Whoever takes one is written down."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from classrooms.access import for_school_admins, for_teachers, user_of
from classrooms.actions import audit
from classrooms.actions.seeing import note_seen
from classrooms.models import ClassGroup, School
from classrooms.partials import render_page
from classrooms.queries.class_export import list_rows
from classrooms.queries.class_students import ListChoice, student_list
from classrooms.rosters.own_list import headings_in
from classrooms.tables.writing import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx

KINDS = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}


@for_teachers
@never_cache
def class_list_file(request: HttpRequest, class_group_id: int, kind: str) -> HttpResponse:
    """The students of one class."""
    classes = ClassGroup.objects.visible_to(user_of(request)).select_related("school")
    found = get_object_or_404(classes, pk=class_group_id)
    _refuse_unknown(kind)
    audit.record(school=found.school, actor=user_of(request), verb="class_list.exported", about=found)
    return _file(ClassGroup.objects.filter(pk=found.pk), kind, title=found.name, name=f"class-{found.code}")


@for_school_admins
@never_cache
def school_list_file(request: HttpRequest, school_id: int, kind: str) -> HttpResponse:
    """The students of every class that is not in the archive."""
    school = get_object_or_404(School.objects.owned_by(user_of(request)), pk=school_id)
    _refuse_unknown(kind)
    audit.record(school=school, actor=user_of(request), verb="class_list.exported", about=school)
    classes = ClassGroup.objects.active().filter(school=school)
    return _file(classes, kind, title=school.name, name=f"school-{school.pk}")


@for_teachers
def roster_template(request: HttpRequest, school_id: int, kind: str) -> HttpResponse:
    """The portal's own list without anybody in it, to be filled in where no administration exports one."""
    get_object_or_404(School.objects.worked_in_by(user_of(request)), pk=school_id)
    _refuse_unknown(kind)
    return _file(ClassGroup.objects.none(), kind, title="1", name="class-list")


@for_teachers
@never_cache
def class_list_print(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """A sheet for the wall or the folder: numbered, with room to tick."""
    classes = ClassGroup.objects.visible_to(user_of(request)).select_related("school")
    found = get_object_or_404(classes, pk=class_group_id)
    note_seen(by=user_of(request), about=found, what="class_list")
    context = {
        "class_group": found,
        "school": found.school,
        "rows": student_list(found, ListChoice(sort="surname")).rows,
        "today": timezone.localdate(),
        "boxes": range(8),
    }
    return render_page(request, "classrooms/teacher/class_list_print.html", context)


def _refuse_unknown(kind: str) -> None:
    if kind not in KINDS:
        raise Http404


def _file(classes: QuerySet[ClassGroup], kind: str, *, title: str, name: str) -> HttpResponse:
    headings, rows = headings_in(get_language() or ""), list_rows(classes)
    data = as_csv(headings, rows) if kind == "csv" else as_xlsx(headings, rows, title=title)
    answer = HttpResponse(data, content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
