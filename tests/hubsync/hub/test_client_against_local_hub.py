"""Every method of the client against the local Docker Hub, over HTTP."""

import pytest

from hubsync.hub.client import HubConnection, HubReader
from hubsync.hub.errors import (
    HubAuthLost,
    HubConflict,
    HubForbidden,
    HubNotFound,
    HubRejected,
    HubThrottled,
    HubUnavailable,
    NotSupportedHere,
)
from tests.hubsync.local_hub import ORGANIZATION, local_hub


@pytest.fixture
def hub():
    with local_hub() as started:
        yield started


@pytest.fixture
def smr1(hub):
    """A team with Bruno in it, who has accepted his invitation."""
    team = hub.world.add_team(ORGANIZATION, "smr1-2627", description="1º SMR")
    hub.world.take_seat(ORGANIZATION, "bruno", "member")
    hub.world.add_to_team(team, "bruno")
    return team


def test_the_organization_is_found_by_anybody(hub):
    found = HubReader(HubConnection(hub.url)).find_organization(ORGANIZATION)

    assert (found.name, found.full_name) == (ORGANIZATION, "IES Triana")
    assert found.uuid == hub.world.organizations[ORGANIZATION].uuid.replace("-", "")


def test_a_persons_name_is_not_an_organization(hub):
    assert hub.reader.find_organization("bruno") is None
    assert hub.reader.find_user("bruno").docker_id == "bruno"


def test_nobody_has_a_free_name(hub):
    assert hub.reader.find_organization("iesmacarena") is None
    assert hub.reader.find_user("iesmacarena") is None


def test_a_wrong_token_is_refused_once(hub):
    connection = HubConnection(hub.url, ORGANIZATION, "dckr_oat_wrong")

    for _ in range(20):
        with pytest.raises(HubAuthLost):
            HubReader(connection).list_teams(ORGANIZATION)

    assert HubReader(hub.connection).list_teams(ORGANIZATION).complete


def test_a_bearer_that_ends_is_replaced(hub):
    hub.reader.list_teams(ORGANIZATION)
    hub.world.clock.move(seconds=700)

    assert hub.reader.list_teams(ORGANIZATION).complete


def test_members_come_with_role_address_and_teams(hub, smr1):
    listing = hub.reader.list_members(ORGANIZATION)

    members = {row.docker_id: row for row in listing.rows}
    assert (listing.complete, set(members)) == (True, {"anatriana", "bruno"})
    assert members["anatriana"].is_owner
    assert (members["bruno"].role, members["bruno"].email) == ("member", "bruno@example.com")
    assert members["bruno"].teams == ("smr1-2627",)


def test_invitees_are_listed_only_when_asked_for(hub):
    hub.writer.invite(ORGANIZATION, ["carla"])

    assert len(hub.reader.list_members(ORGANIZATION).rows) == 1
    assert [row.is_invitee for row in hub.reader.list_members(ORGANIZATION, with_invitees=True).rows].count(
        True
    ) == 1


def test_a_member_is_the_same_person_everywhere(hub, smr1):
    person = hub.reader.find_user("bruno").uuid

    assert person in {row.uuid for row in hub.reader.list_members(ORGANIZATION).rows}
    assert person in {row.uuid for row in hub.reader.list_team_members(ORGANIZATION, "smr1-2627").rows}


def test_an_invitation_is_answered_row_by_row(hub, smr1):
    outcomes = hub.writer.invite(ORGANIZATION, ["carla", "bruno", "nobody-like-this"], team="smr1-2627")

    carla, bruno, nobody = outcomes
    assert carla.is_invited and carla.invite.team == "smr1-2627"
    assert bruno.is_member_already
    assert not nobody.is_invited and not nobody.is_member_already and nobody.status


def test_a_dry_run_invites_nobody(hub):
    outcomes = hub.reader.check_invitees(ORGANIZATION, ["carla"])

    assert len(outcomes) == 1
    assert hub.reader.list_invites(ORGANIZATION).rows == ()


def test_a_pending_invitation_is_listed_sent_again_and_cancelled(hub):
    hub.writer.invite(ORGANIZATION, ["carla@example.com"])
    (invite,) = hub.reader.list_invites(ORGANIZATION).rows

    hub.writer.resend_invite(invite.id)

    assert invite.invitee == "carla@example.com"
    assert hub.writer.cancel_invite(invite.id) is True
    assert hub.writer.cancel_invite(invite.id) is False


@pytest.mark.parametrize("status", [404, 204])
def test_an_accepted_invitation_can_be_cancelled_in_vain(hub, status):
    hub.world.switches.turn("cancel_accepted_invite_status", status)
    (outcome,) = hub.writer.invite(ORGANIZATION, ["carla"])
    hub.world.accept_invite(outcome.invite.id, "carla")

    assert hub.writer.cancel_invite(outcome.invite.id) is (status == 204)


