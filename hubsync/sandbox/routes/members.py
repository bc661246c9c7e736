"""Members of an organization: list, role, removal, export."""

import csv
from io import StringIO

from flask import Blueprint, Response, request

from ..answers import answer, body, here, moment, nothing, page, text_of
from ..callers import Caller, enter
from ..records import Invite, Membership, Row
from ..refusals import message
from .accounts import user_row

routes = Blueprint("members", __name__)


@routes.get("/v2/orgs/<organization>/members")
def list_members(organization: str) -> Response:
    one = enter(organization, "scope-member-read", owners_only=False)
    rows = _rows(organization)
    return page(rows, lambda row: _row(row, with_email=_sees_addresses(one, organization)), size=25)


@routes.get("/v2/orgs/<organization>/members/export")
def export_members(organization: str) -> Response:
    enter(organization, "scope-member-read")
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["Name", "Username", "Email", "Type", "Role", "Teams", "Date Joined"])
    for member in here().members[organization].values():
        row = _member_row(member, with_email=True)
        teams = ", ".join(row["groups"])
        writer.writerow(
            [
                row["full_name"],
                row["username"],
                row["email"],
                row["type"],
                row["role"],
                teams,
                row["date_joined"],
            ]
        )
    name = f'attachment; filename="{organization}-members.csv"'
    return Response(text.getvalue(), mimetype="text/csv", headers={"Content-Disposition": name})


@routes.put("/v2/orgs/<organization>/members/<username>")
def change_role(organization: str, username: str) -> Response:
    one = enter(organization, "scope-member-edit")
    member = here().set_role(organization, username, text_of(body(), "role"), actor=one.actor)
    return answer(_member_row(member, with_email=True))


@routes.delete("/v2/orgs/<organization>/members/<username>")
def remove_member(organization: str, username: str) -> Response:
    one = enter(organization, "scope-member-edit")
    here().remove_member(organization, username, actor=one.actor)
    return nothing()


def _sees_addresses(one: Caller, organization: str) -> bool:
    return one.kind == "organization" or one.name in here().owners[organization]


def _rows(organization: str) -> list[Membership | Invite]:
    args, world = request.args, here()
    kind = args.get("type") or ("all" if args.get("invites") == "true" else "member")
    role = args.get("role")
    if kind not in {"all", "invitee", "member"} or role not in {None, "owner", "editor", "member"}:
        raise message(400, "bad request", errinfo={})
    members = world.members[organization].values() if kind != "invitee" else ()
    invites = world.pending_invites[organization].values() if kind != "member" else ()
    everyone: list[Membership | Invite] = [*members, *invites]
    if role:
        everyone = [one for one in everyone if one.role == role]
    wanted = args.get("search", "").lower()
    return [one for one in everyone if wanted in _search_text(one)] if wanted else everyone


def _search_text(one: Membership | Invite) -> str:
    if isinstance(one, Invite):
        return one.invitee.lower()
    user = here().users[one.username]
    return f"{user.username} {user.full_name} {user.email}".lower()


def _row(one: Membership | Invite, *, with_email: bool) -> Row:
    return _invitee_row(one) if isinstance(one, Invite) else _member_row(one, with_email=with_email)


def _member_row(member: Membership, *, with_email: bool) -> Row:
    world = here()
    user = world.users[member.username]
    team_ids = world.team_ids_of[member.organization, member.username]
    return user_row(user) | {
        "email": user.email if with_email else "",
        # Hub: roles go in in lower case and come out capitalised.
        "role": member.role.capitalize(),
        "groups": [world.team_by_id[team_id].name for team_id in team_ids],
        "is_guest": False,
        "date_joined": moment(member.joined_at),
        "last_logged_in_at": None,
        "last_seen_at": None,
    }


def _invitee_row(invite: Invite) -> Row:
    """An invitee; one who was invited by e-mail has no username."""
    world = here()
    user = world.users.get(invite.invitee.lower())
    who = user_row(user) if user else {"email": invite.invitee, "full_name": "", "type": "User"}
    # The description has no null for the date of joining, and an invitee has not joined.
    who.pop("date_joined", None)
    team = world.team_by_id.get(invite.team_id or 0)
    return who | {"role": "Invitee", "groups": [team.name] if team else [], "is_guest": False}
