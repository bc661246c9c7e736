"""Deleting with the name typed, the trash, and back out of it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from classrooms.access import for_signed_in, for_teachers, user_of
from classrooms.actions.refusals import NotDeletable
from classrooms.actions.restoring import restore
from classrooms.actions.trash import KEPT_DAYS, delete
from classrooms.forms.protection import TypedNameForm
from classrooms.models import ClassGroup, Deletion, Enrolment, Image, Practice, School, User
from classrooms.partials import render_page
from classrooms.policies import may_change_school
from classrooms.queries import role_in
from classrooms.queries.deletion import Deletable, deletion_preview, find_deletable
from classrooms.queries.practice_use import use_of
from classrooms.queries.trash import deleted_schools_of


@for_teachers
def delete_row(request: HttpRequest, school_id: int, kind: str, row_id: int) -> HttpResponse:
    """Shows what goes and asks for the name; whoever may change the thing may delete it, a school its owners."""
    user = user_of(request)
    school = get_object_or_404(School.objects.of(user), pk=school_id)
    row = find_deletable(school, kind, row_id)
    if row is None or not _may_delete(user, row):
        raise Http404
    form = TypedNameForm(request.POST or None, expected=str(row))
    if form.is_valid():
        try:
            delete(row=row, by=user)
            messages.success(request, _("%(name)s is in the trash for thirty days.") % {"name": row})
            return redirect("home") if isinstance(row, School) else redirect("trash", school.pk)
        except NotDeletable as refusal:
            form.add_error(None, refusal.sentence)
    context = {
        "school": school,
        "row": row,
        "kind": kind,
        "preview": deletion_preview(row),
        "form": form,
        "days": KEPT_DAYS,
        "use": use_of(row) if isinstance(row, Practice) else None,
    }
    return render_page(request, "classrooms/school/delete.html", context)


@for_teachers
def trash(request: HttpRequest, school_id: int) -> HttpResponse:
    """What can still come back: all of it for the owners, one's own deletions for everybody else."""
    school = get_object_or_404(School.objects.of(user_of(request)), pk=school_id)
    deletions = _of(user_of(request), school).select_related("deleted_by")
    context = {
        "school": school,
        "deletions": deletions,
        "days": KEPT_DAYS,
        "may_change": may_change_school(role_in(school, user_of(request))),
    }
    return render_page(request, "classrooms/school/trash.html", context)


@for_teachers
@require_POST
def trash_restore(request: HttpRequest, school_id: int, deletion_id: int) -> HttpResponse:
    user = user_of(request)
    school = get_object_or_404(School.objects.worked_in_by(user), pk=school_id)
    deletion = get_object_or_404(_of(user, school), pk=deletion_id)
    try:
        restore(deletion=deletion, by=user)
        messages.success(request, _("%(name)s is back.") % {"name": deletion.name})
    except NotDeletable as refusal:
        messages.error(request, refusal.sentence)
    return redirect("trash", school.pk)


@for_signed_in
@require_POST
def school_restore(request: HttpRequest, school_id: int) -> HttpResponse:
    """For those who owned the school when it was deleted: nobody has a role in a deleted one."""
    user = user_of(request)
    deletion = get_object_or_404(deleted_schools_of(user), school_id=school_id)
    try:
        restore(deletion=deletion, by=user)
    except NotDeletable as refusal:
        messages.error(request, refusal.sentence)
    return redirect("home")


def _of(user: User, school: School) -> QuerySet[Deletion]:
    rows = Deletion.objects.in_trash().filter(school=school)
    return rows if may_change_school(role_in(school, user)) else rows.filter(deleted_by=user)


def _may_delete(user: User, row: Deletable) -> bool:
    if isinstance(row, School):
        return School.objects.owned_by(user).filter(pk=row.pk).exists()
    if isinstance(row, ClassGroup):
        return ClassGroup.objects.taught_by(user).filter(pk=row.pk).exists()
    if isinstance(row, Image):
        return School.objects.worked_in_by(user).filter(pk=row.school_id).exists()
    if isinstance(row, Practice):
        return Practice.objects.written_by(user).filter(pk=row.pk).exists()
    taught = ClassGroup.objects.taught_by(user).values("pk")
    is_taught = Enrolment.objects.current().filter(student=row, class_group__in=taught)
    return is_taught.exists() or School.objects.owned_by(user).filter(pk=row.school_id).exists()
