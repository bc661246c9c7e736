"""Students of a class, one by one; many at once come with a class list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions.access_codes import CODE_LASTS, create_access_code
from classrooms.actions.class_groups import withdraw_student
from classrooms.actions.refusals import NotEnrollable
from classrooms.actions.seeing import note_seen
from classrooms.actions.sessions import sign_out_everywhere
from classrooms.actions.students import add_student, change_student
from classrooms.forms.students import StudentForm
from classrooms.models import ClassGroup, Enrolment
from classrooms.partials import render_page
from classrooms.queries.class_students import ListChoice
from classrooms.views.teacher.list_choice import list_address


@for_teachers
def student_new(request: HttpRequest, class_group_id: int) -> HttpResponse:
    user = user_of(request)
    class_group = get_object_or_404(
        ClassGroup.objects.taught_by(user).active().select_related("school"), pk=class_group_id
    )
    form = StudentForm(request.POST or None)
    if form.is_valid():
        try:
            student = add_student(class_group=class_group, by=user, **form.cleaned_data)
            messages.success(request, _("%(student)s is in the class.") % {"student": student})
            return redirect(class_group)
        except NotEnrollable as refusal:
            form.add_error(None, refusal.sentence)
    context = {"class_group": class_group, "school": class_group.school, "form": form}
    return render_page(request, "classrooms/teacher/student_new.html", context)


@for_teachers
def student_edit(request: HttpRequest, class_group_id: int, enrolment_id: int) -> HttpResponse:
    """Names and Docker ID for who teaches the class; who assists in it helps with codes only. Whoever looks is
    written down."""
    user = user_of(request)
    enrolment = _find(request, class_group_id, enrolment_id)
    may_change = ClassGroup.objects.taught_by(user).filter(pk=class_group_id).exists()
    if request.method == "POST" and not may_change:
        raise Http404
    note_seen(by=user, about=enrolment.student, what="student")
    form = StudentForm(request.POST or None, instance=enrolment.student)
    if form.is_valid():
        change_student(student=enrolment.student, by=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(list_address(request, enrolment.class_group))
    context = {
        "class_group": enrolment.class_group,
        "school": enrolment.class_group.school,
        "enrolment": enrolment,
        "form": form,
        "may_change": may_change,
        "back": list_address(request, enrolment.class_group),
        "query": ListChoice.of(request.GET).query,
    }
    return render_page(request, "classrooms/teacher/student_edit.html", context)


@for_teachers
@require_POST
def student_withdraw(request: HttpRequest, class_group_id: int, enrolment_id: int) -> HttpResponse:
    enrolment = _find(request, class_group_id, enrolment_id)
    get_object_or_404(ClassGroup.objects.taught_by(user_of(request)), pk=class_group_id)
    withdraw_student(enrolment=enrolment, by=user_of(request))
    messages.success(
        request, _("%(student)s is no longer in the class. The work stays.") % {"student": enrolment.student}
    )
    return redirect(list_address(request, enrolment.class_group))


@for_teachers
@require_POST
@never_cache
def student_code(request: HttpRequest, class_group_id: int, enrolment_id: int) -> HttpResponse:
    """A one-time code for one student, shown once: for the first visit, or for a lost password, which is asked twice.

    Only for who is in the class: the account of somebody who left it is in the hands of other teachers.
    """
    enrolment = _find(request, class_group_id, enrolment_id)
    if enrolment.left_on is not None:
        raise Http404
    context = {
        "class_group": enrolment.class_group,
        "school": enrolment.class_group.school,
        "enrolment": enrolment,
        "days": CODE_LASTS.days,
    }
    if enrolment.student.user is not None and "confirmed" not in request.POST:
        return render_page(request, "classrooms/teacher/student_code_confirm.html", context)
    context["code"] = create_access_code(student=enrolment.student, by=user_of(request)).code
    return render_page(request, "classrooms/teacher/student_code.html", context)


@for_teachers
@require_POST
def student_sign_out(request: HttpRequest, class_group_id: int, enrolment_id: int) -> HttpResponse:
    """Ends what the student left open on other computers; the password stays."""
    enrolment = _find(request, class_group_id, enrolment_id)
    if enrolment.left_on is not None or enrolment.student.user is None:
        raise Http404
    sign_out_everywhere(user=enrolment.student.user, by=user_of(request))
    messages.success(
        request, _("%(student)s is signed out on every computer.") % {"student": enrolment.student}
    )
    return redirect("student_edit", class_group_id, enrolment_id)


def _find(request: HttpRequest, class_group_id: int, enrolment_id: int) -> Enrolment:
    helped = ClassGroup.objects.helped_by(user_of(request)).active().values("pk")
    enrolments = Enrolment.objects.select_related("student__school", "student__user", "class_group__school")
    return get_object_or_404(
        enrolments, pk=enrolment_id, class_group_id=class_group_id, class_group__in=helped
    )
