"""The audit log of an account."""

from datetime import datetime
from itertools import islice

from flask import Blueprint, Response, request

from ..answers import answer, here, moment, page_wanted
from ..audit import ACTIONS
from ..callers import enter, somebody
from ..records import Event, Row
from ..refusals import denied, message

routes = Blueprint("audit", __name__)


@routes.get("/v2/auditlogs/<account>")
def list_events(account: str) -> Response:
    """A page of events; no count and no link to the next page."""
    _enter(account)
    number, size = page_wanted(25)
    start = (number - 1) * size
    fitting = (event for event in here().visible_events(account) if _fits(event))
    return answer({"logs": [_row(event) for event in islice(fitting, start, start + size)]})


@routes.get("/v2/auditlogs/<account>/actions")
def list_actions(account: str) -> Response:
    _enter(account)
    return answer({"actions": {group: _group(group, names) for group, names in ACTIONS.items()}})


def _enter(account: str) -> None:
    if account in here().users:
        if somebody().name != account:
            raise denied()
        return
    enter(account, "scope-activity-read")


def _fits(event: Event) -> bool:
    args = request.args
    since, until = _when("from"), _when("to")
    return (
        args.get("action", event.action) == event.action
        and args.get("name", event.name) == event.name
        and args.get("actor", event.actor) == event.actor
        and (since is None or event.happened_at >= since)
        and (until is None or event.happened_at <= until)
    )


def _when(name: str) -> datetime | None:
    text = request.args.get(name)
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        raise message(400, "bad request", errinfo={name: "not a date"}) from None


def _row(event: Event) -> Row:
    return {
        "account": event.account,
        "action": event.action,
        "name": event.name,
        "actor": event.actor,
        "data": event.data,
        "timestamp": moment(event.happened_at),
        "action_description": f"{event.actor or 'somebody'}: {event.action.replace('.', ' ')} {event.name}",
    }


def _group(group: str, names: tuple[str, ...]) -> Row:
    label = {"org": "Organization", "repo": "Repository", "billing": "Billing"}[group]
    actions = [
        {"name": name, "description": name.replace(".", " "), "label": name.replace(".", " ")}
        for name in names
    ]
    return {"label": label, "actions": actions}
