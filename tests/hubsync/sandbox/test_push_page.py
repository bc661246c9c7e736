"""Pushing an image by hand, without an engine."""

import pytest

from hubsync.sandbox.manifests import manifests_of
from tests.hubsync.sandbox.conftest import PASSWORD

EXAM = {
    "repository": "examen",
    "tag": "v1",
    "visibility": "private",
    "megabytes": "90",
    "platforms": "linux/amd64",
}


@pytest.fixture
def owner(app):
    browser = app.test_client()
    browser.post("/signin", data={"username": "anaruiz", "password": PASSWORD})
    return browser


def test_the_first_push_makes_the_repository(world, owner):
    owner.post("/orgs/iestriana/push", data=EXAM)

    repository = world.get_repository("iestriana", "examen")
    assert (repository.is_private, list(world.tags[repository.id])) == (True, ["v1"])


def test_pushing_again_changes_the_digest(world, owner):
    owner.post("/orgs/iestriana/push", data=EXAM)
    repository = world.get_repository("iestriana", "examen")
    first = {manifest.digest for manifest in manifests_of(repository, world.tags[repository.id]["v1"])}

    owner.post("/orgs/iestriana/push", data=EXAM)

    second = {manifest.digest for manifest in manifests_of(repository, world.tags[repository.id]["v1"])}
    assert first.isdisjoint(second)


def test_a_name_against_the_rules_is_refused_with_a_sentence(owner):
    answer = owner.post("/orgs/iestriana/push", data={**EXAM, "repository": "Examen Final"})

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)


def test_only_an_owner_pushes(app, owner):
    stranger = app.test_client()
    stranger.post("/signup", data={"username": "dario", "email": "dario@mail.example", "password": "x"})

    assert stranger.post("/orgs/iestriana/push", data=EXAM).status_code == 403
