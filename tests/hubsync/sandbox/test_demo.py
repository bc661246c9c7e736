"""The demonstration content."""

import pytest

from hubsync.sandbox import demo
from hubsync.sandbox.app import make_app
from hubsync.sandbox.world import World
from tests.hubsync.sandbox.conftest import sign_in


@pytest.fixture
def world() -> World:
    world = World()
    demo.fill(world)
    return world


def test_the_token_of_the_demonstration_opens_all_that_the_portal_needs(world):
    portal = sign_in(make_app(world).test_client(), demo.ORGANIZATION, demo.TOKEN)
    base = f"/v2/orgs/{demo.ORGANIZATION}"

    answers = [portal.get(f"{base}/{part}").status_code for part in ("members", "groups", "invites")]
    created = portal.post(f"/v2/namespaces/{demo.ORGANIZATION}/repositories", {"name": "nueva"})

    assert (answers, created.status_code) == ([200] * 3, 201)


def test_two_owners_two_private_images_and_a_foreign_team(world):
    repositories = world.repositories[demo.ORGANIZATION].values()

    assert set(world.owners[demo.ORGANIZATION]) == {"martaquiros", "coordtic"}
    assert {one.name for one in repositories if one.is_private} == {"examen-ut1", "mysql-examen"}
    assert len(repositories) == 8
    foreign = world.teams[demo.ORGANIZATION]["proyectos2025"]
    assert list(world.team_members[foreign.id]) == ["leoaguilar"]


def test_official_images_are_at_the_registry(world):
    anybody = make_app(world).test_client()
    token = anybody.get("/token?scope=repository:library/nginx:pull").json["token"]

    answer = anybody.head("/v2/library/nginx/manifests/1.27", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 200
