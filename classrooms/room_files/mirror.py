"""A copy of Docker Hub in the room: how it is started, and how each computer is told to use it.

Every value is quoted for where it stands; the address of the mirror is checked before it comes here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from classrooms.pull_scripts.quoting import comment, for_sh, text_for_powershell

UPSTREAM = "https://registry-1.docker.io"
PORT = 5000
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?", re.IGNORECASE)


@dataclass(frozen=True)
class MirrorWords:
    """What the files say, in the reader's language."""

    about: str
    no_secrets: str
    asks_root: str
    kept: str
    restart: str
    works: str
    silent: str
    unreadable: str


def read_mirror_address(text: str) -> str | None:
    """ "192.168.1.10:5000" of what a person typed, with the port that the mirror has; None for what is no address."""
    bare = re.sub(r"^https?://", "", text.strip(), flags=re.IGNORECASE).rstrip("/").lower()
    if not _HOST.fullmatch(bare):
        return None
    return bare if ":" in bare else f"{bare}:{PORT}"


def mirror_compose(words: MirrorWords) -> str:
    """The compose.yaml of the mirror. It holds no credential: what one could read, the whole room could."""
    return f"""# {comment(words.about)}
# {comment(words.no_secrets)}
services:
  mirror:
    image: registry:3
    restart: unless-stopped
    ports:
      - "{PORT}:5000"
    environment:
      REGISTRY_PROXY_REMOTEURL: {UPSTREAM}
      REGISTRY_PROXY_TTL: 168h
      REGISTRY_STORAGE_DELETE_ENABLED: "true"
      OTEL_TRACES_EXPORTER: none
    volumes:
      - images:/var/lib/registry
volumes:
  images:
"""


def daemon_json(address: str) -> str:
    """What /etc/docker/daemon.json has to say on each computer, where nothing else stands in it."""
    return json.dumps({"registry-mirrors": [f"http://{address}"]}, indent=2) + "\n"


def use_mirror_sh(address: str, words: MirrorWords) -> str:
    """For Linux and macOS: adds the mirror to Docker's settings and leaves what else stands there."""
    return _SH.format(
        about=comment(words.about),
        mirror=for_sh(f"http://{address}"),
        **{
            name: for_sh(getattr(words, name)) for name in MirrorWords.__dataclass_fields__ if name != "about"
        },
    )


def use_mirror_powershell(address: str, words: MirrorWords) -> str:
    """For Windows with Docker Desktop: the same."""
    return _POWERSHELL.format(
        about=comment(words.about),
        mirror=text_for_powershell(f"http://{address}"),
        **{
            name: text_for_powershell(getattr(words, name))
            for name in MirrorWords.__dataclass_fields__
            if name != "about"
        },
    )


_SH = r"""#!/bin/sh
# {about}
set -eu
mirror={mirror}
say() {{ printf '%s\n' "$1"; }}
if [ "$(uname -s)" = Darwin ]; then file="${{DAEMON_JSON:-$HOME/.docker/daemon.json}}"; else
    file="${{DAEMON_JSON:-/etc/docker/daemon.json}}"
    if [ -z "${{DAEMON_JSON:-}}" ] && [ "$(id -u)" -ne 0 ]; then say {asks_root}; exit 1; fi
fi
if ! curl -fsS --max-time 5 "$mirror/v2/" >/dev/null 2>&1; then say {silent}; exit 1; fi
mkdir -p "$(dirname "$file")"
if [ -s "$file" ]; then
    cp "$file" "$file.before-mirror"
    python3 - "$file" "$mirror" <<'PYTHON' || {{ say {unreadable}; exit 1; }}
import json, sys
path, mirror = sys.argv[1:]
with open(path) as file:
    settings = json.load(file)
mirrors = settings.setdefault("registry-mirrors", [])
if mirror not in mirrors:
    mirrors.insert(0, mirror)
with open(path, "w") as file:
    json.dump(settings, file, indent=2)
PYTHON
    say {kept}
else
    printf '{{"registry-mirrors": ["%s"]}}\n' "$mirror" >"$file"
fi
if [ -z "${{DAEMON_JSON:-}}" ] && [ "$(uname -s)" != Darwin ]; then systemctl restart docker; else say {restart}; fi
say {works}
"""
_POWERSHELL = r"""# {about}
$ErrorActionPreference = 'Stop'
$mirror = {mirror}
$file = Join-Path $env:USERPROFILE '.docker\daemon.json'
try {{ Invoke-WebRequest -UseBasicParsing -TimeoutSec 5 "$mirror/v2/" | Out-Null }}
catch {{ Write-Host {silent}; exit 1 }}
New-Item -ItemType Directory -Force (Split-Path $file) | Out-Null
$settings = New-Object PSObject
if (Test-Path $file) {{
    Copy-Item $file "$file.before-mirror"
    try {{ $settings = Get-Content -Raw $file | ConvertFrom-Json }} catch {{ Write-Host {unreadable}; exit 1 }}
    Write-Host {kept}
}}
$mirrors = @($mirror) + @($settings.'registry-mirrors' | Where-Object {{ $_ -and $_ -ne $mirror }})
$settings | Add-Member -Force -NotePropertyName 'registry-mirrors' -NotePropertyValue $mirrors
[System.IO.File]::WriteAllText($file, ($settings | ConvertTo-Json -Depth 10))
Write-Host {restart}
Write-Host {works}
"""
