"""Who lives here: the web server, the worker and, where no other is named, the local Docker Hub."""

import sys
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.utils import timezone

from hubsync.sync.heartbeat import last_beat
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
    """The same program as `manage.py hub_sandbox`, which needs no Django and starts faster without it."""
    options = ["--port", str(settings.HUB_PORT), "--state", str(settings.DATA_DIR / "local-hub.json")]
    command = [sys.executable, "-m", "hubsync.sandbox", *options, "--seed-demo"]
    return _child("local Docker Hub", command, lambda: answers(f"{settings.HUB_URL}/"), "local-hub")


def web() -> Child:
    """The server of production. One process with threads: SQLite has one writer, and it leaves a core to the worker."""
    address = f"{LOCAL}:{settings.PORT}"
    options = ["--bind", address, "--threads", str(THREADS), "--no-control-socket", "--graceful-timeout", "5"]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", *options]
    return _child("web server", command, lambda: answers(f"http://{address}/healthz"), "web")


def worker() -> Child:
    begun = timezone.now()
    return _child("worker", manage("worker"), lambda: (last_beat() or begun) > begun, "worker")


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):  # noqa: S310  an address of this machine
            return True
    except HTTPError as answer:
        return answer.code < 500
    except (URLError, OSError):
        return False


def _child(name: str, command: list[str], is_there: Callable[[], bool], log: str) -> Child:
    """Children run in the project's folder, so a DATA_DIR that was given from elsewhere is told in full."""
    data_dir = Path(settings.DATA_DIR)
    return Child(name, command, is_there, data_dir / "logs" / f"{log}.log", {"DATA_DIR": str(data_dir)})
