"""The USB folder really made and loaded: podman as docker, from a real registry, on a second computer without a line."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from classrooms.pull_scripts.script_values import ScriptImage
from classrooms.room_files.bundle import bundle_script
from tests.classrooms.room_files.words import BUNDLE
from tests.hubsync.real_registry import NEEDED, Layout, Registry

MISSING = [name for name in (*NEEDED, "podman") if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
PLATFORMS = ("linux/amd64", "linux/arm64")


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    registry = Registry()
    registry.start()
    yield registry
    registry.stop()


@pytest.fixture
def images(registry: Registry, tmp_path: Path) -> list[ScriptImage]:
    """Two images for two processors, in the registry."""
    found = []
    for name in ("lamp", "mariadb"):
        layout = Layout(tmp_path / name)
        digest = layout.index(*PLATFORMS)
        registry.push(layout, f"iestriana/{name}:1.0")
        found.append(ScriptImage(f"127.0.0.1:{registry.port}/iestriana/{name}", "1.0", digest))
    return found


class Computer:
    """A computer with a store of images of its own."""

    def __init__(self, folder: Path, registry: Registry) -> None:
        folder.mkdir()
        (folder / "storage.conf").write_text(
            f'[storage]\ndriver = "vfs"\ngraphroot = "{folder}/graph"\nrunroot = "{folder}/run"\n'
        )
        (folder / "registries.conf").write_text(registry.settings_for_podman("ghcr.io"))
        self.place = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "DOCKER": "podman",
            "CONTAINERS_STORAGE_CONF": f"{folder}/storage.conf",
            "CONTAINERS_REGISTRIES_CONF": f"{folder}/registries.conf",
        }  # fmt: skip

    def run(self, *command: str, **place: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.place | place, capture_output=True, text=True, timeout=120, check=False
        )

    def architecture_of(self, name: str) -> str:
        return self.run("podman", "image", "inspect", "--format", "{{.Architecture}}", name).stdout.strip()


@pytest.fixture
def stick(images: list[ScriptImage], registry: Registry, tmp_path: Path) -> Path:
    """The folder as a teacher's computer makes it."""
    script = tmp_path / "bundle.sh"
    script.write_text(bundle_script(images, PLATFORMS, BUNDLE))
    made = Computer(tmp_path / "teacher", registry).run("sh", str(script), str(tmp_path / "usb"))
    assert (made.returncode, "<ready>" in made.stdout) == (0, True), made.stdout + made.stderr
    return tmp_path / "usb"


def test_a_stick_is_filled_for_every_processor_and_loads_where_there_is_no_line(
    stick: Path, images: list[ScriptImage], registry: Registry, tmp_path: Path
) -> None:
    assert sorted(path.name for path in stick.iterdir()) == [
        "SHA256SUMS", "images-amd64.tar", "images-arm64.tar", "load.ps1", "load.sh",
    ]  # fmt: skip
    found = {}
    for machine in ("x86_64", "aarch64"):
        computer = Computer(tmp_path / machine, registry)
        loaded = computer.run("sh", str(stick / "load.sh"), AULAHUB_MACHINE=machine)
        assert (loaded.returncode, "<loaded>" in loaded.stdout) == (0, True), loaded.stdout + loaded.stderr
        found[machine] = {computer.architecture_of(image.familiar) for image in images}

    assert found == {"x86_64": {"amd64"}, "aarch64": {"arm64"}}


def test_a_damaged_stick_is_told_and_nothing_of_it_is_loaded(
    stick: Path, images: list[ScriptImage], registry: Registry, tmp_path: Path
) -> None:
    archive = stick / "images-amd64.tar"
    archive.write_bytes(archive.read_bytes()[:-600])
    computer = Computer(tmp_path / "pc", registry)

    loaded = computer.run("sh", str(stick / "load.sh"), AULAHUB_MACHINE="x86_64")

    assert (loaded.returncode, "<damaged>" in loaded.stdout) == (1, True)
    assert computer.architecture_of(images[0].familiar) == ""


def test_an_image_that_cannot_be_pulled_leaves_no_stick_that_looks_whole(
    images: list[ScriptImage], registry: Registry, tmp_path: Path
) -> None:
    missing = ScriptImage(images[0].repository, "2.0")
    script = tmp_path / "bundle.sh"
    script.write_text(bundle_script([images[0], missing], PLATFORMS[:1], BUNDLE))

    made = Computer(tmp_path / "teacher", registry).run("sh", str(script), str(tmp_path / "usb"))

    assert (made.returncode, "<not_pulled>" in made.stdout) == (1, True)
    assert not (tmp_path / "usb" / "SHA256SUMS").exists()


def test_a_stick_brings_images_of_other_registries_too(
    images: list[ScriptImage], registry: Registry, tmp_path: Path
) -> None:
    other = ScriptImage("ghcr.io/iestriana/lamp", "1.0", images[0].digest)
    script = tmp_path / "bundle.sh"
    script.write_text(bundle_script([other], PLATFORMS[:1], BUNDLE))

    made = Computer(tmp_path / "teacher", registry).run("sh", str(script), str(tmp_path / "usb"))
    computer = Computer(tmp_path / "pc", registry)
    loaded = computer.run("sh", str(tmp_path / "usb" / "load.sh"), AULAHUB_MACHINE="x86_64")

    assert (made.returncode, loaded.returncode) == (0, 0), made.stdout + loaded.stdout + loaded.stderr
    assert computer.architecture_of("ghcr.io/iestriana/lamp:1.0") == "amd64"
