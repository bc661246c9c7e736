"""What a script is made of: the images, and what it says in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScriptImage:
    """`repository` without tag; `digest` may be "" where nobody has looked yet; `megabytes` compressed, 0 if unknown."""

    repository: str
    tag: str
    digest: str = ""
    title: str = ""
    megabytes: int = 0
    platform: str = ""

    @property
    def reference(self) -> str:
        return f"{self.repository}@{self.digest}" if self.digest else f"{self.repository}:{self.tag}"

    @property
    def familiar(self) -> str:
        return f"{self.repository}:{self.tag}"


@dataclass(frozen=True)
class ScriptWords:
    """Every sentence that a script may say."""

    heading: str
    already: str
    done: str
    failed: str
    again: str
    no_docker: str
    all_done: str
    some_failed: str
    limit: str
    login: str
    missing: str
    platform: str
    disk: str
    dns: str
    clock: str
    no_answer: str
    daemon: str
    unknown: str

    # In the order in which they are looked for: what is particular stands before what is general.
    CAUSES = ("limit", "platform", "disk", "clock", "dns", "missing", "login", "daemon", "no_answer")
