"""From what a student pasted to what it means, and to what a teacher needs where nobody knows it."""

from __future__ import annotations

import re

from classrooms.troubleshooting.causes import CAUSES, Cause

# A terminal's whole history is more than anybody wants to send.
LONGEST = 8_000
# What should not travel to the teacher: tokens, passwords in addresses, and what stands after -p or --password.
_HIDDEN = (
    re.compile(r"dckr_(?:pat|oat)_[A-Za-z0-9_-]+"),
    re.compile(r"(?<=://)[^\s/:@]+:[^\s/@]+(?=@)"),
    re.compile(r"(?i)(?<=password[ =:])\S+"),
    re.compile(r"(?<=\s-p )(?!\d+(?::|\s|$))\S+"),
    re.compile(r"(?i)(?<=bearer )\S+"),
)
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def explain(text: str) -> Cause | None:
    """The cause that a pasted error speaks of, or None for one that is not known."""
    plain = plain_text(text)
    return next((cause for cause in CAUSES if cause.pattern.search(plain)), None)


def plain_text(text: str) -> str:
    """What was pasted, without colours, as lines; the end of it where it is very long, since errors stand at the end."""
    return _COLOURS.sub("", text).replace("\r\n", "\n").replace("\0", "").strip()[-LONGEST:]


def without_secrets(text: str) -> str:
    """The same text fit to be shown to a teacher."""
    plain = plain_text(text)
    for pattern in _HIDDEN:
        plain = pattern.sub("…", plain)
    return plain
