"""What a terminal gets behind a class's code."""

import json
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone

from classrooms.actions.class_groups import withdraw_student
from classrooms.actions.practices import Needed
from classrooms.models import ClassGroup, School, Student, StudentStep
from classrooms.pull_tokens import pull_token
from tests.classrooms.practices.scene import DIGEST, HOSTILE, lamp, make_practice, read
from tests.factories import make_assigned_image, make_class_group, make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_class(class_group: ClassGroup) -> ClassGroup:
    class_group.has_public_page = True
    class_group.save()
    return class_group


def pulled(script: str) -> list[str]:
    return re.findall(r"^pull '?([^' ]+)", script, re.MULTILINE)


def test_the_script_pulls_each_image_once_by_its_digest_the_next_practice_first(
    reader: Client, open_class: ClassGroup
) -> None:
    image, nginx = lamp(open_class), make_image(open_class.school, "nginx", is_private=None)
    make_practice(open_class, "Later", Needed(nginx, "1.27"), due_at=timezone.now() + timedelta(days=9))
    make_practice(open_class, "Next", Needed(image, "1.0"), due_at=timezone.now() + timedelta(days=1))
    make_assigned_image(open_class, image, tag="1.0")

    assert pulled(read(reader, f"/c/{open_class.code}/pull.sh")) == [f"iestriana/lamp@{DIGEST}", "nginx:1.27"]


def test_one_practice_alone_can_be_asked_for(reader: Client, open_class: ClassGroup) -> None:
    given = make_practice(open_class, "A", Needed(lamp(open_class), "1.0"))
    make_practice(open_class, "B", Needed(make_image(open_class.school, "redis", is_private=None)))
    script = read(reader, f"/c/{open_class.code}/pull.sh?practice={given.pk}")
    assert pulled(script) == [f"iestriana/lamp@{DIGEST}"]


def test_the_script_for_windows_is_marked_so_that_its_accents_are_read(
    reader: Client, open_class: ClassGroup
) -> None:
    make_practice(open_class, "A", Needed(lamp(open_class), "1.0"))
    answer = reader.get(f"/c/{open_class.code}/pull.ps1?lang=es")
    script = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf#")
    assert f"Get-Image 'iestriana/lamp@{DIGEST}'" in script


@pytest.mark.parametrize(
    ("asked", "words"), [("?lang=en", "Everything is there."), ("?lang=xx", "Todo está listo.")]
)
def test_it_speaks_the_language_that_was_asked_for_or_the_schools(
    reader: Client, open_class: ClassGroup, asked: str, words: str
) -> None:
    assert words in read(reader, f"/c/{open_class.code}/pull.sh{asked}")


