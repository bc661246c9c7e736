"""Images of other registries: what a real one says, and what one that means harm cannot bring about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hubsync.hub.errors import HubThrottled, HubUnavailable
from hubsync.hub.other_reader import OtherImage, OtherRegistryReader
from hubsync.hub.other_registries import read_registries
from tests.hubsync.real_registry import INDEX, Layout, Registry, missing_programs
from tests.hubsync.strange_registry import JSON, Said, Strange, digest_of, strange_registry

BUILT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
HTML = (200, {"Content-Type": "text/html"}, b"<html>Welcome to the network of the school</html>")


@pytest.fixture
def registry() -> Iterator[Strange]:
    with strange_registry() as strange:
        yield strange


@pytest.fixture
def elsewhere() -> Iterator[Strange]:
    """Whom nobody named."""
    with strange_registry() as strange:
        yield strange


@pytest.fixture
def reader(registry: Strange) -> Iterator[OtherRegistryReader]:
    reader = OtherRegistryReader(registry.registry, answer_seconds=1.0)
    yield reader
    reader.close()


def test_a_real_registry_tells_digest_platforms_and_size_by_three_questions(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    if missing := missing_programs():
        pytest.skip(f"{' and '.join(missing)} not installed (apt install docker-registry skopeo)")
    real = Registry()
    real.start()
    try:
        many, one = (Layout(tmp_path_factory.mktemp("layout")) for _ in range(2))
        digest = many.index("linux/amd64", "linux/arm64")
        single = one.image("linux/arm64")
        real.push(many, "owner/web:1.0")
        real.push(one, "owner/single:1.0")
        (listed,) = read_registries([real.url])
        reader = OtherRegistryReader(listed)

        assert reader.find_digest("owner/web", "1.0") == digest
        found = reader.read_other("owner/web", digest, ("linux/arm64",))
        size = many.bytes_of["linux/arm64"]
        assert found == OtherImage(digest, ("linux/amd64", "linux/arm64"), size)
        assert reader.read_other("owner/single", "1.0") == OtherImage(
            single, ("linux/arm64",), one.bytes_of["linux/arm64"]
        )
        assert reader.find_digest("owner/web", "2.0") is None
        assert reader.find_digest("owner/nothing", "1.0") is None
        reader.close()
    finally:
        real.stop()


def test_a_look_asks_as_nobody_and_reads_no_layer(registry: Strange, reader: OtherRegistryReader) -> None:
    digest = reader.find_digest("owner/web", "1")
    found = reader.read_other("owner/web", digest or "", ("linux/arm64",))

    assert found == OtherImage(
        digest_of(registry.index), ("linux/arm64/v8",), 30_000_000 + len(registry.config), BUILT
    )
    assert registry.asked == [
        "HEAD /v2/owner/web/manifests/1",
        f"GET /v2/owner/web/manifests/{digest_of(registry.index)}",
        f"GET /v2/owner/web/manifests/{digest_of(registry.manifest)}",
        f"GET /v2/owner/web/blobs/{digest_of(registry.config)}",
    ]
    assert registry.credentials == set()


def test_the_token_is_fetched_where_the_registry_has_it_without_a_credential(
    registry: Strange, reader: OtherRegistryReader
) -> None:
    registry.answers = lambda _method, path, has_token: (
        None if has_token or path.startswith("/token") else registry.challenge()
    )

    assert reader.find_digest("owner/web", "1") == digest_of(registry.index)
    assert registry.credentials == {"Bearer t"}
    assert "scope=repository%3Aowner%2Fweb%3Apull" in registry.asked[1]


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_token_is_missing_or_private_and_says_nothing_of_the_next_image(
    registry: Strange, reader: OtherRegistryReader, status: int
) -> None:
    def answers(_method: str, path: str, has_token: bool) -> Said | None:
        if path.startswith("/token") and "hidden" in path:
            return status, JSON, b'{"errors": [{"code": "DENIED", "message": "denied"}]}'
        return None if has_token or path.startswith("/token") else registry.challenge()

    registry.answers = answers

    assert reader.find_digest("owner/hidden", "1") is None
    assert reader.find_digest("owner/web", "1") == digest_of(registry.index)


def test_a_challenge_that_leads_elsewhere_is_not_followed(
    registry: Strange, elsewhere: Strange, reader: OtherRegistryReader
) -> None:
    registry.answers = lambda *_: registry.challenge(f"http://{elsewhere.host}/token")

    with pytest.raises(HubUnavailable):
        reader.find_digest("owner/web", "1")
    assert elsewhere.asked == []


@pytest.mark.parametrize("path", ["/v2/", "/token"])
def test_a_redirect_is_not_followed(
    registry: Strange, elsewhere: Strange, reader: OtherRegistryReader, path: str
) -> None:
    place = {"Location": f"http://{elsewhere.host}/v2/owner/web/manifests/1"}

    def answers(_method: str, asked: str, has_token: bool) -> Said | None:
        if asked.startswith(path):
            return 307, place, b""
        return None if has_token else registry.challenge()

    registry.answers = answers

    with pytest.raises(HubUnavailable):
        reader.find_digest("owner/web", "1")
    assert elsewhere.asked == []


def test_a_configuration_elsewhere_stays_unread_and_the_rest_is_known(
    registry: Strange, elsewhere: Strange, reader: OtherRegistryReader
) -> None:
    place = {"Location": f"http://{elsewhere.host}/blob"}
    registry.answers = lambda _method, path, _token: (307, place, b"") if "/blobs/" in path else None

    web = reader.read_other("owner/web", "1", ("linux/arm64",))
    single = reader.read_other("owner/single", "1")

    assert web is not None and (web.platforms, web.built_at) == (("linux/arm64/v8",), None)
    assert single is not None and (single.platforms, bool(single.compressed_bytes)) == ((), True)
    assert elsewhere.asked == []


def test_a_configuration_that_is_another_is_not_believed(
    registry: Strange, reader: OtherRegistryReader
) -> None:
    forged = registry.config.replace(b"2026", b"2027")
    registry.answers = lambda _method, path, _token: (200, {}, forged) if "/blobs/" in path else None

    found = reader.read_other("owner/web", "1")
    assert found is not None and found.built_at is None


def test_a_manifest_that_is_not_what_its_digest_says_is_no_answer(
    registry: Strange, reader: OtherRegistryReader
) -> None:
    kind = {"Content-Type": INDEX, "Docker-Content-Digest": digest_of(registry.index)}
    forged = registry.index.replace(b"arm64", b"amd64")
    registry.answers = lambda *_: (200, kind, forged)

    with pytest.raises(HubUnavailable):
        reader.read_other("owner/web", "1")
    with pytest.raises(HubUnavailable):
        reader.read_other("owner/web", digest_of(registry.index))


@pytest.mark.parametrize("status", [200, 401, 403, 404, 503])
def test_a_page_of_a_firewall_is_no_answer(
    registry: Strange, reader: OtherRegistryReader, status: int
) -> None:
    registry.answers = lambda *_: (status, *HTML[1:])

    with pytest.raises(HubUnavailable):
        reader.find_digest("owner/web", "1")


def test_a_registry_that_refuses_head_without_a_word_is_asked_by_get(
    registry: Strange, reader: OtherRegistryReader
) -> None:
    registry.answers = lambda method, *_: (405, {}, b"") if method == "HEAD" else None

    assert reader.find_digest("owner/web", "1") == digest_of(registry.index)
    assert reader.find_digest("owner/web", "2") is None


def test_a_registry_that_is_asked_too_much_says_so(registry: Strange, reader: OtherRegistryReader) -> None:
    registry.answers = lambda *_: (429, JSON, b'{"errors": [{"code": "TOOMANYREQUESTS"}]}')

    with pytest.raises(HubThrottled):
        reader.find_digest("owner/web", "1")