def test_an_invitation_without_a_seat_is_refused_or_told_in_its_row(hub):
    hub.world.change_seats(ORGANIZATION, 1)

    with pytest.raises(HubConflict):
        hub.writer.invite(ORGANIZATION, ["carla"])


def test_a_team_is_made_renamed_described_and_deleted(hub):
    made = hub.writer.create_team(ORGANIZATION, "smr1-2627", "1º SMR")
    renamed = hub.writer.rename_team(ORGANIZATION, "smr1-2627", "smr1a-2627")
    described = hub.writer.describe_team(ORGANIZATION, "smr1a-2627", "1º SMR A")

    assert made.id == renamed.id == described.id
    assert (described.name, described.description) == ("smr1a-2627", "1º SMR A")
    assert hub.reader.find_team(ORGANIZATION, "smr1-2627") is None
    assert hub.reader.find_team(ORGANIZATION, "smr1a-2627").id == made.id
    assert hub.writer.delete_team(ORGANIZATION, "smr1a-2627") is True
    assert hub.writer.delete_team(ORGANIZATION, "smr1a-2627") is False


@pytest.mark.parametrize("status", [400, 409])
def test_a_team_that_is_there_is_a_rejection_after_which_one_looks(hub, smr1, status):
    hub.world.switches.turn("existing_team_status", status)

    with pytest.raises(HubRejected):
        hub.writer.create_team(ORGANIZATION, "smr1-2627")

    assert hub.reader.find_team(ORGANIZATION, "smr1-2627").id == smr1.id


def test_more_teams_than_a_page_holds_are_all_listed(hub):
    for number in range(230):
        hub.world.add_team(ORGANIZATION, f"team-{number:03}")

    listing = hub.reader.list_teams(ORGANIZATION)

    assert (len(listing.rows), listing.count_first, listing.complete) == (231, 231, True)


def test_the_teams_of_an_organization_that_is_not_there_are_not_empty(hub):
    with pytest.raises((HubNotFound, HubForbidden)):
        hub.reader.list_teams("iesmacarena")


@pytest.mark.parametrize("is_bare", [False, True])
def test_a_person_is_put_in_a_team_and_taken_out(hub, smr1, is_bare):
    hub.world.switches.turn("team_members_as_bare_list", is_bare)
    hub.writer.add_to_team(ORGANIZATION, "smr1-2627", "anatriana")
    listing = hub.reader.list_team_members(ORGANIZATION, "smr1-2627")

    assert ({row.docker_id for row in listing.rows}, listing.complete) == ({"anatriana", "bruno"}, True)
    assert hub.writer.remove_from_team(ORGANIZATION, "smr1-2627", "anatriana") is True
    assert hub.writer.remove_from_team(ORGANIZATION, "smr1-2627", "anatriana") is False


@pytest.mark.parametrize("status", [404, 400, 403])
def test_someone_who_has_not_accepted_cannot_be_put_in_a_team(hub, smr1, status):
    hub.world.switches.turn("stranger_to_team_status", status)

    with pytest.raises((HubNotFound, HubRejected, HubForbidden)):
        hub.writer.add_to_team(ORGANIZATION, "smr1-2627", "carla")


def test_a_role_is_changed_and_shown_in_lower_case(hub, smr1):
    assert hub.writer.change_role(ORGANIZATION, "bruno", "Editor").role == "editor"


@pytest.mark.parametrize("status", [400, 403])
def test_the_last_owner_stays(hub, status):
    hub.world.switches.turn("last_owner_status", status)

    with pytest.raises((HubRejected, HubForbidden)):
        hub.writer.remove_member(ORGANIZATION, "anatriana")


def test_a_member_is_removed_once(hub, smr1):
    assert hub.writer.remove_member(ORGANIZATION, "bruno") is True
    assert hub.writer.remove_member(ORGANIZATION, "bruno") is False


def test_repositories_come_with_their_privacy(hub):
    listing = hub.reader.list_repositories(ORGANIZATION)

    assert [(row.reference, row.is_private) for row in listing.rows] == [
        ("iestriana/exam", True),
        ("iestriana/web", False),
    ]


def test_without_the_scope_only_public_repositories_are_listed(hub):
    reader = HubReader(hub.connect("scope-member-read"))

    assert [row.name for row in reader.list_repositories(ORGANIZATION).rows] == ["web"]


def test_a_private_repository_is_hidden_from_strangers(hub):
    assert HubReader(HubConnection(hub.url)).find_repository(ORGANIZATION, "exam") is None
    assert hub.reader.find_repository(ORGANIZATION, "exam").is_private


