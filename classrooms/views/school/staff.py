"""The staff of a school: who, with which role, from and until when, in whose place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classrooms.access import for_school_admins, for_teachers, user_of
from classrooms.actions import staff
from classrooms.actions.refusals import LastOwner, NotYours
from classrooms.forms.staff import StaffInviteForm, TeacherRoleForm
from classrooms.models import School, StaffInvite, TeacherRole
from classrooms.partials import render_page
from classrooms.policies import may_change_school
from classrooms.queries import role_in


@for_teachers
@never_cache
def school_staff(request: HttpRequest, school_id: int) -> HttpResponse:
    """The list for everybody of the school; its owners also see the form and the open invitations."""
    user = user_of(request)
    school = get_object_or_404(School.objects.of(user), pk=school_id)
    may_change = may_change_school(role_in(school, user))
    return staff_page(request, school, StaffInviteForm(school=school), may_change=may_change)


@for_school_admins
def staff_edit(request: HttpRequest, school_id: int, role_id: int) -> HttpResponse:
    school = get_object_or_404(School.objects.owned_by(user_of(request)), pk=school_id)
    role = get_object_or_404(TeacherRole.objects.select_related("user", "school"), school=school, pk=role_id)
    form = TeacherRoleForm(request.POST or None, instance=role)
    if form.is_valid():
        try:
            staff.change_role(teacher_role=role, by=user_of(request), **form.cleaned_data)
            return redirect("school_staff", school.pk)
        except LastOwner as refusal:
            form.add_error(None, refusal.sentence)
    return render_page(
        request, "classrooms/school/staff_edit.html", {"school": school, "role": role, "form": form}
    )


@for_teachers
@require_POST
def staff_remove(request: HttpRequest, school_id: int, role_id: int) -> HttpResponse:
    """Ends a role at once; also one's own, by anybody with a role: leaving needs no permission."""
    user = user_of(request)
    school = get_object_or_404(School.objects.of(user), pk=school_id)
    roles = TeacherRole.objects.filter(school=school)
    own_only = {} if may_change_school(role_in(school, user)) else {"user": user}
    role = get_object_or_404(roles, pk=role_id, **own_only)
    try:
        staff.remove_teacher(teacher_role=role, by=user)
    except LastOwner as refusal:
        messages.error(request, refusal.sentence)
    return redirect("home") if role.user_id == user.pk else redirect("school_staff", school.pk)


@for_school_admins
@require_POST
def staff_hand_over(request: HttpRequest, school_id: int, role_id: int) -> HttpResponse:
    """The school gets another owner in one's own place."""
    user = user_of(request)
    school = get_object_or_404(School.objects.owned_by(user), pk=school_id)
    role = get_object_or_404(TeacherRole.objects.select_related("user", "school"), school=school, pk=role_id)
    try:
        staff.hand_over_school(teacher_role=role, by=user)
        messages.success(request, _("%(who)s owns the school now; you teach in it.") % {"who": role.user})
    except NotYours as refusal:
        messages.error(request, refusal.sentence)
    return redirect("school_staff", school.pk)


def staff_page(
    request: HttpRequest,
    school: School,
    form: StaffInviteForm,
    *,
    may_change: bool,
    link: str = "",
    invite: StaffInvite | None = None,
) -> HttpResponse:
    """The list of the staff; `link` is a fresh invitation, shown this once."""
    roles = school.teacher_roles.select_related("user", "substitutes__user").order_by(
        "user__first_name", "user__email"
    )
    current = {role.pk for role in TeacherRole.objects.current().filter(school=school)}
    invites = StaffInvite.objects.open().filter(school=school).order_by("email", "name", "pk")
    context = {
        "school": school,
        "roles": [role for role in roles if role.pk in current],
        "others": [role for role in roles if role.pk not in current],
        "invites": invites if may_change else [],
        "form": form,
        "link": link,
        "invite": invite,
        "may_change": may_change,
    }
    return render_page(request, "classrooms/school/school_staff.html", context)
