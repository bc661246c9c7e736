"""The codes of a class: made, shown on the wall, closed; who waits at the door is let in or not."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions import join_codes, join_requests
from classrooms.actions.refusals import NotEnrollable
from classrooms.forms.joining import JoinCodeForm, LetInForm
from classrooms.identity import plain_code
from classrooms.models import ClassGroup, JoinCode, JoinRequest, School, User
from classrooms.partials import render_page
from classrooms.queries.joining import door_of
from classrooms.slips.squares import as_svg_path


@for_teachers
@never_cache
def join_code(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """The class's codes and who waits. Codes for staff are the owners' to give."""
    found = _find(request, class_group_id)
    user = user_of(request)
    form = JoinCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["role"] != JoinCode.Role.STUDENT and not _owns(user, found):
            raise Http404
        join_codes.open_join_code(class_group=found, by=user, **form.cleaned_data)
        return redirect("join_code", found.pk)
    join_requests.forget_old()
    context = {
        "class_group": found,
        "school": found.school,
        "codes": [_shown(one) for one in found.join_codes.open().order_by("role")],
        "door": door_of(found),
        "form": form,
        "may_invite_staff": _owns(user, found),
    }
    part = "classrooms/teacher/_door.html"
    return render_page(request, "classrooms/teacher/join_code.html", context, part=part)


@for_teachers
@never_cache
def join_code_wall(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """The students' code alone, as large as the wall: no name of anybody is on this page."""
    found = _find(request, class_group_id)
    code = get_object_or_404(found.join_codes.open().for_students())
    context = {"class_group": found, "school": found.school, **_shown(code)}
    return render_page(request, "classrooms/teacher/join_code_wall.html", context)


@for_teachers
@require_POST
def join_code_close(request: HttpRequest, class_group_id: int) -> HttpResponse:
    found = _find(request, class_group_id)
    role = request.POST.get("role", "")
    if role not in JoinCode.Role.values:
        raise Http404
    code = get_object_or_404(found.join_codes.open(), role=role)
    join_codes.close_join_code(join_code=code, by=user_of(request))
    messages.success(request, _("The code no longer works."))
    return redirect("join_code", found.pk)


@for_teachers
@require_POST
def join_request_answer(request: HttpRequest, class_group_id: int, join_request_id: int) -> HttpResponse:
    """Lets somebody in as a student of the list, as somebody new, or turns them away."""
    found = _find(request, class_group_id)
    asked = get_object_or_404(JoinRequest.objects.waiting(), pk=join_request_id, class_group=found)
    user = user_of(request)
    if request.POST.get("answer") == "no":
        join_requests.turn_away(join_request=asked, by=user)
        return redirect("join_code", found.pk)
    form = LetInForm(request.POST, students=door_of(found).without_account)
    if not form.is_valid():
        messages.error(request, _("Choose somebody of the class who has no account yet."))
        return redirect("join_code", found.pk)
    try:
        student = join_requests.let_in(join_request=asked, student=form.cleaned_data["student"], by=user)
        messages.success(request, _("%(student)s is in.") % {"student": student})
    except NotEnrollable as refusal:
        messages.error(request, refusal.sentence)
    return redirect("join_code", found.pk)


def _shown(code: JoinCode) -> dict[str, object]:
    """A code with its letters, its address and the picture of it."""
    letters = join_codes.code_to_show(code)
    is_for_students = code.role == JoinCode.Role.STUDENT
    with_code = reverse("student_join_link", args=[plain_code(letters) or "-"])
    address = f"{settings.BASE_URL}{with_code if is_for_students else reverse('staff_code')}"
    side, path = as_svg_path(address)
    return {"join_code": code, "letters": letters, "address": address, "side": side, "path": path}


def _find(request: HttpRequest, class_group_id: int) -> ClassGroup:
    helped = ClassGroup.objects.helped_by(user_of(request)).active().select_related("school")
    return get_object_or_404(helped, pk=class_group_id)


def _owns(user: User, class_group: ClassGroup) -> bool:
    return School.objects.owned_by(user).filter(pk=class_group.school_id).exists()
