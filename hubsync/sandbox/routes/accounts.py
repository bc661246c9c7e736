"""Looking up people and organizations; creating an organization is not among it."""

from flask import Blueprint, Response

from ..answers import answer, body, flag_of, here, moment, page
from ..callers import caller, enter, somebody, somebody_with_password
from ..records import Organization, Row, User
from ..refusals import denied, message, no_such_route

routes = Blueprint("accounts", __name__)
NO_RESTRICTION = {"enabled": False, "allow_official_images": False, "allow_verified_publishers": False}


def trimmed(uuid: str) -> str:
    # Hub: the `id` of a person or organization is its UUID without the dashes.
    return uuid.replace("-", "")


def user_row(user: User) -> Row:
    return {
        "id": trimmed(user.uuid),
        "uuid": user.uuid,
        "username": user.username,
        "full_name": user.full_name,
        "location": "",
        "company": "",
        "profile_url": "",
        "gravatar_email": "",
        "gravatar_url": "",
        "date_joined": moment(user.joined_at),
        "type": "User",
    }


def organization_row(one: Organization) -> Row:
    return {
        "id": trimmed(one.uuid),
        "uuid": one.uuid,
        "orgname": one.name,
        "full_name": one.full_name,
        "location": "",
        "company": one.full_name,
        "profile_url": "",
        "gravatar_email": "",
        "gravatar_url": "",
        "date_joined": moment(one.joined_at),
        "type": "Organization",
        "badge": one.badge,
    }


@routes.get("/v2/orgs/<organization>")
def get_organization(organization: str) -> Response:
    return answer(organization_row(here().get_organization(organization)))


@routes.route("/v2/orgs", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def no_organizations_here() -> Response:
    # Hub: nobody creates an organization through the API; it is bought, by a person, on a page.
    raise no_such_route(405)


@routes.get("/v2/users/<username>")
def get_user(username: str) -> Response:
    user = here().users.get(username.lower())
    if user is None:
        raise message(404, "User not found", errinfo={})
    return answer(user_row(user))


@routes.get("/v2/users/<username>/orgs")
def list_organizations_of(username: str) -> Response:
    if username not in here().users:
        raise message(404, "User not found", errinfo={})
    organizations = here().organizations
    names = here().organization_names_of[username]
    return page(names, lambda name: {"id": trimmed(organizations[name].uuid), "orgname": name})


@routes.get("/v2/user")
def who_am_i() -> Response:
    return answer(user_row(here().users[somebody_with_password().name]))


@routes.get("/v2/user/orgs")
def list_my_organizations() -> Response:
    one = somebody()
    if one.kind != "organization":
        return page(here().organization_names_of[one.name], lambda name: _my_organization(name, one.name))
    if not here().switches.user_organizations_with_organization_token:
        raise denied()
    return page([one.name], lambda name: _my_organization(name, ""))


@routes.get("/v2/orgs/<organization>/settings")
def get_settings(organization: str) -> Response:
    return answer({"restricted_images": _settings_of(organization).settings or NO_RESTRICTION})


@routes.put("/v2/orgs/<organization>/settings")
def put_settings(organization: str) -> Response:
    one, sent = _settings_of(organization), body().get("restricted_images")
    if not isinstance(sent, dict):
        raise message(400, "bad request", errinfo={})
    one.settings = {name: flag_of(sent, name) for name in NO_RESTRICTION}
    here().record(organization, "org.settings.update", organization, caller().actor)
    return answer({"restricted_images": one.settings})


def _settings_of(organization: str) -> Organization:
    somebody_with_password()
    enter(organization, "")
    return here().organizations[organization]


def _my_organization(name: str, username: str) -> Row:
    world = here()
    member = world.members[name].get(username)
    team_ids = world.team_ids_of[name, username]
    return organization_row(world.organizations[name]) | {
        "is_active": True,
        "user_role": member.role.capitalize() if member else "",
        "user_groups": [world.team_by_id[team_id].name for team_id in team_ids],
        "org_groups_count": len(world.teams[name]),
        "plan_name": None,
        "parent_name": "",
    }
