"""What starts a project and ends it by itself: for sh and for PowerShell. Nothing that a student wrote is in them.

Keys of works, names of services and numbers are all that comes from outside; keys are ours, and names of services have
been held to letters, digits, ".", "_" and "-" where the compose file was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classrooms.pull_scripts.quoting import comment, for_sh, text_for_powershell
from classrooms.run_projects.values import LOADED, Door, Limits, Work


@dataclass(frozen=True)
class RunWords:
    """Every sentence that a script may say."""

    heading: str
    no_docker: str
    not_started: str
    no_file: str
    other_file: str
    open_page: str
    stops_in: str
    stopped: str


# What the portal writes (`archives.own_name`): one image, one name, files by their digests. "@name" is the name.
OWN_MANIFEST = (
    r'^\[\{"Config":"[0-9a-f]{64}\.json","RepoTags":\["@name"\],"Layers":\[("[0-9a-f]{64}\.tar",?)+\]\}\]$'
)
OWN_FILES = r"^([0-9a-f]{64}\.(tar|json)|manifest\.json)$"


SH = r"""#!/bin/sh
# {heading}
set -u
DOCKER="${{DOCKER:-docker}}"
SECONDS_LEFT="${{AULAHUB_SECONDS:-{seconds}}}"
cd "$(dirname "$0")" || exit 1
say() {{ printf '%s\n' "$1"; }}
project() {{ "$DOCKER" compose -p {name} -f compose.yaml "$@"; }}
command -v "$DOCKER" >/dev/null 2>&1 || {{ say {no_docker}; exit 1; }}

over() {{
    trap '' INT TERM HUP
    project down --volumes --remove-orphans --timeout 3
    states
    printf 'window.answers = "";\n' > answers.js
    say {stopped}
    exit 0
}}

states() {{ # for page.html, which stands beside
    seen=$("$DOCKER" ps -a --filter label=com.docker.compose.project={name} \
        --format '{{{{.Label "com.docker.compose.service"}}}} {{{{.State}}}}' 2>/dev/null |
        tr '\n' ';' | tr -cd 'A-Za-z0-9._; -')
    printf 'window.states = "%s";\n' "$seen" > states.js
}}

answer() {{ # a port; 000 is no answer
    code=$(curl -s -o /dev/null -m 3 --noproxy '*' -w '%{{http_code}}' "http://127.0.0.1:$1/" 2>/dev/null)
    printf '%s %s;' "$1" "${{code:-000}}"
}}

answers() {{ # for page.html too; all are asked at once
    command -v curl >/dev/null 2>&1 || return 0
    seen=$(for port in {ports}; do answer "$port" & done; wait)
    printf 'window.answers = "%s";\n' "$(printf '%s' "$seen" | tr -cd '0-9; ')" > answers.js
}}

load() {{ # key, name to give it
    [ -f "$1.tar" ] || {{ say {no_file}" $1.tar"; return; }}
    # Loading gives an image every name that its file says: only what the portal wrote says none but this one.
    tar -xOf "$1.tar" manifest.json 2>/dev/null | tr -d ' \n' | grep -qxE {own_manifest} &&
        ! tar -tf "$1.tar" | grep -qvE {own_files} || {{ say {other_file}" $1.tar"; return; }}
    "$DOCKER" load -q -i "$1.tar" >/dev/null
}}

start() {{ # key, then the services
    key=$1; shift
    project up -d --no-build "$@" || say {not_started}" $key"
}}

trap over INT TERM HUP
project down --volumes --remove-orphans --timeout 3 >/dev/null 2>&1
"""
SH_TAIL = r"""
states
say {open_page}
say {stops_in}
while [ "$SECONDS_LEFT" -gt 0 ]; do
    sleep 5 & wait $!
    SECONDS_LEFT=$((SECONDS_LEFT - 5))
    states
    answers
