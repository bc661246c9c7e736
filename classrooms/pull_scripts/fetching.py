"""The one line that gets a script or a file from the portal and does the rest."""

from __future__ import annotations

from classrooms.pull_scripts.commands import System
from classrooms.pull_scripts.quoting import for_powershell, for_sh


def run_script(address: str, system: System) -> str:
    """Get the script at `address`, without its ending, and run it.

    PowerShell runs it as a file: what comes in by a pipe it reads without accents and without an end to fail with.
    """
    base, mark, query = address.partition("?")
    if system is System.WINDOWS:
        file = "$env:TEMP\\aulahub-pull.ps1"
        get = f"irm {for_powershell(f'{base}.ps1{mark}{query}')} -OutFile {file}"
        return f"{get}; powershell -ExecutionPolicy Bypass -File {file}"
    return f"curl -fsSL {for_sh(f'{base}.sh{mark}{query}')} | sh"


def get_compose(address: str, system: System) -> str:
    """Get the compose file into the folder of the terminal."""
    if system is System.WINDOWS:
        return f"irm {for_powershell(address)} -OutFile compose.yaml"
    return f"curl -fsSL {for_sh(address)} -o compose.yaml"
