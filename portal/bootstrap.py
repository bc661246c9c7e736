"""Makes `.venv` and fills it from a lock file with hashes, before Django or anything else is there.

Standard library only, and written so that an old Python can at least read it and say what is wanted. Whatever goes
wrong is one sentence. The lock names no index: pip's own settings say where packages come from.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, List, Tuple

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
# Installs in a third of pip's time. Where it cannot be had, pip does.
UV = "uv==0.13.9"
RUNTIME = ROOT / "portal" / "requirements.lock"
DEVELOPMENT = ROOT / "portal" / "requirements-dev.lock"  # holds all of RUNTIME too


class CannotStart(Exception):
    """Carries the one sentence that a person needs."""


def enter_environment(arguments: List[str]) -> None:
    """Return inside the environment, made or completed if needed; a person gets a sentence where it cannot be."""
    if os.environ.get("AULAHUB_NO_BOOTSTRAP") == "1":  # a container brings its packages along
        return
    try:
        refuse_old_python(sys.version_info[:2])
        venv = environment_path()
        lock = DEVELOPMENT if arguments[1:2] == ["test"] else RUNTIME
        if not is_filled(venv, lock):
            prepare(venv, lock)
        if Path(sys.prefix).resolve() != venv:
            python = str(venv / "bin" / "python")
            os.execv(python, [python, *arguments])
    except CannotStart as problem:
        sys.exit(str(problem))


def run_tests(arguments: List[str]) -> None:
    """Become pytest. Two processes, because the machines have two cores, unless a choice of tests or -n says more."""
    chosen = any(
        not argument.startswith("-") or argument.startswith(("-n", "-k", "-x", "--pdb"))
        for argument in arguments
    )
    parallel = [] if chosen else ["-n", "2", "--dist", "loadfile"]
    os.chdir(str(ROOT))
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *parallel, *arguments])


def refuse_old_python(version: Tuple[int, ...]) -> None:
    if tuple(version[:2]) < OLDEST_PYTHON:
        have, want = (".".join(map(str, numbers[:2])) for numbers in (version, OLDEST_PYTHON))
        raise CannotStart("Aulahub needs Python %s or newer; %s is Python %s." % (want, sys.executable, have))


def environment_path() -> Path:
    return Path(os.environ.get("AULAHUB_VENV") or ROOT / ".venv").expanduser().resolve()


def is_filled(venv: Path, lock: Path) -> bool:
    """Whether this lock, as it reads now, was installed whole."""
    stamp = stamp_of(venv, lock)
    return stamp.exists() and stamp.read_text() == fingerprint(lock) and (venv / "bin" / "python").exists()


def stamp_of(venv: Path, lock: Path) -> Path:
    return venv / (lock.name + ".ok")


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def prepare(venv: Path, lock: Path) -> None:
    """Make what is missing. Two first starts at once wait for each other."""
    with one_at_a_time(venv):
        if is_filled(venv, lock):
            return
        say("Preparing Aulahub in %s: this happens once and takes about ten seconds…" % venv)
        if not (venv / "bin" / "pip").exists():
            make_environment(venv)
        install(venv, lock)
        for done in (RUNTIME, DEVELOPMENT) if lock == DEVELOPMENT else (RUNTIME,):
            stamp_of(venv, done).write_text(fingerprint(done))


@contextmanager
def one_at_a_time(venv: Path) -> Iterator[None]:
    try:
        venv.parent.mkdir(parents=True, exist_ok=True)
        file = open(str(venv) + ".lock", "a")
    except OSError as problem:
        raise CannotStart("Aulahub cannot write in %s: %s." % (venv.parent, problem.strerror))
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_environment(venv: Path) -> None:
    shutil.rmtree(str(venv), ignore_errors=True)  # half made by a start that was cut off
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(venv)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if made.returncode:
        shutil.rmtree(str(venv), ignore_errors=True)
        said = made.stdout.decode(errors="replace")
        if "ensurepip" in said or "No module named venv" in said:
            raise CannotStart(
                "This Python cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv"
            )
        raise CannotStart("The environment %s could not be made: %s" % (venv, last_line(said)))


def install(venv: Path, lock: Path) -> None:
    python = str(venv / "bin" / "python")
    quiet = ["--quiet", "--disable-pip-version-check"]
    pip = [python, "-m", "pip", "install", *quiet]
    with_uv = subprocess.run([*pip, UV], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    uv = [str(venv / "bin" / "uv"), "pip", "install", "--quiet", "--python", python]
    command = [*(uv if with_uv else pip), "--require-hashes", "-r", str(lock)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        said = last_line(done.stdout.decode(errors="replace"))
        raise CannotStart(
            "The packages could not be installed; is a package index within reach? The installer said: "
            + said
        )


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "nothing"


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