done
over
"""
SH_STOP = r"""#!/bin/sh
# {heading}
DOCKER="${{DOCKER:-docker}}"
cd "$(dirname "$0")" || exit 1
exec "$DOCKER" compose -p {name} -f compose.yaml down --volumes --remove-orphans --timeout 3
"""
PS = r"""# {heading}
$ErrorActionPreference = 'Continue'
Add-Type -AssemblyName System.Net.Http
Set-Location $PSScriptRoot
if (-not (Get-Command docker -ErrorAction SilentlyContinue)) {{ Write-Host {no_docker}; exit 1 }}
function Invoke-Project {{ & docker compose -p {name} -f compose.yaml @args }}
function Save-States {{
    $format = '{{{{.Label "com.docker.compose.service"}}}} {{{{.State}}}}'
    $lines = & docker ps -a --filter label=com.docker.compose.project={name} --format $format
    $seen = (($lines -join ';') -replace '[^A-Za-z0-9._; -]', '')
    Set-Content -Encoding ascii states.js ('window.states = "' + $seen + '";')
}}
function Save-Answers {{
    $handler = New-Object System.Net.Http.HttpClientHandler
    $handler.AllowAutoRedirect = $false
    $handler.UseProxy = $false
    $client = New-Object System.Net.Http.HttpClient($handler)
    $asked = @{{}}
    $headers = [System.Net.Http.HttpCompletionOption]::ResponseHeadersRead
    foreach ($port in @({ports_ps})) {{ $asked[$port] = $client.GetAsync("http://127.0.0.1:$port/", $headers) }}
    try {{ [void][System.Threading.Tasks.Task]::WaitAll([System.Threading.Tasks.Task[]]@($asked.Values), 3000) }} catch {{}}
    $lines = foreach ($port in $asked.Keys) {{
        $done = $asked[$port].Status -eq 'RanToCompletion'
        "$port " + $(if ($done) {{ [int]$asked[$port].Result.StatusCode }} else {{ '000' }})
    }}
    $client.Dispose()
    Set-Content -Encoding ascii answers.js ('window.answers = "' + ($lines -join ';') + '";')
}}
function Import-Image([string]$Key, [string]$Name) {{
    if (-not (Test-Path "$Key.tar")) {{ Write-Host ({no_file} + " $Key.tar"); return }}
    # Loading gives an image every name that its file says: only what the portal wrote says none but this one.
    $manifest = ((& tar -xOf "$Key.tar" manifest.json 2>$null) -join '') -replace ' ', ''
    $strange = @(& tar -tf "$Key.tar" 2>$null | Where-Object {{ $_ -notmatch {own_files} }})
    $isOurs = $manifest -match ({own_manifest} -replace '@name', [regex]::Escape($Name))
    if (-not $isOurs -or $strange.Count) {{ Write-Host ({other_file} + " $Key.tar"); return }}
    & docker load -q -i "$Key.tar" | Out-Null
}}
function Start-Work([string]$Key, [string[]]$Services) {{
    Invoke-Project up -d --no-build @Services
    if ($LASTEXITCODE -ne 0) {{ Write-Host ({not_started} + " $Key") }}
}}
Invoke-Project down --volumes --remove-orphans --timeout 3 2>$null
"""
PS_TAIL = r"""
Save-States
Write-Host {open_page}
Write-Host {stops_in}
try {{
    $until = (Get-Date).AddSeconds({seconds})
    while ((Get-Date) -lt $until) {{ Start-Sleep -Seconds 5; Save-States; Save-Answers }}
}} finally {{
    Invoke-Project down --volumes --remove-orphans --timeout 3
    Save-States
    Write-Host {stopped}
}}
"""
PS_STOP = r"""# {heading}
Set-Location $PSScriptRoot
& docker compose -p {name} -f compose.yaml down --volumes --remove-orphans --timeout 3
"""


def scripts_sh(
    name: str, works: Sequence[Work], limits: Limits, words: RunWords, doors: Sequence[Door] = ()
) -> tuple[str, str]:
    """(start.sh, stop.sh). `name` is ours. What the `doors` answer is written down for the page."""
    said = {key: for_sh(getattr(words, key)) for key in RunWords.__dataclass_fields__}
    said |= {"heading": comment(words.heading), "name": name, "seconds": str(limits.minutes * 60)}
    said["ports"] = " ".join(str(door.port) for door in doors)
    before, after = map(for_sh, OWN_MANIFEST.split("@name"))
    said |= {"own_manifest": f'{before}"$2"{after}', "own_files": for_sh(OWN_FILES)}
    loads = [f"load {work.key} {image}" for work in works for image in _loaded(work)]
    starts = [" ".join(["start", work.key, *map(for_sh, _services(work))]) for work in works]
    start = SH.format(**said) + "\n".join([*loads, *starts]) + SH_TAIL.format(**said)
    return start, SH_STOP.format(**said)


def scripts_powershell(
    name: str, works: Sequence[Work], limits: Limits, words: RunWords, doors: Sequence[Door] = ()
) -> tuple[str, str]:
    """(start.ps1, stop.ps1), to be sent with a byte order mark."""
    said = {key: text_for_powershell(getattr(words, key)) for key in RunWords.__dataclass_fields__}
    said |= {"heading": comment(words.heading), "name": name, "seconds": str(limits.minutes * 60)}
    said["ports_ps"] = ", ".join(str(door.port) for door in doors)
    said |= {"own_manifest": text_for_powershell(OWN_MANIFEST), "own_files": text_for_powershell(OWN_FILES)}
    loads = [f"Import-Image '{work.key}' '{image}'" for work in works for image in _loaded(work)]
    starts = [
        f"Start-Work '{work.key}' @({', '.join(map(text_for_powershell, _services(work)))})" for work in works
    ]
    start = PS.format(**said) + "\n".join([*loads, *starts]) + PS_TAIL.format(**said)
    return start, PS_STOP.format(**said)


def _services(work: Work) -> list[str]:
    return [f"{work.key}-{service.name}" for service in work.services]


def _loaded(work: Work) -> list[str]:
    return sorted({one.image for one in work.services if LOADED.fullmatch(one.image)})