def test_a_repository_is_made_described_and_made_public(hub):
    made = hub.writer.create_repository(ORGANIZATION, "practica-1", is_private=True, description="Apache")
    hub.writer.describe_repository(ORGANIZATION, "practica-1", "Nginx", "# Nginx")
    hub.writer.change_privacy(ORGANIZATION, "practica-1", is_private=False)
    found = hub.reader.get_repository(ORGANIZATION, "practica-1")

    assert (made.description, made.is_private, made.updated_at) == ("Apache", True, None)
    assert (found.description, found.full_description, found.is_private) == ("Nginx", "# Nginx", False)


def test_where_no_route_changes_the_privacy_the_client_says_so(hub):
    hub.world.switches.turn("namespaces_privacy_route", False)

    with pytest.raises((NotSupportedHere, HubNotFound)):
        hub.writer.change_privacy(ORGANIZATION, "exam", is_private=False)

    assert hub.reader.get_repository(ORGANIZATION, "exam").is_private


def test_a_bad_name_is_rejected_with_its_field(hub):
    with pytest.raises(HubRejected) as caught:
        hub.writer.create_repository(ORGANIZATION, "Práctica", is_private=True)

    assert "name" in caught.value.fields


ROUTES = [
    {},
    {"legacy_permission_routes": "no organization token"},
    {"legacy_permission_routes": "not here"},
    {"namespaces_permission_routes": False},
    {"assigning_again": "400"},
]


@pytest.mark.parametrize("switches", ROUTES, ids=str)
def test_a_permission_is_given_read_changed_and_taken_away(hub, smr1, switches):
    for name, value in switches.items():
        hub.world.switches.turn(name, value)
    reader, writer = hub.reader, hub.writer
    before = reader.find_permission(ORGANIZATION, "exam", smr1.id)
    given = writer.assign_permission(ORGANIZATION, "exam", smr1.id, "read")
    writer.change_permission(ORGANIZATION, "exam", smr1.id, "write")
    after = reader.find_permission(ORGANIZATION, "exam", smr1.id)
    listed = reader.list_repository_permissions(ORGANIZATION, "exam")

    assert (before, given.level, after.level) == (None, "read", "write")
    assert [(row.team_name, row.level) for row in listed.rows] == [("smr1-2627", "write")]
    assert writer.remove_permission(ORGANIZATION, "exam", smr1.id) is True
    assert writer.remove_permission(ORGANIZATION, "exam", smr1.id) is False


def test_where_no_route_shows_permissions_the_client_says_so(hub, smr1):
    hub.world.switches.turn("legacy_permission_routes", "not here")
    hub.world.switches.turn("namespaces_permission_routes", False)

    with pytest.raises(NotSupportedHere):
        hub.reader.list_repository_permissions(ORGANIZATION, "exam")


def test_the_permissions_of_a_repository_that_is_not_there_are_not_found(hub):
    with pytest.raises(HubNotFound):
        hub.reader.list_repository_permissions(ORGANIZATION, "never")


def test_the_working_route_is_remembered(hub, smr1):
    hub.world.switches.turn("legacy_permission_routes", "no organization token")
    calls = []
    connection = hub.connect("scope-repo-group-read", on_call=lambda *call: calls.append(call[1:]))
    reader = HubReader(connection)

    reader.list_repository_permissions(ORGANIZATION, "exam")
    reader.list_repository_permissions(ORGANIZATION, "exam")

    assert calls[1:] == [
        ("/v2/repositories/iestriana/exam/groups", 403),
        ("/v2/namespaces/iestriana/repositories/exam/groups", 200),
        ("/v2/namespaces/iestriana/repositories/exam/groups", 200),
    ]


def test_the_repositories_of_a_team_are_listed_where_there_is_a_route(hub, smr1):
    hub.writer.assign_permission(ORGANIZATION, "exam", smr1.id, "read")

    assert [row.name for row in hub.reader.list_team_repositories(ORGANIZATION, "smr1-2627").rows] == ["exam"]


def test_where_there_is_no_route_to_a_teams_repositories_it_is_not_asked_again(hub, smr1):
    hub.world.switches.turn("team_repositories_route", False)
    calls = []
    reader = HubReader(hub.connect("scope-group-read", on_call=lambda *call: calls.append(call)))

    for _ in range(3):
        with pytest.raises(NotSupportedHere):
            reader.list_team_repositories(ORGANIZATION, "smr1-2627")

    assert len(calls) == 3


def test_tags_come_with_their_platforms_and_without_attestations(hub):
    (tag,) = hub.reader.list_tags(ORGANIZATION, "exam").rows

    assert [str(image.platform) for image in tag.images] == ["linux/amd64", "linux/arm64"]
    assert tag.name == "1.0" and tag.digest.startswith("sha256:") and tag.pushed_at


