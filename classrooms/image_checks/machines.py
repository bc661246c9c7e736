"""The kinds of computers that a class may sit at, and what images they need. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from classrooms.image_checks.findings import gettext_noop
from classrooms.image_facts import is_made_for


class Machine(StrEnum):
    """As it is kept with the class."""

    PC = "pc"
    MAC = "mac"
    RASPBERRY_PI = "pi64"
    OLD_RASPBERRY_PI = "pi32"

    @property
    def platform(self) -> str:
        return _PLATFORMS[self]

    @property
    def runs(self) -> tuple[str, ...]:
        """Platforms of images that it runs, the one that suits it best first."""
        return (self.platform, _PLATFORMS[Machine.PC]) if self.translates else (self.platform,)

    def platform_for(self, platforms: Iterable[str]) -> str:
        """By which of its platforms it runs an image that has these; "" where it runs none of them."""
        has = tuple(platforms)
        return next((one for one in self.runs if any(is_made_for(its, one) for its in has)), "")

    @property
    def translates(self) -> bool:
        """Whether it also runs what is made for Intel's processors, slowly."""
        return self is Machine.MAC


_PLATFORMS = {
    Machine.PC: "linux/amd64",
    Machine.MAC: "linux/arm64",
    Machine.RASPBERRY_PI: "linux/arm64",
    Machine.OLD_RASPBERRY_PI: "linux/arm/v7",
}
NAMES: dict[Machine, str] = {
    Machine.PC: gettext_noop("PCs with Linux or Windows (amd64)"),
    Machine.MAC: gettext_noop("Macs with Apple chip (arm64)"),
    Machine.RASPBERRY_PI: gettext_noop("Raspberry Pi, 64 bits (arm64)"),
    Machine.OLD_RASPBERRY_PI: gettext_noop("older Raspberry Pi, 32 bits (arm v7)"),
}


def known(kept: Iterable[object]) -> tuple[Machine, ...]:
    """The kinds that are kept with a class; PCs where none is."""
    found = tuple(machine for machine in Machine if machine.value in set(map(str, kept)))
    return found or (Machine.PC,)


def runner(kept: str, machines: Iterable[object]) -> Machine:
    """The teacher's computer, on which handed-in work is run: as it was said, else the first kind of the class's."""
    return Machine(kept) if kept in set(Machine) else known(machines)[0]


def platforms_of(machines: Iterable[Machine]) -> tuple[str, ...]:
    """Each once."""
    return tuple(dict.fromkeys(machine.platform for machine in machines))


def translated_by(machines: Iterable[Machine]) -> tuple[str, ...]:
    """The platforms of which every computer of the class translates."""
    kinds = tuple(machines)
    strict = {machine.platform for machine in kinds if not machine.translates}
    return tuple(
        machine.platform for machine in kinds if machine.translates and machine.platform not in strict
    )
