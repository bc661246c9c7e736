"""What has to be true before anything is started; each obstacle is one sentence."""

import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections

from classrooms.models import School
from portal.supervisor.household import LOCAL, has_local_hub


@contextmanager
def only_one() -> Iterator[None]:
    """One `up` for each folder of data, as long as the process lives. Raises CommandError."""
    path = Path(settings.DATA_DIR) / "up.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    except OSError as problem:
        raise CommandError(
            f"The folder {path.parent} cannot be written: {problem.strerror}. Set DATA_DIR."
        ) from problem
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise CommandError(f"Aulahub is running already on the data in {path.parent}.") from problem
        yield


def speak_directly_to_this_machine() -> None:
    """A school's proxy knows nothing of this machine's own addresses: neither we nor the children ask it for them."""
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), LOCAL, "localhost"]))


def refuse_taken_ports() -> None:
    """Raise CommandError naming the variable of the first port that something else listens at."""
    if has_local_hub() and settings.PORT == settings.HUB_PORT:
        raise CommandError(f"PORT and HUB_PORT are both {settings.PORT}: they must differ.")
    ports = {"PORT": settings.PORT, **({"HUB_PORT": settings.HUB_PORT} if has_local_hub() else {})}
    for variable, port in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOCAL, port))
            except OSError as problem:
                raise CommandError(
                    f"Port {port} cannot be used ({problem.strerror}). Choose another: {variable}={port + 10} …"
                ) from problem


def prepare_database() -> None:
    """The tables as this version wants them. A damaged file is refused rather than written to."""
    if connection.vendor == "sqlite" and Path(str(settings.DATABASES["default"]["NAME"])).exists():
        with connection.cursor() as cursor:
            (found,) = cursor.execute("PRAGMA quick_check").fetchone()
        if found != "ok":
            raise CommandError(
                f"The database is damaged ({found}). Restore a copy: docs/operate.md says how."
            )
    call_command("migrate", verbosity=0, skip_checks=True)
    # Static files come from where they lie; the server only wants the folder to exist.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def wants_demonstration() -> bool:
    """The first time, with the local Docker Hub, unless AULAHUB_DEMO=0 says no."""
    return os.environ.get("AULAHUB_DEMO") != "0" and has_local_hub() and not School.objects.exists()


def fill_demonstration() -> None:
    call_command("demo_school", verbosity=0, stdout=sys.stderr)


def let_go_of_database() -> None:
    """The parent keeps no connection open while its children live."""
    connections.close_all()
