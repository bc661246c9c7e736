"""The environment of Python that the portal makes for itself: where it is, how it is made, whether it works.

Standard library only, readable by Python 3.8; see `bootstrap`.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, List, Tuple

try:
    import fcntl
except ImportError:  # Windows has none, and gets a sentence
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent


class CannotStart(Exception):
    """Carries the one sentence that a person needs."""


def environment_path() -> Path:
    return Path(os.environ.get("AULAHUB_VENV") or ROOT / ".venv").expanduser().resolve()


def python_of(venv: Path) -> Path:
    return venv / "bin" / "python"


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
