"""Images: what a registry said is kept, assigned and withdrawn, and announced where it matters."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from classrooms import signals
from classrooms.actions.images import (
    assign_image,
    follow_reference,
    record_catalogue,
    record_tags,
    record_trouble,
    want_repository,
    withdraw_image,
)
from classrooms.actions.refusals import NotAssignable
from classrooms.image_facts import RepositoryFacts, TagFacts
from classrooms.image_references.reading import read_reference
from classrooms.models import AuditEntry, ClassGroup, Image, School, User
from tests.factories import make_assigned_image, make_class_group, make_image, make_school

MONDAY = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 9, 15, 8, 0, tzinfo=UTC)


@pytest.fixture
def announced() -> Iterator[list[dict[str, Any]]]:
    heard: list[dict[str, Any]] = []

    def hear(**facts: Any) -> None:
        heard.append(facts)

    signals.images_changed.connect(hear)
    yield heard
    signals.images_changed.disconnect(hear)


def test_the_catalogue_gives_the_school_its_namespace_and_its_images(db: None) -> None:
    school = make_school(namespace="")

    record_catalogue(
        school=school,
        account_name="IESTriana",
        repositories=[RepositoryFacts("lamp", True, "LAMP")],
        at=MONDAY,
    )

    image = Image.objects.get()
    assert (image.repository, image.is_private, image.is_own) == ("iestriana/lamp", True, True)
    assert (school.namespace, image.listed_at) == ("iestriana", MONDAY)


def test_the_same_catalogue_again_changes_only_when_it_was_listed(school: School) -> None:
    facts = [RepositoryFacts("lamp", False), RepositoryFacts("tomcat", True)]
    record_catalogue(school=school, account_name="iestriana", repositories=facts, at=MONDAY)
    record_catalogue(school=school, account_name="iestriana", repositories=facts, at=TUESDAY)

    assert list(Image.objects.values_list("listed_at", flat=True)) == [TUESDAY, TUESDAY]


def test_an_image_that_is_no_longer_listed_keeps_its_old_time(school: School) -> None:
    record_catalogue(
        school=school, account_name="iestriana", repositories=[RepositoryFacts("lamp", False)], at=MONDAY
    )
    record_catalogue(school=school, account_name="iestriana", repositories=[], at=TUESDAY)

    assert Image.objects.get().listed_at == MONDAY


def test_a_used_image_that_becomes_private_is_announced_once(
    class_group: ClassGroup, announced: list[dict[str, Any]]
) -> None:
    make_assigned_image(class_group)
    announced.clear()
    for at in (MONDAY, TUESDAY):
        record_catalogue(
            school=class_group.school,
            account_name="iestriana",
            repositories=[RepositoryFacts("lamp", True)],
            at=at,
        )

    assert len(announced) == 1


def test_a_tag_that_moves_remembers_what_it_was(school: School) -> None:
    image = make_image(school)
    record_tags(image=image, tags=[TagFacts("latest", "sha256:a", 10, ("linux/amd64",))], at=MONDAY)
    record_tags(image=image, tags=[TagFacts("latest", "sha256:b", 11, ("linux/arm64",))], at=TUESDAY)

    tag = image.tags.get()
    assert (tag.digest, tag.previous_digest, tag.digest_changed_at) == ("sha256:b", "sha256:a", TUESDAY)
    assert (tag.platforms, tag.compressed_bytes, tag.found) == (["linux/arm64"], 11, True)


def test_a_tag_that_is_gone_stays_as_not_found_but_not_when_only_some_were_looked_at(school: School) -> None:
    image = make_image(school)
    record_tags(image=image, tags=[TagFacts("1"), TagFacts("2")], at=MONDAY)
    record_tags(image=image, tags=[TagFacts("1")], at=TUESDAY, is_whole=False)
    assert image.tags.get(name="2").found is True

    record_tags(image=image, tags=[TagFacts("1")], at=TUESDAY)

    assert image.tags.get(name="2").found is False


def test_trouble_does_not_forget_what_was_known(school: School) -> None:
    image = make_image(school)
    record_tags(image=image, tags=[TagFacts("1", "sha256:a")], at=MONDAY)

    record_trouble(image=image, tag="1", trouble="unreachable", at=TUESDAY)

    tag = image.tags.get()
    assert (tag.digest, tag.found, tag.trouble) == ("sha256:a", True, "unreachable")


def test_assigning_twice_gives_one_assignment_with_the_latest_note(
    class_group: ClassGroup, ana: User
) -> None:
    image = make_image(class_group.school)
    first = assign_image(class_group=class_group, image=image, by=ana, note="Unit 1")
    second = assign_image(class_group=class_group, image=image, by=ana, note="Unit 2")

    assert (second.pk, second.note) == (first.pk, "Unit 2")
    verbs = AuditEntry.objects.filter(verb__startswith="image.").values_list("verb", flat=True)
    assert sorted(verbs) == ["image.assigned", "image.assignment_changed"]


def test_withdrawing_twice_is_announced_once_and_the_image_can_come_back(
    class_group: ClassGroup, ana: User, announced: list[dict[str, Any]]
) -> None:
    assigned = make_assigned_image(class_group)
    announced.clear()
    withdraw_image(assigned=assigned, by=ana)
    withdraw_image(assigned=assigned, by=ana)

    again = assign_image(class_group=class_group, image=assigned.image, by=ana)

    assert again.pk != assigned.pk
    assert [facts["class_group"] for facts in announced] == [class_group, class_group]


def test_another_schools_image_is_refused(class_group: ClassGroup, other_school: School, ana: User) -> None:
    with pytest.raises(NotAssignable, match="another school"):
        assign_image(class_group=class_group, image=make_image(other_school, "iesalixar/web"), by=ana)


def test_an_archived_class_is_refused(school: School, ana: User) -> None:
    class_group = make_class_group(school, "2º DAW", archived_at=MONDAY)

    with pytest.raises(NotAssignable, match="archived"):
        assign_image(class_group=class_group, image=make_image(school), by=ana)


def test_wanting_a_repository_twice_wants_one(
    school: School, ana: User, announced: list[dict[str, Any]]
) -> None:
    want_repository(school=school, name="examen", is_private=True, by=ana)
    image = want_repository(school=school, name="examen", is_private=True, by=ana)

    assert (image.repository, image.is_wanted, image.is_private) == ("iestriana/examen", True, True)
    assert len(announced) == 1


def test_no_repository_is_wanted_before_an_account_is_connected(ana: User) -> None:
    with pytest.raises(NotAssignable, match="Connect Docker Hub"):
        want_repository(school=make_school(namespace=""), name="examen", is_private=True, by=ana)


def test_following_a_reference_twice_gives_one_image(school: School) -> None:
    first = follow_reference(school=school, reference=read_reference("nginx:1.27"))

    assert follow_reference(school=school, reference=read_reference("docker.io/library/nginx")) == first
