"""`manage.py up` for real: everything answers, what dies comes back, Ctrl-C ends all, and nothing is lost."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import free_port
from tests.starting import SECONDS, Up, direct, wait_until


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z" if Path("/proc/self").exists() else True


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, int]:
    return tmp_path_factory.mktemp("up") / "data", free_port(), free_port()


@pytest.fixture(scope="module")
def standing(place: tuple[Path, int, int]) -> Iterator[Up]:
    """One that several tests look at; none of them ends it."""
    running = Up(*place).until_ready()
    yield running
    running.end()


@pytest.fixture
def up(standing: Up, place: tuple[Path, int, int]) -> Iterator[Up]:
    """One to be ended, started a second time on the same data."""
    standing.end()
    running = Up(*place).until_ready()
    yield running
    running.end()


def test_everything_answers_once_it_says_ready(standing: Up) -> None:
    ready = standing.readiness()

    assert [ready[part]["ok"] for part in ("database", "worker", "docker_hub")] == [True, True, True]  # type: ignore[index]
    assert direct(f"http://127.0.0.1:{standing.hub_port}/").status_code == 200


def test_it_says_one_line_ready_and_then_who_can_sign_in(standing: Up) -> None:
    ready = [line for line in standing.lines if line.startswith("ready:")]
    people = json.loads((standing.data_dir / "demo-accounts.json").read_text())

    assert ready == [f"ready: http://127.0.0.1:{standing.port}/"]
    after = "\n".join(standing.lines[standing.lines.index(ready[0]) :])
    assert people and all(person["login"] in after and person["password"] in after for person in people)


def test_a_second_one_on_the_same_data_is_refused_in_one_sentence(standing: Up) -> None:
    second = Up(standing.data_dir, free_port(), free_port())

    assert second.process.wait(SECONDS) == 1
    assert "running already" in second.lines[-1] and len(second.lines) == 1


def test_a_child_that_dies_is_started_again_and_said(standing: Up) -> None:
    killed = standing.children()
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(set(standing.children()) - set(killed)) == len(killed))

    wait_until(lambda: port_answers(standing.port) and port_answers(standing.hub_port))
    said = "\n".join(standing.lines)
    assert all(f"The {name} ended" in said for name in ("web server", "worker", "local Docker Hub"))


def port_answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_second_start_has_lost_nothing(up: Up) -> None:
    assert up.readiness()["docker_hub"]["connected"] == 1  # type: ignore[index]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_all_of_it(up: Up, number: signal.Signals) -> None:
    children = up.children()

    assert up.end(number) == 0
    assert [pid for pid in children if lives(pid)] == []


def test_what_a_killed_one_left_behind_does_not_stand_in_the_way(up: Up) -> None:
    left = up.children()
    up.end(signal.SIGKILL)
    again = Up(up.data_dir, up.port, up.hub_port).until_ready()
    again.end()

    assert [pid for pid in left if lives(pid)] == []


@pytest.mark.parametrize("variable", ["PORT", "HUB_PORT"])
def test_a_port_in_use_is_named_with_its_variable(tmp_path: Path, variable: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports = {"PORT": free_port(), "HUB_PORT": free_port()} | {variable: taken.getsockname()[1]}
        refused = Up(tmp_path / "data", ports["PORT"], ports["HUB_PORT"])

        assert refused.process.wait(SECONDS) == 1
    assert len(refused.lines) == 1 and f"{variable}=" in refused.lines[0]


def test_without_the_demonstration_it_starts_empty(tmp_path: Path) -> None:
    empty = Up(tmp_path / "data", free_port(), free_port(), AULAHUB_DEMO="0").until_ready()
    empty.end()

    assert not (tmp_path / "data" / "demo-accounts.json").exists()
