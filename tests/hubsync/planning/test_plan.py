"""One wish, one look, one plan."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hubsync.hub.scopes import Area
from hubsync.planning.changes import (
    KINDS,
    AddToTeam,
    CancelInvite,
    ChangePermission,
    CreateRepository,
    CreateTeam,
    DeleteTeam,
    DescribeTeam,
    Invite,
    RemoveFromTeam,
    RemoveMember,
    RenameTeam,
    ResendInvite,
)
from hubsync.planning.order import in_order
from hubsync.planning.owned import Mode, Owned, OwnedMember, OwnedTeam
from hubsync.planning.plan import plan_changes
from hubsync.planning.plan_notes import Note
from hubsync.planning.state import InviteState, MemberState, Person, RepositoryState
from tests.hubsync.organizations import organization, owned, team, wanted

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_student_with_a_pending_invite_is_not_invited_again() -> None:
    seen = organization(team("smr1"), owners=("anaruiz",), invites=("bruno",))

    assert plan_changes(wanted(team("smr1", "bruno")), seen, owned("smr1", members=("bruno",))).is_empty


def test_a_member_is_found_by_e_mail_whatever_its_letters() -> None:
    ana = MemberState(Person("AnaRuiz", "Ana@IES.example"), "owner")
    seen = replace(organization(team("smr1")), members=frozenset({ana}))

    plan = plan_changes(wanted(team("smr1", "ana@ies.example")), seen, owned("smr1"))

    assert plan.changes == (AddToTeam("smr1", "anaruiz"),)


def test_all_new_people_of_a_team_are_invited_by_one_request() -> None:
    plan = plan_changes(wanted(team("smr1", "bruno", "carla")), organization(team("smr1")), owned("smr1"))

    assert plan.changes == (Invite("smr1", "member", ("bruno", "carla")),)


def test_who_is_in_two_teams_is_invited_with_the_first_and_added_to_the_other_after_accepting() -> None:
    wish = wanted(team("smr1", "bruno"), team("smr2", "bruno"))
    before = plan_changes(wish, organization(team("smr1"), team("smr2")), owned("smr1", "smr2"))
    accepted = organization(team("smr1", "bruno"), team("smr2"), members=("bruno",))

    after = plan_changes(wish, accepted, owned("smr1", "smr2", members=("bruno",)))

    assert before.changes == (Invite("smr1", "member", ("bruno",)),)
    assert after.changes == (AddToTeam("smr2", "bruno"),)


def test_a_class_that_was_renamed_keeps_its_team() -> None:
    ours = Owned(frozenset({OwnedTeam("smr1", "u1", class_group_id=7)}))

    plan = plan_changes(wanted(team("smr2", class_group_id=7)), organization(team("smr1", uuid="u1")), ours)

    assert plan.changes == (RenameTeam("smr1", "smr2"),)


def test_a_team_is_known_by_its_uuid_under_whatever_name() -> None:
    ours = Owned(frozenset({OwnedTeam("smr1", "u1")}))

    plan = plan_changes(wanted(team("smr1")), organization(team("otro", uuid="u1")), ours)

    assert plan.changes == (RenameTeam("otro", "smr1"),)


def test_another_team_that_took_the_name_of_ours_is_left_alone() -> None:
    ours = Owned(frozenset({OwnedTeam("smr1", "u1")}))

    plan = plan_changes(wanted(team("smr1", "bruno")), organization(team("smr1", uuid="u2")), ours)

    assert plan.changes == ()
    assert plan.notes == (Note("exists_not_ours", (("team", "smr1"),)),)


def test_a_description_is_mended_in_a_team_that_is_exactly_ours() -> None:
    seen = organization(team("smr1", description="old"))

    exact = plan_changes(wanted(team("smr1", description="new")), seen, owned("smr1"))
    at_least = plan_changes(wanted(team("smr1", description="new")), seen, owned("smr1", mode=Mode.AT_LEAST))

    assert exact.changes == (DescribeTeam("smr1", "new"),)
    assert at_least.is_empty


def test_a_permission_is_lowered_only_in_a_team_that_is_exactly_ours() -> None:
    seen = organization(team("smr1", examen="admin"))

    exact = plan_changes(wanted(team("smr1", examen="read")), seen, owned("smr1"))
    at_least = plan_changes(wanted(team("smr1", examen="read")), seen, owned("smr1", mode=Mode.AT_LEAST))

    assert exact.changes == (ChangePermission("examen", "smr1", "read", "admin"),)
    assert at_least.is_empty


def test_a_repository_that_is_not_there_is_noted_and_not_assigned() -> None:
    plan = plan_changes(
        wanted(team("smr1", examen="read")), organization(team("smr1"), repositories=()), owned("smr1")
    )

    assert plan.changes == ()
    assert plan.notes == (Note("repository_missing", (("repository", "examen"), ("team", "smr1"))),)


def test_a_wanted_repository_is_made_and_then_assigned() -> None:
    wish = wanted(team("smr1", examen="read"), repositories=frozenset({RepositoryState("examen")}))

    plan = plan_changes(wish, organization(team("smr1"), repositories=()), owned("smr1"))

    assert [change.kind for change in plan.changes] == ["create_repository", "assign_permission"]


def test_there_is_no_kind_of_change_that_deletes_a_repository() -> None:
    assert {kind for kind in KINDS if "repository" in kind} == {"create_repository", "describe_repository"}


def test_permissions_that_were_not_read_are_not_planned() -> None:
    seen = organization(team("smr1"), repositories_read=frozenset({"lamp"}))

    assert plan_changes(wanted(team("smr1", examen="read")), seen, owned("smr1")).is_empty


def test_nothing_is_planned_in_an_area_that_could_not_be_seen() -> None:
    seen = organization(unseen=frozenset({Area.TEAMS, Area.REPOSITORIES}))
    wish = wanted(team("smr1", "bruno"), repositories=frozenset({RepositoryState("examen")}))

    assert plan_changes(wish, seen, owned("smr1", members=("dario",))).changes == ()


def test_seats_are_never_overdrawn() -> None:
    seen = organization(team("smr1"), owners=("anaruiz",), invites=("dario",))

    plan = plan_changes(wanted(team("smr1", "bruno", "carla", "dario"), seats=3), seen, owned("smr1"))

    assert plan.changes == (Invite("smr1", "member", ("bruno",)),)
    assert plan.notes == (Note("no_seat", (("invitee", "carla"),)),)


def test_who_was_perhaps_invited_perhaps_has_a_seat() -> None:
    """The answer was lost and the list does not show it: their seat is not given to somebody else meanwhile."""
    seen = organization(team("smr1"), owners=("anaruiz",))
    ours = replace(owned("smr1"), uncertain=frozenset({"carla"}))

    plan = plan_changes(wanted(team("smr1", "bruno", "carla"), seats=2), seen, ours)

    assert plan.changes == ()
    assert {note.code for note in plan.notes} == {"answer_lost", "no_seat"}


def test_a_cancelled_invitation_frees_its_seat_for_another() -> None:
    seen = organization(team("smr1"), invites=("dario",))

    plan = plan_changes(wanted(team("smr1", "bruno"), seats=1), seen, owned("smr1", members=("dario",)))

    assert plan.changes == (CancelInvite("invite-dario", "dario"), Invite("smr1", "member", ("bruno",)))


def test_an_invitation_that_somebody_else_sent_is_not_cancelled() -> None:
    assert plan_changes(wanted(), organization(invites=("dario",)), owned()).is_empty


def invited(days_ago: int, resends: int = 0, resent_days_ago: int | None = None) -> list[str]:
    sent = None if resent_days_ago is None else NOW - timedelta(days=resent_days_ago)
    invite = InviteState("i1", "bruno", created_at=NOW - timedelta(days=days_ago))
    seen = replace(organization(team("smr1"), seen_at=NOW), invites=frozenset({invite}))
    ours = Owned(frozenset({OwnedTeam("smr1")}), frozenset({OwnedMember("bruno", resends, sent)}))
    plan = plan_changes(wanted(team("smr1", "bruno")), seen, ours)
    return [*(change.kind for change in plan.changes), *(note.code for note in plan.notes)]


def test_an_invitation_is_sent_again_before_its_link_lapses_and_not_earlier() -> None:
    assert invited(days_ago=12) == []
    assert invited(days_ago=13) == ["resend_invite"]
    assert invited(days_ago=20, resends=1, resent_days_ago=7) == []
    assert invited(days_ago=27, resends=1, resent_days_ago=13) == ["resend_invite"]


def test_after_two_resends_the_seat_is_freed_and_the_person_is_named() -> None:
    assert invited(days_ago=40, resends=2, resent_days_ago=13) == []
    assert invited(days_ago=42, resends=2, resent_days_ago=14) == ["cancel_invite", "unanswered"]


def test_the_seat_of_who_never_answered_goes_to_the_next() -> None:
    old = InviteState("i1", "bruno", created_at=NOW - timedelta(days=50))
    seen = replace(organization(team("smr1"), seen_at=NOW), invites=frozenset({old}))
    ours = Owned(frozenset({OwnedTeam("smr1")}), frozenset({OwnedMember("bruno", 2, None)}))

    plan = plan_changes(wanted(team("smr1", "bruno", "carla"), seats=1), seen, ours)

    assert plan.changes == (
        CancelInvite("i1", "bruno", "unanswered"), Invite("smr1", "member", ("carla",)),
    )  # fmt: skip


def test_whose_invitation_came_to_an_end_is_named_and_not_invited() -> None:
    for reason in ("declined", "cancelled", "expired", "lost", "invalid"):
        ours = replace(owned("smr1"), not_again=(("bruno", reason),))

        plan = plan_changes(wanted(team("smr1", "bruno")), organization(team("smr1")), ours)

        assert plan.changes == ()
        assert plan.notes == (Note(reason, (("invitee", "bruno"),)),)


def test_who_accepted_under_another_name_is_the_same_person() -> None:
    ours = replace(owned("smr1", members=("mail@example.org",)), aliases=(("mail@example.org", "dario"),))
    seen = organization(team("smr1"), members=("dario",))

    assert plan_changes(wanted(team("smr1", "mail@example.org")), seen, ours).changes == (
        AddToTeam("smr1", "dario"),
    )
    assert plan_changes(wanted(team("smr1")), seen, ours).changes == (RemoveMember("dario"),)


def test_a_team_that_is_only_added_to_keeps_the_name_it_was_given_on_docker_hub() -> None:
    ours = Owned(frozenset({OwnedTeam("otro", "u1", Mode.AT_LEAST, class_group_id=7)}))
    wish = wanted(team("smr1", "bruno", class_group_id=7))

    assert plan_changes(wish, organization(team("otro", uuid="u1")), ours).changes == (
        Invite("otro", "member", ("bruno",)),
    )


def test_a_team_that_no_class_needs_is_deleted_only_if_it_is_exactly_ours() -> None:
    seen = organization(team("smr1"), team("smr2"), team("ajeno"))
    ours = Owned(frozenset({OwnedTeam("smr1"), OwnedTeam("smr2", mode=Mode.AT_LEAST)}))

    assert plan_changes(wanted(), seen, ours).changes == (DeleteTeam("smr1"),)


def test_an_adopted_team_is_never_deleted() -> None:
    ours = Owned(frozenset({OwnedTeam("smr1", is_adopted=True)}))

    assert plan_changes(wanted(), organization(team("smr1")), ours).is_empty


def test_an_owner_of_the_organization_is_not_taken_out_of_a_team() -> None:
    seen = organization(team("smr1", "anaruiz"), owners=("anaruiz",))

    assert plan_changes(wanted(team("smr1")), seen, owned("smr1")).is_empty


def test_who_is_still_in_a_team_of_others_stays_in_the_organization() -> None:
    seen = organization(team("smr1", "bruno"), team("ajeno", "bruno"), members=("bruno",))

    plan = plan_changes(wanted(team("smr1")), seen, owned("smr1", members=("bruno",)))

    assert plan.changes == (RemoveFromTeam("smr1", "bruno"),)


def test_where_seats_are_short_people_leave_before_others_are_invited() -> None:
    changes = (Invite("smr1", "member", ("carla",)), RemoveMember("bruno"))

    assert in_order(changes, seats_are_short=True)[0] == RemoveMember("bruno")
    assert in_order(changes)[0] == changes[0]


def test_a_plan_reads_as_english() -> None:
    changes = [
        CreateRepository("examen", True, ""),
        CreateTeam("smr1", "1º SMR"),
        Invite("smr1", "member", ("bruno", "carla")),
        ResendInvite("i1", "dario"),
        ChangePermission("examen", "smr1", "read", "admin"),
    ]

    assert [str(change) for change in changes] == [
        "Create the private repository examen.",
        "Create the team smr1.",
        "Invite bruno, carla into the team smr1.",
        "Send the invitation of dario again.",
        "Change the permission of the team smr1 on examen from admin to read.",
    ]
