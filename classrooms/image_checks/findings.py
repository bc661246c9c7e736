"""What can be said of an image before a class, how bad each is, and the sentence that mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


def gettext_noop(text: str) -> str:
    """The same text; the name is what the collector of translatable texts looks for."""
    return text


class Verdict(StrEnum):
    """The worst finding decides."""

    READY = "ready"
    AT_RISK = "at_risk"
    WILL_NOT_WORK = "will_not_work"


SENTENCES: dict[str, str] = {
    "missing": gettext_noop(
        "There is no image of this name and tag any more. Choose another tag, or another image."
    ),
    "moved_catalogue": gettext_noop(
        "Bitnami took its free images with versions out of this place. Use the official image, or a copy of your own."
    ),
    "denied": gettext_noop(
        "It is private, and the portal may not see it. Make it public, or give the portal the right to read it."
    ),
    "not_for_students": gettext_noop(
        "It is private, and students of this class cannot pull it. Make it public, make the students members, or give "
        "the class a token that can only pull."
    ),
    "elsewhere": gettext_noop(
        "It is in another registry, which the portal does not ask. Pull it on one computer of the room before class."
    ),
    "hidden": gettext_noop(
        "%(registry)s shows no such image to who does not sign in: it is not there, or it is private, which it does not "
        "tell apart. Check name and tag, or have it made public there."
    ),
    "silent": gettext_noop(
        "%(registry)s did not answer, so nothing is known of this image. Check again later; the others were looked at."
    ),
    "unreachable": gettext_noop("The registry did not answer, so nothing is known. Check again later."),
    "no_platform": gettext_noop(
        "It has no image for %(platform)s, which computers of the class need. Build it with: %(command)s"
    ),
    "emulated": gettext_noop(
        "On %(platform)s it runs only by translation, and slowly. Build it with: %(command)s"
    ),
    "changed": gettext_noop(
        "The tag means another image than when it was frozen. Look at what changed, then decide."
    ),
    "frozen_gone": gettext_noop(
        "The frozen image is no longer there. Freeze the tag again, or keep a copy of your own."
    ),
    "floating": gettext_noop("The tag “%(tag)s” moves. Freeze it, so that everybody has the same."),
    "aged": gettext_noop("This version has had no security updates since %(date)s. Use %(instead)s instead."),
    "aged_for_good": gettext_noop(
        "This has had no security updates since %(date)s, and nothing follows it. Use another image."
    ),
    "old": gettext_noop("Nobody has renewed it since %(date)s. See whether it is still cared for."),
    "large": gettext_noop("It is large: %(size)s to pull for each computer. Pull it the evening before."),
    "too_many_pulls": gettext_noop(
        "The class needs %(needed)s pulls, and %(left)s are left for this network. Sign in, use a copy in the room, "
        "or a USB stick."
    ),
}
_WEIGHT: dict[str, Verdict] = {
    "missing": Verdict.WILL_NOT_WORK, "moved_catalogue": Verdict.WILL_NOT_WORK, "denied": Verdict.WILL_NOT_WORK,
    "not_for_students": Verdict.WILL_NOT_WORK, "elsewhere": Verdict.AT_RISK, "no_platform": Verdict.WILL_NOT_WORK,
    "frozen_gone": Verdict.WILL_NOT_WORK, "hidden": Verdict.WILL_NOT_WORK, "silent": Verdict.AT_RISK,
    "unreachable": Verdict.AT_RISK,
    "emulated": Verdict.AT_RISK, "changed": Verdict.READY, "floating": Verdict.READY, "aged": Verdict.AT_RISK,
    "aged_for_good": Verdict.AT_RISK, "old": Verdict.READY, "large": Verdict.AT_RISK, "too_many_pulls": Verdict.AT_RISK,
}  # fmt: skip
_ORDER = list(Verdict)


@dataclass(frozen=True)
class Finding:
    """One thing to know. `facts` fill the sentence `SENTENCES[code]`; dates and sizes are values, not text."""

    code: str
    facts: tuple[tuple[str, object], ...] = ()

    @property
    def verdict(self) -> Verdict:
        return _WEIGHT[self.code]

    @property
    def weight(self) -> int:
        """The heavier the worse."""
        return _ORDER.index(self.verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    return max(verdicts, key=_ORDER.index, default=Verdict.READY)
