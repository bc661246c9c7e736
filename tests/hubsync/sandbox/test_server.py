"""The server over real connections, and the program as it is started from a command line."""

import http.client
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from hubsync.sandbox.server import serve

ROOT = Path(__file__).resolve().parents[3]


def test_a_connection_is_kept_open(world):
    with serve(world) as hub:
        connection = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=5)
        connection.request("GET", "/v2/users/bruno")
        connection.getresponse().read()
        before = connection.sock

        connection.request("GET", "/v2/users/carla")

        assert connection.getresponse().status == 200
        assert connection.sock is before
        connection.close()


def test_next_leads_to_the_address_that_was_asked(world):
    for number in range(12):
        world.add_repository("iestriana", f"image-{number}")
    with serve(world) as hub:
        listed = requests.get(f"{hub.url}/v2/namespaces/iestriana/repositories", timeout=5).json()

        assert requests.get(listed["next"], timeout=5).json()["previous"].startswith(hub.url)


def test_after_stopping_nobody_answers_on_open_connections(world):
    hub = serve(world)
    session = requests.Session()
    session.get(f"{hub.url}/v2/users/bruno", timeout=5)

    hub.stop()

    with pytest.raises(requests.ConnectionError):
        session.get(f"{hub.url}/v2/users/bruno", timeout=5)


def test_the_journal_knows_what_was_asked(world):
    with serve(world) as hub:
        requests.get(f"{hub.url}/v2/users/bruno", timeout=5)
        requests.post(f"{hub.url}/v2/auth/token", json={}, timeout=5)

    asked = [(one.method, one.path, one.status) for one in world.journal.requests]
    assert asked == [("GET", "/v2/users/bruno", 200), ("POST", "/v2/auth/token", 401)]
    assert (world.journal.writes, world.journal.by_method["GET"]) == (1, 1)


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "hubsync.sandbox", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_starts_by_itself_with_the_demonstration_and_ends_when_told(tmp_path):
    state = tmp_path / "hub.json"
    program = start("--port", "0", "--seed-demo", "--state", str(state))
    url = program.stdout.readline().split()[-1].rstrip("/")

    found = requests.get(f"{url}/v2/orgs/iesriberadelsur/", timeout=5).json()
    program.send_signal(signal.SIGTERM)

    assert (found["orgname"], program.wait(timeout=10), state.exists()) == ("iesriberadelsur", 0, True)
    program.communicate()


def test_a_port_in_use_is_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        program = start("--port", str(taken.getsockname()[1]))
        _, complaint = program.communicate(timeout=20)

    assert program.returncode == 1
    assert complaint.startswith("port ")
    assert "Traceback" not in complaint


def test_a_wrong_port_in_the_environment_is_one_sentence(monkeypatch):
    monkeypatch.setenv("HUB_PORT", "eight")

    _, complaint = start().communicate(timeout=20)

    assert "invalid int value: 'eight'" in complaint
    assert "Traceback" not in complaint


def test_a_broken_state_is_one_sentence_and_stays_as_it_is(tmp_path):
    (tmp_path / "hub.json").write_text("{ half")
    program = start("--port", "0", "--state", str(tmp_path / "hub.json"))

    _, complaint = program.communicate(timeout=20)

    assert (program.returncode, "Traceback" in complaint) == (1, False)
    assert (tmp_path / "hub.json").read_text() == "{ half"
