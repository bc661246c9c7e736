"""An access token is tested scope by scope, and nothing changes on Docker Hub."""

from dataclasses import asdict

import pytest

from hubsync.hub.client import HubConnection, HubReader
from hubsync.hub.errors import HubAuthLost, HubUnavailable
from hubsync.hub.scope_probe import probe_scopes
from hubsync.hub.scopes import AREA_OF, NEEDED_SCOPES, Scope, finding
from hubsync.words.scopes import sentence_mend, sentence_what_for
from tests.hubsync.canned import Canned, connect, said
from tests.hubsync.local_hub import ORGANIZATION, local_hub


@pytest.fixture
def hub():
    with local_hub() as started:
        yield started


def everything(world):
    """All that Docker Hub knows, but for when a token was last used."""
    rows = [asdict(record) for record in world.records()]
    return [{key: value for key, value in row.items() if "last_used" not in key} for row in rows]


def held(reader):
    return {one.scope: one.held for one in probe_scopes(reader, ORGANIZATION)}


def test_a_token_with_everything_holds_everything(hub):
    assert held(hub.reader) == dict.fromkeys(NEEDED_SCOPES, True)


@pytest.mark.parametrize("missing", [scope for scope in NEEDED_SCOPES if scope != Scope.REPOSITORY_LIST])
def test_exactly_the_missing_scope_is_found(hub, missing):
    reader = HubReader(hub.connect(*(scope for scope in NEEDED_SCOPES if scope != missing)))

    assert {scope for scope, is_held in held(reader).items() if is_held is not True} == {missing}


def test_a_list_without_private_repositories_shows_nothing(hub):
    reader = HubReader(hub.connect(*(scope for scope in NEEDED_SCOPES if scope != Scope.REPOSITORY_LIST)))

    assert held(reader)[Scope.REPOSITORY_LIST] is None


def test_a_scope_that_only_reads_is_not_enough(hub):
    reader = HubReader(hub.connect("scope-group-read", "scope-member-read", "scope-invite-read"))

    found = held(reader)

    assert [found[scope] for scope in (Scope.GROUP_EDIT, Scope.MEMBER_EDIT, Scope.INVITE_EDIT)] == [False] * 3


def test_the_probe_changes_nothing(hub):
    hub.connection.sign_in()
    before = everything(hub.world)

    probe_scopes(hub.reader, ORGANIZATION)

    assert everything(hub.world) == before


def test_a_wrong_token_is_told_at_once(hub):
    connection = HubConnection(hub.url, ORGANIZATION, "dckr_oat_wrong")

    with pytest.raises(HubAuthLost):
        probe_scopes(HubReader(connection), ORGANIZATION)

    assert connection.is_refused


def test_the_firewall_is_not_a_missing_scope():
    with pytest.raises(HubUnavailable):
        probe_scopes(HubReader(connect(Canned(*[said(b"<html>", 403)] * 3))), ORGANIZATION)


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("is_held", [True, False, None])
def test_every_finding_has_its_sentences_and_its_area(scope, is_held):
    found = finding(scope, held=is_held)

    assert str(sentence_what_for(found)).endswith(".")
    assert str(sentence_mend(found)).endswith(".")
    assert AREA_OF[scope]
