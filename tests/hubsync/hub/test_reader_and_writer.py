"""What is sent for each call, and what is made of odd answers."""

from datetime import UTC, datetime

import pytest

from hubsync.hub.client import HubReader, HubWriter
from hubsync.hub.errors import HubForbidden, HubNotFound, HubRejected, HubUnavailable, NotSupportedHere
from hubsync.hub.image_answers import Platform, Repository, Tag
from hubsync.hub.json_fields import moment
from tests.hubsync.canned import Canned, connect, page, said

PERMISSION = {"group_id": 7, "group_name": "smr1", "permission": "read"}
REPOSITORY = {"namespace": "iestriana", "name": "web", "is_private": False}
NOT_FOUND = said({"message": "object not found"}, 404)
NO_TOKEN_OF_AN_ORGANIZATION = said(
    {"message": "token issued from organization access token is not allowed"}, 403
)
NO_SUCH_METHOD = said({"message": "405: Method Not Allowed"}, 405)


def read(*answers):
    canned = Canned(*answers)
    return HubReader(connect(canned)), canned


def write(*answers):
    canned = Canned(*answers)
    return HubWriter(connect(canned)), canned


def public_methods(kind):
    return {name for name in dir(kind) if not name.startswith("_") and callable(getattr(kind, name))}


def test_a_reader_only_gets_finds_lists_and_checks():
    assert all(name.startswith(("get_", "find_", "list_", "check_")) for name in public_methods(HubReader))


def test_nothing_deletes_a_repository():
    assert {name for name in public_methods(HubWriter) if "delete" in name} == {"delete_team"}


def test_checking_invitees_is_a_dry_run():
    reader, canned = read(said({"invitees": []}, 202))

    reader.check_invitees("iestriana", ["bruno"], "smr1")

    assert canned.body() == {
        "org": "iestriana",
        "invitees": ["bruno"],
        "role": "member",
        "team": "smr1",
        "dry_run": True,
    }


def test_an_invitation_is_no_dry_run_and_names_no_empty_team():
    writer, canned = write(said({"invitees": []}, 202))

    writer.invite("iestriana", ["bruno"], role="editor")

    assert canned.body() == {"org": "iestriana", "invitees": ["bruno"], "role": "editor"}


ROW = {"invitee": "bruno", "status": "invited", "invite": {"id": "i1", "invitee": "bruno", "team": None}}


@pytest.mark.parametrize("body", [{"invitees": [ROW]}, {"invitees": {"invitees": [ROW]}}])
def test_invited_rows_are_read_in_both_wrappings(body):
    writer, _ = write(said(body, 202))

    (outcome,) = writer.invite("iestriana", ["bruno"])

    assert (outcome.is_invited, outcome.invite.id, outcome.invite.team) == (True, "i1", "")


def test_an_unknown_status_is_kept_as_it_came():
    writer, _ = write(said({"invitees": [{"invitee": "bruno", "status": "on_the_moon"}]}, 202))

    (outcome,) = writer.invite("iestriana", ["bruno"])

    assert (outcome.status, outcome.is_invited, outcome.is_member_already) == ("on_the_moon", False, False)


@pytest.mark.parametrize("body", [{}, {"invitees": None}, [], None, {"invitees": [1]}])
def test_an_invitation_without_rows_may_have_been_sent(body):
    writer, _ = write(said(body, 202))

    with pytest.raises(HubUnavailable):
        writer.invite("iestriana", ["bruno"])


def test_sending_an_invitation_again_is_not_repeated():
    writer, canned = write(said({}, 503), said(b"", 204))

    with pytest.raises(HubUnavailable):
        writer.resend_invite("i1")

    assert canned.lines == ["PATCH /v2/invites/i1/resend"]


def test_a_role_is_sent_in_lower_case():
    writer, canned = write(said({"role": "Owner", "username": "Bruno"}))

    member = writer.change_role("iestriana", "bruno", "Owner")

    assert (canned.body(), member.is_owner, member.docker_id) == ({"role": "owner"}, True, "bruno")


def test_a_firewall_page_does_not_make_something_gone():
    writer, _ = write(said(b"<!DOCTYPE html>", 404))

    with pytest.raises(HubUnavailable):
        writer.remove_member("iestriana", "bruno")


def test_a_permission_is_assigned_on_the_published_route():
    writer, canned = write(said(PERMISSION))

    writer.assign_permission("iestriana", "web", 7, "read")

    assert canned.lines == ["POST /v2/repositories/iestriana/web/groups"]
    assert canned.body() == {"group_id": 7, "permission": "read"}


