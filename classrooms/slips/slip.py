"""What stands on a slip."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """One student's slip; `address` is what the picture of squares leads to."""

    name: str
    code: str
    address: str


@dataclass(frozen=True)
class SlipWords:
    """What is the same on every slip, in the language of the school."""

    school: str
    class_group: str
    # Where to go without a camera, for example "aulahub.example.org/join".
    go_to: str
    works_until: str
