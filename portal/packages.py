"""Makes the environment and fills it from a lock file with hashes. Standard library only; see `bootstrap`.

The locks name no index: pip's own settings say where packages come from.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Iterator, List, Optional, Tuple

try:
    import fcntl
except ImportError:  # Windows has none, and gets a sentence
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
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


class CannotStart(Exception):
    """Carries the one sentence that a person needs."""


class NoNetwork(CannotStart):
    """Nothing else needs to be tried."""


def environment_path() -> Path:
    return Path(os.environ.get("AULAHUB_VENV") or ROOT / ".venv").expanduser().resolve()


def python_of(venv: Path) -> Path:
    return venv / "bin" / "python"


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


def refuse_what_cannot_work(venv: Path) -> None:
    """Raise CannotStart for what is known before the first try."""
    if fcntl is None:
        raise CannotStart("Aulahub runs on Linux and macOS; on Windows, run it inside WSL.")
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise CannotStart(no_venv())
    try:
        venv.parent.mkdir(parents=True, exist_ok=True)
        is_writable = os.access(str(venv if venv.exists() else venv.parent), os.W_OK)
    except OSError:
        is_writable = False
    if not is_writable:
        sentence = "The folder %s cannot be written: make it yours, or choose another with AULAHUB_VENV."
        raise CannotStart(sentence % venv.parent)


def no_venv() -> str:
    version = "{}.{}".format(*sys.version_info[:2])
    debian = "install its venv module with `sudo apt install python%s-venv`" % version
    remedy = (
        debian if sys.platform.startswith("linux") else "install Python from python.org, which brings venv"
    )
    return "This Python cannot make environments: %s." % remedy


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a lock on the folder itself: it leaves no file behind and goes with the process."""
    descriptor = os.open(str(folder), os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is preparing the environment; waiting for it.")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def works(venv: Path) -> bool:
    """Whether the environment's own Python starts, is new enough and has pip."""
    if not python_of(venv).exists():
        return False
    return (
        run([str(python_of(venv)), "-c", "import sys, pip; sys.exit(sys.version_info[:2] < (3, 11))"])[0] == 0
    )


def make(venv: Path) -> None:
    """Make the environment, anew where an earlier start was cut off. Nobody else's folder is deleted."""
    if venv.exists():
        if {entry.name for entry in venv.iterdir()} - {
            "bin",
            "include",
            "lib",
            "lib64",
            "pyvenv.cfg",
        } and not (venv / "pyvenv.cfg").exists():
            raise CannotStart("%s is not an environment of Python: move it away, or set AULAHUB_VENV." % venv)
        shutil.rmtree(str(venv), ignore_errors=True)
    status, said = run([sys.executable, "-m", "venv", str(venv)])
    if status:
        shutil.rmtree(str(venv), ignore_errors=True)
        raise CannotStart(
            no_venv() if "ensurepip" in said else "%s could not be made: %s" % (venv, last_line(said))
        )


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


def run(command: List[str]) -> Tuple[int, str]:
    """Exit status and everything that was said."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
    except OSError as problem:
        return 126, str(problem)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.upper().startswith("ERROR")]
    return (errors or lines or ["no reason was given."])[-1]


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