def test_no_name_becomes_a_command_of_the_script(
    reader: Client, open_class: ClassGroup, tmp_path: Path
) -> None:
    open_class.name = "$(touch caught)\n`touch caught`"
    open_class.save()
    image = lamp(open_class)
    for number, value in enumerate(HOSTILE):
        make_assigned_image(open_class, image, tag=f"1.{number}", title=value)
    docker = tmp_path / "docker"
    docker.write_text("#!/bin/sh\necho 'i/o error'; exit 1\n")
    docker.chmod(0o755)
    script = read(reader, f"/c/{open_class.code}/pull.sh")
    place = {"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path), "AULAHUB_PAUSE": "0"}
    ended = subprocess.run(
        ["sh"], input=script, env=place, capture_output=True, text=True, cwd=tmp_path, check=False
    )

    assert [value for value in HOSTILE if value not in ended.stdout] == [] and ended.stderr == ""
    assert not Path("/tmp/caught").exists() and [one.name for one in tmp_path.iterdir()] == ["docker"]


def test_an_image_of_another_registry_stands_everywhere_by_its_whole_name_and_digest(
    reader: Client, open_class: ClassGroup
) -> None:
    web = make_image(open_class.school, "ghcr.io/owner/web", is_private=None)
    make_practice(open_class, "P", Needed(web, "2", DIGEST), Needed(lamp(open_class), "1.0"))

    files = {
        name: read(reader, f"/c/{open_class.code}/{name}")
        for name in ("pull.sh", "compose.yaml", "images.json")
    }

    assert pulled(files["pull.sh"])[0] == f"ghcr.io/owner/web@{DIGEST}"
    services = yaml.safe_load(files["compose.yaml"])["services"]
    assert services["web"]["image"] == f"ghcr.io/owner/web:2@{DIGEST}"
    assert f"ghcr.io/owner/web@{DIGEST}" in files["images.json"]


def test_a_compose_file_is_made_of_the_images_and_how_they_are_run(
    reader: Client, open_class: ClassGroup
) -> None:
    mysql = make_image(open_class.school, "mysql", is_private=None)
    web = Needed(lamp(open_class), "1.0", DIGEST, ports=("8080:80",), environment=("PRICE=5$",))
    make_practice(
        open_class, "P", web, Needed(mysql, "8.4", volumes=("datos:/var/lib/mysql", "./sql:/docker"))
    )

    assert yaml.safe_load(read(reader, f"/c/{open_class.code}/compose.yaml")) == {
        "services": {
            "lamp": {
                "image": f"iestriana/lamp:1.0@{DIGEST}", "ports": ["8080:80"], "environment": ["PRICE=5$$"]
            },
            "mysql": {"image": "mysql:8.4", "volumes": ["datos:/var/lib/mysql", "./sql:/docker"]},
        },
        "volumes": {"datos": {}},
    }  # fmt: skip


def test_what_a_teacher_typed_stays_a_value_in_the_compose_file(
    reader: Client, open_class: ClassGroup
) -> None:
    variables = tuple(f"A={value}" for value in HOSTILE)
    two = Needed(make_image(open_class.school, "redis", is_private=None))
    make_practice(open_class, "x\n  y: z", Needed(lamp(open_class), "1.0", environment=variables), two)
    services = yaml.safe_load(read(reader, f"/c/{open_class.code}/compose.yaml"))["services"]
    assert services["lamp"]["environment"] == [one.replace("$", "$$") for one in variables]


def test_a_teachers_own_compose_file_is_given_as_it_is(reader: Client, open_class: ClassGroup) -> None:
    own = "# mine\nservices:\n  web:\n    image: iestriana/lamp:1.0\n"
    make_practice(open_class, "P", Needed(lamp(open_class), "1.0"), compose=own)
    assert reader.get(f"/c/{open_class.code}/compose.yaml").content.decode() == own


def test_a_program_reads_the_images_as_json(reader: Client, open_class: ClassGroup) -> None:
    make_practice(open_class, "Práctica 6", Needed(lamp(open_class), "1.0", ports=("8080:80",)))
    found = json.loads(read(reader, f"/c/{open_class.code}/images.json"))["images"][0]
    assert (found["practice"], found["pull"]) == ("Práctica 6", f"iestriana/lamp@{DIGEST}")
    assert (found["run"]["ports"], found["needs_login"]) == (["8080:80"], False)


def test_a_class_without_an_open_page_answers_its_students_alone(
    reader: Client, class_group: ClassGroup, bruno: Student
) -> None:
    make_practice(class_group, "P", Needed(lamp(class_group), "1.0"))
    address = f"/c/{class_group.code}/pull.sh"

    assert [reader.get(address).status_code, reader.get(f"{address}?me=1.1:x:y").status_code] == [404, 404]
    assert pulled(read(reader, f"{address}?me={pull_token(bruno, class_group)}")) == [
        f"iestriana/lamp@{DIGEST}"
    ]


def test_the_mark_of_a_student_is_good_for_one_class_and_while_in_it(
    reader: Client, school: School, class_group: ClassGroup, bruno: Student
) -> None:
    other = make_class_group(school, "2º DAW")
    mark = pull_token(bruno, class_group)
    elsewhere = reader.get(f"/c/{other.code}/pull.sh?me={mark}").status_code
    withdraw_student(enrolment=bruno.enrolments.get(), by=None)
    assert (elsewhere, reader.get(f"/c/{class_group.code}/pull.sh?me={mark}").status_code) == (404, 404)


def test_an_old_command_says_that_it_is_old(
    reader: Client, class_group: ClassGroup, bruno: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = pull_token(bruno, class_group)
    monkeypatch.setattr(TimestampSigner, "timestamp", lambda self: "1tXyzA")
    old = pull_token(bruno, class_group)
    monkeypatch.undo()
    script = read(reader, f"/c/{class_group.code}/pull.sh?me={old}&lang=en")
    ended = subprocess.run(["sh"], input=script, capture_output=True, text=True, check=False)

    assert (ended.returncode, "more than a month old" in ended.stdout) == (1, True)
    assert mark != old and reader.post(f"/c/{class_group.code}/done?me={old}").status_code == 403


def test_a_script_that_has_all_lights_the_students_light_once(
    client: Client, class_group: ClassGroup, bruno: Student
) -> None:
    address = f"/c/{class_group.code}/done?me={pull_token(bruno, class_group)}"
    answers = [
        client.post(address, {"result": "ok", "login": login}).status_code for login in ("0", "1", "1")
    ]

    assert answers == [204, 204, 204]
    assert set(bruno.steps.values_list("step", "source")) == {("pull", "script"), ("login", "script")}


@pytest.mark.parametrize("mark", ["", "1.1", "1.1:x:y", "%00"])
def test_nobody_else_lights_anything(
    client: Client, class_group: ClassGroup, mark: str, bruno: Student
) -> None:
    assert client.post(f"/c/{class_group.code}/done?me={mark}").status_code == 403
    assert not StudentStep.objects.exists()


def test_the_script_tells_the_portal_when_all_is_there_and_only_then(
    reader: Client, class_group: ClassGroup, bruno: Student, tmp_path: Path
) -> None:
    make_practice(class_group, "P", Needed(lamp(class_group), "1.0"))
    script = read(reader, f"/c/{class_group.code}/pull.sh?me={pull_token(bruno, class_group)}")
    for name, does in (("docker", f"echo iestriana/lamp@{DIGEST}"), ("curl", 'echo "$@" > told')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / ".docker").mkdir()
    (tmp_path / ".docker" / "config.json").write_text('{"auths": {"https://index.docker.io/v1/": {}}}')
    place = {"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path), "AULAHUB_PAUSE": "0"}

    def run() -> int:
        return subprocess.run(
            ["sh"], input=script, env=place, cwd=tmp_path, capture_output=True, text=True, check=False
        ).returncode

    ended, told = run(), (tmp_path / "told").read_text()
    (tmp_path / "told").unlink()
    (tmp_path / "docker").write_text("#!/bin/sh\nexit 1\n")

    assert ended == 0 and "result=ok&login=1" in told and f"/c/{class_group.code}/done?me=" in told
    assert run() == 1 and not (tmp_path / "told").exists()
