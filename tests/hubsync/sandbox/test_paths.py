"""Items 40 and 50: slashes, empty segments, and the route that does not exist."""

import pytest


@pytest.mark.parametrize(
    "path",
    ["/v2/orgs/iestriana", "/v2/orgs/iestriana/groups", "/v2/namespaces/iestriana/repositories/lamp"],
)
def test_40_a_slash_at_the_end_does_not_matter(portal, path):
    with_slash, without = portal.get(f"{path}/"), portal.get(path)

    assert (with_slash.status_code, without.status_code) == (200, 200)


def test_40_an_empty_segment_is_405(portal):
    answer = portal.get("/v2/repositories//")

    assert (answer.status_code, answer.json) == (405, {"message": "405: Method Not Allowed"})


def test_40_an_invite_id_that_is_no_uuid_is_405(portal):
    assert portal.patch("/v2/invites/0/resend").status_code == 405


def test_40_switched_an_older_read_without_slash_is_redirected(world, ana):
    world.switches.turn("slashless_get_redirects", True)

    answer = ana.get("/v2/repositories/iestriana/lamp?page=1")

    assert answer.status_code == 301
    assert answer.location == "http://localhost/v2/repositories/iestriana/lamp/?page=1"


@pytest.mark.parametrize("path", ["/v2/orgs", "/v2/orgs/"])
def test_50_nobody_creates_an_organization_through_the_api(ana, world, path):
    answer = ana.post(path, {"orgname": "iesnuevo"})

    assert answer.status_code == 405
    assert "iesnuevo" not in world.organizations
