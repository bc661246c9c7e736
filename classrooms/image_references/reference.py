"""An image in a registry, and how it is written: short as people do, in full, as the argument of `docker pull`."""

from dataclasses import dataclass, replace

DOCKER_HUB = "docker.io"
# Hub: official images live in the namespace "library", which nobody writes.
OFFICIAL = "library/"


@dataclass(frozen=True)
class ImageReference:
    """An image in a registry. `path` is complete ("library/nginx"); `tag` and `digest` may be ""."""

    host: str
    path: str
    tag: str = ""
    digest: str = ""

    @property
    def is_on_docker_hub(self) -> bool:
        return self.host == DOCKER_HUB

    @property
    def namespace(self) -> str:
        """What stands before the last part: "iestriana", "library"; "" where there is one part only."""
        return self.path.rpartition("/")[0]

    @property
    def repository(self) -> str:
        """As people write it, without tag: "nginx", "iestriana/lamp", "ghcr.io/owner/name"."""
        if not self.is_on_docker_hub:
            return f"{self.host}/{self.path}"
        short = self.path.removeprefix(OFFICIAL)
        if "/" not in short:
            return short
        # A first part that looks like a registry would be read as one.
        return f"{self.host}/{self.path}" if is_host(self.path.partition("/")[0]) else self.path

    @property
    def familiar(self) -> str:
        """As people write it: "nginx:1.27"."""
        return self.repository + self._suffix

    @property
    def canonical(self) -> str:
        """In full, so that two names of one thing are equal: "docker.io/library/nginx:latest"."""
        whole = self if self.tag or self.digest else self.with_tag("latest")
        return f"{whole.host}/{whole.path}{whole._suffix}"

    @property
    def pull_argument(self) -> str:
        """What goes after `docker pull`: by digest where there is one, else by tag (`latest` is said)."""
        return (
            f"{self.repository}@{self.digest}" if self.digest else f"{self.repository}:{self.tag or 'latest'}"
        )

    def with_tag(self, tag: str) -> "ImageReference":
        return replace(self, tag=tag)

    @property
    def _suffix(self) -> str:
        return (f":{self.tag}" if self.tag else "") + (f"@{self.digest}" if self.digest else "")

    def __str__(self) -> str:
        return self.familiar


def is_host(first: str) -> bool:
    return first.lower() == "localhost" or any(sign in first for sign in ".:")
