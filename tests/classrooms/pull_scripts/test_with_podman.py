"""The script for Linux really run: podman as docker, pulling by digest from a real registry."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from classrooms.pull_scripts.script_values import ScriptImage
from classrooms.pull_scripts.sh import pull_script_sh
from tests.classrooms.pull_scripts.words import WORDS
from tests.hubsync.real_registry import NEEDED, Layout, Registry

MISSING = [name for name in (*NEEDED, "podman") if shutil.which(name) is None]
OTHERS = ("ghcr.io", "quay.io")
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    registry = Registry()
    registry.start()
    yield registry
    registry.stop()


@pytest.fixture
def image(registry: Registry, tmp_path: Path) -> ScriptImage:
    """One image for two platforms, in the registry, by the digest of its index."""
    layout = Layout(tmp_path / "image")
    digest = layout.index("linux/amd64", "linux/arm64")
    registry.push(layout, "iestriana/lamp:1.0")
    return ScriptImage(f"127.0.0.1:{registry.port}/iestriana/lamp", "1.0", digest, "El servidor")


def run(images: list[ScriptImage], registry: Registry, folder: Path) -> subprocess.CompletedProcess[str]:
    return run_with_podman(pull_script_sh(images, WORDS), registry, folder)


def run_with_podman(script: str, registry: Registry, folder: Path) -> subprocess.CompletedProcess[str]:
    """The script, or a line of a shell, with a store of images and settings of its own."""
    (folder / "storage.conf").write_text(
        f'[storage]\ndriver = "vfs"\ngraphroot = "{folder}/graph"\nrunroot = "{folder}/run"\n'
    )
    (folder / "registries.conf").write_text(registry.settings_for_podman(*OTHERS))
    place = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "DOCKER": "podman", "AULAHUB_PAUSE": "0",
        "CONTAINERS_STORAGE_CONF": f"{folder}/storage.conf", "CONTAINERS_REGISTRIES_CONF": f"{folder}/registries.conf",
    }  # fmt: skip
    return subprocess.run(["sh"], input=script, env=place, capture_output=True, text=True, check=False)


def test_it_pulls_by_digest_and_the_second_time_nothing(
    image: ScriptImage, registry: Registry, tmp_path: Path
) -> None:
    first, second = (run([image], registry, tmp_path) for _ in range(2))
    assert (first.returncode, "<done>" in first.stdout) == (0, True), first.stdout + first.stderr
    assert (second.returncode, "<already>" in second.stdout) == (0, True), second.stdout + second.stderr


def test_an_image_that_is_not_there_is_named_and_the_others_are_pulled(
    image: ScriptImage, registry: Registry, tmp_path: Path
) -> None:
    missing = ScriptImage(image.repository, "2.0")
    ended = run([missing, image], registry, tmp_path)
    assert (ended.returncode, "<missing>" in ended.stdout, "<done>" in ended.stdout) == (1, True, True), ended


@pytest.mark.parametrize("host", OTHERS)
def test_an_image_of_another_registry_is_pulled_by_its_whole_name_and_digest(
    image: ScriptImage, registry: Registry, tmp_path: Path, host: str
) -> None:
    other = ScriptImage(f"{host}/iestriana/lamp", "1.0", image.digest)

    first, second = (run([other], registry, tmp_path) for _ in range(2))
    there = run_with_podman("podman image ls --format '{{.Repository}}@{{.Digest}}'", registry, tmp_path)

    assert (first.returncode, "<done>" in first.stdout) == (0, True), first.stdout + first.stderr
    assert (second.returncode, "<already>" in second.stdout) == (0, True), second.stdout + second.stderr
    assert f"{host}/iestriana/lamp@" in there.stdout
