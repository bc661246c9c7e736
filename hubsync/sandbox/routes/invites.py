"""Invitations as the organization sends them. Answering one is up to the person, on a page."""

from uuid import UUID

from flask import Blueprint, Response

from ..answers import answer, body, here, moment, nothing, text_of
from ..callers import Caller, enter, somebody
from ..invites import Invited
from ..members import ROLES
from ..records import Invite, Row
from ..refusals import message, no_such_route, not_found

routes = Blueprint("invites", __name__)
MOST_AT_A_TIME = 1000


def invite_row(invite: Invite) -> Row:
    team = here().team_by_id.get(invite.team_id or 0)
    return {
        "id": invite.id,
        "inviter_username": invite.inviter,
        "invitee": invite.invitee,
        "org": invite.organization,
        "team": team.name if team else "",
        "role": invite.role,
        "created_at": moment(invite.created_at),
    }


@routes.post("/v2/invites/bulk")
def invite_many() -> Response:
    sent = body()
    organization = text_of(sent, "org")
    one = enter(organization, "scope-invite-edit")
    invitees, role, team = _invitees(sent), text_of(sent, "role", default="member"), sent.get("team")
    if role not in ROLES:
        raise message(400, "bad request", errinfo={"role": "unknown role"})
    if team and team not in here().teams[organization]:
        raise message(400, "bad request", errinfo={"team": "unknown team"})
    rows = here().invite_all(
        organization,
        invitees,
        role=role,
        team=here().teams[organization][team] if team else None,
        inviter=one.actor,
        dry_run=sent.get("dry_run") is True,
    )
    # Hub: 202 even where nobody could be invited; success is told row by row.
    return answer({"invitees": [_invited_row(row) for row in rows]}, 202)


@routes.get("/v2/orgs/<organization>/invites")
def list_invites(organization: str) -> Response:
    enter(organization, "scope-invite-read")
    return answer({"data": [invite_row(one) for one in here().pending_invites[organization].values()]})


@routes.delete("/v2/invites/<invite_id>")
def cancel_invite(invite_id: str) -> Response:
    invite, one = _mine(invite_id)
    if invite.status == "accepted" and here().switches.cancel_accepted_invite_status == 204:
        return nothing()
    here().cancel_invite(invite.id, actor=one.actor)
    return nothing()


@routes.route("/v2/invites/<invite_id>/resend", methods=["PATCH"])
def resend_invite(invite_id: str) -> Response:
    here().resend_invite(_mine(invite_id)[0].id)
    return nothing()


@routes.post("/v2/invites/<invite_id>/resend")
def resend_by_post(invite_id: str) -> Response:
    if not here().switches.resend_by_post:
        raise no_such_route(405)
    return resend_invite(invite_id)


def _mine(invite_id: str) -> tuple[Invite, Caller]:
    try:
        UUID(invite_id)
    except ValueError:
        # Hub: an id that is no UUID does not even find the route.
        raise no_such_route(405) from None
    somebody()
    invite = here().invites.get(invite_id)
    if invite is None:
        raise not_found("invite not found")
    return invite, enter(invite.organization, "scope-invite-edit")


def _invitees(sent: Row) -> list[str]:
    invitees = sent.get("invitees")
    if not isinstance(invitees, list) or not 1 <= len(invitees) <= MOST_AT_A_TIME:
        raise message(400, "bad request", errinfo={"invitees": f"from 1 to {MOST_AT_A_TIME} invitees"})
    if any(not isinstance(one, str) for one in invitees):
        raise message(400, "bad request", errinfo={"invitees": "texts expected"})
    return invitees


def _invited_row(row: Invited) -> Row:
    invite = {"invite": invite_row(row.invite)} if row.invite else {}
    return {"invitee": row.invitee, "status": row.status, **invite}
