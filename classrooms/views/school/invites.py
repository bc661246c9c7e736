"""Invitations to the staff: made, sent again, taken back, accepted."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classrooms.access import for_everyone, for_school_admins, user_of
from classrooms.actions import invites
from classrooms.actions.refusals import InviteNotValid, TooManyInvites
from classrooms.forms.staff import StaffInviteForm
from classrooms.models import School, StaffInvite
from classrooms.partials import render_page
from classrooms.views.school.staff import staff_page


@for_school_admins
@require_POST
def staff_invite(request: HttpRequest, school_id: int) -> HttpResponse:
    """The link is shown once, on the page that answers; with an address it goes out by e-mail too."""
    user = user_of(request)
    school = get_object_or_404(School.objects.owned_by(user), pk=school_id)
    form = StaffInviteForm(request.POST, school=school)
    invite, link = None, ""
    if form.is_valid():
        try:
            invite, link = invites.invite_teacher(school=school, by=user, **form.cleaned_data)
        except TooManyInvites as refusal:
            form.add_error(None, refusal.sentence)
    shown = StaffInviteForm(school=school) if link else form
    return staff_page(request, school, shown, may_change=True, link=link, invite=invite)


@for_school_admins
@require_POST
def staff_invite_again(request: HttpRequest, school_id: int, invite_id: int) -> HttpResponse:
    """A new link in place of one that got lost; the old one stops."""
    user = user_of(request)
    school, invite = _find(request, school_id, invite_id)
    form, link = StaffInviteForm(school=school), ""
    try:
        link = invites.resend_invite(invite=invite, by=user)
    except TooManyInvites as refusal:
        messages.error(request, refusal.sentence)
    return staff_page(request, school, form, may_change=True, link=link, invite=invite)


@for_school_admins
@require_POST
def staff_invite_cancel(request: HttpRequest, school_id: int, invite_id: int) -> HttpResponse:
    school, invite = _find(request, school_id, invite_id)
    invites.cancel_invite(invite=invite, by=user_of(request))
    return redirect("school_staff", school.pk)


@for_everyone
@never_cache
def staff_invite_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the link: shows the school, and asks to sign in or up before it is accepted."""
    invite = invites.find_invite(token)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if request.method == "POST":
        try:
            role = invites.accept_invite(token=token, user=user_of(request))
            messages.success(request, _("You are now on the staff of %(school)s.") % {"school": role.school})
            return redirect(role.school)
        except InviteNotValid as refusal:
            messages.error(request, refusal.sentence)
    context = {"invite": invite, "token": token}
    status = 200 if invite else 410
    return render_page(request, "classrooms/school/staff_invite_accept.html", context, status=status)


def _find(request: HttpRequest, school_id: int, invite_id: int) -> tuple[School, StaffInvite]:
    school = get_object_or_404(School.objects.owned_by(user_of(request)), pk=school_id)
    return school, get_object_or_404(StaffInvite, school=school, pk=invite_id, used_at__isnull=True)
