"""Items 6, 7, 8 and 11: what a token of the organization may do."""

import pytest

from tests.hubsync.sandbox.conftest import portal_with, sign_in

NEEDED = [
    ("GET", "/v2/orgs/iestriana/members", None, "scope-member-read"),
    ("DELETE", "/v2/orgs/iestriana/members/carla", None, "scope-member-edit"),
    ("GET", "/v2/orgs/iestriana/groups", None, "scope-group-read"),
    ("POST", "/v2/orgs/iestriana/groups", {"name": "smr1"}, "scope-group-edit"),
    ("GET", "/v2/orgs/iestriana/invites", None, "scope-invite-read"),
    ("POST", "/v2/invites/bulk", {"org": "iestriana", "invitees": ["bruno"]}, "scope-invite-edit"),
    ("GET", "/v2/auditlogs/iestriana", None, "scope-activity-read"),
    ("POST", "/v2/namespaces/iestriana/repositories", {"name": "nuevo"}, "scope-repository-create"),
    ("PATCH", "/v2/namespaces/iestriana/repositories/lamp", {"description": "x"}, "scope-repository-edit"),
    ("DELETE", "/v2/namespaces/iestriana/repositories/lamp", None, "scope-repository-admin"),
    ("GET", "/v2/namespaces/iestriana/repositories/lamp/groups", None, "scope-repo-group-read"),
    ("DELETE", "/v2/namespaces/iestriana/repositories/lamp/tags/latest", None, "scope-tag-admin"),
]


@pytest.mark.parametrize(("method", "path", "body", "scope"), NEEDED)
def test_06_each_call_needs_its_scope(app, world, method, path, body, scope):
    world.take_seat("iestriana", "carla", "member")

    answer = portal_with(app).ask(method, path, body)

    assert (answer.status_code, answer.json) == (403, {"message": "permission denied", "errinfo": None})


@pytest.mark.parametrize(("method", "path", "body", "scope"), NEEDED)
def test_06_with_its_scope_each_call_is_answered(app, world, method, path, body, scope):
    world.take_seat("iestriana", "carla", "member")

    assert portal_with(app, scope).ask(method, path, body).status_code < 300


def test_06_administering_repositories_does_not_include_creating_them(app):
    portal = portal_with(app, "scope-repository-admin")

    assert portal.post("/v2/namespaces/iestriana/repositories", {"name": "nuevo"}).status_code == 403


def test_06_a_scope_for_one_repository_does_not_reach_another(app, world):
    resources = [{"type": "TYPE_REPO", "path": "iestriana/lamp", "scopes": ["scope-repository-read"]}]
    _, value = world.add_organization_token(
        "iestriana", label="one", resources=resources, created_by="anaruiz"
    )
    portal = sign_in(app.test_client(), "iestriana", value)

    assert portal.get("/v2/namespaces/iestriana/repositories/examen").status_code == 404


def test_06_a_token_reaches_no_other_organization(world, portal):
    world.add_organization("iesotro", owner="carla")

    assert portal.get("/v2/orgs/iesotro/members").status_code == 403


@pytest.mark.parametrize("path", ["/v2/repositories/iestriana", "/v2/repositories/iestriana/lamp/"])
def test_07_the_older_routes_refuse_an_organizations_token(portal, path):
    answer = portal.get(path)

    assert answer.status_code == 403
    assert answer.json["message"] == "token issued from organization access token is not allowed"


def test_07_assigning_a_permission_is_the_exception(world, portal):
    team = world.add_team("iestriana", "smr1")
    sent = {"group_id": team.id, "permission": "read"}

    assert portal.post("/v2/repositories/iestriana/examen/groups", sent).status_code == 200


def test_08_without_the_list_scope_private_repositories_are_silently_missing(app):
    portal = portal_with(app, "scope-repository-read")

    answer = portal.get("/v2/namespaces/iestriana/repositories")

    assert (answer.status_code, [one["name"] for one in answer.json["results"]]) == (200, ["lamp"])


def test_08_with_the_list_scope_all_are_listed(portal):
    answer = portal.get("/v2/namespaces/iestriana/repositories")

    assert {one["name"] for one in answer.json["results"]} == {"lamp", "examen"}


def test_11_an_organizations_token_cannot_make_another(portal):
    answer = portal.post("/v2/orgs/iestriana/access-tokens", {"label": "second", "resources": []})

    assert answer.status_code == 403


def test_11_the_eleventh_token_is_refused(world, ana):
    for number in range(9):
        world.add_organization_token("iestriana", label=f"token {number}", created_by="anaruiz")

    answer = ana.post("/v2/orgs/iestriana/access-tokens", {"label": "eleventh", "resources": []})

    assert answer.status_code == 400


def test_11_the_end_of_a_token_cannot_be_moved(ana):
    sent = {"label": "for a day", "resources": [], "expires_at": "2030-01-01T00:00:00Z"}
    token_id = ana.post("/v2/orgs/iestriana/access-tokens", sent).json["id"]

    answer = ana.patch(f"/v2/orgs/iestriana/access-tokens/{token_id}", {"expires_at": "2040-01-01T00:00:00Z"})

    assert answer.json["expires_at"].startswith("2030-01-01")


def test_11_the_value_is_there_only_once(ana):
    created = ana.post("/v2/orgs/iestriana/access-tokens", {"label": "once", "resources": []}).json

    read = ana.get(f"/v2/orgs/iestriana/access-tokens/{created['id']}")

    assert created["token"].startswith("dckr_oat_")
    assert created["token"] not in read.get_data(as_text=True)
