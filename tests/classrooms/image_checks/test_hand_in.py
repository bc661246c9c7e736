"""What a student reads of an image before it is handed in."""

from datetime import datetime, timedelta

import pytest

from classrooms.image_checks.hand_in import (
    SENTENCES,
    Expected,
    Remark,
    SeenHandIn,
    check_archive,
    check_hand_in,
)
from classrooms.image_checks.machines import Machine, runner
from classrooms.image_references.reading import read_reference

WEB = read_reference("omar1/web:v1")
GIVEN = datetime.fromisoformat("2026-11-20T10:00+00:00")
GOOD = SeenHandIn(True, "sha256:ab", ("linux/amd64", "linux/arm64"), 50_000_000, GIVEN, "omar1")


def remarks(seen: SeenHandIn = GOOD, name: str = "omar1/web:v1", **expected: object) -> list[Remark]:
    return list(check_hand_in(read_reference(name), seen, Expected(**expected)))  # type: ignore[arg-type]


def test_of_a_good_image_there_is_nothing_to_say() -> None:
    assert remarks(given_at=GIVEN, docker_id="omar1", sizes=(40_000_000,) * 5) == []


def test_an_image_of_a_mac_alone_gets_the_line_that_builds_it_for_both() -> None:
    (found,) = remarks(SeenHandIn(True, "sha256:ab", ("linux/arm64",)))
    assert found.code == "no_platform"
    assert dict(found.facts)["command"] == (
        "docker buildx build --platform linux/amd64,linux/arm64 -t omar1/web:v1 --push ."
    )
    assert not found.is_blocking


def test_the_line_builds_a_tag_where_a_digest_was_handed_in() -> None:
    (found,) = remarks(SeenHandIn(True, "sha256:ab", ("linux/arm64",)), f"omar1/web:v1@sha256:{'ab' * 32}")
    assert "-t omar1/web:v1 --push" in str(dict(found.facts)["command"])


@pytest.mark.parametrize(
    ("name", "seen", "code"),
    [
        ("omar1/web:v1", SeenHandIn(False), "missing"),
        ("ghcr.io/omar1/web:v1", GOOD, "other_registry"),
    ],
)
def test_what_the_teacher_could_not_pull_is_not_taken(name: str, seen: SeenHandIn, code: str) -> None:
    (found,) = remarks(seen, name)
    assert (found.code, found.is_blocking) == (code, True)


def test_where_docker_hub_does_not_answer_it_can_be_handed_in_all_the_same() -> None:
    (found,) = remarks(SeenHandIn(None))
    assert (found.code, found.is_blocking) == ("unreachable", False)


@pytest.mark.parametrize(
    ("name", "is_taken"),
    [
        ("iestriana/p6:encina-20", True),
        ("iestriana/p6:encina-20-v2", True),
        ("iestriana/p6:encina-204", False),
        ("iestriana/p6", False),
        ("omar1/web:v1", False),
    ],
)
def test_in_a_shared_repository_everybody_has_tags_of_their_own(name: str, is_taken: bool) -> None:
    found = [one.code for one in remarks(name=name, reference="iestriana/p6:encina-20")]
    assert ("foreign" not in found) == is_taken


def test_an_image_much_larger_than_the_others_is_told_of_with_both_sizes() -> None:
    (found,) = remarks(SeenHandIn(True, "sha256:ab", (), 900_000_000), sizes=(50_000_000,) * 3)
    assert dict(found.facts) == {"size": 900_000_000, "usual": 50_000_000}


def test_an_old_push_and_somebody_elses_push_are_asked_about() -> None:
    seen = SeenHandIn(True, "sha256:ab", (), None, GIVEN - timedelta(days=30), "nerea1")
    assert [one.code for one in remarks(seen, given_at=GIVEN, docker_id="omar1")] == [
        "pushed_before",
        "pushed_by_other",
    ]


def test_every_remark_has_a_sentence_that_its_facts_fill() -> None:
    cases = [
        SeenHandIn(None),
        SeenHandIn(False),
        SeenHandIn(True, "s", ("linux/arm64",), 9 * 10**9, GIVEN, "x"),
    ]
    for seen in cases:
        later = GIVEN + timedelta(days=1)
        for one in remarks(seen, sizes=(1000,) * 3, given_at=later, docker_id="omar1"):
            assert "%" not in SENTENCES[one.code] % dict(one.facts)


@pytest.mark.parametrize(
    ("machine", "platforms", "starts"),
    [
        (Machine.PC, ("linux/amd64",), True),
        (Machine.PC, ("linux/arm64",), False),
        (Machine.MAC, ("linux/arm64/v8",), True),
        # A Mac translates what is made for PCs.
        (Machine.MAC, ("linux/amd64",), True),
        (Machine.MAC, ("linux/arm/v7",), False),
        (Machine.RASPBERRY_PI, ("linux/amd64",), False),
        (Machine.RASPBERRY_PI, ("linux/amd64", "linux/arm64"), True),
        (Machine.OLD_RASPBERRY_PI, ("linux/amd64", "linux/arm64"), False),
    ],
)
def test_what_the_teachers_computer_runs_is_told_of_before_it_is_handed_in(
    machine: Machine, platforms: tuple[str, ...], starts: bool
) -> None:
    by_name = remarks(SeenHandIn(True, "sha256:ab", platforms), machine=machine)
    as_file = check_archive(platforms[-1], machine)

    assert ([one.code for one in by_name] == []) == starts
    assert ([one.code for one in as_file] == []) == starts


def test_the_line_builds_for_the_teachers_computer_and_for_those_of_students() -> None:
    (found,) = remarks(SeenHandIn(True, "sha256:ab", ("linux/amd64",)), machine=Machine.OLD_RASPBERRY_PI)
    (of_file,) = check_archive("linux/amd64", Machine.RASPBERRY_PI)

    assert (found.facts[1], of_file.facts[1]) == (("needs", "linux/arm/v7"), ("needs", "linux/arm64"))
    # Docker: "linux/arm" is linux/arm/v7.
    assert dict(found.facts)["command"] == (
        "docker buildx build --platform linux/amd64,linux/arm,linux/arm64 -t omar1/web:v1 --push ."
    )
    assert "buildx build --platform linux/arm64 -t web --load ." in str(dict(of_file.facts)["command"])


@pytest.mark.parametrize(
    ("kept", "machines", "found"),
    [
        ("", [], Machine.PC),
        ("", ["pi64"], Machine.RASPBERRY_PI),
        ("", ["mac", "pc"], Machine.PC),
        ("mac", ["pc"], Machine.MAC),
        ("toaster", ["pc"], Machine.PC),
    ],
)
def test_hand_ins_run_on_the_computer_that_was_said_else_on_one_like_the_classs(
    kept: str, machines: list[str], found: Machine
) -> None:
    assert runner(kept, machines) == found
