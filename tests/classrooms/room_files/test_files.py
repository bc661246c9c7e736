"""The files that prepare a room: what stands in them, really run where a shell and curl are enough."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from classrooms.pull_scripts.script_values import ScriptImage
from classrooms.room_files.bundle import archive_name, bundle_script
from classrooms.room_files.evening import at_its_own_moment_sh
from classrooms.room_files.limit import limit_script_powershell, limit_script_sh
from classrooms.room_files.mirror import (
    daemon_json,
    mirror_compose,
    read_mirror_address,
    use_mirror_powershell,
    use_mirror_sh,
)
from hubsync.sandbox.server import RunningServer, serve
from hubsync.sandbox.world import World
from tests.classrooms.room_files.words import BUNDLE, LIMIT, MIRROR

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


def run(script: str, folder: Path, **place: str) -> subprocess.CompletedProcess[str]:
    path = folder / "script.sh"
    path.write_text(script)
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), **place}
    return subprocess.run(
        ["sh", str(path)],
        env=environment, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def hub(world: World) -> Iterator[RunningServer]:
    with serve(world) as running:
        yield running


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("192.168.1.10", "192.168.1.10:5000"),
        (" http://Mirror.aula.example:8080/ ", "mirror.aula.example:8080"),
        ("aula-1", "aula-1:5000"),
        ("aula 1", None),
        ("aula;reboot", None),
        ("http://aula/path", None),
        ("", None),
    ],
)
def test_the_address_of_a_mirror_is_a_host_and_a_port_and_nothing_else(typed: str, read: str | None) -> None:
    assert read_mirror_address(typed) == read


def test_the_mirror_keeps_what_docker_hub_sends_cleans_up_and_holds_no_credential() -> None:
    service = yaml.safe_load(mirror_compose(MIRROR))["services"]["mirror"]

    assert service["environment"]["REGISTRY_PROXY_REMOTEURL"] == "https://registry-1.docker.io"
    assert service["environment"]["REGISTRY_STORAGE_DELETE_ENABLED"] == "true"
    assert not [name for name in service["environment"] if "PASSWORD" in name or "USERNAME" in name]


@needs_curl
def test_a_computer_is_told_to_use_the_mirror_and_keeps_its_other_settings(
    hub: RunningServer, tmp_path: Path
) -> None:
    settings = tmp_path / "daemon.json"
    settings.write_text(json.dumps({"log-driver": "journald", "registry-mirrors": ["http://old:5000"]}))
    address = hub.url.removeprefix("http://")
    # The local Docker Hub asks for a sign-in at /v2/, which a mirror does not: any server that answers will do.
    script = use_mirror_sh(address, MIRROR).replace("/v2/", "/")

    twice = [run(script, tmp_path, DAEMON_JSON=str(settings)) for _ in range(2)]

    assert [(one.returncode, "<works>" in one.stdout) for one in twice] == [(0, True)] * 2, twice
    assert json.loads(settings.read_text()) == {
        "log-driver": "journald", "registry-mirrors": [hub.url, "http://old:5000"],
    }  # fmt: skip


@needs_curl
def test_a_mirror_that_does_not_answer_changes_nothing(tmp_path: Path) -> None:
    settings = tmp_path / "daemon.json"

    ended = run(use_mirror_sh("127.0.0.1:9", MIRROR), tmp_path, DAEMON_JSON=str(settings))

    assert (ended.returncode, "<silent>" in ended.stdout, settings.exists()) == (1, True, False)


@needs_curl
def test_settings_that_are_no_json_are_left_as_they_are(hub: RunningServer, tmp_path: Path) -> None:
    settings = tmp_path / "daemon.json"
    settings.write_text("{ half")
    script = use_mirror_sh(hub.url.removeprefix("http://"), MIRROR).replace("/v2/", "/")

    ended = run(script, tmp_path, DAEMON_JSON=str(settings))

    assert (ended.returncode, "<unreadable>" in ended.stdout, settings.read_text()) == (1, True, "{ half")


def test_the_settings_for_a_computer_without_any_are_json() -> None:
    assert json.loads(daemon_json("aula:5000")) == {"registry-mirrors": ["http://aula:5000"]}
    assert "'http://aula:5000'" in use_mirror_powershell("aula:5000", MIRROR)


@needs_curl
def test_the_look_from_the_room_says_what_the_registrys_headers_say_and_spends_nothing(
    hub: RunningServer, tmp_path: Path
) -> None:
    script = limit_script_sh(hub.url, LIMIT)

    twice = [run(script, tmp_path).stdout.splitlines()[0] for _ in range(2)]

    assert twice == ["<left> 100 <of> 100"] * 2
    assert "ratelimitpreview" in limit_script_powershell(hub.url, LIMIT)


@needs_curl
def test_the_look_from_the_room_says_when_all_are_used(
    world: World, hub: RunningServer, tmp_path: Path
) -> None:
    world.limits.anonymous_pulls = 0

    ended = run(limit_script_sh(hub.url, LIMIT), tmp_path)

    assert (ended.returncode, "<used_up>" in ended.stdout) == (1, True), ended


def test_what_somebody_typed_never_becomes_a_command_on_the_stick(tmp_path: Path) -> None:
    hostile = ScriptImage("x/y", "1$(touch hacked);`touch hacked`", title="'; touch hacked; '")
    script = bundle_script([hostile], ("linux/amd64",), BUNDLE)

    run(script.replace('"$DOCKER"', "true"), tmp_path, DOCKER="true")

    assert not (tmp_path / "hacked").exists()
    assert archive_name("linux/arm/v7") == "images-arm-v7.tar"


def test_computers_that_a_timer_starts_at_once_do_not_ask_at_once(tmp_path: Path) -> None:
    script = at_its_own_moment_sh("#!/bin/sh\necho pulled\n")
    slept = tmp_path / "sleep"
    slept.write_text('#!/bin/sh\necho "slept $1"\n')
    slept.chmod(0o755)

    ended = run(script, tmp_path, PATH=f"{tmp_path}:/usr/bin:/bin")

    first, last = ended.stdout.splitlines()
    assert (last, 0 <= int(first.removeprefix("slept ")) <= 600) == ("pulled", True)
