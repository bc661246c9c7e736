"""The script for Windows: PowerShell 5.1, which every Windows has, and later."""

from __future__ import annotations

from collections.abc import Sequence

from classrooms.pull_scripts.quoting import comment, text_for_powershell
from classrooms.pull_scripts.script_values import ScriptImage, ScriptWords
from classrooms.pull_scripts.signs import SIGNS

HEAD = """# {heading}
# Safe to run again: what is there already is not pulled a second time.
$ErrorActionPreference = 'Continue'
$script:failed = 0
$script:number = 0

function Test-Image([string]$Reference, [string]$Digest) {{
    if (-not $Digest) {{ return $false }}
    $found = (& docker image inspect --format '{{{{json .RepoDigests}}}}' $Reference 2>$null) -join ' '
    return $found.Contains($Digest)
}}

function Show-Cause([string]$Printed) {{
{causes}
    else {{ Write-Host ('    ' + {unknown}) }}
}}

function Get-Image([string]$Reference, [string]$Digest, [string]$Familiar, [string]$Title, [string]$Platform) {{
    $script:number++
    Write-Host "[$($script:number)/$total] $Title"
    if (Test-Image $Reference $Digest) {{
        & docker tag $Reference $Familiar 2>$null
        Write-Host ('    ' + {already}); return
    }}
    $options = @('pull'); if ($Platform) {{ $options += @('--platform', $Platform) }}
    foreach ($attempt in 1..3) {{
        $printed = ''
        & docker @options $Reference 2>&1 | ForEach-Object {{ $printed += "$_`n"; Write-Host "    | $_" }}
        if ($LASTEXITCODE -eq 0 -and (-not $Digest -or (Test-Image $Reference $Digest))) {{
            if ($Digest) {{ & docker tag $Reference $Familiar 2>$null }}
            Write-Host ('    ' + {done}); return
        }}
        if ($printed -notmatch {retried} -or $attempt -eq 3) {{ break }}
        Write-Host ('    ' + {again}); Start-Sleep -Seconds (5 * $attempt)
    }}
    $script:failed++
    Write-Host ('    ' + {failed})
    Show-Cause $printed
}}

if (-not (Get-Command docker -ErrorAction SilentlyContinue)) {{ Write-Host {no_docker}; exit 1 }}
"""
TAIL = """
if ($script:failed -gt 0) {{ Write-Host {some_failed}; exit 1 }}
Write-Host {all_done}
"""
REPORT = """
$settings = Join-Path $HOME '.docker/config.json'
$login = 0
if (Select-String -Quiet -SimpleMatch 'index.docker.io' $settings -ErrorAction SilentlyContinue) {{ $login = 1 }}
$body = @{{ result = 'ok'; login = $login }}
try {{ Invoke-WebRequest -UseBasicParsing -TimeoutSec 10 -Method Post -Body $body -Uri {report} | Out-Null }} catch {{ }}
"""


def pull_script_powershell(images: Sequence[ScriptImage], words: ScriptWords, *, report: str = "") -> str:
    """The whole script. To be sent with a byte order mark: PowerShell 5.1 reads no accents without one.

    `report` is an address that is told when all is there, "" for none; whether it answers changes nothing.
    """
    said = {name: text_for_powershell(getattr(words, name)) for name in ScriptWords.__dataclass_fields__}
    retried = text_for_powershell(SIGNS["no_answer"])
    head = HEAD.format(**said | {"heading": comment(words.heading)}, causes=_causes(words), retried=retried)
    told = REPORT.format(report=text_for_powershell(report)) if report and images else ""
    return "\n".join([head, f"$total = {len(images)}", *map(_line, images)]) + TAIL.format(**said) + told


def refusal_powershell(sentence: str) -> str:
    """A script that says one sentence and fails."""
    return f"Write-Host {text_for_powershell(sentence)}\nexit 1\n"


def _causes(words: ScriptWords) -> str:
    causes = {SIGNS[code]: getattr(words, code) for code in ScriptWords.CAUSES}
    tests = [
        f"if ($Printed -match {text_for_powershell(sign)}) {{ Write-Host ('    ' + {text_for_powershell(told)}) }}"
        for sign, told in causes.items()
    ]
    return "    " + "\n    else".join(tests)


def _line(image: ScriptImage) -> str:
    size = f" ({image.megabytes} MB)" if image.megabytes else ""
    values = (
        image.reference,
        image.digest,
        image.familiar,
        f"{image.title or image.familiar}{size}",
        image.platform,
    )
    return " ".join(["Get-Image", *map(text_for_powershell, values)])
