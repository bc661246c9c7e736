"""The portal's client understands a Docker Hub that is made from the published description and from nothing else."""

from pathlib import Path

import pytest

from hubsync.hub.client import HubConnection, HubReader, HubWriter
from hubsync.hub.errors import (
    HubAuthLost,
    HubConflict,
    HubError,
    HubForbidden,
    HubNotFound,
    HubRejected,
    HubUnavailable,
    NotSupportedHere,
)
from tests.hubsync.contract.calls import sent, traffic
from tests.hubsync.contract.stand_in import BODIES, EVERYTHING, EXAMPLES, NULLS, StandIn, serve

HERE = "iestriana"
# Every method of which the description has the calls.
DOCUMENTED = {
    "list_members": lambda reader, writer: reader.list_members(HERE),
    "list_invites": lambda reader, writer: reader.list_invites(HERE),
    "list_access_tokens": lambda reader, writer: reader.list_access_tokens(HERE),
    "list_audit_log": lambda reader, writer: reader.list_audit_log(HERE),
    "list_audit_actions": lambda reader, writer: reader.list_audit_actions(HERE),
    "check_invitees": lambda reader, writer: reader.check_invitees(HERE, ["bruno"], "smr1"),
    "list_teams": lambda reader, writer: reader.list_teams(HERE),
    "find_team": lambda reader, writer: reader.find_team(HERE, "smr1"),
    "list_team_members": lambda reader, writer: reader.list_team_members(HERE, "smr1"),
    "list_repositories": lambda reader, writer: reader.list_repositories(HERE),
    "get_repository": lambda reader, writer: reader.get_repository(HERE, "web"),
    "find_repository": lambda reader, writer: reader.find_repository(HERE, "web"),
    "list_tags": lambda reader, writer: reader.list_tags(HERE, "web"),
    "find_tag": lambda reader, writer: reader.find_tag(HERE, "web", "1.0"),
    "get_immutable_tags": lambda reader, writer: reader.get_immutable_tags(HERE, "web"),
    "check_immutable_rule": lambda reader, writer: reader.check_immutable_rule(HERE, "web", "v.*"),
    "invite": lambda reader, writer: writer.invite(HERE, ["bruno"], team="smr1"),
    "cancel_invite": lambda reader, writer: writer.cancel_invite("1"),
    "resend_invite": lambda reader, writer: writer.resend_invite("1"),
    "create_team": lambda reader, writer: writer.create_team(HERE, "smr1", "1º SMR"),
    "rename_team": lambda reader, writer: writer.rename_team(HERE, "smr1", "smr2"),
    "describe_team": lambda reader, writer: writer.describe_team(HERE, "smr1", "2º SMR"),
    "delete_team": lambda reader, writer: writer.delete_team(HERE, "smr1"),
    "add_to_team": lambda reader, writer: writer.add_to_team(HERE, "smr1", "bruno"),
    "remove_from_team": lambda reader, writer: writer.remove_from_team(HERE, "smr1", "bruno"),
    "change_role": lambda reader, writer: writer.change_role(HERE, "bruno", "editor"),
    "remove_member": lambda reader, writer: writer.remove_member(HERE, "bruno"),
    "create_repository": lambda reader, writer: writer.create_repository(HERE, "web", is_private=True),
    "assign_permission": lambda reader, writer: writer.assign_permission(HERE, "web", 7, "read"),
    "set_immutable_tags": lambda reader, writer: writer.set_immutable_tags(HERE, "web", enabled=True),
}
# Every method of which the description has no call; the collaborators are those of a personal account.
ONLY_UNDOCUMENTED = {
    "get_organization": lambda reader, writer: reader.get_organization(HERE),
    "list_team_repositories": lambda reader, writer: reader.list_team_repositories(HERE, "smr1"),
    "list_repository_permissions": lambda reader, writer: reader.list_repository_permissions(HERE, "web"),
    "find_permission": lambda reader, writer: reader.find_permission(HERE, "web", 7),
    "describe_repository": lambda reader, writer: writer.describe_repository(HERE, "web", "Apache"),
    "change_privacy": lambda reader, writer: writer.change_privacy(HERE, "web", is_private=True),
    "change_permission": lambda reader, writer: writer.change_permission(HERE, "web", 7, "read"),
    "remove_permission": lambda reader, writer: writer.remove_permission(HERE, "web", 7),
    "list_collaborators": lambda reader, writer: reader.list_collaborators(HERE, "web"),
    "add_collaborator": lambda reader, writer: writer.add_collaborator(HERE, "web", "bruno"),
    "remove_collaborator": lambda reader, writer: writer.remove_collaborator(HERE, "web", "bruno"),
}
# What the examples of the description say, read with one's own eyes.
EXAMPLES_SAY = {
    "list_members": lambda found: (found.rows[0].docker_id, found.rows[0].role) == ("dockeruser", "owner"),
    "list_invites": lambda found: (
        (found.rows[0].invitee, found.rows[0].team) == ("invitee@docker.com", "owners")
    ),
    "list_access_tokens": lambda found: [row.label for row in found.rows] == ["My organization token"],
    "list_audit_log": lambda found: found.rows[0].action == "repo.tag.push" and found.complete,
    "list_teams": lambda found: [(row.id, row.name) for row in found.rows] == [(10, "developers")],
    "list_team_members": lambda found: [row.docker_id for row in found.rows] == ["dockeruser"],
    "list_repositories": lambda found: found.rows[0].reference == "docker/highland_builder",
    "list_tags": lambda found: str(found.rows[0].images[0].platform) == "linux/amd64",
    "get_repository": lambda found: found.reference == "myorganization/my-app" and not found.is_private,
    "check_invitees": lambda found: found[0].is_invited and any(one.is_member_already for one in found),
    "invite": lambda found: found[0].invite.id == "e36eca69-4cc8-4f17-9845-ae8c2b832691",
    "create_team": lambda found: (found.id, found.name) == (10, "developers"),
    "change_role": lambda found: found.role == "owner",
    "assign_permission": lambda found: (found.team_id, found.level) == (12345, "write"),
}
MEANING = {
    400: HubRejected,
    401: HubAuthLost,
    403: HubForbidden,
    404: HubNotFound,
    409: HubConflict,
    429: HubError,
    500: HubUnavailable,
}


