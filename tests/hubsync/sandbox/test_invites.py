"""Items 28, 29, 44 and 45: nobody is a member before having accepted."""

import pytest

from hubsync.sandbox.refusals import Refusal


def invite(portal, *invitees, **more):
    return portal.post("/v2/invites/bulk", {"org": "iestriana", "invitees": list(invitees), **more})


def pending(portal):
    return portal.get("/v2/orgs/iestriana/invites").json["data"]


def usernames(portal):
    return {one["username"] for one in portal.get("/v2/orgs/iestriana/members").json["results"]}


def test_28_an_invited_person_is_pending(portal):
    invite(portal, "bruno")

    assert [one["invitee"] for one in pending(portal)] == ["bruno"]
    assert "bruno" not in usernames(portal)


def test_28_who_accepts_becomes_a_member_and_joins_the_team(world, portal):
    world.add_team("iestriana", "smr1")
    invite(portal, "bruno", team="smr1")

    world.accept_invite(pending(portal)[0]["id"])

    assert pending(portal) == []
    assert "bruno" in usernames(portal)
    members = portal.get("/v2/orgs/iestriana/groups/smr1/members").json["results"]
    assert [one["username"] for one in members] == ["bruno"]


def test_28_who_declines_does_not(world, portal):
    invite(portal, "bruno")

    world.decline_invite(pending(portal)[0]["id"])

    assert pending(portal) == []
    assert "bruno" not in usernames(portal)


def test_28_an_invitation_by_mail_may_be_accepted_with_any_account(world, portal):
    invite(portal, "bruno.at.home@mail.example")

    world.accept_invite(pending(portal)[0]["id"], "bruno")

    assert "bruno" in usernames(portal)


def test_28_the_link_in_a_mail_ends_after_14_days(world, portal):
    invite(portal, "bruno.at.home@mail.example")
    invite_id = pending(portal)[0]["id"]
    world.clock.move(days=15)

    with pytest.raises(Refusal):
        world.accept_invite(invite_id, "bruno")


def test_28_invitees_are_among_the_members_where_they_are_asked_for(portal):
    invite(portal, "new@mail.example")

    rows = portal.get("/v2/orgs/iestriana/members?type=invitee").json["results"]

    assert [(one["email"], one["role"], "username" in one) for one in rows] == [
        ("new@mail.example", "Invitee", False)
    ]


def test_29_a_pending_invitation_takes_a_seat(world, portal):
    invite(portal, "bruno")

    assert world.seats_used("iestriana") == 2


def test_29_without_enough_seats_the_invitation_is_refused(world, portal):
    answer = invite(portal, *(f"student{number}@mail.example" for number in range(5)))

    assert answer.status_code == 409
    assert pending(portal) == []


def test_29_switched_the_seats_that_are_left_are_taken(world, portal):
    world.switches.turn("no_seats_left", "row")

    answer = invite(portal, *(f"student{number}@mail.example" for number in range(5)))

    statuses = [row["status"] for row in answer.json["invitees"]]
    assert (answer.status_code, statuses.count("invited"), len(pending(portal))) == (202, 4, 4)


def test_29_an_invitation_that_lapsed_frees_its_seat(world, portal):
    invite(portal, "bruno")

    world.expire_invite(pending(portal)[0]["id"])

    assert (pending(portal), world.seats_used("iestriana")) == ([], 1)


def test_44_a_dry_run_says_the_same_and_changes_nothing(world, portal):
    answer = invite(portal, "bruno", "nobodyhere", dry_run=True)

    statuses = [row["status"] for row in answer.json["invitees"]]
    assert (answer.status_code, statuses) == (202, ["invited", "invalid_email_or_docker_id"])
    assert (pending(portal), world.seats_used("iestriana")) == ([], 1)


def test_44_a_dry_run_is_checked_as_well(portal):
    assert invite(portal, "bruno", team="nosuchteam", dry_run=True).status_code == 400


def test_45_sending_again_is_a_patch(portal):
    invite(portal, "bruno")
    invite_id = pending(portal)[0]["id"]

    assert portal.post(f"/v2/invites/{invite_id}/resend").status_code == 405
    assert portal.patch(f"/v2/invites/{invite_id}/resend").status_code == 204


def test_45_switched_sending_again_is_a_post_too(world, portal):
    world.switches.turn("resend_by_post", True)
    invite(portal, "bruno")

    assert portal.post(f"/v2/invites/{pending(portal)[0]['id']}/resend").status_code == 204


@pytest.mark.parametrize("status", [404, 204])
def test_45_cancelling_what_was_accepted(world, portal, status):
    world.switches.turn("cancel_accepted_invite_status", status)
    invite(portal, "bruno")
    invite_id = pending(portal)[0]["id"]
    world.accept_invite(invite_id)

    assert portal.delete(f"/v2/invites/{invite_id}").status_code == status
    assert "bruno" in usernames(portal)


@pytest.mark.parametrize(("choice", "status"), [("row", 202), ("conflict", 409)])
def test_inviting_who_is_invited_already(world, portal, choice, status):
    world.switches.turn("pending_invite_again", choice)
    invite(portal, "bruno")

    assert invite(portal, "bruno").status_code == status
    assert len(pending(portal)) == 1
