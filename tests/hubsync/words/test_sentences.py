"""Changes, holds, notes and troubles in words that a teacher understands."""

import pytest
from django.utils import translation

from hubsync.hub import errors
from hubsync.hub.scopes import Area
from hubsync.planning.changes import (
    KINDS,
    Change,
    ChangePermission,
    DeleteTeam,
    RemoveCollaborator,
    RemoveFromTeam,
    RemoveMember,
    RemovePermission,
)
from hubsync.planning.limits import LIMITS
from hubsync.planning.plan import HeldChanges
from hubsync.planning.plan_notes import Note
from hubsync.words.changes import HEADINGS, REMOVALS, change_sentence, hub_words, listed
from hubsync.words.holds import REASONS, question, stays_sentence
from hubsync.words.notes import AREAS, NOTES, note_sentence
from hubsync.words.troubles import UNEXPECTED, sentence_of_code, trouble_sentence
from hubsync.words.who import WhoIsWho

WHO = WhoIsWho({"bruno": "Bruno Gil"}, {"smr1-a-2627": "1º SMR A · 2026/27"}, "docentes")  # type: ignore[dict-item]
FACTS = {
    "team": "smr1-a-2627", "docker_id": "bruno", "invitee": "bruno", "invite_id": "7", "invitees": ["bruno"],
    "repository": "lamp", "permission": "read", "was": "write", "new_name": "smr1-2627", "is_private": True,
    "description": "1º SMR A", "role": "member", "enabled": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_change_has_a_sentence_and_a_heading(kind: str) -> None:
    sentence = change_sentence(kind, FACTS, WHO)

    assert sentence.endswith((".", ").")) and "%(" not in sentence
    assert kind in HEADINGS


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("create_team", "Create the team of 1º SMR A · 2026/27 (smr1-a-2627)."),
        ("create_repository", "Create the private repository lamp."),
        ("invite", "Invite Bruno Gil (bruno) into the team of 1º SMR A · 2026/27 (smr1-a-2627)."),
        ("remove_member", "Remove Bruno Gil (bruno) from the organization."),
        (
            "assign_permission",
            "Let the team of 1º SMR A · 2026/27 (smr1-a-2627) use the repository lamp: pull.",
        ),
        (
            "change_permission",
            "Change what the team of 1º SMR A · 2026/27 (smr1-a-2627) may do with lamp: from pull and push to pull.",
        ),
    ],
)
def test_people_and_classes_are_called_by_their_own_names(kind: str, sentence: str) -> None:
    assert change_sentence(kind, FACTS, WHO) == sentence


def test_a_stranger_is_called_by_the_docker_id() -> None:
    assert (
        change_sentence("remove_member", {"docker_id": "carla"}, WHO) == "Remove carla from the organization."
    )


def test_a_long_list_of_people_is_shortened() -> None:
    facts = {"team": "docentes", "role": "member", "invitees": [f"person{n}" for n in range(12)]}

    sentence = change_sentence("invite", facts, WHO)

    assert "person7 and 4 more people into the team of the teaching staff" in sentence
    assert "person8" not in sentence


def test_text_with_a_percent_sign_is_said_as_it_is() -> None:
    sentence = change_sentence("describe_team", {"team": "docentes", "description": "100 % Docker"}, WHO)

    assert "100 % Docker" in sentence


def test_a_kind_of_another_version_is_named_as_it_is() -> None:
    assert change_sentence("paint_team", {}, WHO) == "paint_team"


def test_what_docker_hub_says_of_an_invitee_is_translated() -> None:
    assert hub_words("bruno: no_seats_available; x: odd") == "bruno: no seat is free; x: odd"


def test_what_takes_away_is_marked_as_such() -> None:
    assert {kind for kind in KINDS if kind.startswith(("remove", "delete", "cancel"))} == REMOVALS


@pytest.mark.parametrize("code", sorted(NOTES))
def test_every_note_has_a_sentence(code: str) -> None:
    facts = {"team": "docentes", "new_name": "x", "repository": "lamp", "invitee": "bruno", "area": "teams"}

    assert "%(" not in note_sentence(code, facts, WHO)


def test_the_notes_are_those_that_a_plan_makes() -> None:
    documented = {word for word in (Note.__doc__ or "").replace("{", " ").split() if word in NOTES}

    assert documented == set(NOTES)


def test_every_area_has_words() -> None:
    assert {area.value for area in Area} - set(AREAS) <= {"organization", "access_tokens", "images"}


def test_each_kind_of_hold_is_a_question_of_its_own() -> None:
    asked = {question(kind, number) for kind in (*LIMITS, "fights") for number in (1, 6)}

    assert len(asked) == 2 * len(LIMITS) + 1
    assert "Shall 6 people be taken out of teams?" in asked


def test_each_reason_to_wait_has_a_sentence() -> None:
    documented = (HeldChanges.__doc__ or "").partition("Reasons:")[2].split()
    own_words = {word for word in documented if word in REASONS}

    assert own_words == set(REASONS)


@pytest.mark.parametrize(
    "change",
    [
        RemoveMember("bruno"), RemoveFromTeam("smr1", "bruno"), DeleteTeam("smr1"),
        RemovePermission("examen", "smr1", "read"), ChangePermission("examen", "smr1", "read", "admin"),
        RemoveCollaborator("examen", "bruno"),
    ],
)  # fmt: skip
def test_what_is_not_removed_is_said_to_stay(change: Change) -> None:
    sentence = stays_sentence(change.kind, change.facts(), WHO)

    assert sentence.endswith(".") and sentence[0].isupper()
    assert change.kind not in sentence and "%(" not in sentence


@pytest.mark.parametrize(
    "error",
    [
        errors.HubUnavailable("<html>secret", status=403), errors.HubRejected("secret"), errors.HubConflict("secret"),
        errors.HubNotFound("secret"), errors.HubForbidden("secret"), errors.HubAuthLost("secret"),
        errors.IncompleteObservation("secret"), errors.NotSupportedHere("secret"),
    ],
)  # fmt: skip
def test_a_trouble_is_said_in_our_words_and_never_in_docker_hubs(error: errors.HubError) -> None:
    sentence = str(trouble_sentence(error))

    assert sentence != str(UNEXPECTED)
    assert "secret" not in sentence


@pytest.mark.parametrize(
    "code",
    ["no_credential", "unreadable_credential", "refused", "unavailable", "missing_scope", "rejected", "unproven",
     "empty_class_list", "lease_lost", "collaborators_unseen"],
)  # fmt: skip
def test_every_stored_trouble_has_a_sentence_of_its_own(code: str) -> None:
    assert sentence_of_code(code) != UNEXPECTED


def test_no_trouble_is_no_sentence() -> None:
    assert sentence_of_code("") == ""


@pytest.mark.parametrize(
    ("last", "conjunction"),
    [("Inés Gil", "e"), ("Íñigo Ruiz", "e"), ("Hilario Soto", "e"), ("Iago Paz", "y"), ("Ana Ruiz", "y")],
)
def test_spanish_lists_say_e_before_the_sound_of_i(last: str, conjunction: str) -> None:
    with translation.override("es"):
        assert listed(["Bruno", last]) == f"Bruno {conjunction} {last}"
