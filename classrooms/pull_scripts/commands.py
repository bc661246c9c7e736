"""The two lines that a student copies: pull this, run it so. Right for the system they sit at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from classrooms.image_facts import is_made_for
from classrooms.pull_scripts.quoting import for_powershell, for_sh


class System(StrEnum):
    """Where the commands are typed. A Mac with an Apple chip runs other images than one with Intel's."""

    LINUX = "linux"
    WINDOWS = "windows"
    MAC_INTEL = "mac_intel"
    MAC_APPLE = "mac_apple"

    @property
    def platform(self) -> str:
        """What Docker pulls there without being told."""
        return "linux/arm64" if self is System.MAC_APPLE else "linux/amd64"


def system_of(user_agent: str) -> System:
    """A guess from the browser's own words; a phone counts as Linux. A Mac says "Intel" on both chips."""
    words = user_agent.lower()
    if "windows" in words:
        return System.WINDOWS
    return System.MAC_APPLE if "mac os" in words and "mobile" not in words else System.LINUX


@dataclass(frozen=True)
class Recipe:
    """How an image is run: ("8080:80",), ("A=1",), ("datos:/var/lib/mysql",); `options` are a teacher's own words."""

    ports: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImageCommands:
    """`reference` is by digest where it is frozen; `platforms` what the image has, () where nobody knows."""

    reference: str
    recipe: Recipe = Recipe()
    platforms: tuple[str, ...] = ()

    def pull(self, system: System) -> str:
        return _line(["docker", "pull", *self._platform(system), self.reference], system)

    def run(self, system: System) -> str:
        recipe = self.recipe
        words = ["docker", "run", *recipe.options]
        for flag, values in (("-p", recipe.ports), ("-e", recipe.environment), ("-v", recipe.volumes)):
            for value in values:
                words += [flag, value]
        return _line([*words, *self._platform(system), self.reference], system)

    def runs_on(self, system: System) -> bool:
        """Whether the image is made for that processor, as far as is known."""
        return not self.platforms or any(is_made_for(one, system.platform) for one in self.platforms)

    def _platform(self, system: System) -> list[str]:
        """An Apple chip runs what is made for Intel's, slowly, if it is told to."""
        is_foreign = not self.runs_on(system) and any(
            is_made_for(one, "linux/amd64") for one in self.platforms
        )
        return ["--platform", "linux/amd64"] if is_foreign and system is System.MAC_APPLE else []


def _line(words: list[str], system: System) -> str:
    return " ".join(map(for_powershell if system is System.WINDOWS else for_sh, words))
