"""The guided page that connects a school's account on Docker Hub: its token, the test of it, the seats."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from classrooms.access import for_school_admins
from hubsync.account.check import Checked, check_account
from hubsync.account.connect import keep_token, set_seats
from hubsync.account.refusals import NotConnectable
from hubsync.models import HubAccount
from hubsync.pages.forms import HubSeatsForm, HubTokenForm
from hubsync.views.connect_page import connect_page
from hubsync.views.schools import account_of, own_school


@for_school_admins
def hub_connect(request: HttpRequest, school_id: int) -> HttpResponse:
    """The step at which the school is, or the one it wants to go back to."""
    school = own_school(request, school_id)
    return connect_page(request, school, change=request.GET.get("change", ""))


@sensitive_post_parameters("token")
@for_school_admins
def hub_token(request: HttpRequest, school_id: int) -> HttpResponse:
    """Seal and test the pasted token."""
    school = own_school(request, school_id)
    account = account_of(school)
    if request.method != "POST" or account is None:
        return redirect("hub_connect", school.pk)
    form = HubTokenForm(request.POST, account=account)
    if form.is_valid():
        try:
            _tell(request, _keep(request, account, form))
            return redirect("hub_connect", school.pk)
        except NotConnectable as refusal:
            form.add_error("token", str(refusal.sentence))
    return connect_page(request, school, change="token", token_form=form, status=422)


@for_school_admins
def hub_check(request: HttpRequest, school_id: int) -> HttpResponse:
    """Test everything again."""
    school = own_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None:
        _tell(request, check_account(account))
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect("hub_connect", school.pk)


@for_school_admins
def hub_seats(request: HttpRequest, school_id: int) -> HttpResponse:
    """Write down how many seats were bought."""
    school = own_school(request, school_id)
    account = account_of(school)
    form = HubSeatsForm(request.POST) if request.method == "POST" else None
    if account is not None and form is not None:
        if form.is_valid():
            set_seats(account=account, seats=form.cleaned_data["seats"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The number of seats is written down."))
        else:
            messages.error(request, _("The number of seats is a whole number from 1 on."))
    return redirect("hub_connect", school.pk)


def _keep(request: HttpRequest, account: HubAccount, form: HubTokenForm) -> Checked:
    data = form.cleaned_data
    return keep_token(
        account=account,
        secret=data["token"],
        seats=data.get("seats"),
        expires_on=data["expires_on"],
        by=request.user,  # type: ignore[arg-type]
    )


def _tell(request: HttpRequest, checked: Checked) -> None:
    if checked.trouble:
        messages.error(request, str(checked.trouble))
    elif checked.missing:
        messages.warning(
            request, _("The access token works, but some permissions are missing. The list says which.")
        )
    else:
        messages.success(request, _("Docker Hub accepts the access token, and nothing is missing."))