def do(stand_in, call):
    connection = HubConnection(stand_in.url, HERE, "dckr_oat_x", sleep=lambda seconds: None)
    try:
        return call(HubReader(connection), HubWriter(connection))
    finally:
        connection.close()


@pytest.fixture(scope="module", params=BODIES)
def bodies(request):
    return request.param


@pytest.fixture(scope="module")
def stand_in(published, bodies):
    with serve(StandIn(published, bodies)) as started:
        yield started


@pytest.fixture(scope="module")
def refusing(published):
    with serve(StandIn(published)) as started:
        yield started


def test_it_shares_nothing_with_the_local_docker_hub():
    for module in ("stand_in", "description", "defects", "recording"):
        assert "hubsync.sandbox" not in (Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8")


def test_every_method_of_the_client_is_tried_here(published):
    callers = {one.caller for one in traffic()} - {"probe_scopes", "sign_in"}
    seen_without = {"find_organization", "find_user"}

    assert {*DOCUMENTED, *ONLY_UNDOCUMENTED} == callers - seen_without
    documented = {one.caller for one in sent(published, traffic()) if one.operation != "undocumented"}
    assert set(DOCUMENTED) <= documented


@pytest.mark.parametrize("method", DOCUMENTED)
def test_each_documented_method_is_let_in_and_understands_the_answer(stand_in, bodies, method):
    stand_in.refused.clear()

    found = do(stand_in, DOCUMENTED[method])

    assert stand_in.refused == []
    assert bodies != EXAMPLES or EXAMPLES_SAY.get(method, lambda found: True)(found)
    rows = getattr(found, "rows", None)
    assert rows is None or rows, "a list of which the stand-in gave rows is empty"


def test_the_answers_of_the_stand_in_are_as_described_themselves(stand_in):
    for call in DOCUMENTED.values():
        do(stand_in, call)

    assert stand_in.faults_of_own_answers() == []


def test_a_missing_bearer_is_401_there(stand_in):
    nobody = HubConnection(stand_in.url, sleep=lambda seconds: None)

    with pytest.raises(HubAuthLost):
        HubReader(nobody).list_teams(HERE)


def test_a_request_that_is_not_as_described_is_refused_there(stand_in):
    stand_in.refused.clear()

    with pytest.raises(HubRejected):
        do(stand_in, lambda reader, writer: writer.assign_permission(HERE, "web", 7, "everything"))

    assert len(stand_in.refused) == 1


@pytest.mark.parametrize("method", ONLY_UNDOCUMENTED)
def test_without_undocumented_routes_the_client_says_so(refusing, method):
    refusing.status = None

    with pytest.raises((NotSupportedHere, HubNotFound)):
        do(refusing, ONLY_UNDOCUMENTED[method])


@pytest.mark.parametrize("status", MEANING)
def test_each_documented_refusal_has_its_meaning(refusing, status):
    refusing.status, told = status, set()
    for method, call in DOCUMENTED.items():
        before = len(refusing.answered)
        try:
            found = do(refusing, call)
        except HubError as problem:
            found = problem
        if status not in [one.status for one in refusing.answered[before:]]:
            continue  # this operation does not list the status
        # Already so is success, and looking for what is not there finds nothing.
        is_told = isinstance(found, MEANING[status]) or (status == 404 and found in (None, False))
        assert is_told, f"{method}: {found!r}"
        told.add(method)
    assert told


def test_a_null_is_read_where_the_description_has_one(published):
    with serve(StandIn(published, NULLS)) as stand_in:
        (tag,) = do(stand_in, DOCUMENTED["list_tags"]).rows
        (repository,) = do(stand_in, DOCUMENTED["list_repositories"]).rows

    assert (tag.images, tag.pushed_at, repository.updated_at) == ((), None, None)


def test_a_next_page_is_followed(published):
    with serve(StandIn(published, EVERYTHING)) as stand_in:
        assert len(do(stand_in, DOCUMENTED["list_repositories"]).rows) == 2
