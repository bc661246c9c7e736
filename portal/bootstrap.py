"""Leads every command into `.venv`, which it makes and fills first where needed, before Django is there.

Standard library only, and written so that an old Python can at least read it and say what is wanted. Whatever goes
wrong is one sentence and exit status 1. Progress is said on standard error: standard output is the command's.

AULAHUB_VENV moves the environment; AULAHUB_NO_BOOTSTRAP=1 steps aside where packages are there, as in a container.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import List, NoReturn, Tuple

from portal import packages
from portal.own_python import ROOT, CannotStart, environment_path, python_of
from portal.packages import DEVELOPMENT, RUNTIME

OLDEST_PYTHON = (3, 11)
# Module by module; `tests.plugins.long_first` says in which order.
IN_TWO = ("-n", "2", "--dist", "loadscope", "--no-loadscope-reorder")
# A run of tests that is narrowed, or that says itself how to run, is not spread over two processes.
OWN_WAY = (
    "-n",
    "--numprocesses",
    "--dist",
    "-s",
    "--capture",
    "--pdb",
    "--trace",
    "--co",
    "--lf",
    "--last-failed",
)


def enter_environment(arguments: List[str]) -> None:
    """Return inside the environment, made or completed if needed; a person gets a sentence where it cannot be."""
    command = arguments[1] if len(arguments) > 1 else ""
    try:
        refuse_old_python(sys.version_info[:2])
        if os.environ.get("AULAHUB_NO_BOOTSTRAP") != "1":
            _enter(environment_path(), DEVELOPMENT if command == "test" else RUNTIME, arguments)
        if command == "up":
            refuse_data_dir(Path(os.environ.get("DATA_DIR") or ROOT / "data").expanduser())
    except CannotStart as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)


def _enter(venv: Path, lock: Path, arguments: List[str]) -> None:
    if packages.is_filled(venv, lock):
        if Path(sys.prefix).resolve() == venv:
            return
    else:
        packages.prepare(venv, lock)
    os.environ.pop("__PYVENV_LAUNCHER__", None)  # macOS: it would lead back to the outer Python
    python = str(python_of(venv))
    os.execv(python, [python, *arguments])


def run_tests(arguments: List[str]) -> NoReturn:
    """Become pytest, with what stands behind `test`; two processes for a whole run."""
    is_narrow = any(not one.startswith("-") or one.startswith(OWN_WAY) for one in arguments)
    _become("-m", "pytest", *([] if is_narrow else IN_TWO), *arguments)


def run_benchmarks(arguments: List[str]) -> NoReturn:
    """Become the benchmarks, which print JSON and nothing else."""
    _become("-m", "tests.benchmarks", *arguments)


def _become(*arguments: str) -> NoReturn:
    os.chdir(str(ROOT))
    os.execv(sys.executable, [sys.executable, *arguments])


def refuse_old_python(version: Tuple[int, ...]) -> None:
    """Raise CannotStart where this Python is too old, naming a newer one that is installed."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return
    want, have = ("{}.{}".format(*numbers) for numbers in (OLDEST_PYTHON, version))
    newer = [name for name in ("python3.%d" % minor for minor in range(20, 10, -1)) if shutil.which(name)]
    hint = "run `%s manage.py` instead" % newer[0] if newer else "install it and run this again with it"
    raise CannotStart(
        "Aulahub needs Python %s or newer; %s is Python %s: %s." % (want, sys.executable, have, hint)
    )


def refuse_data_dir(data_dir: Path) -> None:
    """Raise CannotStart where the portal could not keep its data."""
    probe = data_dir / (".writable-%d" % os.getpid())
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as problem:
        said = (data_dir, problem.strerror)
        raise CannotStart(
            "The folder %s cannot be written (%s): choose another with DATA_DIR." % said
        ) from problem
