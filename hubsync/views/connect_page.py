"""The guided page itself: which step is shown, with what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from classrooms.models import School
from classrooms.seat_price import SEAT_DOLLARS_PAID_MONTHLY, SEAT_DOLLARS_PER_MONTH
from hubsync.account.check import wants_check
from hubsync.account.connect import step_of
from hubsync.account.hub_pages import page_to_create, page_to_make_token
from hubsync.hub.names import organization_name_for
from hubsync.hub.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES, Scope, finding
from hubsync.models import HubAccount
from hubsync.pages.forms import HubNameForm, HubSeatsForm, HubTokenForm
from hubsync.pages.standing import school_standing
from hubsync.views.findings import finding_rows
from hubsync.views.schools import account_of
from hubsync.words.scopes import sentence_what_for


def connect_page(
    request: HttpRequest,
    school: School,
    *,
    change: str = "",
    name_form: HubNameForm | None = None,
    token_form: HubTokenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The step at which the school is; `change` ("name", "token") goes back to one where that is possible."""
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
        "paid_yearly": SEAT_DOLLARS_PER_MONTH,
        "paid_monthly": SEAT_DOLLARS_PAID_MONTHLY,
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
    return {
        "page_to_create": page_to_create(account),
        "page_to_make_token": page_to_make_token(account),
        "organization_scopes": _texts(ORGANIZATION_SCOPES),
        "repository_scopes": _texts(REPOSITORY_SCOPES),
        "findings": finding_rows(account),
        "seats_form": HubSeatsForm(initial={"seats": account.seats}),
        "cost_per_year": (account.seats or 0) * SEAT_DOLLARS_PER_MONTH * 12,
        "is_personal": account.kind == HubAccount.Kind.PERSONAL,
    }


def _texts(scopes: Iterable[Scope]) -> list[dict[str, Any]]:
    return [{"scope": scope, "what_for": sentence_what_for(finding(scope, held=None))} for scope in scopes]
