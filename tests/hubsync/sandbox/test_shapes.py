"""Items 12 to 23 and 46: the shapes of answers."""

import re

from tests.hubsync.sandbox.conftest import Asker

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def test_12_errors_have_many_shapes(world, anybody, portal):
    world.faults.add("firewall", path="/v2/users/carla")
    world.faults.add("abuse", path="/v2/users/bruno")

    bodies = [
        portal.get("/v2/orgs/nobody/members").json,
        portal.get("/v2/orgs/nobody/groups").json,
        anybody.post("/v2/users/login", {}).json,
        anybody.get("/v2/namespaces/iestriana/repositories?ordering=foo").json,
        anybody.get("/v2/users/bruno").get_data(as_text=True),
        anybody.get("/v2/users/carla").get_data(as_text=True),
    ]

    assert [set(body) if isinstance(body, dict) else body[:15] for body in bodies] == [
        {"message", "errinfo"},
        {"detail"},
        {"username", "password"},
        {"fields", "text"},
        "Too Many Reques",
        "<!DOCTYPE html>",
    ]


def test_13_errinfo_is_an_object_here_and_null_there(anybody, bruno):
    no_bearer = anybody.get("/v2/orgs/iestriana/members").json
    no_right = bruno.get("/v2/orgs/iestriana/members").json

    assert (no_bearer["errinfo"], no_right["errinfo"]) == (None, {})


def test_14_roles_go_in_in_lower_case_and_come_out_capitalised(world, portal):
    world.take_seat("iestriana", "bruno", "member")

    answer = portal.put("/v2/orgs/iestriana/members/bruno", {"role": "editor"})

    assert answer.json["role"] == "Editor"


def test_14_a_capitalised_role_is_not_taken(world, portal):
    world.take_seat("iestriana", "bruno", "member")

    assert portal.put("/v2/orgs/iestriana/members/bruno", {"role": "Editor"}).status_code == 400


def test_15_creating_answers_201_200_and_200_without_a_body(world, portal):
    world.take_seat("iestriana", "bruno", "member")

    team = portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"})
    seat = portal.post("/v2/orgs/iestriana/groups/smr1/members", {"member": "bruno"})
    sent = {"group_id": team.json["id"], "permission": "read"}
    permission = portal.post("/v2/repositories/iestriana/examen/groups", sent)

    assert (team.status_code, permission.status_code, seat.status_code, seat.data) == (201, 200, 200, b"")


def test_16_a_bulk_invite_answers_202_with_a_status_for_each(world, portal):
    world.take_seat("iestriana", "carla", "member")
    sent = {"org": "iestriana", "invitees": ["bruno", "carla", "nobodyhere", "new@mail.example"]}

    answer = portal.post("/v2/invites/bulk", sent)

    statuses = [(row["invitee"], row["status"], "invite" in row) for row in answer.json["invitees"]]
    assert answer.status_code == 202
    assert statuses == [
        ("bruno", "invited", True),
        ("carla", "existing_org_member", False),
        ("nobodyhere", "invalid_email_or_docker_id", False),
        ("new@mail.example", "invited", True),
    ]


def test_16_the_answer_is_202_even_where_nobody_was_invited(portal):
    answer = portal.post("/v2/invites/bulk", {"org": "iestriana", "invitees": ["nobodyhere"]})

    assert answer.status_code == 202


def test_17_lists_name_their_parts_differently(ana):
    invites = ana.get("/v2/orgs/iestriana/invites").json
    log = ana.get("/v2/auditlogs/iestriana").json
    tokens = ana.get("/v2/orgs/iestriana/access-tokens").json

    assert (set(invites), set(log)) == ({"data"}, {"logs"})
    assert set(tokens) == {"total", "next", "previous", "results"}


def test_18_a_team_has_a_number_and_a_uuid(world, portal):
    world.add_team("iestriana", "smr1")

    team = portal.get("/v2/orgs/iestriana/groups/smr1").json

    assert isinstance(team["id"], int)
    assert len(team["uuid"]) == 36
    assert portal.get(f"/v2/orgs/iestriana/groups/{team['id']}").status_code == 404


def test_19_ids_of_people_and_organizations_have_no_dashes(anybody):
    for path in ("/v2/users/bruno", "/v2/orgs/iestriana"):
        found = anybody.get(path).json
        assert found["id"] == found["uuid"].replace("-", "")


def test_20_images_may_be_null_empty_or_unknown(world, portal):
    world.push_tag("iestriana", "lamp", "none", images_shown="null")
    world.push_tag("iestriana", "lamp", "empty", images_shown="empty")
    base = "/v2/namespaces/iestriana/repositories/lamp/tags"

    none, empty, full = (portal.get(f"{base}/{tag}").json["images"] for tag in ("none", "empty", "latest"))

    assert (none, empty) == (None, [])
    assert ("unknown", "unknown") in {(image["os"], image["architecture"]) for image in full}


def test_21_a_fresh_repository_has_nulls(world, portal):
    world.add_repository("iestriana", "fresh")

    fresh = portal.get("/v2/namespaces/iestriana/repositories/fresh").json

    assert [fresh[name] for name in ("last_updated", "repository_type", "storage_size")] == [None] * 3


def test_21_the_plan_of_an_organization_may_be_null(ana):
    assert ana.get("/v2/user/orgs").json["results"][0]["plan_name"] is None


def test_21_lists_leave_the_full_description_out(portal):
    listed = portal.get("/v2/namespaces/iestriana/repositories").json["results"]

    assert all("full_description" not in one for one in listed)


def test_22_immutable_tags_are_an_array_on_the_newer_route(portal):
    sent = {"immutable_tags": True, "immutable_tags_rules": ["^v", "^2026-"]}

    answer = portal.patch("/v2/namespaces/iestriana/repositories/lamp/immutabletags", sent)

    assert answer.json["immutable_tags_settings"] == {"enabled": True, "rules": ["^v", "^2026-"]}


def test_22_immutable_tags_are_one_text_on_the_older_route(ana):
    sent = {"immutable_tags": True, "immutable_tags_rules": "^v,^2026-"}

    answer = ana.patch("/v2/repositories/iestriana/lamp/", sent)

    assert answer.json["immutable_tags_settings"] == {"enabled": True, "rules": ["^v", "^2026-"]}


def test_22_an_array_is_refused_on_the_older_route(ana):
    sent = {"immutable_tags": True, "immutable_tags_rules": ["^v"]}

    assert ana.patch("/v2/repositories/iestriana/lamp/", sent).status_code == 400


def test_23_permissions_on_a_repository_are_the_callers(anybody: Asker, ana: Asker):
    path = "/v2/namespaces/iestriana/repositories/lamp"

    assert ana.get(path).json["permissions"] == {"read": True, "write": True, "admin": True}
    assert anybody.get(path).json["permissions"] == {"read": True, "write": False, "admin": False}


def test_46_moments_have_microseconds_and_a_z(portal):
    tag = portal.get("/v2/namespaces/iestriana/repositories/lamp/tags/latest").json

    assert RFC_3339.fullmatch(tag["last_updated"])
