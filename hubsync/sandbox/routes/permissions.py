"""A team's permission on a repository, on both families of routes.

Only "assign" on the older route is published. Which of the others exist for an organization's token is not
proved: the switches `namespaces_permission_routes` and `legacy_permission_routes` decide.
"""

from flask import Blueprint, Response, request

from ..answers import answer, body, here, nothing, page, text_of
from ..callers import caller, no_organization_token, reach, somebody
from ..records import Repository, Row, Team
from ..refusals import message, no_such_route

routes = Blueprint("permissions", __name__)
OLDER = "/v2/repositories/<namespace>/<name>/groups"
NEWER = "/v2/namespaces/<namespace>/repositories/<name>/groups"
READ, EDIT, ADMIN = "scope-repo-group-read", "scope-repo-group-edit", "scope-repo-group-admin"


@routes.before_request
def refuse_where_it_is_not() -> None:
    switches = here().switches
    if request.path.startswith("/v2/namespaces/"):
        if not switches.namespaces_permission_routes:
            raise no_such_route(404)
        return
    if request.method == "POST":
        return
    if switches.legacy_permission_routes == "not here":
        raise no_such_route(404)
    if switches.legacy_permission_routes == "no organization token":
        no_organization_token()


@routes.get(OLDER)
@routes.get(NEWER)
def list_permissions(namespace: str, name: str) -> Response:
    repository = _reach(namespace, name, READ)
    return page(here().permissions[repository.id], lambda team_id: _row(repository, team_id))


@routes.post(OLDER)
@routes.post(NEWER)
def assign_permission(namespace: str, name: str) -> Response:
    repository, sent = _reach(namespace, name, EDIT), body()
    team = _team(repository, sent.get("group_id"))
    if here().switches.assigning_again == "400" and team.id in here().permissions[repository.id]:
        raise message(400, "the group already has a permission on this repository", errinfo={})
    here().grant(repository, team, text_of(sent, "permission"), actor=caller().actor)
    # Hub: 200, although something was created.
    return answer(_row(repository, team.id))


@routes.get(f"{OLDER}/<int:team_id>")
@routes.get(f"{NEWER}/<int:team_id>")
def get_permission(namespace: str, name: str, team_id: int) -> Response:
    return answer(_row(_reach(namespace, name, READ), team_id))


@routes.route(f"{OLDER}/<int:team_id>", methods=["PATCH", "PUT"])
@routes.route(f"{NEWER}/<int:team_id>", methods=["PATCH", "PUT"])
def change_permission(namespace: str, name: str, team_id: int) -> Response:
    repository = _reach(namespace, name, EDIT)
    here().get_permission(repository, team_id)
    here().grant(repository, here().team_by_id[team_id], text_of(body(), "permission"), actor=caller().actor)
    return answer(_row(repository, team_id))


@routes.delete(f"{OLDER}/<int:team_id>")
@routes.delete(f"{NEWER}/<int:team_id>")
def remove_permission(namespace: str, name: str, team_id: int) -> Response:
    here().revoke(_reach(namespace, name, ADMIN), team_id, actor=caller().actor)
    return nothing()


def _reach(namespace: str, name: str, scope: str) -> Repository:
    """Reading too is for those who administer the repository."""
    somebody()
    return reach(namespace, name, scope, "admin")


def _team(repository: Repository, team_id: object) -> Team:
    team = here().team_by_id.get(team_id) if isinstance(team_id, int) else None
    if team is None or team.organization != repository.namespace:
        raise message(400, "bad request", errinfo={"group_id": "unknown group"})
    return team


def _row(repository: Repository, team_id: int) -> Row:
    permission = here().get_permission(repository, team_id)
    return {"group_id": team_id, "group_name": here().team_by_id[team_id].name, "permission": permission}
