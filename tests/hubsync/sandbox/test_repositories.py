"""Items 36 to 39, and the permissions of teams on both families of routes."""

import pytest

PATH = "/v2/namespaces/iestriana/repositories"


@pytest.mark.parametrize("status", [400, 409])
def test_36_a_repository_that_exists_is_not_created_again(world, portal, status):
    world.switches.turn("existing_repository_status", status)

    answer = portal.post(PATH, {"name": "lamp"})

    assert answer.status_code == status
    assert "already exists" in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", ["Lamp", "la--mp", "la..mp", "x", "-lamp", "lámp", "lamp-", ""])
def test_37_a_name_against_the_rules_is_refused(portal, name):
    answer = portal.post(PATH, {"name": name})

    assert answer.status_code == 400
    assert "name" in answer.json["errinfo"]["fielderrors"]


def test_37_a_description_is_counted_in_bytes(portal):
    fits, too_long = "ñ" * 50, "ñ" * 50 + "n"

    assert portal.post(PATH, {"name": "fits", "description": fits}).status_code == 201
    answer = portal.post(PATH, {"name": "too-long", "description": too_long})
    assert "description" in answer.json["errinfo"]["fielderrors"]


def test_37_switched_a_bad_name_is_told_in_field_lists(world, portal):
    world.switches.turn("bad_name_shape", "fields")

    answer = portal.post(PATH, {"name": "Lamp"})

    assert (answer.status_code, list(answer.json)) == (400, ["name"])


def test_38_a_repository_keeps_its_name(portal):
    portal.patch(f"{PATH}/lamp", {"name": "other", "description": "new"})

    assert portal.get(f"{PATH}/lamp").json["description"] == "new"
    assert portal.get(f"{PATH}/other").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "POST", "DELETE"])
def test_38_an_organization_cannot_be_changed(ana, method):
    assert ana.ask(method, "/v2/orgs/iestriana", {"orgname": "iesnuevo"}).status_code == 405


@pytest.mark.parametrize("status", [404, 403])
def test_39_a_private_repository_is_hidden_from_strangers(world, anybody, bruno, status):
    world.switches.turn("hidden_repository_status", status)

    assert anybody.get(f"{PATH}/examen").status_code == status
    assert bruno.get(f"{PATH}/examen/tags").status_code == status


def test_39_a_private_repository_and_one_that_is_not_there_look_alike(anybody):
    private, missing = anybody.get(f"{PATH}/examen"), anybody.get(f"{PATH}/missing")

    assert (private.status_code, private.json) == (missing.status_code, missing.json)


def test_39_a_team_with_read_sees_it(world, bruno):
    world.take_seat("iestriana", "bruno", "member")
    team = world.add_team("iestriana", "smr1")
    world.add_to_team(team, "bruno")
    world.grant(world.get_repository("iestriana", "examen"), team, "read")

    found = bruno.get(f"{PATH}/examen").json

    assert found["permissions"] == {"read": True, "write": False, "admin": False}


def test_privacy_changes_on_the_newer_route(world, portal):
    answer = portal.post(f"{PATH}/lamp/privacy", {"is_private": True})

    assert answer.json["is_private"] is True


def test_switched_the_newer_route_for_privacy_is_not_there(world, portal):
    world.switches.turn("namespaces_privacy_route", False)

    assert portal.post(f"{PATH}/lamp/privacy", {"is_private": True}).status_code == 404


def test_a_deleted_repository_is_gone(portal):
    assert portal.delete(f"{PATH}/lamp").status_code == 202
    assert portal.get(f"{PATH}/lamp").status_code == 404


def test_switched_the_newer_route_for_deleting_is_not_there(world, portal):
    world.switches.turn("namespaces_delete_route", False)

    assert portal.delete(f"{PATH}/lamp").status_code == 405
    assert portal.get(f"{PATH}/lamp").status_code == 200


def test_head_tells_whether_there_are_tags(world, portal):
    world.add_repository("iestriana", "fresh")

    assert portal.head(f"{PATH}/lamp/tags").status_code == 200
    assert portal.head(f"{PATH}/fresh/tags").status_code == 404


@pytest.mark.parametrize("base", ["/v2/repositories/iestriana/examen", f"{PATH}/examen"])
def test_a_permission_is_given_read_changed_and_taken(world, portal, base):
    team = world.add_team("iestriana", "smr1")
    one = f"{base}/groups/{team.id}"

    portal.post(f"{base}/groups", {"group_id": team.id, "permission": "read"})
    listed = portal.get(f"{base}/groups").json["results"]
    changed = portal.patch(one, {"permission": "write"}).json
    removed = portal.delete(one)

    assert listed == [{"group_id": team.id, "group_name": "smr1", "permission": "read"}]
    assert changed["permission"] == "write"
    assert (removed.status_code, portal.get(one).status_code) == (204, 404)


def test_an_unknown_team_gets_no_permission(portal):
    sent = {"group_id": 0, "permission": "read"}

    assert portal.post("/v2/repositories/iestriana/examen/groups", sent).status_code == 400


@pytest.mark.parametrize(("choice", "status"), [("overwrites", 200), ("400", 400)])
def test_assigning_a_permission_again(world, portal, choice, status):
    world.switches.turn("assigning_again", choice)
    team = world.add_team("iestriana", "smr1")
    world.grant(world.get_repository("iestriana", "examen"), team, "read")

    sent = {"group_id": team.id, "permission": "write"}

    assert portal.post("/v2/repositories/iestriana/examen/groups", sent).status_code == status


def test_switched_the_newer_permission_routes_are_not_there(world, portal):
    world.switches.turn("namespaces_permission_routes", False)

    assert portal.get(f"{PATH}/examen/groups").status_code == 404


@pytest.mark.parametrize(("choice", "status"), [("no organization token", 403), ("not here", 404)])
def test_switched_the_older_permission_routes_are_closed(world, portal, choice, status):
    world.switches.turn("legacy_permission_routes", choice)

    assert portal.get("/v2/repositories/iestriana/examen/groups").status_code == status


def test_collaborators_are_for_personal_repositories_only(world, ana):
    world.add_repository("anaruiz", "notes")

    added = ana.post("/v2/repositories/anaruiz/notes/collaborators/", {"user": "bruno"})
    refused = ana.get("/v2/repositories/iestriana/lamp/collaborators/")

    assert added.status_code == 201
    listed = ana.get("/v2/repositories/anaruiz/notes/collaborators/").json["results"]
    assert listed == [{"user": "bruno"}]
    assert refused.json["message"] == "Org repositories do not have collaborators. Use the groups url."


@pytest.mark.parametrize("sent", [{"status": "?"}, {"description": 1}, {"full_description": []}])
def test_a_description_of_the_wrong_type_is_refused(portal, sent):
    assert portal.patch(f"{PATH}/lamp", sent).status_code == 400