def test_a_tag_that_is_not_there_is_none(hub):
    assert hub.reader.find_tag(ORGANIZATION, "web", "latest").compressed_bytes == 7_000_000
    assert hub.reader.find_tag(ORGANIZATION, "web", "never") is None


@pytest.mark.parametrize("shown", ["null", "empty"])
def test_a_tag_without_images_says_nothing_about_platforms(hub, shown):
    hub.world.push_tag(ORGANIZATION, "web", "odd", images_shown=shown)

    assert hub.reader.find_tag(ORGANIZATION, "web", "odd").images == ()


def test_an_access_token_may_not_list_access_tokens(hub):
    with pytest.raises(HubForbidden) as caught:
        hub.reader.list_access_tokens(ORGANIZATION)

    assert (caught.value.area, caught.value.scope) == ("access_tokens", "")


def test_an_owner_with_a_password_lists_access_tokens(hub):
    ana = HubConnection(hub.url, "anatriana", hub.world.users["anatriana"].password)

    (token,) = HubReader(ana).list_access_tokens(ORGANIZATION).rows

    assert (token.label, token.is_active) == ("portal", True)


def test_the_audit_log_is_read_whole(hub):
    for number in range(120):
        hub.world.add_team(ORGANIZATION, f"team-{number:03}", actor="anatriana")
    hub.world.clock.move(seconds=120)

    listing = hub.reader.list_audit_log(ORGANIZATION, action="org.team.create")

    assert (len(listing.rows), listing.complete) == (120, True)
    assert {row.actor for row in listing.rows} == {"anatriana"}


def test_a_missing_scope_is_told_with_its_area(hub):
    with pytest.raises(HubForbidden) as caught:
        HubReader(hub.connect("scope-member-read")).list_teams(ORGANIZATION)

    assert (caught.value.area, caught.value.scope) == ("teams", "scope-group-read")


@pytest.mark.parametrize("kind", ["too many", "abuse"])
def test_both_limiters_are_a_pause(hub, kind):
    hub.world.faults.add(kind, path="/v2/orgs/*")

    with pytest.raises(HubThrottled):
        hub.reader.list_teams(ORGANIZATION)


@pytest.mark.parametrize(
    "kind", ["firewall", "firewall code", "error", "reset before", "reset after", "truncated"]
)
def test_a_fault_while_writing_is_no_answer_and_is_sent_once(hub, kind):
    hub.world.faults.add(kind, method="POST", path="/v2/orgs/*")
    calls = []
    connection = hub.connect("scope-group-edit", on_call=lambda *call: calls.append(call[0]))

    with pytest.raises(HubUnavailable):
        type(hub.writer)(connection).create_team(ORGANIZATION, "smr1-2627")

    assert calls == ["POST", "POST"]


@pytest.mark.parametrize("kind", ["error", "reset before", "reset after"])
def test_a_passing_fault_while_reading_is_not_noticed(hub, kind):
    hub.world.faults.add(kind, method="GET", path="/v2/orgs/*", times=2)

    assert hub.reader.list_teams(ORGANIZATION).complete


def test_a_revoked_token_is_noticed_while_its_bearer_lives(hub):
    connection = hub.connect("scope-group-read")
    reader = HubReader(connection)
    reader.list_teams(ORGANIZATION)
    for token in list(hub.world.access_tokens[ORGANIZATION].values()):
        hub.world.delete_token(token)

    with pytest.raises(HubAuthLost):
        reader.list_teams(ORGANIZATION)

    assert connection.is_refused


def test_slashless_routes_may_redirect_reads(hub, smr1):
    hub.world.switches.turn("slashless_get_redirects", True)

    assert hub.reader.list_team_members(ORGANIZATION, "smr1-2627").complete


@pytest.mark.parametrize("seed", range(3))
def test_in_any_weather_a_list_is_whole_or_an_error_is_named(hub, seed):
    for number in range(120):
        hub.world.add_team(ORGANIZATION, f"team-{number:03}")
    hub.world.limits.signed_in_per_minute = None
    hub.world.faults.weather(seed=seed, chance=0.05)
    reader = HubReader(hub.connect("scope-group-read", answer_seconds=0.4, sleep=lambda seconds: None))
    outcomes = []

    for _ in range(30):
        try:
            listing = reader.list_teams(ORGANIZATION)
            ids = {row.id for row in listing.rows}
            is_whole = listing.complete and len(ids) == len(listing.rows)
            outcomes.append(len(ids) if is_whole else "known not to be whole")
        except HubUnavailable:
            outcomes.append("no answer")

    assert {121, "no answer"} <= set(outcomes) <= {121, "no answer", "known not to be whole"}
