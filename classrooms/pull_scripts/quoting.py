"""Values as words of a shell: whatever somebody typed stays a value and never becomes a command."""

from __future__ import annotations

import re
import shlex

# What PowerShell takes as one plain word as well as sh does; "@" and "," mean something there.
_PLAIN = re.compile(r"[A-Za-z0-9_./:=+][A-Za-z0-9_./:=+-]*|--?[A-Za-z0-9][A-Za-z0-9-]*")
# PowerShell ends a quoted text at any of these, not only at the straight one.
_QUOTES = re.compile("['‘’‚‛]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def for_sh(value: str) -> str:
    """One word for sh, bash and zsh. Control characters, which no name or value of ours has, are dropped."""
    return shlex.quote(_CONTROL.sub("", value))


def for_powershell(value: str) -> str:
    """One word for PowerShell: in single quotes nothing is replaced, and a quote is written twice."""
    plain = _CONTROL.sub("", value)
    if _PLAIN.fullmatch(plain):
        return plain
    return "'" + _QUOTES.sub(lambda found: found[0] * 2, plain) + "'"


def text_for_powershell(value: str) -> str:
    """Always in quotes: in an expression a bare word would be a command."""
    quoted = for_powershell(value)
    return quoted if quoted.startswith("'") else f"'{quoted}'"


def comment(value: str) -> str:
    """A line of a comment, in both."""
    return " ".join(_CONTROL.sub(" ", value).split())
