"""Teams (`groups` in the paths), by name, and their members."""

from flask import Blueprint, Response, request

from ..answers import answer, body, here, nothing, page, text_of
from ..callers import Caller, enter
from ..records import Row, Team
from ..refusals import no_such_route
from .accounts import user_row

routes = Blueprint("teams", __name__)


def team_row(team: Team) -> Row:
    # Hub: a team has a number, used by the permission routes, beside its uuid.
    return {
        "id": team.id,
        "uuid": team.uuid,
        "name": team.name,
        "description": team.description,
        "member_count": len(here().team_members[team.id]),
        "role": team.role,
    }


@routes.get("/v2/orgs/<organization>/groups")
def list_teams(organization: str) -> Response:
    _enter(organization, "scope-group-read", owners_only=False)
    world, search = here(), request.args.get("search", "").lower()
    teams = list(world.teams[organization].values())
    username = request.args.get("username")
    if username:
        teams = [world.team_by_id[team_id] for team_id in world.team_ids_of[organization, username]]
    return page([team for team in teams if search in team.name.lower()], team_row, size=25)


@routes.post("/v2/orgs/<organization>/groups")
def create_team(organization: str) -> Response:
    one, sent = _enter(organization, "scope-group-edit"), body()
    name, description = text_of(sent, "name"), text_of(sent, "description", default="")
    team = here().add_team(organization, name, description=description, actor=one.actor)
    return answer(team_row(team), 201)


@routes.get("/v2/orgs/<organization>/groups/<name>")
def get_team(organization: str, name: str) -> Response:
    _enter(organization, "scope-group-read", owners_only=False)
    return answer(team_row(here().get_team(organization, name)))


@routes.route("/v2/orgs/<organization>/groups/<name>", methods=["PUT", "PATCH"])
def update_team(organization: str, name: str) -> Response:
    one, sent = _enter(organization, "scope-group-edit"), body()
    team = here().get_team(organization, name)
    new_name = text_of(sent, "name", default=None if request.method == "PUT" else team.name)
    here().rename_team(team, new_name, actor=one.actor)
    team.description = text_of(sent, "description", default=team.description)
    if request.method == "PATCH" and "role" in sent:
        team.role = text_of(sent, "role")
    return answer(team_row(team))


@routes.delete("/v2/orgs/<organization>/groups/<name>")
def delete_team(organization: str, name: str) -> Response:
    one = _enter(organization, "scope-group-edit")
    here().delete_team(here().get_team(organization, name), actor=one.actor)
    return nothing()


@routes.get("/v2/orgs/<organization>/groups/<name>/members")
def list_team_members(organization: str, name: str) -> Response:
    one = _enter(organization, "scope-group-read", owners_only=False)
    world, search = here(), request.args.get("search", "").lower()
    usernames = world.team_members[world.get_team(organization, name).id]
    found = [username for username in usernames if search in username] if search else list(usernames)
    sees_addresses = one.kind == "organization" or one.name in world.owners[organization]

    def row(username: str) -> Row:
        user = world.users[username]
        return user_row(user) | ({"email": user.email} if sees_addresses else {})

    if world.switches.team_members_as_bare_list:
        return answer([row(username) for username in found])
    return page(found, row, size=25)


@routes.post("/v2/orgs/<organization>/groups/<name>/members")
def add_team_member(organization: str, name: str) -> Response:
    one = _enter(organization, "scope-group-edit")
    team = here().get_team(organization, name)
    here().add_to_team(team, text_of(body(), "member").lower(), actor=one.actor)
    return Response(status=200)


@routes.delete("/v2/orgs/<organization>/groups/<name>/members/<username>")
def remove_team_member(organization: str, name: str, username: str) -> Response:
    one = _enter(organization, "scope-group-edit")
    here().remove_from_team(here().get_team(organization, name), username.lower(), actor=one.actor)
    return nothing()


@routes.get("/v2/orgs/<organization>/groups/<name>/repositories")
def list_team_repositories(organization: str, name: str) -> Response:
    """Undocumented: an older client names the path."""
    if not here().switches.team_repositories_route:
        raise no_such_route(404)
    _enter(organization, "scope-group-read", owners_only=False)
    world = here()
    team = world.get_team(organization, name)

    def row(repository_id: int) -> Row:
        repository = world.repository_by_id[repository_id]
        permission = world.permissions[repository_id][team.id]
        return {"namespace": repository.namespace, "name": repository.name, "permission": permission}

    return page(world.repository_ids_of_team[team.id], row)


def _enter(organization: str, scope: str, *, owners_only: bool = True) -> Caller:
    return enter(organization, scope, owners_only=owners_only, older=True)
