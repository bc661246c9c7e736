"""A look from the room: how many pulls are left for the address by which its computers go out. It spends none."""

from __future__ import annotations

from dataclasses import dataclass

from classrooms.pull_scripts.quoting import comment, for_sh, text_for_powershell

PREVIEW = "ratelimitpreview/test"


@dataclass(frozen=True)
class LimitWords:
    about: str
    left: str
    of: str
    source: str
    none: str
    used_up: str
    silent: str


def limit_script_sh(registry: str, words: LimitWords) -> str:
    """Asks the registry by HEAD, with a token of nobody's, and says what its headers say."""
    said = {name: for_sh(getattr(words, name)) for name in LimitWords.__dataclass_fields__ if name != "about"}
    return _SH.format(about=comment(words.about), registry=for_sh(registry), preview=PREVIEW, **said)


def limit_script_powershell(registry: str, words: LimitWords) -> str:
    """The same for Windows."""
    said = {
        name: text_for_powershell(getattr(words, name))
        for name in LimitWords.__dataclass_fields__
        if name != "about"
    }
    return _POWERSHELL.format(
        about=comment(words.about), registry=text_for_powershell(registry), preview=PREVIEW, **said
    )


_SH = r"""#!/bin/sh
# {about}
set -u
registry={registry}
manifest="$registry/v2/{preview}/manifests/latest"
say() {{ printf '%s\n' "$1"; }}
of() {{ printf '%s\n' "$answer" | tr -d '\r' | grep -i "^$1:" | head -n 1 | sed 's/^[^:]*: *//'; }}
answer=$(curl -sI --max-time 10 "$manifest") || {{ say {silent}; exit 1; }}
asked=$(of www-authenticate)
realm=$(printf '%s' "$asked" | sed -n 's/.*realm="\([^"]*\)".*/\1/p')
service=$(printf '%s' "$asked" | sed -n 's/.*service="\([^"]*\)".*/\1/p')
[ -n "$realm" ] || {{ say {silent}; exit 1; }}
token=$(curl -s --max-time 10 "$realm?service=$service&scope=repository:{preview}:pull" \
    | sed -n 's/.*"token" *: *"\([^"]*\)".*/\1/p')
answer=$(curl -sI --max-time 10 -H "Authorization: Bearer $token" "$manifest")
left=$(of ratelimit-remaining)
limit=$(of ratelimit-limit)
source=$(of docker-ratelimit-source)
case $(printf '%s' "$answer" | head -n 1) in
    *" 429"*) say {used_up}; exit 1 ;;
    *" 200"*) ;;
    *) say {silent}; exit 1 ;;
esac
if [ -z "$left" ]; then say {none}; exit 0; fi
say {left}" ${{left%%;*}} "{of}" ${{limit%%;*}}"
[ -z "$source" ] || say {source}" $source"
"""
_POWERSHELL = r"""# {about}
$ErrorActionPreference = 'Stop'
$manifest = {registry} + '/v2/{preview}/manifests/latest'
function Ask([hashtable]$Headers) {{
    try {{ return Invoke-WebRequest -UseBasicParsing -Method Head -TimeoutSec 10 -Headers $Headers $manifest }}
    catch {{ return $_.Exception.Response }}
}}
$first = Ask @{{}}
if (-not $first) {{ Write-Host {silent}; exit 1 }}
$asked = [string]$first.Headers['WWW-Authenticate']
if (-not $asked) {{ $asked = [string]$first.Headers.WwwAuthenticate }}
if ($asked -notmatch 'realm="([^"]*)"') {{ Write-Host {silent}; exit 1 }}
$realm = $Matches[1]
$service = if ($asked -match 'service="([^"]*)"') {{ $Matches[1] }} else {{ '' }}
$token = (Invoke-RestMethod -TimeoutSec 10 ($realm + '?service=' + $service + '&scope=repository:{preview}:pull')).token
$answer = Ask @{{ Authorization = 'Bearer ' + $token }}
if ([int]$answer.StatusCode -eq 429) {{ Write-Host {used_up}; exit 1 }}
$left = ([string]$answer.Headers['ratelimit-remaining']).Split(';')[0]
if (-not $left) {{ Write-Host {none}; exit 0 }}
$limit = ([string]$answer.Headers['ratelimit-limit']).Split(';')[0]
Write-Host ({left} + ' ' + $left + ' ' + {of} + ' ' + $limit)
$source = [string]$answer.Headers['docker-ratelimit-source']
if ($source) {{ Write-Host ({source} + ' ' + $source) }}
"""
