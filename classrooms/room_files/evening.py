"""Pulling the evening before: the pull script, begun at a moment of its own on each computer, so that the line is shared."""

from __future__ import annotations

# Thirty computers that begin within ten minutes of each other do not all ask at once.
SPREAD_SECONDS = 600
_WAIT_SH = """
# Started by a timer, every computer waits a little of its own; at a terminal nobody has to.
if [ ! -t 0 ]; then
    own=$(uname -n | cksum | cut -d' ' -f1)
    sleep $((own % (${{AULAHUB_SPREAD:-{spread}}} + 1)))
fi
"""
_WAIT_POWERSHELL = """
if (-not [Environment]::UserInteractive) {{ Start-Sleep -Seconds (Get-Random -Maximum {spread}) }}
"""


def at_its_own_moment_sh(script: str, spread: int = SPREAD_SECONDS) -> str:
    """The same script that waits up to so many seconds where no person started it."""
    first, rest = script.split("\n", 1)
    return f"{first}\n{_WAIT_SH.format(spread=spread).strip()}\n{rest}"


def at_its_own_moment_powershell(script: str, spread: int = SPREAD_SECONDS) -> str:
    """The same for Windows."""
    return f"{_WAIT_POWERSHELL.format(spread=spread).strip()}\n{script}"
