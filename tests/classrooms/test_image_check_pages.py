"""Pages of checks and of the room: who may look, who may press, and what stands there."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.image_checks import finish_check
from classrooms.actions.practices import Needed, PracticeText, write_practice
from classrooms.image_checks.budget import Limit, PullBudget
from classrooms.models import ClassGroup, ImageCheck, ImageTag, School, User
from tests.factories import make_assigned_image, make_image, make_student, make_teacher

DIGEST = "sha256:" + "4f" * 32


@pytest.fixture
def used(class_group: ClassGroup, bruno: Any) -> ClassGroup:
    image = make_image(class_group.school, "iestriana/lamp")
    ImageTag.objects.create(image=image, name="1.0", found=True, digest=DIGEST, compressed_bytes=184_300_000)
    make_assigned_image(class_group, image, tag="1.0")
    return class_group


def done(
    check: ImageCheck, *findings: dict[str, Any], verdict: str = "ready", left: int | None = None
) -> None:
    row = {
        "reference": "iestriana/lamp:1.0", "frozen": "", "verdict": verdict, "findings": list(findings),
        "bytes": 184_300_000, "platforms": ["linux/amd64"], "renewed_on": "2026-09-01", "digest": DIGEST,
    }  # fmt: skip
    limit = Limit(100, left, 3600, "203.0.113.7", timezone.now()) if left is not None else None
    finish_check(check=check, rows=[row], budget=PullBudget(1, 30, 1, limit), at=timezone.now())


def signed_in(reader: Client, user: User) -> Client:
    reader.force_login(user)
    return reader


def test_a_press_has_a_worker_look_and_the_page_says_what_was_found(
    reader: Client, ana: User, used: ClassGroup
) -> None:
    page = f"/class/{used.pk}/check/"
    client = signed_in(reader, ana)

    waiting = client.post(page, follow=True).content.decode()
    missing = {
        "code": "no_platform",
        "facts": {"platform": "linux/amd64", "command": "docker buildx build -t x ."},
    }
    done(ImageCheck.objects.get(), missing, verdict="will_not_work", left=10)
    found = client.get(page).content.decode()

    assert 'hx-trigger="load delay:2s"' in waiting
    assert "will not work" in found and "It has no image for PC (linux/amd64)" in found
    assert "docker" in found and "Left: 10. 20 are missing." in found and "203.0.113.7" in found


def test_who_only_looks_on_sees_the_check_and_cannot_press(
    reader: Client, school: School, used: ClassGroup
) -> None:
    client = signed_in(reader, make_teacher(school, "Rita", role="read_only"))

    assert client.get(f"/class/{used.pk}/check/").status_code == 200
    assert client.post(f"/class/{used.pk}/check/").status_code == 404
    assert client.post(f"/school/{school.pk}/images/check/").status_code == 404
    assert not ImageCheck.objects.exists()


def test_one_press_has_all_classes_and_practices_checked_once(
    reader: Client, ana: User, school: School, used: ClassGroup
) -> None:
    image = school.images.get()
    practice = write_practice(school=school, written=PracticeText("P1", images=(Needed(image),)), by=ana)
    client = signed_in(reader, ana)

    for _ in range(2):
        page = client.post(f"/school/{school.pk}/images/check/", follow=True).content.decode()

    assert sorted((one.class_group, one.practice) for one in ImageCheck.objects.all() if one.class_group) == [
        (used, None)
    ]
    assert ImageCheck.objects.get(practice=practice).class_group is None
    assert "2 checks are under way." in page


def test_the_worst_stands_first_with_the_sentence_that_mends_it(
    reader: Client, ana: User, school: School, used: ClassGroup
) -> None:
    image = school.images.get()
    write_practice(school=school, written=PracticeText("P1", images=(Needed(image),)), by=ana)
    client = signed_in(reader, ana)
    client.post(f"/school/{school.pk}/images/check/")
    done(ImageCheck.objects.get(practice__isnull=True))
    aged = {"code": "aged", "facts": {"date": "2021-12-31", "instead": "mysql:8.4"}}
    done(ImageCheck.objects.get(practice__isnull=False), aged, verdict="at_risk")

    page = client.get(f"/school/{school.pk}/images/check/").content.decode()

    assert page.index("P1") < page.index("1º SMR ·")
    assert "no security updates since" in page and "Use mysql:8.4 instead." in page


def test_a_practice_is_checked_from_its_own_page(
    reader: Client, ana: User, school: School, used: ClassGroup
) -> None:
    image = school.images.get()
    practice = write_practice(school=school, written=PracticeText("P1", images=(Needed(image),)), by=ana)

    page = signed_in(reader, ana).post(f"/practice/{practice.pk}/check/", follow=True)

    assert (page.status_code, ImageCheck.objects.get().practice) == (200, practice)


def test_the_room_compares_what_each_way_costs(reader: Client, ana: User, used: ClassGroup) -> None:
    for _ in range(3):
        make_student(used)
    used.machines = ["pc", "mac"]
    used.save()
    done(ImageCheck.objects.create(school=used.school, class_group=used), left=3)

    page = signed_in(reader, ana).get(f"/class/{used.pk}/room/").content.decode()

    assert "Images: 1, students: 4. The class needs this many pulls: 4." in page
    assert "1 missing" in page and "Macs with Apple chip" in page
    assert "184 MB" in page and "736 MB" in page


def test_the_computers_of_the_room_are_named_in_the_readers_language(
    client: Client, ana: User, used: ClassGroup
) -> None:
    page = signed_in(client, ana).get(f"/class/{used.pk}/room/", headers={"accept-language": "es"})

    assert "Ordenadores del grupo: PC con Linux o Windows (amd64)." in page.content.decode()


def test_the_files_of_the_room_are_by_digest_and_only_those_there_are(
    reader: Client, ana: User, used: ClassGroup
) -> None:
    client = signed_in(reader, ana)
    names = ["pull.sh", "pull.ps1", "usb.sh", "limit.sh", "limit.ps1", "compose.yaml"]
    files = {name: client.get(f"/class/{used.pk}/room/{name}") for name in names}

    assert {name: answer.status_code for name, answer in files.items()} == dict.fromkeys(names, 200)
    assert f"iestriana/lamp@{DIGEST}" in files["usb.sh"].content.decode()
    assert files["pull.ps1"].content.startswith(b"\xef\xbb\xbf")
    assert files["usb.sh"]["Content-Disposition"] == 'attachment; filename="usb.sh"'
    assert client.get(f"/class/{used.pk}/room/passwd").status_code == 404


def test_the_files_for_the_mirror_need_its_address(reader: Client, ana: User, used: ClassGroup) -> None:
    client, room = signed_in(reader, ana), f"/class/{used.pk}/room/"

    assert client.get(f"{room}daemon.json").status_code == 404
    assert client.get(f"{room}daemon.json?mirror=a;b").status_code == 404
    assert json.loads(client.get(f"{room}daemon.json?mirror=10.0.0.7").content) == {
        "registry-mirrors": ["http://10.0.0.7:5000"]
    }
    assert "This is no address." in client.get(f"{room}?mirror=a;b").content.decode()


def test_the_computers_of_a_class_are_said_in_its_settings(
    reader: Client, ana: User, used: ClassGroup
) -> None:
    client, page = signed_in(reader, ana), f"/class/{used.pk}/settings/"

    client.post(page, {"question": "machines", "machines": ["mac", "pi64"]})
    refused = client.post(page, {"question": "machines"}).content.decode()

    used.refresh_from_db()
    assert used.machines == ["mac", "pi64"]
    assert "Tick at least one kind." in refused


def test_a_practice_whose_pulls_do_not_suffice_says_why_it_is_at_risk_and_what_mends_it(
    reader: Client, ana: User, school: School, used: ClassGroup
) -> None:
    image = school.images.get()
    practice = write_practice(school=school, written=PracticeText("P1", images=(Needed(image),)), by=ana)
    client, page = signed_in(reader, ana), f"/practice/{practice.pk}/check/"
    client.post(page)
    done(ImageCheck.objects.get(practice=practice), left=10)

    for shown in (client.get(page), client.get(f"/school/{school.pk}/images/check/")):
        text = shown.content.decode()
        assert "at risk" in text
        assert "The class needs 30 pulls, and 10 are left for this network. Sign in, use a copy" in text


def test_an_image_of_another_registry_is_said_to_be_built_and_is_not_counted(
    reader: Client, ana: User, used: ClassGroup
) -> None:
    client, page = signed_in(reader, ana), f"/class/{used.pk}/check/"
    client.post(page)
    check = ImageCheck.objects.get()
    done(check)
    check.results = [check.results[0] | {"reference": "ghcr.io/owner/web:2"}]
    check.pulls = PullBudget(0, 30, 1).as_facts()
    check.save()

    shown = client.get(page).content.decode()

    assert "Built: " in shown and "Last push" not in shown
    assert "Images of other registries are not among them: ghcr.io." in shown
    assert "The class needs this many pulls" not in shown
