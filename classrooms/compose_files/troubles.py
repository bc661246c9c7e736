"""Why a compose file is not taken, as a stable code and an English sentence that says what to do."""

from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """The same text; the name is what the collector of translatable texts looks for."""
    return text


REASONS: dict[str, str] = {
    # The file as a whole.
    "too_long": gettext_noop("The file is longer than a compose file needs to be. Keep it under 64 KB."),
    "not_yaml": gettext_noop(
        "This is no YAML: look at line %(line)s, often an indent or a missing space after “:”."
    ),
    "swollen": gettext_noop("The file repeats itself by “&” and “*” until nobody can read it. Write it out."),
    "no_services": gettext_noop("A compose file has a part “services:” with at least one service."),
    "too_many_services": gettext_noop("The file has more services than a practice needs: at most 12."),
    "include": gettext_noop(
        "“%(value)s” brings in other files, and only this one is handed in. Write it out here."
    ),
    # A service that cannot be run from an image.
    "service_name": gettext_noop(
        "“%(service)s” is no name for a service: letters a–z without accents, digits, “-”, “_” and “.” only."
    ),
    "shape": gettext_noop("In the service “%(service)s”, “%(key)s” is not written as Compose reads it."),
    "no_image": gettext_noop(
        "The service “%(service)s” says no image. Push what you built and write its name after “image:”."
    ),
    "image": gettext_noop("“%(value)s” of the service “%(service)s” is no name of an image."),
    "variable": gettext_noop(
        "“%(value)s” takes a value from the computer it runs on, which is not handed in. Write the value itself, or "
        "hand in your .env with it."
    ),
    "env_line": gettext_noop("Line %(line)s of .env is no NAME=value."),
    # What would reach the computer that runs it.
    "privileged": gettext_noop(
        "The service “%(service)s” asks to be privileged: that is all of the teacher’s computer."
    ),
    "namespace": gettext_noop(
        "The service “%(service)s” wants “%(key)s: %(value)s”, which it would share with the teacher’s computer."
    ),
    "docker_socket": gettext_noop(
        "The service “%(service)s” asks for Docker’s socket: with it, it could do anything."
    ),
    "host_path": gettext_noop(
        "The service “%(service)s” mounts “%(value)s” from the teacher’s computer. Use a named volume, "
        "or copy the files into the image."
    ),
    "host_key": gettext_noop(
        "The service “%(service)s” says “%(key)s”, which reaches for the teacher’s computer."
    ),
    "unknown_key": gettext_noop(
        "“%(key)s” of the service “%(service)s” is not among what a hand-in may say. Leave it out."
    ),
    "volume_driver": gettext_noop(
        "The volume “%(value)s” names a driver or a place of its own. Leave that out."
    ),
}


@dataclass(frozen=True)
class ComposeTrouble:
    """One thing that keeps a compose file from being taken. `code` is a key of `REASONS`; the rest fills its sentence."""

    code: str
    service: str = ""
    key: str = ""
    value: str = ""
    line: int = 0

    @property
    def sentence(self) -> str:
        """In English; `REASONS[code]` is what gets translated."""
        return REASONS[self.code] % self.facts

    @property
    def facts(self) -> dict[str, object]:
        return {"service": self.service, "key": self.key, "value": self.value, "line": self.line}


class ComposeRefused(ValueError):
    """A compose file that is not taken, with everything that speaks against it."""

    def __init__(self, *troubles: ComposeTrouble) -> None:
        self.troubles = troubles
        super().__init__(" ".join(trouble.sentence for trouble in troubles))
