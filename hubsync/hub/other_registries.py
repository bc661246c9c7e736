"""Registries beside Docker Hub that may be asked about an image, and where each may send who asks. Pure.

A fixed table: a name that somebody typed leads nowhere that does not stand here. Only the token servers named here are
asked for a token (the challenge of a registry names its "realm"), and configurations are fetched only from the stores named
here, to which registries redirect. Everything as nobody, and over TLS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# A whole address as every reader of addresses reads it: no account, no backslash, no space.
_ADDRESS = re.compile(r"(https?)://([a-z0-9.-]+(?::[0-9]{1,5})?)(?:[/?][!-\[\]-~]*)?", re.ASCII)
_HOST = re.compile(
    r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[0-9]{1,5})?", re.ASCII
)
# What stands for the whole table in a setting.
KNOWN_ONES = "known"
# Its pulls are counted by whichever of its names they come.
_DOCKER_HUBS = frozenset(
    {
        *("docker.io", "index.docker.io", "registry-1.docker.io", "registry.docker.io"),
        *("hub.docker.com", "registry.hub.docker.com"),
    }
)


@dataclass(frozen=True)
class OtherRegistry:
    """A registry by its host as it stands in references. A store ".example.org" is every host below it."""

    host: str
    token_servers: tuple[str, ...]
    stores: tuple[str, ...] = ()
    # "http" is for a registry of this machine alone.
    scheme: str = "https"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}"

    def is_token_server(self, realm: str) -> bool:
        """Whether a challenge leads where this registry has its tokens, as well encrypted."""
        return self._host_of(realm) in self.token_servers

    def is_store(self, place: str) -> bool:
        """Whether a redirect leads where this registry keeps its contents, as well encrypted."""
        found = self._host_of(place)
        return any(found == one or (one.startswith(".") and found.endswith(one)) for one in self.stores)

    def _host_of(self, address: str) -> str:
        """ "auth.example.org" of an address with the registry's own scheme; "" of any other."""
        read = _ADDRESS.fullmatch(address)
        if not read or read[1] != self.scheme:
            return ""
        return read[2].removesuffix(":443" if self.scheme == "https" else ":80")


# Token servers as each registry's WWW-Authenticate names them, and as public clients have recorded it; looked at in
# November 2026. Stores where something public names them: what lies at a store that is not named is not fetched, and then
# the day of the build stays unknown, and of an image without an index its platform.
KNOWN = (
    # Realm https://ghcr.io/token. Store: aquasecurity/trivy, docs, troubleshooting (what a firewall has to let through).
    OtherRegistry("ghcr.io", ("ghcr.io",), ("pkg-containers.githubusercontent.com",)),
    # Realm https://quay.io/v2/auth. Stores: access.redhat.com/node/7001746, "Firewall changes for container image pulls".
    OtherRegistry(
        "quay.io", ("quay.io",), ("cdn.quay.io", "cdn01.quay.io", "cdn02.quay.io", "cdn03.quay.io")
    ),
    # Asks for no token. Stores: learn.microsoft.com, "Outbound network and FQDN rules for AKS clusters".
    OtherRegistry("mcr.microsoft.com", ("mcr.microsoft.com",), (".data.mcr.microsoft.com",)),
    # Realm https://gitlab.com/jwt/auth. Store: docs.gitlab.com, "GitLab.com settings", container registry.
    OtherRegistry("registry.gitlab.com", ("gitlab.com",), ("cdn.registry.gitlab-static.net",)),
    # Realm https://public.ecr.aws/token/. Stores: anywhere.eks.amazonaws.com, prerequisites of an administrative machine.
    OtherRegistry(
        "public.ecr.aws",
        ("public.ecr.aws",),
        ("d2glxqk2uabbnd.cloudfront.net", "d5l0dvt14r5h8.cloudfront.net"),
    ),
    # Realm https://docker-auth.elastic.co/auth.
    OtherRegistry("docker.elastic.co", ("docker-auth.elastic.co",)),
    # Realm https://container-registry.oracle.com/auth; what is free there (database/free) needs no account.
    OtherRegistry("container-registry.oracle.com", ("container-registry.oracle.com",)),
)


def read_registries(entries: Iterable[str]) -> tuple[OtherRegistry, ...]:
    """The registries that a setting names: "known" is the table, "registry.example.org" one more.

    "registry.example.org=auth.example.org+store.example.org" says where else it may lead; "http://127.0.0.1:5001" is a
    registry of this machine. Raises ValueError, with a sentence, for what is neither.
    """
    found: dict[str, OtherRegistry] = {}
    for entry in filter(None, (one.strip().lower() for one in entries)):
        for registry in KNOWN if entry == KNOWN_ONES else (_read(entry),):
            found[registry.host] = registry
    return tuple(found.values())


def _read(entry: str) -> OtherRegistry:
    name, _sign, rest = entry.partition("=")
    scheme, sign, host = name.rpartition("://")
    elsewhere = tuple(filter(None, rest.split("+")))
    if not all(_HOST.fullmatch(one.removeprefix(".")) for one in (host, *elsewhere)):
        raise ValueError(f"{entry!r} is no host of a registry")
    if sign and scheme != "https" and (scheme != "http" or not _is_this_machine(host)):
        raise ValueError(f"{entry!r} is not asked over TLS: only a registry of this machine may be")
    if host.startswith(".") or host in _DOCKER_HUBS:
        raise ValueError(f"{entry!r} is no other registry")
    known = next((one for one in KNOWN if one.host == host and not elsewhere), None)
    return known or OtherRegistry(host, (host, *elsewhere), elsewhere, scheme or "https")


def _is_this_machine(host: str) -> bool:
    return host.partition(":")[0] in ("localhost", "127.0.0.1")
