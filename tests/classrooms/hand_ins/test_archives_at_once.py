"""Two uploads at the same moment do not pass the bound on files."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from classrooms.models import ClassGroup, ClassPractice, HandIn, Practice, Student
from classrooms.views.student import archives
from tests.classrooms.archives.making import old_files, tar
from tests.classrooms.hand_ins.given import give


@pytest.fixture
def given(transactional_db: None, class_group: ClassGroup) -> ClassPractice:
    return give(class_group, hand_in_way=Practice.Way.ARCHIVE)


def upload(student: Student, given: ClassPractice, answers: list[int]) -> None:
    client = Client()
    client.force_login(student.user)  # type: ignore[arg-type]
    sent = {"archive": SimpleUploadedFile("imagen.tar", tar(old_files())), "note": ""}
    answers.append(client.post(f"/student/practices/{given.pk}/hand-in/file/", sent).status_code)
    connection.close()


def test_of_three_who_all_found_room_for_one_more_one_gets_it(
    given: ClassPractice, bruno: Student, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    answers: list[int] = []
    for _ in range(4):
        upload(bruno, given, answers)
    together = threading.Barrier(3)
    read = archives.read_archive

    def read_when_all_are_here(*args: Any, **kwargs: Any) -> Any:
        """Each has been told by now that there is room."""
        together.wait(timeout=30)
        return read(*args, **kwargs)

    monkeypatch.setattr(archives, "read_archive", read_when_all_are_here)
    threads = [threading.Thread(target=upload, args=(bruno, given, answers)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [302] * 5 + [422] * 2
    assert HandIn.objects.exclude(archive="").count() == 5
    assert len(list((tmp_path / "hand-ins").iterdir())) == 5
