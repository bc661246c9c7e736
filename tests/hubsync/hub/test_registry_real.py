"""The same questions to a real registry, filled by a real client, and to the local Docker Hub: both agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import pytest
import requests

from hubsync.hub.manifests import ACCEPT
from hubsync.hub.registry import RegistryReader
from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World
from tests.hubsync.real_registry import Layout, Registry, missing_programs

PLATFORMS = ("linux/amd64", "linux/arm64")
MANY, ONE = "iestriana/lamp", "iestriana/single"


@dataclass
class Side:
    """A registry with "lamp" (two platforms, with attestations) and "single" (one image), both tagged 1.0."""

    url: str
    # None where the layers are invented.
    bytes_of_single: int | None = None
    digest_of_many: str | None = None

    @property
    def reader(self) -> RegistryReader:
        return RegistryReader(self.url)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Side]:
    missing = missing_programs()
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed (apt install docker-registry skopeo)")
    registry = Registry()
    try:
        registry.start()
        many, one = (Layout(tmp_path_factory.mktemp("layout")) for _ in range(2))
        digest = many.index(*PLATFORMS)
        one.image("linux/arm64")
        registry.push(many, f"{MANY}:1.0")
        registry.push(one, f"{ONE}:1.0")
        yield Side(registry.url, one.bytes_of["linux/arm64"], digest)
    finally:
        registry.stop()


@pytest.fixture(scope="module")
def local() -> Iterator[Side]:
    world = World()
    world.add_user("anaruiz")
    world.add_organization("iestriana", owner="anaruiz", seats=5)
    for name in ("lamp", "single"):
        world.add_repository("iestriana", name)
    world.push_tag("iestriana", "lamp", "1.0", platforms=PLATFORMS, attestations=True)
    world.push_tag("iestriana", "single", "1.0", platforms=("linux/arm64",))
    with serve(world) as hub:
        yield Side(hub.url)


@pytest.fixture(params=["real", "local"])
def side(request: pytest.FixtureRequest) -> Side:
    found: Side = request.getfixturevalue(request.param)
    return found


def raw(side: Side, repository: str, reference: str) -> bytes:
    """What a client of no particular make gets for it."""
    url = f"{side.url}/v2/{repository}/manifests/{reference}"
    asked = requests.get(url, headers={"Accept": ACCEPT}, timeout=5)
    if asked.status_code == 401:
        scope = {"service": "registry.docker.io", "scope": f"repository:{repository}:pull"}
        token = requests.get(f"{side.url}/token", params=scope, timeout=5).json()["token"]
        headers = {"Accept": ACCEPT, "Authorization": f"Bearer {token}"}
        asked = requests.get(url, headers=headers, timeout=5)
    return asked.content


def test_the_digest_of_a_head_is_that_of_the_bytes_of_a_get(side: Side) -> None:
    facts = side.reader.look_up(MANY, "1.0")

    assert facts is not None and facts.is_index
    assert facts.digest == "sha256:" + sha256(raw(side, MANY, "1.0")).hexdigest()
    assert side.digest_of_many in (None, facts.digest)


def test_an_index_tells_its_platforms_and_leaves_the_attestations_out(side: Side) -> None:
    facts = side.reader.look_up(MANY, "1.0", with_platforms=True)

    assert facts is not None
    assert [str(platform) for platform in facts.platforms] == list(PLATFORMS)
    assert facts.compressed_bytes is None


def test_a_single_image_tells_its_size_and_its_platform(side: Side) -> None:
    facts = side.reader.look_up(ONE, "1.0", with_platforms=True)

    assert facts is not None and not facts.is_index
    assert [str(platform) for platform in facts.platforms] == ["linux/arm64"]
    assert facts.compressed_bytes
    assert side.bytes_of_single in (None, facts.compressed_bytes)


def test_a_digest_finds_what_its_tag_finds(side: Side) -> None:
    by_tag = side.reader.look_up(MANY, "1.0", with_platforms=True)
    assert by_tag is not None

    assert side.reader.look_up(MANY, by_tag.digest, with_platforms=True) == by_tag


@pytest.mark.parametrize(
    ("repository", "reference"),
    [(MANY, "2.0"), ("iestriana/nothing", "1.0"), (MANY, "sha256:" + "0" * 64)],
)
def test_what_is_not_there_is_none(side: Side, repository: str, reference: str) -> None:
    assert side.reader.look_up(repository, reference, with_platforms=True) is None


def test_a_registry_without_a_token_server_says_nothing_about_who_may_pull(real: Side) -> None:
    assert real.reader.may_pull(MANY) is None


def test_a_credential_is_no_hindrance_where_none_is_asked_for(real: Side) -> None:
    reader = RegistryReader(real.url, ("iestriana", "dckr_oat_planted"))

    assert reader.look_up(MANY, "1.0") is not None
    assert not reader.is_refused
