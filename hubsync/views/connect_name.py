"""The first steps of the guided page: the name, and waiting until the account is there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from classrooms.access import for_school_admins
from classrooms.models import School
from hubsync.account.connect import choose_name, notice_account
from hubsync.account.name_check import NameFinding, look_at_name
from hubsync.account.refusals import NotConnectable
from hubsync.hub.errors import HubError
from hubsync.models import HubAccount
from hubsync.pages.forms import NAME_TROUBLES, HubNameForm
from hubsync.views.connect_page import connect_page
from hubsync.views.refusals import saying_why_not
from hubsync.views.schools import account_of, own_school
from hubsync.words.troubles import trouble_sentence


@for_school_admins
def hub_choose_name(request: HttpRequest, school_id: int) -> HttpResponse:
    school = own_school(request, school_id)
    if request.method != "POST":
        return redirect("hub_connect", school.pk)
    form = HubNameForm(request.POST)
    if form.is_valid():
        finding = look_at_name(form.cleaned_data["name"])
        _refuse_name(form, finding)
        if form.is_valid() and _choose(request, school, form, finding):
            return redirect("hub_connect", school.pk)
    return connect_page(request, school, change="name", name_form=form, status=422)


@for_school_admins
def hub_check_name(request: HttpRequest, school_id: int) -> HttpResponse:
    """What there is to say about a name while it is typed (htmx)."""
    school = own_school(request, school_id)
    finding = look_at_name(request.GET.get("name", ""))
    trouble = NAME_TROUBLES.get(finding.trouble, "")
    is_personal = request.GET.get("kind") == HubAccount.Kind.PERSONAL
    context = {"finding": finding, "trouble": trouble, "school": school, "is_personal": is_personal}
    return render(request, "hubsync/_name_finding.html", context)


@for_school_admins
def hub_look(request: HttpRequest, school_id: int) -> HttpResponse:
    """Whether the account is there by now: asked every few seconds by htmx, or by the button."""
    school = own_school(request, school_id)
    account = account_of(school)
    trouble: Any = ""
    try:
        is_there = account is not None and notice_account(account)
    except HubError as error:
        is_there, trouble = False, trouble_sentence(error)
    if request.headers.get("HX-Request") == "true" and account is not None:
        response = render(
            request, "hubsync/_waiting.html", {"school": school, "account": account, "trouble": trouble}
        )
        if is_there:
            response["HX-Redirect"] = reverse("hub_connect", args=[school.pk])
        return response
    if trouble:
        messages.error(request, trouble)
    elif not is_there:
        messages.info(request, _("It is not there yet. This page notices by itself when it is."))
    return redirect("hub_connect", school.pk)


def _refuse_name(form: HubNameForm, finding: NameFinding) -> None:
    is_personal = form.cleaned_data["kind"] == HubAccount.Kind.PERSONAL
    if finding.state == "bad":
        form.add_error("name", str(NAME_TROUBLES[finding.trouble]))
    elif finding.state == "person" and not is_personal:
        form.add_error(
            "name",
            _(
                "%(name)s belongs to a person on Docker Hub. Choose another name, or a personal account if it is yours."
            )
            % {"name": finding.name},
        )
    elif finding.state == "organization" and is_personal:
        form.add_error(
            "name", _("%(name)s is an organization. Choose “An organization”.") % {"name": finding.name}
        )


def _choose(request: HttpRequest, school: School, form: HubNameForm, finding: NameFinding) -> bool:
    data = form.cleaned_data
    try:
        account = choose_name(school=school, name=finding.name, kind=data["kind"], by=request.user)  # type: ignore[arg-type]
    except NotConnectable as refusal:
        messages.error(request, str(refusal.sentence))
        return False
    with saying_why_not(request):
        notice_account(account)
    return True
