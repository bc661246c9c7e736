"""What /readyz says when PostgreSQL goes away under a running web server, and when it is back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.installation import free_port, wait_for
from tests.services.servers import PostgreSQL

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.services


@pytest.fixture
def web(postgres_to_kill: PostgreSQL, tmp_path: Path) -> Iterator[str]:
    """The address of a web server on a database of its own."""
    address = f"127.0.0.1:{free_port()}"
    environment = os.environ | {"DATABASE_URL": postgres_to_kill.url("portal"), "DATA_DIR": str(tmp_path)}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=environment, cwd=ROOT, check=True
    )
    options = ["--bind", address, "--threads", "4", "--no-control-socket"]
    with (tmp_path / "web.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "portal.wsgi", *options],
            env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    wait_for(f"http://{address}/readyz")
    yield f"http://{address}"
    server.send_signal(signal.SIGTERM)
    server.wait(20)


def test_a_lost_database_takes_the_web_server_out_of_service_until_it_is_back(
    web: str, postgres_to_kill: PostgreSQL
) -> None:
    postgres_to_kill.kill9()
    requests.get(f"{web}/readyz", timeout=60)  # finds the broken connection; from here on there is none
    begun = time.monotonic()
    lost = requests.get(f"{web}/readyz", timeout=60)
    seconds = time.monotonic() - begun
    postgres_to_kill.restart()
    wait_for(f"{web}/readyz")

    assert (lost.status_code, lost.json()["database"]) == (503, {"ok": False})
    assert seconds < 15, "who watches must not wait longer for the answer"
    assert requests.get(f"{web}/healthz", timeout=5).status_code == 200
