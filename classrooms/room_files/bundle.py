"""Images on a USB stick: a script that fills a folder where there is a line, and scripts that load it where there is none.

One archive for each processor holds all images of the practice, so that layers they share are there once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classrooms.pull_scripts.quoting import comment, for_sh, text_for_powershell
from classrooms.pull_scripts.script_values import ScriptImage


@dataclass(frozen=True)
class BundleWords:
    """Every sentence of the scripts."""

    about: str
    no_docker: str
    not_pulled: str
    saving: str
    ready: str
    damaged: str
    no_archive: str
    loaded: str
    missing: str
    not_loaded: str


def bundle_script(images: Sequence[ScriptImage], platforms: Sequence[str], words: BundleWords) -> str:
    """Pulls by digest for each processor, saves one archive each, writes checksums and the loading scripts beside them."""
    calls = []
    for platform in platforms:
        calls += [
            f"begin {for_sh(platform)}",
            *(f"add {for_sh(one.reference)} {for_sh(one.familiar)}" for one in images),
            f"end {for_sh(archive_name(platform))}",
        ]
    return _MAKE.format(
        about=comment(words.about),
        calls="\n".join(calls),
        load_sh=_here_document(load_script_sh(images, words)),
        load_powershell=_here_document(load_script_powershell(images, words)),
        **_for_sh(words),
    )


def load_script_sh(images: Sequence[ScriptImage], words: BundleWords) -> str:
    """For Linux and macOS: checks the archive of this processor, loads it, and looks whether every image is there."""
    names = " ".join(for_sh(one.familiar) for one in images)
    return _LOAD_SH.format(about=comment(words.about), names=names, **_for_sh(words))


def load_script_powershell(images: Sequence[ScriptImage], words: BundleWords) -> str:
    """The same for Windows."""
    names = ", ".join(text_for_powershell(one.familiar) for one in images)
    said = {
        name: text_for_powershell(getattr(words, name))
        for name in BundleWords.__dataclass_fields__
        if name != "about"
    }
    return _LOAD_POWERSHELL.format(about=comment(words.about), names=names, **said)


def archive_name(platform: str) -> str:
    """ "images-arm64.tar"; "images-arm-v7.tar"."""
    return f"images-{platform.removeprefix('linux/').replace('/', '-')}.tar"


def _for_sh(words: BundleWords) -> dict[str, str]:
    return {
        name: for_sh(getattr(words, name)) for name in BundleWords.__dataclass_fields__ if name != "about"
    }


def _here_document(text: str) -> str:
    """Nothing in it ends the document: every line that is only the mark would have to be ours."""
    return "\n".join(line for line in text.splitlines() if line != "END_OF_SCRIPT")


_MAKE = r"""#!/bin/sh
# {about}
set -u
DOCKER="${{DOCKER:-docker}}"
folder="${{1:-aulahub-usb}}"
say() {{ printf '%s\n' "$1"; }}
command -v "$DOCKER" >/dev/null 2>&1 || {{ say {no_docker}; exit 1; }}
mkdir -p "$folder" || exit 1
sum() {{ if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi; }}

begin() {{ # platform
    platform="$1"
    set --
    names=""
}}

add() {{ # reference, familiar name
    say "$2 ($platform)"
    if ! "$DOCKER" pull --quiet --platform "$platform" "$1" >/dev/null; then say {not_pulled}; exit 1; fi
    "$DOCKER" tag "$1" "$2" || exit 1
    names="$names $2"
}}

end() {{ # archive
    say {saving}
    # podman, which some call docker, has to be told that several images go into one archive.
    several=""
    if "$DOCKER" save --help 2>&1 | grep -q multi-image-archive; then several="--multi-image-archive"; fi
    rm -f "$folder/$1"
    # Names of images have no space and no sign that a shell would read.
    # shellcheck disable=SC2086
    "$DOCKER" save $several -o "$folder/$1" $names || exit 1
    (cd "$folder" && sum "$1") >>"$folder/SHA256SUMS.new"
}}

rm -f "$folder/SHA256SUMS.new"
{calls}
mv "$folder/SHA256SUMS.new" "$folder/SHA256SUMS"
cat >"$folder/load.sh" <<'END_OF_SCRIPT'
{load_sh}
END_OF_SCRIPT
cat >"$folder/load.ps1" <<'END_OF_SCRIPT'
{load_powershell}
END_OF_SCRIPT
say {ready}
"""
_LOAD_SH = r"""#!/bin/sh
# {about}
set -u
DOCKER="${{DOCKER:-docker}}"
cd "$(dirname "$0")" || exit 1
say() {{ printf '%s\n' "$1"; }}
command -v "$DOCKER" >/dev/null 2>&1 || {{ say {no_docker}; exit 1; }}
case "${{AULAHUB_MACHINE:-$(uname -m)}}" in
    arm64|aarch64) archive=images-arm64.tar ;;
    armv7*) archive=images-arm-v7.tar ;;
    *) archive=images-amd64.tar ;;
esac
# A Mac with an Apple chip runs what is made for PCs, slowly.
if [ ! -f "$archive" ] && [ "$(uname -s)" = Darwin ]; then archive=images-amd64.tar; fi
if [ ! -f "$archive" ]; then say {no_archive}; exit 1; fi
sum() {{ if command -v sha256sum >/dev/null 2>&1; then sha256sum -c -; else shasum -a 256 -c -; fi; }}
if ! grep "  $archive\$" SHA256SUMS | sum >/dev/null 2>&1; then say {damaged}; exit 1; fi
if ! "$DOCKER" load -i "$archive"; then say {not_loaded}; exit 1; fi
failed=0
for name in {names}; do
    "$DOCKER" image inspect "$name" >/dev/null 2>&1 || {{ say {missing}" $name"; failed=1; }}
done
[ "$failed" = 0 ] || exit 1
say {loaded}
"""
_LOAD_POWERSHELL = r"""# {about}
$ErrorActionPreference = 'Continue'
Set-Location $PSScriptRoot
if (-not (Get-Command docker -ErrorAction SilentlyContinue)) {{ Write-Host {no_docker}; exit 1 }}
$archive = if ($env:PROCESSOR_ARCHITECTURE -eq 'ARM64') {{ 'images-arm64.tar' }} else {{ 'images-amd64.tar' }}
if (-not (Test-Path $archive)) {{ Write-Host {no_archive}; exit 1 }}
$line = Get-Content SHA256SUMS | Where-Object {{ $_.EndsWith("  $archive") }}
$sum = (Get-FileHash -Algorithm SHA256 $archive).Hash.ToLower()
if (-not $line -or -not $line.StartsWith($sum)) {{ Write-Host {damaged}; exit 1 }}
& docker load -i $archive
if ($LASTEXITCODE -ne 0) {{ Write-Host {not_loaded}; exit 1 }}
$failed = $false
foreach ($name in @({names})) {{
    & docker image inspect $name 2>$null | Out-Null
    if ($LASTEXITCODE -ne 0) {{ Write-Host ({missing} + ' ' + $name); $failed = $true }}
}}
if ($failed) {{ exit 1 }}
Write-Host {loaded}
"""