@pytest.mark.parametrize("refusal", [NO_TOKEN_OF_AN_ORGANIZATION, NO_SUCH_METHOD, NOT_FOUND])
def test_a_firm_refusal_leads_to_the_other_route(refusal):
    writer, canned = write(refusal, said(PERMISSION))

    writer.assign_permission("iestriana", "web", 7, "read")

    assert canned.lines[-1] == "POST /v2/namespaces/iestriana/repositories/web/groups"


@pytest.mark.parametrize("trouble", [said({}, 500), said(b"<html>", 403), said({"message": "bad"}, 400)])
def test_anything_else_does_not_lead_to_the_other_route(trouble):
    writer, canned = write(trouble, said(PERMISSION))

    with pytest.raises((HubUnavailable, HubRejected)):
        writer.assign_permission("iestriana", "web", 7, "read")

    assert len(canned.asked) == 1


def test_a_missing_scope_is_told_rather_than_a_missing_route():
    writer, _ = write(said({"message": "denied"}, 403), NOT_FOUND)

    with pytest.raises(HubForbidden) as caught:
        writer.change_permission("iestriana", "web", 7, "write")

    assert caught.value.scope == "scope-repo-group-edit"


def test_a_permission_that_is_gone_is_gone():
    writer, _ = write(NOT_FOUND, NOT_FOUND, page())

    assert writer.remove_permission("iestriana", "web", 7) is False


def test_a_permission_that_is_still_listed_is_not_said_to_be_gone():
    writer, _ = write(NOT_FOUND, NOT_FOUND, page(PERMISSION))

    with pytest.raises(NotSupportedHere):
        writer.remove_permission("iestriana", "web", 7)


def test_one_permission_is_read_from_the_list_until_the_route_is_known():
    reader, canned = read(page(PERMISSION), said(PERMISSION))

    first = reader.find_permission("iestriana", "web", 7)
    second = reader.find_permission("iestriana", "web", 7)

    assert first == second
    assert [line.partition("?")[0] for line in canned.lines] == [
        "GET /v2/repositories/iestriana/web/groups",
        "GET /v2/repositories/iestriana/web/groups/7/",
    ]


def test_where_one_permission_cannot_be_read_the_list_is():
    reader, _ = read(page(), NO_SUCH_METHOD, page(PERMISSION))
    reader.list_repository_permissions("iestriana", "web")

    assert reader.find_permission("iestriana", "web", 7).level == "read"


def test_no_route_for_a_repository_that_is_there_is_not_supported():
    reader, _ = read(NOT_FOUND, NOT_FOUND, said(REPOSITORY))

    with pytest.raises(NotSupportedHere):
        reader.list_repository_permissions("iestriana", "web")


def test_no_route_for_a_repository_that_is_not_there_is_not_found():
    reader, _ = read(NOT_FOUND, NOT_FOUND, NOT_FOUND)

    with pytest.raises(HubNotFound):
        reader.list_repository_permissions("iestriana", "web")


def test_the_description_goes_to_the_route_that_takes_tokens_of_organizations():
    writer, canned = write(said(REPOSITORY))

    writer.describe_repository("iestriana", "web", "Apache")

    assert canned.lines == ["PATCH /v2/namespaces/iestriana/repositories/web"]
    assert canned.body() == {"description": "Apache"}


def test_the_audit_log_asks_since_when():
    reader, canned = read(said({"logs": None}))

    reader.list_audit_log("iestriana", since=datetime(2026, 9, 15, 8, 0, tzinfo=UTC))

    assert "from=2026-09-15T08%3A00%3A00Z" in canned.lines[0]


def test_a_repository_that_does_not_tell_its_privacy_is_no_repository():
    with pytest.raises(HubUnavailable):
        Repository.from_row({**REPOSITORY, "is_private": None})


def test_nulls_of_a_new_repository_are_nothing():
    row = {**REPOSITORY, "description": None, "last_updated": None, "storage_size": None, "status": 1}

    repository = Repository.from_row(row)

    assert (repository.description, repository.updated_at, repository.size_bytes) == ("", None, None)


@pytest.mark.parametrize(
    "images", [None, [], {}, [None], [{"os": "unknown", "architecture": "unknown"}], [{"os": None}]]
)
def test_images_that_are_none_leave_the_platforms_open(images):
    assert Tag.from_row({"name": "1", "images": images}).images == ()


def test_a_platform_reads_like_one():
    assert str(Platform("linux", "arm", "v7")) == "linux/arm/v7"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2021-01-05T21:06:53.506400Z", datetime(2021, 1, 5, 21, 6, 53, 506400, tzinfo=UTC)),
        ("2021-01-05T23:06:53+02:00", datetime(2021, 1, 5, 21, 6, 53, tzinfo=UTC)),
        ("2021-01-05T21:06:53", datetime(2021, 1, 5, 21, 6, 53, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_a_time_is_aware_or_none(written, read_as):
    assert moment({"at": written}, "at") == read_as
