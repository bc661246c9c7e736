"""An image handed in as a file: streamed to a private place, looked through, bounded, and given to who marks."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from classrooms import archive_store, signals
from classrooms.actions.erasing import erase_student
from classrooms.actions.upkeep import remove_lost_archives
from classrooms.archives.reading import read_archive
from classrooms.image_checks.hand_in import Remark, SeenImages
from classrooms.image_references.reference import ImageReference
from classrooms.models import ClassGroup, ClassPractice, HandIn, Practice, Student, User
from classrooms.queries.run_works import runnable
from classrooms.run_projects.values import loaded_name
from tests.classrooms.archives.making import old_files, tar
from tests.classrooms.hand_ins.given import give


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "hand-ins"


@pytest.fixture
def given(class_group: ClassGroup) -> ClassPractice:
    return give(class_group, hand_in_way=Practice.Way.ARCHIVE)


@pytest.fixture
def student(reader: Client, bruno: Student) -> Client:
    reader.force_login(bruno.user)
    return reader


def upload(student: Client, given: ClassPractice, content: bytes, **typed: str) -> str:
    facts = {"archive": SimpleUploadedFile("../../Mi imagen.tar", content), "note": "", **typed}
    answer = student.post(f"/student/practices/{given.pk}/hand-in/file/", facts, follow=True)
    return answer.content.decode()


def test_a_file_of_docker_save_is_handed_in_and_lies_where_no_address_leads(
    student: Client, given: ClassPractice, folder: Path
) -> None:
    content = tar(old_files())

    page = upload(student, given, content, port="8080")

    row = HandIn.objects.get()
    assert "Receipt" in page
    assert (row.platforms, row.ports, row.reference) == (["linux/amd64"], [8080], "")
    assert [path.read_bytes() for path in folder.iterdir()] == [content]
    assert "Mi imagen" not in row.archive


def test_an_account_on_docker_hub_is_not_needed_where_the_class_hands_in_by_name(
    student: Client, class_group: ClassGroup
) -> None:
    given = give(class_group)

    upload(student, given, tar(old_files()))

    assert HandIn.objects.get().archive


@pytest.mark.parametrize(
    "content", [b"", b"MZ no archive", tar({"etc/passwd": b"root"}), tar(old_files())[:700]]
)
def test_what_is_no_image_is_refused_and_leaves_nothing_behind(
    student: Client, given: ClassPractice, folder: Path, content: bytes
) -> None:
    page = upload(student, given, content)

    assert "There is a problem" in page
    assert not HandIn.objects.exists()
    assert list(folder.iterdir()) == []


def test_what_is_too_large_is_read_past_and_not_kept(
    student: Client, given: ClassPractice, folder: Path, settings: Any
) -> None:
    settings.ARCHIVE_MOST_BYTES = 100_000

    page = upload(student, given, b"x" * 300_000)

    assert "larger than 0 MB" in page
    assert list(folder.iterdir()) == []


def test_a_full_disk_is_said_to_be_nobodys_fault(
    student: Client, given: ClassPractice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_store, "SPARE_BYTES", 10**18)

    assert "nothing is wrong with yours" in upload(student, given, tar(old_files()))


def test_a_teacher_gets_no_place_for_a_file(
    reader: Client, ana: User, given: ClassPractice, folder: Path
) -> None:
    reader.force_login(ana)

    upload(reader, given, tar(old_files()))

    assert not folder.exists() or list(folder.iterdir()) == []


def test_who_marks_downloads_it_as_a_file_and_a_classmate_does_not(
    student: Client, given: ClassPractice, ana: User
) -> None:
    content = tar(old_files())
    upload(student, given, content)
    address = f"/class/{given.class_group_id}/work/{given.pk}/files/{HandIn.objects.get().pk}/"
    refused = student.get(address).status_code
    teacher = Client()
    teacher.force_login(ana)

    answer = teacher.get(address)

    assert refused == 404
    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"


def test_what_a_computer_may_load_has_our_name_alone(
    student: Client, given: ClassPractice, ana: User
) -> None:
    files = old_files()
    said = json.loads(files["manifest.json"])
    said[0]["RepoTags"] = ["nginx:latest"]
    upload(student, given, tar(files | {"manifest.json": json.dumps(said).encode()}))
    row = HandIn.objects.get()
    teacher = Client()
    teacher.force_login(ana)

    answer = teacher.get(f"/class/{given.class_group_id}/work/{given.pk}/files/{row.pk}/?run=1")

    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    facts = read_archive(io.BytesIO(content), most_bytes=1024 * 1024)
    assert (facts.digest, facts.tags) == (row.digest, (loaded_name(f"w{row.pk}", row.digest),))
    assert (answer["Content-Length"], b"nginx" in content) == (str(len(content)), False)
    assert answer["Content-Disposition"] == f'attachment; filename="w{row.pk}.tar"'
    page = teacher.get(f"/class/{given.class_group_id}/work/{given.pk}/run/").content.decode()
    assert f"/files/{row.pk}/?run=1" in page


def test_a_file_that_was_damaged_since_is_not_given_to_be_loaded(
    student: Client, given: ClassPractice, ana: User, folder: Path
) -> None:
    upload(student, given, tar(old_files()))
    row = HandIn.objects.get()
    (folder / row.archive).write_bytes(b"no archive")
    teacher = Client(headers={"accept-language": "en"})
    teacher.force_login(ana)

    answer = teacher.get(f"/class/{given.class_group_id}/work/{given.pk}/files/{row.pk}/?run=1")

    assert (answer.status_code, "This is no archive of an image" in answer.content.decode()) == (422, True)


COMPOSE = "services:\n  web: {image: 'nerea1/web:v1', ports: ['8080:80']}\n  db: {image: 'mariadb:11'}\n"
DB = "sha256:" + "cd" * 32


@pytest.fixture
def docker_hub() -> Iterator[list[str]]:
    """Who can look: knows mariadb:11 and nothing else. What it was asked."""
    asked: list[str] = []

    def look(sender: object, *, references: Sequence[ImageReference], **_: object) -> SeenImages:
        names = [one.familiar for one in references]
        asked.extend(names)
        missing = tuple(
            Remark("compose_missing", (("reference", name),)) for name in names if name != "mariadb:11"
        )
        return SeenImages((("mariadb:11", DB),), missing)

    # In front of the one who asks Docker Hub really.
    others, signals.compose_images_asked.receivers = signals.compose_images_asked.receivers, []
    signals.compose_images_asked.connect(look, weak=False)
    yield asked
    signals.compose_images_asked.receivers = others


def test_with_a_compose_file_its_own_image_runs_from_the_file_and_the_others_by_digest(
    student: Client, class_group: ClassGroup, docker_hub: list[str]
) -> None:
    given = give(class_group, hand_in_way=Practice.Way.ARCHIVE, takes_compose=True)

    upload(student, given, tar(old_files()), compose=COMPOSE)

    row = HandIn.objects.get()
    (found,) = runnable([row])
    assert docker_hub == ["mariadb:11"]
    assert row.compose_digests == {"nerea1/web:v1": row.digest, "mariadb:11": DB}
    assert found.work is not None
    assert [one.image for one in found.work.services] == [
        loaded_name(f"w{row.pk}", row.digest),
        f"mariadb@{DB}",
    ]


def test_an_image_that_is_neither_in_the_file_nor_on_docker_hub_is_asked_for(
    student: Client, class_group: ClassGroup, docker_hub: list[str]
) -> None:
    given = give(class_group, hand_in_way=Practice.Way.ARCHIVE, takes_compose=True)

    page = upload(student, given, tar(old_files()), compose=COMPOSE.replace("nerea1/web:v1", "web:v1"))

    assert "web:v1 of your compose file is neither in your file nor on Docker Hub" in page
    assert not HandIn.objects.exists()


def test_a_file_that_its_compose_file_does_not_use_is_told_of(
    student: Client, class_group: ClassGroup, docker_hub: list[str]
) -> None:
    given = give(class_group, hand_in_way=Practice.Way.ARCHIVE, takes_compose=True)

    page = upload(student, given, tar(old_files()), compose="services: {db: {image: 'mariadb:11'}}")

    assert "does not use the image of your file" in page


def test_attempts_with_a_file_are_as_many_as_there_is_room_for(student: Client, given: ClassPractice) -> None:
    for _ in range(6):
        page = upload(student, given, tar(old_files()))

    assert HandIn.objects.count() == 5
    assert "as many files as there is room for" in page


def test_an_image_for_another_computer_is_told_of(student: Client, given: ClassPractice) -> None:
    assert "your teacher’s computer needs linux/amd64" in upload(
        student, given, tar(old_files(architecture="arm64"))
    )


def test_the_file_of_who_is_erased_goes(
    student: Client,
    given: ClassPractice,
    bruno: Student,
    folder: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    upload(student, given, tar(old_files()))

    with django_capture_on_commit_callbacks(execute=True):
        erase_student(student=bruno, by=None)

    assert list(folder.iterdir()) == []
    assert HandIn.objects.get().archive == ""


def test_files_of_what_is_gone_from_the_database_go_with_the_daily_upkeep(
    student: Client, given: ClassPractice, folder: Path
) -> None:
    upload(student, given, tar(old_files()))
    kept = set(folder.iterdir())
    for name in ("ab.tar", "incoming-x"):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (0, 0))

    remove_lost_archives()

    assert set(folder.iterdir()) == kept
