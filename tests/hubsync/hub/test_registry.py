"""Manifests, platforms, sizes and the pull limit, from the registry."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import requests

from hubsync.hub.errors import HubAuthLost, HubError, HubThrottled, HubUnavailable
from hubsync.hub.image_answers import PullLimit
from hubsync.hub.manifests import is_trusted_realm, read_challenge
from hubsync.hub.registry import RegistryReader
from tests.hubsync.canned import Canned, said
from tests.hubsync.local_hub import ORGANIZATION, local_hub

REGISTRY = "https://registry-1.docker.example"
DIGEST = "sha256:" + "a" * 64
INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
NOW = datetime(2026, 9, 15, tzinfo=UTC)
SECRET = "dckr_oat_planted"


def challenge(realm="https://auth.docker.example/token"):
    value = f'Bearer realm="{realm}",service="registry.docker.io",scope="repository:a/b:pull"'
    return said({"errors": [{"code": "UNAUTHORIZED"}]}, 401, {"WWW-Authenticate": value})


def manifest(body=None, kind=INDEX, **headers):
    return (
        200,
        {"Content-Type": kind, "Docker-Content-Digest": DIGEST, **headers},
        json.dumps(body).encode() if body else b"",
    )


def registry(*answers, auth=None, url=REGISTRY):
    canned = Canned(*answers)
    return RegistryReader(url, auth, adapter=canned, now=lambda: NOW), canned


TOKEN = said({"token": "t1"})


def test_a_tag_is_looked_up_without_a_pull():
    reader, canned = registry(challenge(), TOKEN, manifest())

    facts = reader.look_up("iestriana/web", "1.0")

    assert (facts.digest, facts.is_index, facts.platforms) == (DIGEST, True, ())
    assert [one.method for one in canned.asked] == ["HEAD", "GET", "HEAD"]
    assert "scope=repository%3Aiestriana%2Fweb%3Apull" in canned.lines[1]


def test_the_token_of_a_repository_is_used_again():
    reader, canned = registry(challenge(), TOKEN, manifest(), manifest())

    reader.look_up("iestriana/web", "1.0")
    reader.look_up("iestriana/web", "2.0")

    assert len(canned.asked) == 4


def test_every_kind_of_manifest_is_understood():
    reader, canned = registry(manifest())

    reader.look_up("iestriana/web", "1.0")

    assert all(kind in canned.asked[0].headers["Accept"] for kind in (INDEX, MANIFEST))


def test_the_platforms_of_an_index_leave_attestations_out():
    rows = [
        {"platform": {"os": "linux", "architecture": "arm", "variant": "v7"}},
        {"platform": {"os": "linux", "architecture": "amd64"}},
        {"platform": {"os": "unknown", "architecture": "unknown"}},
        {"platform": None},
        None,
    ]
    reader, canned = registry(manifest(), manifest({"manifests": rows}))

    facts = reader.look_up("iestriana/web", "1.0", with_platforms=True)

    assert [str(platform) for platform in facts.platforms] == ["linux/amd64", "linux/arm/v7"]
    assert canned.lines[-1] == f"GET /v2/iestriana/web/manifests/{DIGEST}"


def test_a_single_image_tells_its_size():
    body = {"config": {"size": 10}, "layers": [{"size": 200}, {"size": 3000}]}
    reader, _ = registry(manifest(kind=MANIFEST), manifest(body, MANIFEST))

    assert reader.look_up("a/b", "1.0", with_platforms=True).compressed_bytes == 3210


@pytest.mark.parametrize("body", [{}, {"layers": []}, {"config": {"size": 1}, "layers": [{"size": None}]}])
def test_a_size_that_is_not_told_whole_is_none(body):
    reader, _ = registry(manifest(kind=MANIFEST), manifest({"schemaVersion": 2, **body}, MANIFEST))

    assert reader.look_up("a/b", "1.0", with_platforms=True).compressed_bytes is None


@pytest.mark.parametrize("status", [401, 403, 404])
def test_missing_and_private_are_both_none(status):
    refusal = said({"errors": []}, status, {"WWW-Authenticate": challenge()[1]["WWW-Authenticate"]})
    reader, _ = registry(challenge(), TOKEN, refusal)

    assert reader.look_up("iestriana/secret", "1.0") is None


@pytest.mark.parametrize("status", [403, 404])
def test_what_the_firewall_says_is_not_missing(status):
    reader, _ = registry((status, {"Content-Type": "text/html"}, b"<html>"))

    with pytest.raises(HubUnavailable):
        reader.look_up("a/b", "1.0")


def test_no_pulls_left_is_a_pause_also_for_a_head():
    reader, _ = registry(said({"errors": [{"message": "You have reached your pull rate limit."}]}, 429))

    with pytest.raises(HubThrottled) as caught:
        reader.look_up("a/b", "1.0")

    assert caught.value.not_before == NOW + timedelta(minutes=15)


def test_a_refused_credential_is_not_tried_again():
    reader, canned = registry(
        challenge(), said({"details": "incorrect"}, 401), challenge(), auth=("iestriana", SECRET)
    )

    for _ in range(2):
        with pytest.raises(HubAuthLost):
            reader.look_up("a/b", "1.0")

    assert len(canned.asked) == 3
    assert reader.is_refused


@pytest.mark.parametrize(
    "realm",
    [
        "https://thief.example/token",
        "http://auth.docker.example/token",
        "https://docker.example.thief.org/",
        "",
        "https://[x",
    ],
)
def test_a_credential_is_not_given_to_a_stranger(realm):
    reader, canned = registry(challenge(realm), auth=("iestriana", SECRET))

    with pytest.raises(HubUnavailable):
        reader.look_up("a/b", "1.0")

    assert len(canned.asked) == 1


@pytest.mark.parametrize(
    ("realm", "url", "is_trusted"),
    [
        ("https://auth.docker.io/token", "https://registry-1.docker.io", True),
        ("http://127.0.0.1:8001/token", "http://127.0.0.1:8002", True),
        ("https://127.0.0.1/token", "http://127.0.0.1:8002", True),
        ("http://10.0.0.1/token", "http://127.0.0.1", False),
        ("http://1.0.0.1/token", "http://127.0.0.1", False),
        ("https://auth.example/token", "https://registry.example", False),
        ("https://user@auth.docker.io/token", "https://registry-1.docker.io", False),
    ],
)
def test_a_token_server_is_of_the_registrys_domain(realm, url, is_trusted):
    assert is_trusted_realm(realm, url) is is_trusted


def test_a_challenge_of_another_scheme_names_nobody():
    assert read_challenge('Basic realm="x"') == {}


def test_the_pull_limit_is_read_as_the_registry_says_it():
    headers = {
        "ratelimit-limit": "100;w=3600",
        "ratelimit-remaining": "76;w=3600",
        "docker-ratelimit-source": "192.0.2.7",
    }
    reader, canned = registry(challenge(), TOKEN, manifest(**headers))

    assert reader.pull_limit() == PullLimit(100, 76, 3600, "192.0.2.7")
    assert canned.lines[-1] == "HEAD /v2/ratelimitpreview/test/manifests/latest"


def test_no_numbers_are_no_limit():
    reader, _ = registry(manifest(**{"docker-ratelimit-source": "account"}))

    assert reader.pull_limit() is None


@pytest.mark.parametrize("name", ["", "../admin", "A/B", "a//../b", "a b", "a" * 256])
def test_a_name_that_is_none_is_not_sent(name):
    reader, canned = registry()

    with pytest.raises(ValueError, match="no name"):
        reader.look_up(name, "latest")

    assert canned.asked == []


@pytest.mark.parametrize(
    "trouble", [said({"message": SECRET}, 401), said(SECRET.encode(), 500), requests.ConnectionError(SECRET)]
)
def test_no_trouble_holds_the_secret(trouble):
    reader, _ = registry(challenge(), trouble, auth=("iestriana", SECRET))

    with pytest.raises(HubError) as caught:
        reader.look_up("a/b", "1.0")

    assert SECRET not in f"{caught.value!r} {caught.value} {vars(caught.value)} {reader!r} {vars(reader)}"
    assert caught.value.__context__ is None


@pytest.fixture(scope="module")
def hub():
    with local_hub() as started:
        yield started


def test_a_private_image_is_hidden_from_nobody_and_shown_to_the_token(hub):
    mine, nobody = RegistryReader.of(hub.connection), RegistryReader(hub.url)

    assert nobody.look_up(f"{ORGANIZATION}/exam", "1.0") is None
    assert len(mine.look_up(f"{ORGANIZATION}/exam", "1.0", with_platforms=True).platforms) == 2


def test_the_size_of_a_public_image_is_what_the_hub_says(hub):
    facts = RegistryReader(hub.url).look_up(f"{ORGANIZATION}/web", "latest", with_platforms=True)

    assert facts.compressed_bytes == pytest.approx(7_000_000, rel=0.01)


def test_reading_the_limit_spends_no_pull(hub):
    reader = RegistryReader(hub.url)

    first, second = reader.pull_limit(), reader.pull_limit()

    assert first == second
    assert reader.look_up(f"{ORGANIZATION}/web", "latest") is not None
    assert reader.pull_limit() == first


def test_a_token_tells_what_may_be_pulled(hub):
    without = RegistryReader.of(hub.connect("scope-repository-read"))

    assert RegistryReader.of(hub.connection).may_pull(f"{ORGANIZATION}/exam") is True
    assert without.may_pull(f"{ORGANIZATION}/exam") is False
