"""Collaborators, immutable tags and the kinds of the audit log against the local Docker Hub, over HTTP."""

import json
from hashlib import sha256

import pytest

from hubsync.hub.bearer import Concealed
from hubsync.hub.client import HubConnection, HubReader, HubWriter
from hubsync.hub.errors import HubForbidden, HubNotFound, HubRejected, HubUnavailable, NotSupportedHere
from hubsync.hub.image_answers import ImmutableTags
from tests.hubsync.canned import said
from tests.hubsync.hub.test_registry import DIGEST, MANIFEST, manifest, registry
from tests.hubsync.local_hub import ORGANIZATION, local_hub


@pytest.fixture
def hub():
    with local_hub() as started:
        yield started


@pytest.fixture
def ana(hub):
    """Ana's own account with the repository "lamp", and a connection with her personal token."""
    hub.world.add_repository("anatriana", "lamp")
    _, token = hub.world.add_personal_token("anatriana", label="aulahub", scopes=["repo:admin"])
    connection = HubConnection(hub.url, "anatriana", token, sleep=lambda seconds: None)
    yield connection
    connection.close()


def collaborators(connection):
    return [row.docker_id for row in HubReader(connection).list_collaborators("anatriana", "lamp").rows]


def test_a_collaborator_is_added_listed_and_removed(ana):
    writer = HubWriter(ana)

    writer.add_collaborator("anatriana", "lamp", "bruno")

    assert collaborators(ana) == ["bruno"]
    assert writer.remove_collaborator("anatriana", "lamp", "bruno") is True
    assert writer.remove_collaborator("anatriana", "lamp", "bruno") is False
    assert collaborators(ana) == []


def test_somebody_who_does_not_exist_cannot_collaborate(ana):
    with pytest.raises(HubNotFound):
        HubWriter(ana).add_collaborator("anatriana", "lamp", "nobodyatall")


def test_a_repository_that_is_not_there_has_no_collaborators(ana):
    with pytest.raises(HubNotFound):
        HubReader(ana).list_collaborators("anatriana", "gone")


@pytest.mark.parametrize("call", ["list", "add", "remove"])
def test_a_repository_of_an_organization_has_no_collaborators(hub, call):
    owner = HubConnection(hub.url, "anatriana", hub.world.users["anatriana"].password)
    calls = {
        "list": lambda: HubReader(owner).list_collaborators(ORGANIZATION, "exam"),
        "add": lambda: HubWriter(owner).add_collaborator(ORGANIZATION, "exam", "bruno"),
        "remove": lambda: HubWriter(owner).remove_collaborator(ORGANIZATION, "exam", "bruno"),
    }

    with pytest.raises(NotSupportedHere):
        calls[call]()


def test_an_organizations_token_is_refused_with_its_area(hub):
    with pytest.raises(HubForbidden) as caught:
        hub.reader.list_collaborators(ORGANIZATION, "exam")

    assert caught.value.area == "collaborators"


def test_immutable_tags_are_off_until_they_are_set(hub):
    connection = hub.connect("scope-repository-settings-admin", "scope-repository-read")
    reader = HubReader(connection)

    before = reader.get_immutable_tags(ORGANIZATION, "web")
    set_to = HubWriter(connection).set_immutable_tags(ORGANIZATION, "web", enabled=True, rules=["v.*", "1.0"])

    assert before == ImmutableTags(False, ())
    assert set_to == reader.get_immutable_tags(ORGANIZATION, "web") == ImmutableTags(True, ("v.*", "1.0"))


def test_a_rule_is_tried_without_setting_it(hub):
    reader = HubReader(hub.connect("scope-repository-settings-admin", "scope-repository-read"))

    assert reader.check_immutable_rule(ORGANIZATION, "web", "lat.*") == ("latest",)
    assert reader.check_immutable_rule(ORGANIZATION, "web", "v.*") == ()
    assert reader.get_immutable_tags(ORGANIZATION, "web").enabled is False


def test_what_is_no_rule_is_refused(hub):
    writer = HubWriter(hub.connect("scope-repository-settings-admin"))

    with pytest.raises(HubRejected):
        writer.set_immutable_tags(ORGANIZATION, "web", enabled=True, rules=["("])


def test_immutable_tags_need_a_scope_that_the_portal_does_not_ask_for(hub):
    with pytest.raises(HubForbidden) as caught:
        hub.writer.set_immutable_tags(ORGANIZATION, "web", enabled=True)

    assert caught.value.scope == "scope-repository-settings-admin"


def test_both_shapes_of_immutable_tags_are_read():
    flat = {"immutable_tags": True, "immutable_tags_rules": "v.*,1.0"}
    nested = {"immutable_tags_settings": {"enabled": True, "rules": ["v.*", "1.0"]}}

    assert (
        ImmutableTags.from_row(flat) == ImmutableTags.from_row(nested) == ImmutableTags(True, ("v.*", "1.0"))
    )
    assert ImmutableTags.from_row({}).enabled is None


def test_the_actions_of_the_audit_log_are_named_as_the_log_names_them(hub):
    actions = {one.action for one in hub.reader.list_audit_actions(ORGANIZATION)}

    logged = {row.action for row in hub.reader.list_audit_log(ORGANIZATION).rows}
    assert {"org.team.create", "repo.tag.push"} <= actions
    assert logged <= actions


def image_with(config, **headers):
    """The answers for a single image, its manifest naming this configuration."""
    body = json.dumps(config).encode()
    named = {"config": {"size": 10, "digest": f"sha256:{sha256(body).hexdigest()}"}, "layers": [{"size": 5}]}
    return [manifest(kind=MANIFEST), manifest(named, MANIFEST)], (200, headers, body)


ARM = {"os": "linux", "architecture": "arm", "variant": "v7"}


def test_a_single_image_tells_its_platform_in_its_configuration():
    answers, blob = image_with(ARM)
    reader, canned = registry(*answers, blob)

    facts = reader.look_up("a/b", "1.0", with_platforms=True)

    assert [str(platform) for platform in facts.platforms] == ["linux/arm/v7"]
    assert (facts.compressed_bytes, facts.digest) == (15, DIGEST)
    assert canned.lines[-1].startswith("GET /v2/a/b/blobs/sha256:")


def test_a_configuration_elsewhere_is_fetched_without_our_token():
    answers, blob = image_with(ARM)
    there = "https://blobs.example.net/signed?key=1"
    reader, canned = registry(*answers, said({}, 307, {"Location": there}), blob)
    reader._door._tokens["a/b"] = Concealed("t1")

    facts = reader.look_up("a/b", "1.0", with_platforms=True)

    assert [str(platform) for platform in facts.platforms] == ["linux/arm/v7"]
    assert "Authorization" in canned.asked[-2].headers
    assert "Authorization" not in canned.asked[-1].headers


@pytest.mark.parametrize("place", ["http://blobs.example.net/x", "/here", ""])
def test_a_configuration_in_clear_or_nowhere_is_not_fetched(place):
    answers, _ = image_with(ARM)
    reader, canned = registry(*answers, said({}, 307, {"Location": place}))

    assert reader.look_up("a/b", "1.0", with_platforms=True).platforms == ()
    assert len(canned.asked) == 3


def test_a_configuration_that_its_digest_does_not_fit_is_no_answer():
    answers, _ = image_with(ARM)
    reader, _ = registry(*answers, said({"os": "linux", "architecture": "amd64"}))

    with pytest.raises(HubUnavailable, match="digest"):
        reader.look_up("a/b", "1.0", with_platforms=True)
