"""Private images without seats: an owner gives a class a token that can only pull, and ends it with a press."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from classrooms.access import for_school_admins, user_of
from classrooms.actions.pull_access import end_pull_access, keep_pull_access
from classrooms.models import ClassGroup, School
from classrooms.partials import render_page
from classrooms.seat_price import SEAT_DOLLARS_PER_MONTH
from hubsync.account.hub_pages import page_to_make_token
from hubsync.account.pull_access import private_images_of, waiting_images_of
from hubsync.models import HubAccount
from hubsync.pages.pull_access import PullTokenForm


@for_school_admins
def class_pull_access(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """What each way costs stands first."""
    user = user_of(request)
    owned = ClassGroup.objects.active().filter(school__in=School.objects.owned_by(user))
    class_group = get_object_or_404(owned.select_related("school"), pk=class_group_id)
    organizations = HubAccount.objects.exclude(uuid="").filter(kind=HubAccount.Kind.ORGANIZATION)
    account = organizations.filter(school=class_group.school).first()
    if request.method == "POST" and "end" in request.POST:
        end_pull_access(class_group=class_group, by=user)
        messages.success(request, _("The students no longer see the token. Now revoke it on Docker Hub too."))
        return redirect("class_pull_access", class_group_id)
    form = PullTokenForm(request.POST or None, account=account, class_group=class_group) if account else None
    if account and form and form.is_valid():
        keep_pull_access(class_group=class_group, account_name=account.name, by=user, **form.cleaned_data)
        messages.success(
            request, _("Tried and kept. The students of the class see it beside their private images.")
        )
        return redirect("class_pull_access", class_group_id)
    students = class_group.enrolments.current().count()
    context = {
        "class_group": class_group,
        "school": class_group.school,
        "account": account,
        "form": form,
        "private": private_images_of(class_group),
        "waiting": waiting_images_of(class_group),
        "students": students,
        "dollars": students * SEAT_DOLLARS_PER_MONTH,
        "token_page": page_to_make_token(account) if account else "",
    }
    return render_page(request, "hubsync/class_pull_access.html", context)
