"""Who lives here: the web server, the worker and, where no other is named, the local Docker Hub."""

import sys
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.utils import timezone

from hubsync.heartbeat import last_beat
from portal.supervisor.children import Child, manage

LOCAL = "127.0.0.1"
THREADS = 8


def household() -> list[Child]:
    """In the order in which they are started; each needs those before it."""
    return [*([local_hub()] if has_local_hub() else []), web(), worker()]


def has_local_hub() -> bool:
    """HUB_URL may name another Docker Hub; then none is started here."""
    return bool(f"http://{LOCAL}:{settings.HUB_PORT}" == settings.HUB_URL)


def local_hub() -> Child:
    state = str(settings.DATA_DIR / "local-hub.json")
    command = manage("hub_sandbox", "--port", str(settings.HUB_PORT), "--state", state, "--seed-demo")
    return Child("local Docker Hub", command, lambda: answers(f"{settings.HUB_URL}/"), _log("local-hub"))


def web() -> Child:
    """The server of production. One process with threads: SQLite has one writer, and it leaves a core to the worker."""
    address = f"{LOCAL}:{settings.PORT}"
    options = ["--bind", address, "--threads", str(THREADS), "--no-control-socket", "--graceful-timeout", "5"]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", *options]
    return Child("web server", command, lambda: answers(f"http://{address}/healthz"), _log("web"))


def worker() -> Child:
    begun = timezone.now()
    return Child("worker", manage("worker"), lambda: (last_beat() or begun) > begun, _log("worker"))


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):  # noqa: S310  an address of this machine
            return True
    except HTTPError as answer:
        return answer.code < 500
    except (URLError, OSError):
        return False


def _log(name: str) -> Path:
    return Path(settings.DATA_DIR) / "logs" / f"{name}.log"
