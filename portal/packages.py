"""Fills the environment from a lock file with hashes. Standard library only, readable by Python 3.8; see `bootstrap`.

The locks name no index: pip's own settings say where packages come from.
"""

import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import Optional

from portal.own_python import (
    ROOT,
    CannotStart,
    last_line,
    make,
    one_at_a_time,
    python_of,
    refuse_what_cannot_work,
    run,
    say,
    works,
)

RUNTIME = ROOT / "portal" / "requirements.lock"
DEVELOPMENT = ROOT / "portal" / "requirements-dev.lock"  # holds all of RUNTIME too
# uv alone: it installs in a third of pip's time. Where it cannot be had, pip does.
INSTALLER = ROOT / "portal" / "requirements-installer.lock"
NO_NETWORK = re.compile(
    r"NewConnectionError|ConnectTimeout|NameResolutionError|ProxyError|Connection refused|Network is unreachable"
    r"|name resolution|timed out",
    re.IGNORECASE,
)
PIP = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--timeout", "15"]


class NoNetwork(CannotStart):
    """Nothing else needs to be tried."""


def is_filled(venv: Path, lock: Path) -> bool:
    """Whether this lock, as it reads now, was installed whole."""
    with suppress(OSError):
        return stamp_of(venv, lock).read_text() == fingerprint(lock) and python_of(venv).exists()
    return False


def stamp_of(venv: Path, lock: Path) -> Path:
    return venv / (lock.name + ".ok")


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def prepare(venv: Path, lock: Path) -> None:
    """Make what is missing. Two first starts at once wait for each other. Raises CannotStart."""
    refuse_what_cannot_work(venv)
    with one_at_a_time(venv.parent):
        if is_filled(venv, lock):
            return
        if not works(venv):
            say("Preparing Aulahub in %s: this happens once and takes about ten seconds." % venv)
            make(venv)
        say("Installing the packages.")
        install(venv, lock)
        for done in (RUNTIME, DEVELOPMENT) if lock == DEVELOPMENT else (RUNTIME,):
            stamp_of(venv, done).write_text(fingerprint(done))


def install(venv: Path, lock: Path) -> None:
    """Install the lock, with uv where it can be had and works, else with pip."""
    uv = find_uv(venv)
    target = ["--require-hashes", "-r", str(lock)]
    if uv is None or run([uv, "pip", "install", "--python", str(python_of(venv)), *target])[0]:
        pip_install(venv, lock, retries=2)


def find_uv(venv: Path) -> Optional[str]:
    """The environment's own uv at its pinned version; None where the index has none for this machine."""
    try:
        pip_install(venv, INSTALLER, retries=1)
    except NoNetwork:
        raise
    except CannotStart:
        return None
    return str(venv / "bin" / "uv")


def pip_install(venv: Path, lock: Path, retries: int) -> None:
    target = ["--retries", str(retries), "--require-hashes", "-r", str(lock)]
    status, said = run([str(python_of(venv)), *PIP, *target])
    if status and NO_NETWORK.search(said):
        raise NoNetwork(
            "No package index can be reached: connect this machine to the network and start again."
        )
    if status:
        raise CannotStart("The packages could not be installed: %s" % last_line(said))
