"""Everything of one student on one page, and what can be done with it: consent, moving, taking along, erasing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions import audit
from classrooms.actions.changing_class import move_student
from classrooms.actions.erasing import erase_student
from classrooms.actions.protection import set_consent
from classrooms.actions.refusals import Refused
from classrooms.actions.seeing import note_seen
from classrooms.forms.protection import ConsentForm, TypedNameForm
from classrooms.forms.years import MoveForm
from classrooms.models import ClassGroup, Enrolment, School
from classrooms.partials import render_page
from classrooms.queries.class_move import class_move
from classrooms.queries.deletion import deletion_preview
from classrooms.queries.person import person_data


@for_teachers
@never_cache
def student_record(request: HttpRequest, class_group_id: int, enrolment_id: int) -> HttpResponse:
    """What the portal keeps of this student, readable; whoever looks is written down."""
    enrolment = _find(request, class_group_id, enrolment_id)
    note_seen(by=user_of(request), about=enrolment.student, what="student")
    history = enrolment.student.enrolments.select_related("class_group").prefetch_related("past_stays")
    context = {
        "history": history.order_by("enrolled_on", "pk"),
        "may_erase": School.objects.owned_by(user_of(request))
        .filter(pk=enrolment.student.school_id)
        .exists(),
        "consent_form": ConsentForm(initial={"consent": enrolment.student.consent}),
    }
    return _page(request, enrolment, "student_record", **context)


@for_teachers
@require_POST
def student_consent(request: HttpRequest, class_group_id: int, enrolment_id: int) -> HttpResponse:
    enrolment = _find(request, class_group_id, enrolment_id)
    form = ConsentForm(request.POST)
    if form.is_valid():
        set_consent(student=enrolment.student, consent=form.cleaned_data["consent"], by=user_of(request))
        messages.success(request, _("Saved."))
    return redirect("student_record", class_group_id, enrolment_id)


@for_teachers
def student_move(request: HttpRequest, class_group_id: int, enrolment_id: int) -> HttpResponse:
    """First which class, then what changes, then yes: one page, the same address."""
    user = user_of(request)
    enrolment = _find(request, class_group_id, enrolment_id)
    data = request.POST if request.method == "POST" else request.GET if "to" in request.GET else None
    form = MoveForm(data, enrolment=enrolment, user=user)
    move = class_move(enrolment, form.cleaned_data["to"]) if form.is_valid() else None
    if move and request.method == "POST":
        try:
            arrived = move_student(enrolment=enrolment, to=move.to, by=user)
            told = _("%(student)s is now in %(class)s. The work stays.")
            messages.success(request, told % {"student": enrolment.student, "class": move.to})
            return redirect(arrived.class_group)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    return _page(request, enrolment, "student_move", form=form, move=move)


@for_teachers
@never_cache
def student_export(request: HttpRequest, class_group_id: int, enrolment_id: int) -> HttpResponse:
    """All that is kept of the person, as JSON."""
    student = _find(request, class_group_id, enrolment_id).student
    audit.record(school=student.school, actor=user_of(request), verb="student.exported", about=student)
    answer = JsonResponse(person_data(student), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{student.alias}.json"'
    return answer


@for_teachers
def student_erase(request: HttpRequest, class_group_id: int, enrolment_id: int) -> HttpResponse:
    """For good, without thirty days, by an owner: what goes and what stays is shown, and the name is typed."""
    enrolment = _find(request, class_group_id, enrolment_id)
    get_object_or_404(School.objects.owned_by(user_of(request)), pk=enrolment.student.school_id)
    form = TypedNameForm(request.POST or None, expected=str(enrolment.student))
    if form.is_valid():
        erase_student(student=enrolment.student, by=user_of(request))
        messages.success(request, _("The student is erased. What was handed in stays without a name."))
        return redirect(enrolment.class_group)
    preview = deletion_preview(enrolment.student)
    return _page(request, enrolment, "student_erase", form=form, preview=preview)


def _page(request: HttpRequest, enrolment: Enrolment, name: str, **context: object) -> HttpResponse:
    class_group = enrolment.class_group
    facts = {"class_group": class_group, "school": class_group.school, "enrolment": enrolment}
    student = {"student": enrolment.student}
    return render_page(request, f"classrooms/teacher/{name}.html", {**facts, **student, **context})


def _find(request: HttpRequest, class_group_id: int, enrolment_id: int) -> Enrolment:
    """Only in an active class that the person may change; not of a student who is in the trash."""
    taught = ClassGroup.objects.taught_by(user_of(request)).active().values("pk")
    enrolments = Enrolment.objects.select_related("student__school", "student__user", "class_group__school")
    here = enrolments.filter(class_group_id=class_group_id, student__deleted_at__isnull=True)
    return get_object_or_404(here, pk=enrolment_id, class_group__in=taught)
