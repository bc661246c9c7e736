"""A mirror with the settings of the compose file: thirty computers pull, and the registry behind is asked once."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import pytest
import requests
import yaml

from classrooms.room_files.mirror import mirror_compose
from tests.classrooms.room_files.words import MIRROR
from tests.hubsync.real_registry import MANIFEST, NEEDED, Layout, Registry
from tests.installation import free_port

MISSING = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
COMPUTERS = 30


class Mirror(Registry):
    """The registry as the compose file starts it, but for the address that it stands in front of."""

    def __init__(self, upstream: str) -> None:
        super().__init__()
        service = yaml.safe_load(mirror_compose(MIRROR))["services"]["mirror"]
        self.settings = {name: str(value) for name, value in service["environment"].items()}
        self.settings["REGISTRY_PROXY_REMOTEURL"] = upstream

    def command(self) -> list[str]:
        named = [f"{name}={value}" for name, value in self.settings.items()]
        return ["env", *named, *super().command()]


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    registry = Registry()
    registry.start()
    layout = Layout(tmp_path / "image")
    layout.image("linux/amd64")
    registry.push(layout, "library/web:1.0")
    yield registry
    registry.stop()


@pytest.fixture
def mirror(registry: Registry) -> Iterator[Mirror]:
    mirror = Mirror(registry.url)
    mirror.start()
    yield mirror
    mirror.stop()


def pull(mirror: Mirror, image: str = "web") -> int:
    """What a computer asks for when it pulls the image; how many bytes it got."""
    manifest = json.loads(ask(mirror, "manifests/1.0", image))
    parts = [manifest["config"], *manifest["layers"]]
    return sum(len(ask(mirror, f"blobs/{one['digest']}", image)) for one in parts)


def ask(mirror: Mirror, what: str, image: str = "web") -> bytes:
    address = f"{mirror.url}/v2/library/{image}/{what}"
    answer = requests.get(address, headers={"Accept": MANIFEST}, timeout=10)
    answer.raise_for_status()
    return answer.content


def wait_until_kept(mirror: Mirror, parts: int = 3) -> None:
    """A mirror writes down what it hands on a moment after it has handed it on: manifest, configuration, layer."""
    until = monotonic() + 20
    while len(list((mirror.folder / "images").rglob("blobs/**/data"))) < parts:
        assert monotonic() < until, "the mirror kept nothing"
        sleep(0.05)


def test_thirty_computers_cost_the_registry_behind_one_pull_and_go_on_when_it_is_down(
    registry: Registry, mirror: Mirror
) -> None:
    first = pull(mirror)
    wait_until_kept(mirror)
    registry.stop()

    assert first > 0
    assert [pull(mirror) for _ in range(COMPUTERS - 1)] == [first] * (COMPUTERS - 1)


def test_story_6_all_thirty_students_finish_nine_images_when_the_mirror_was_filled_the_evening_before(
    registry: Registry, mirror: Mirror, tmp_path: Path
) -> None:
    """270 pulls, of which Docker Hub sees nine, the evening before; in the morning not one is left there."""
    images = [f"image{number}" for number in range(9)]
    for number, image in enumerate(images):
        layout = Layout(tmp_path / image)
        layout.image(f"linux/machine{number}")  # so that no two are alike
        registry.push(layout, f"library/{image}:1.0")
    evening = {image: pull(mirror, image) for image in images}
    wait_until_kept(mirror, parts=3 * len(images))
    registry.stop()

    with ThreadPoolExecutor(COMPUTERS) as room:
        mornings = list(
            room.map(lambda _: {image: pull(mirror, image) for image in images}, range(COMPUTERS))
        )

    assert mornings == [evening] * COMPUTERS and all(evening.values())


@pytest.mark.skipif(shutil.which("podman") is None, reason="not installed: podman")
def test_a_computer_that_uses_the_mirror_pulls_by_its_usual_name(
    registry: Registry, mirror: Mirror, tmp_path: Path
) -> None:
    (tmp_path / "storage.conf").write_text(
        f'[storage]\ndriver = "vfs"\ngraphroot = "{tmp_path}/graph"\nrunroot = "{tmp_path}/run"\n'
    )
    # What daemon.json says to Docker, said to podman: Docker Hub's images come from the mirror.
    (tmp_path / "registries.conf").write_text(
        '[[registry]]\nprefix = "docker.io"\nlocation = "docker.io"\n'
        f'[[registry.mirror]]\nlocation = "127.0.0.1:{mirror.port}"\ninsecure = true\n'
    )
    place = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path),
        "CONTAINERS_STORAGE_CONF": f"{tmp_path}/storage.conf",
        "CONTAINERS_REGISTRIES_CONF": f"{tmp_path}/registries.conf",
        "HTTPS_PROXY": f"http://127.0.0.1:{free_port()}",
    }  # fmt: skip

    pulled = subprocess.run(
        ["podman", "pull", "--quiet", "docker.io/library/web:1.0"],
        env=place, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert pulled.returncode == 0, pulled.stderr
