"""The first command on a machine: it makes what it needs, or says in one sentence what is in the way.

These run the real command in copies of the project's first floor; where a network would be needed, pip is told
that there is none.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal import bootstrap, own_python, packages

ROOT = Path(__file__).resolve().parents[2]
FIRST_FLOOR = ["bootstrap.py", "packages.py", "own_python.py", "__init__.py"]
NOWHERE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull, "UV_OFFLINE": "1"}
# An index that refuses at once; pip would otherwise wait between its tries.


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with nothing prepared: manage.py, the bootstrap and the locks."""
    (tmp_path / "portal").mkdir()
    shutil.copy(ROOT / "manage.py", tmp_path)
    for file in [*FIRST_FLOOR, *(path.name for path in (ROOT / "portal").glob("*.lock"))]:
        shutil.copy(ROOT / "portal" / file, tmp_path / "portal")
    return tmp_path


def start(
    clone: Path, *arguments: str, python: str = sys.executable, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("AULAHUB_")}
    return subprocess.run(
        [python, str(clone / "manage.py"), *arguments],
        env=environment | variables, cwd=clone, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


def pretend(clone: Path, line: str) -> None:
    """Run a line in the copy before anything else, as if this Python were another."""
    (clone / "portal" / "__init__.py").write_text(f"import sys, importlib.util, os\n{line}\n")


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What was said last; the exit status is 1, nothing is on standard output and there is no traceback."""
    assert done.returncode == 1 and done.stdout == "" and "Traceback" not in done.stderr, done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_the_bootstrap_can_be_read_by_python_3_8() -> None:
    for name in ("manage.py", *(f"portal/{file}" for file in FIRST_FLOOR)):
        ast.parse((ROOT / name).read_text(), feature_version=(3, 8))


def test_an_old_python_is_told_which_one_is_wanted(clone: Path) -> None:
    pretend(clone, "sys.version_info = (3, 9, 2)")

    assert "needs Python 3.11 or newer" in sentence(start(clone, "up"))


def test_a_newer_python_that_is_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = tmp_path / "python3.13"
    newer.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(own_python.CannotStart, match=r"run `python3\.13 manage\.py` instead"):
        bootstrap.refuse_old_python((3, 10))


def test_a_missing_venv_module_gets_the_line_that_installs_it(clone: Path) -> None:
    pretend(
        clone,
        "f = importlib.util.find_spec; importlib.util.find_spec = lambda n: None if n == 'ensurepip' else f(n)",
    )
    said = sentence(start(clone, "up"))

    assert "cannot make environments" in said
    assert not sys.platform.startswith("linux") or "sudo apt install python3." in said


def test_a_folder_that_cannot_be_written_is_named(clone: Path) -> None:
    # The tests may run as root, to whom every folder is open: the answer of the system is pretended.
    pretend(clone, "os.access = lambda path, mode: False")

    assert f"The folder {clone} cannot be written" in sentence(start(clone, "check"))


def test_a_place_that_cannot_be_a_folder_is_named(clone: Path) -> None:
    (clone / "file").touch()

    assert "cannot be written" in sentence(start(clone, "check", AULAHUB_VENV=str(clone / "file" / "venv")))


def test_without_a_network_the_sentence_says_so(clone: Path) -> None:
    assert "No package index can be reached" in sentence(start(clone, "check", **NOWHERE))


def test_a_folder_that_is_somebodys_is_not_deleted(clone: Path) -> None:
    (clone / ".venv").mkdir()
    (clone / ".venv" / "thesis.odt").touch()

    assert "is not an environment of Python" in sentence(start(clone, "check"))
    assert (clone / ".venv" / "thesis.odt").exists()


def test_a_half_made_environment_is_made_anew(clone: Path) -> None:
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "pyvenv.cfg").touch()
    (clone / ".venv" / "bin" / "python").write_text("cut off")
    start(clone, "check", **NOWHERE)

    assert own_python.works(clone / ".venv")


def test_a_stamp_of_another_lock_does_not_count(clone: Path) -> None:
    venv = clone / ".venv"
    (venv / "bin").mkdir(parents=True)
    own_python.python_of(venv).touch()
    lock = clone / "portal" / "requirements.lock"
    packages.stamp_of(venv, lock).write_text(packages.fingerprint(lock))
    assert packages.is_filled(venv, lock)
    lock.write_text("# another\n")

    assert not packages.is_filled(venv, lock)


def test_a_container_with_its_packages_is_left_alone(clone: Path) -> None:
    start(clone, "check", AULAHUB_NO_BOOTSTRAP="1")

    assert not (clone / ".venv").exists()


def test_data_that_could_not_be_kept_are_refused_by_the_name_of_the_variable(clone: Path) -> None:
    (clone / "file").touch()
    variables = {"AULAHUB_NO_BOOTSTRAP": "1", "DATA_DIR": str(clone / "file" / "data")}

    assert "choose another with DATA_DIR" in sentence(start(clone, "up", **variables))


@pytest.mark.parametrize(
    ("given", "parallel"),
    [
        ([], True),
        (["-x", "-q"], True),
        (["-n", "0"], False),
        (["-k", "roster"], False),
        (["tests/test_access.py"], False),
        (["--pdb"], False),
    ],
)
def test_a_whole_run_of_tests_takes_two_processes(
    monkeypatch: pytest.MonkeyPatch, given: list[str], *, parallel: bool
) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, command: became.append(command))
    monkeypatch.setattr(os, "chdir", lambda _: None)
    bootstrap.run_tests(given)

    assert (became[0][3:5] == ["-n", "2"]) is parallel and became[0][len(became[0]) - len(given) :] == given


def test_the_locks_name_no_index() -> None:
    for lock in (packages.RUNTIME, packages.DEVELOPMENT, packages.INSTALLER):
        assert "://" not in lock.read_text() and "--hash=sha256:" in lock.read_text()
