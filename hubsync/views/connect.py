"""The guided page that connects a school's account on Docker Hub."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from classrooms.access import for_school_admins
from classrooms.models import School
from hubsync.account_names import NameFinding, look_at_name
from hubsync.connect import (
    Checked,
    check_account,
    choose_name,
    keep_token,
    notice_account,
    set_seats,
    step_of,
    wants_check,
)
from hubsync.errors import HubError
from hubsync.forms import NAME_TROUBLES, HubNameForm, HubSeatsForm, HubTokenForm
from hubsync.hub_pages import page_to_create, page_to_make_token
from hubsync.models import HubAccount
from hubsync.names import organization_name_for
from hubsync.refusals import NotConnectable
from hubsync.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES, finding
from hubsync.sentences_scopes import sentence_what_for
from hubsync.sentences_troubles import trouble_sentence
from hubsync.standing import school_standing
from hubsync.views.findings import finding_rows
from hubsync.views.schools import account_of, own_school

# Docker's list prices in US dollars for one user and month on the Team plan, without tax (docker.com/pricing, 2026).
PAID_YEARLY, PAID_MONTHLY = 15, 16


@for_school_admins
def hub_connect(request: HttpRequest, school_id: int) -> HttpResponse:
    """The step at which the school is, or the one it wants to go back to."""
    school = own_school(request, school_id)
    return _page(request, school, change=request.GET.get("change", ""))


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
    return _page(request, school, change="name", name_form=form, status=422)


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
    return _page(request, school, change="token", token_form=form, status=422)


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
    try:
        notice_account(account)
    except HubError as error:
        messages.error(request, str(trouble_sentence(error)))
    return True


def _page(
    request: HttpRequest,
    school: School,
    *,
    change: str = "",
    name_form: HubNameForm | None = None,
    token_form: HubTokenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    account = account_of(school)
    step = step_of(account)
    if change == "name" and (account is None or not account.uuid):
        step = "name"
    elif change == "token" and account is not None and step == "connected":
        step = "token"
    context: dict[str, Any] = {
        "school": school,
        "account": account,
        "step": step,
        "standing": school_standing(school),
        "name_form": name_form or HubNameForm(initial=_proposal(school, account)),
        "paid_yearly": PAID_YEARLY,
        "paid_monthly": PAID_MONTHLY,
    }
    if account is not None:
        context |= _about(account)
        context["tests_again"] = step == "connected" and wants_check(account)
        context["token_form"] = token_form or HubTokenForm(account=account, initial={"seats": account.seats})
    return render(request, "hubsync/connect.html", context, status=status)


def _proposal(school: School, account: HubAccount | None) -> dict[str, str]:
    if account is not None:
        return {"name": account.name, "kind": account.kind}
    return {"name": organization_name_for(school.name)}


def _about(account: HubAccount) -> dict[str, Any]:
    def texts(scopes: Any) -> list[dict[str, Any]]:
        return [{"scope": s, "what_for": sentence_what_for(finding(s, held=None))} for s in scopes]

    return {
        "page_to_create": page_to_create(account),
        "page_to_make_token": page_to_make_token(account),
        "organization_scopes": texts(ORGANIZATION_SCOPES),
        "repository_scopes": texts(REPOSITORY_SCOPES),
        "findings": finding_rows(account),
        "seats_form": HubSeatsForm(initial={"seats": account.seats}),
        "cost_per_year": (account.seats or 0) * PAID_YEARLY * 12,
        "is_personal": account.kind == HubAccount.Kind.PERSONAL,
    }
