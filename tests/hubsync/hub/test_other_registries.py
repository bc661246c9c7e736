"""Where a registry may lead who asks it, and which registries a setting names."""

import re

import pytest

from hubsync.hub.other_registries import KNOWN, OtherRegistry, read_registries

GHCR = next(one for one in KNOWN if one.host == "ghcr.io")
MICROSOFT = next(one for one in KNOWN if one.host == "mcr.microsoft.com")


@pytest.mark.parametrize(
    ("host", "realm"),
    [
        ("ghcr.io", "https://ghcr.io/token"),
        ("quay.io", "https://quay.io/v2/auth"),
        ("registry.gitlab.com", "https://gitlab.com/jwt/auth"),
        ("public.ecr.aws", "https://public.ecr.aws/token/"),
        ("docker.elastic.co", "https://docker-auth.elastic.co/auth"),
        ("container-registry.oracle.com", "https://container-registry.oracle.com:443/auth?a=b"),
    ],
)
def test_each_known_registry_has_its_token_server(host: str, realm: str) -> None:
    (registry,) = [one for one in KNOWN if one.host == host]

    assert registry.is_token_server(realm)
    assert not [one for one in KNOWN if one.host != host and one.is_token_server(realm)]


@pytest.mark.parametrize(
    "realm",
    [
        "http://ghcr.io/token",
        "https://ghcr.io.evil.example/token",
        "https://evil.example/ghcr.io",
        "https://ghcr.io@evil.example/token",
        "https://evil.example\\@ghcr.io/token",
        "https://ghcr.io\\@evil.example/token",
        "https://ghcr.io:8443/token",
        "https://ghcr.io#@evil.example/",
        "https://ghcr.io/\r\nHost: evil.example",
        "https://127.0.0.1/token",
        "https://[::1]/token",
        "//ghcr.io/token",
        "/token",
        "",
    ],
)
def test_a_challenge_leads_nowhere_else(realm: str) -> None:
    assert not GHCR.is_token_server(realm)


@pytest.mark.parametrize(
    ("place", "is_store"),
    [
        ("https://westeurope.data.mcr.microsoft.com/x?sig=a%2Bb", True),
        ("https://data.mcr.microsoft.com.evil.example/", False),
        ("https://evildata.mcr.microsoft.com/", False),
        ("http://westeurope.data.mcr.microsoft.com/", False),
        ("https://pkg-containers.githubusercontent.com/", False),
    ],
)
def test_contents_lie_only_at_the_registrys_own_stores(place: str, *, is_store: bool) -> None:
    assert MICROSOFT.is_store(place) is is_store


def test_a_setting_empties_or_lengthens_the_list() -> None:
    assert read_registries([]) == read_registries(["", " "]) == ()
    assert read_registries(["known"]) == KNOWN
    assert read_registries(["quay.io", "GHCR.io"]) == (KNOWN[1], GHCR)
    longer = read_registries(["known", "registry.example.org=auth.example.org+.store.example.org"])
    assert longer[: len(KNOWN)] == KNOWN
    assert longer[-1].is_token_server("https://auth.example.org/token")
    assert longer[-1].is_token_server("https://registry.example.org/token")
    assert longer[-1].is_store("https://a.store.example.org/blob")
    assert longer[-1].url == "https://registry.example.org"


def test_a_registry_of_this_machine_may_be_without_tls_and_no_other() -> None:
    (own,) = read_registries(["http://127.0.0.1:5001"])

    assert (own.host, own.url) == ("127.0.0.1:5001", "http://127.0.0.1:5001")
    assert own == OtherRegistry("127.0.0.1:5001", ("127.0.0.1:5001",), (), "http")


@pytest.mark.parametrize(
    "entry",
    ["http://ghcr.io", "http://10.0.0.7:5000", "ftp://127.0.0.1", "a b", "ghcr.io/owner", "x=y/z", ".io", "docker.io", "=a"],
)  # fmt: skip
def test_what_is_no_registry_is_refused_with_its_name(entry: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(entry))):
        read_registries(["known", entry])


@pytest.mark.parametrize(
    "name",
    [
        "docker.io",
        "Index.Docker.IO",
        "https://registry-1.docker.io",
        "hub.docker.com",
        "registry.hub.docker.com=a.b",
    ],
)
def test_docker_hub_is_no_other_registry_by_whichever_name(name: str) -> None:
    with pytest.raises(ValueError, match="is no other registry"):
        read_registries([name])


@pytest.mark.parametrize(
    "realm",
    [
        *(
            "https://GHCR.io/token",
            "https://ghcr.io./token",
            "https://ghcr.io:444/token",
            "https://u@ghcr.io/token",
        ),
        *("https://ghcr.io@127.0.0.1/", "https://ghcr.io\\@127.0.0.1/", "https://ghcr.io#@127.0.0.1/"),
        *("https://ghcr.io%2eexample.org/", "https://ghсr.io/token", "https://ghcr.io/\n", "//ghcr.io/token"),
        *("https://[::1]/token", "https://2130706433/token", "https://0x7f.1/token"),
    ],
)
def test_a_token_server_that_is_written_to_look_like_the_known_one_is_not_asked(realm: str) -> None:
    (ghcr,) = read_registries(["ghcr.io"])

    assert not ghcr.is_token_server(realm) and not ghcr.is_store(realm)
