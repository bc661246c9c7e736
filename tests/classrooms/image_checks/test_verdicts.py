"""Verdicts on images before a class, and the sentence that mends each."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from classrooms.image_checks.aging import find_aged
from classrooms.image_checks.budget import Limit, PullBudget
from classrooms.image_checks.findings import SENTENCES, Verdict, worst
from classrooms.image_checks.verdicts import CheckedImage, Room, SeenImage, check_image, check_pulls, is_heavy
from classrooms.image_references.reading import read_reference

TODAY = date(2026, 11, 24)
GOOD = SeenImage(
    found=True,
    digest="sha256:" + "ab" * 32,
    platforms=("linux/amd64", "linux/arm64/v8"),
    compressed_bytes=60_000_000,
    renewed_at=datetime(2026, 9, 1, tzinfo=UTC),
)
ROOM = Room(("linux/amd64", "linux/arm64"), students=30)


def check(text: str, seen: SeenImage = GOOD, room: Room = ROOM, frozen: str = "") -> CheckedImage:
    return check_image(read_reference(text), seen, room, frozen=frozen, on=TODAY)


def codes(checked: CheckedImage) -> list[str]:
    return [finding.code for finding in checked.findings]


def test_an_image_with_everything_is_ready() -> None:
    checked = check("nginx:1.29")
    assert (checked.verdict, checked.findings) == (Verdict.READY, ())


@pytest.mark.parametrize(
    ("text", "seen", "code"),
    [
        ("iestriana/lamp:9", SeenImage(found=False), "missing"),
        ("bitnami/mariadb:10.3-debian-10", SeenImage(found=False), "moved_catalogue"),
        ("iestriana/examen:1", SeenImage(found=None, trouble="denied"), "denied"),
        ("ghcr.io/owner/web:1", SeenImage(found=False), "hidden"),
        ("quay.io/bitnami/web:1", SeenImage(found=False), "hidden"),
        ("iestriana/lamp:1", replace(GOOD, platforms=("linux/arm64",)), "no_platform"),
    ],
)
def test_what_will_not_work(text: str, seen: SeenImage, code: str) -> None:
    checked = check(text, seen)
    assert (checked.verdict, codes(checked)) == (Verdict.WILL_NOT_WORK, [code])


@pytest.mark.parametrize(
    ("text", "seen", "code"),
    [
        ("nginx:1.29", SeenImage(found=None, trouble="unreachable"), "unreachable"),
        ("nginx:1.29", SeenImage(found=None), "unreachable"),
        ("ghcr.io/owner/web:1", SeenImage(found=None, trouble="unreachable"), "silent"),
        ("ghcr.io/owner/web:1", SeenImage(found=None, trouble="throttled"), "silent"),
        ("registry.example.org/web:1", SeenImage(found=None, trouble="elsewhere"), "elsewhere"),
        ("iestriana/lamp:1", replace(GOOD, platforms=("linux/amd64",)), "emulated"),
        ("mysql:5.7", GOOD, "aged"),
        ("centos:8", GOOD, "aged_for_good"),
        ("iestriana/lamp:1", replace(GOOD, compressed_bytes=3 * 1024**3), "large"),
    ],
)
def test_what_is_at_risk(text: str, seen: SeenImage, code: str) -> None:
    checked = check(text, seen)
    assert (checked.verdict, codes(checked)) == (Verdict.AT_RISK, [code])


def test_a_tag_that_moves_is_said_and_works() -> None:
    checked = check("iestriana/lamp")
    assert (checked.verdict, codes(checked)) == (Verdict.READY, ["floating"])


def test_a_frozen_image_whose_tag_moved_is_at_risk_and_one_that_is_gone_does_not_work() -> None:
    moved = check("iestriana/lamp:1", replace(GOOD, frozen_found=True), frozen="sha256:old")
    gone = check("iestriana/lamp:1", replace(GOOD, frozen_found=False), frozen="sha256:old")
    assert (codes(moved), codes(gone)) == (["changed"], ["frozen_gone"])


def test_a_frozen_image_outlives_its_tag() -> None:
    checked = check(
        "iestriana/lamp:1", replace(GOOD, found=False, digest="", frozen_found=True), frozen="sha256:old"
    )
    assert checked.verdict is Verdict.READY


def test_the_line_that_mends_a_missing_platform_builds_for_all_of_them() -> None:
    (finding,) = check("iestriana/lamp:1", replace(GOOD, platforms=("linux/arm64/v8",))).findings
    assert dict(finding.facts)["command"] == (
        "docker buildx build --platform linux/amd64,linux/arm64 -t iestriana/lamp:1 --push ."
    )


def test_the_worst_finding_comes_first_and_decides() -> None:
    checked = check("mysql:5.7", replace(GOOD, platforms=("linux/arm64",)))
    assert codes(checked) == ["no_platform", "aged"]
    assert worst([Verdict.READY, checked.verdict, Verdict.AT_RISK]) is Verdict.WILL_NOT_WORK


def test_every_finding_has_its_sentence_and_its_weight() -> None:
    for text, seen in [("mysql:5.7", GOOD), ("centos:7", GOOD), ("x/y", SeenImage(found=False))]:
        for finding in check(text, seen).findings:
            assert SENTENCES[finding.code] % dict(finding.facts)


@pytest.mark.parametrize(("left", "is_short"), [(270, False), (269, True), (None, False)])
def test_the_rooms_pulls_are_images_times_students(left: int | None, is_short: bool) -> None:
    limit = Limit(300, left, 3600, "203.0.113.7", datetime(2026, 11, 24, tzinfo=UTC))
    finding = check_pulls(PullBudget(9, 30, 2, limit))
    assert (finding is not None) == is_short
    assert finding is None or dict(finding.facts) == {"needed": 270, "left": 269}


@pytest.mark.parametrize(
    ("repository", "tag", "instead"),
    [
        ("php", "7.4-apache", "8.3"),
        ("library/php", "8.0", "8.3"),
        ("debian", "buster-slim", "12"),
        ("ubuntu", "18.04", "24.04"),
        ("node", "18.20.4-alpine", "22"),
        ("mysql", "5.7.44", "8.4"),
    ],
)
def test_what_is_past_its_end_is_known_with_what_to_use_instead(
    repository: str, tag: str, instead: str
) -> None:
    aged = find_aged(repository, tag, TODAY)
    assert aged is not None
    assert aged.instead == instead
    assert find_aged(repository, instead, TODAY) is None


@pytest.mark.parametrize(
    ("repository", "tag"), [("nginx", "1.2"), ("php", "latest"), ("iesgn/php", "7.4"), ("php", "8.3-apache")]
)
def test_what_is_cared_for_or_unknown_is_not_judged(repository: str, tag: str) -> None:
    assert find_aged(repository, tag, TODAY) is None


def test_before_its_end_a_version_is_cared_for() -> None:
    assert find_aged("node", "20", date(2026, 4, 30)) is None
    assert find_aged("node", "20", date(2026, 5, 1)) is not None


def test_an_image_ten_times_the_classs_median_is_heavy() -> None:
    assert is_heavy(4_100, [300, 310, 290])
    assert not is_heavy(4_100, [300, 310])
    assert not is_heavy(2_900, [300, 310, 290])
