"""The script for Linux and macOS: plain sh, nothing but docker, grep and mktemp."""

from __future__ import annotations

from collections.abc import Sequence

from classrooms.pull_scripts.quoting import comment, for_sh
from classrooms.pull_scripts.script_values import ScriptImage, ScriptWords
from classrooms.pull_scripts.signs import SIGNS

HEAD = r"""#!/bin/sh
# {heading}
# Safe to run again: what is there already is not pulled a second time.
set -u
DOCKER="${{DOCKER:-docker}}"
failed=0
number=0
say() {{ printf '%s\n' "$1"; }}
said() {{ printf '%s' "$1" | grep -qE "$2"; }}

has() {{ # reference digest
    [ -n "$2" ] || return 1
    "$DOCKER" image inspect --format '{{{{range .RepoDigests}}}}{{{{println .}}}}{{{{end}}}}' "$1" 2>/dev/null | grep -q "$2"
}}

why() {{ # what docker printed
{causes}
    else say {unknown}; fi
}}

pull() {{ # reference, digest, familiar name, title, platform
    number=$((number + 1))
    say "[$number/$total] $4"
    if has "$1" "$2"; then say "    "{already}; "$DOCKER" tag "$1" "$3" >/dev/null 2>&1; return; fi
    for attempt in 1 2 3; do
        if [ -n "$5" ]; then output=$("$DOCKER" pull --platform "$5" "$1" 2>&1 | tee "$screen"; ); else
            output=$("$DOCKER" pull "$1" 2>&1 | tee "$screen"; ); fi
        if [ -z "$2" ] && "$DOCKER" image inspect "$1" >/dev/null 2>&1; then say "    "{done}; return; fi
        if has "$1" "$2"; then
            "$DOCKER" tag "$1" "$3" >/dev/null 2>&1
            say "    "{done}; return
        fi
        said "$output" {retried} || break
        [ "$attempt" = 3 ] || {{ say "    "{again}; sleep "$((attempt * ${{AULAHUB_PAUSE:-5}}))"; }}
    done
    failed=$((failed + 1))
    say "    "{failed}
    printf '%s\n' "$output" | tail -n 3 | sed 's/^/    | /'
    why "$output" | sed 's/^/    /'
}}

if [ -t 1 ]; then screen=/dev/tty; else screen=/dev/null; fi
command -v "$DOCKER" >/dev/null 2>&1 || {{ say {no_docker}; exit 1; }}
"""
TAIL = r"""
if [ "$failed" -gt 0 ]; then say {some_failed}; exit 1; fi
say {all_done}
"""
# The sign-in is looked for, never read: its file names the registry and the script takes nothing else from it.
REPORT = r"""
login=0
grep -q 'index.docker.io' "${{DOCKER_CONFIG:-${{HOME:-}}/.docker}}/config.json" 2>/dev/null && login=1
if command -v curl >/dev/null 2>&1; then
    curl -fsS -m 10 -o /dev/null --data "result=ok&login=$login" {report} 2>/dev/null || :
fi
"""


def pull_script_sh(images: Sequence[ScriptImage], words: ScriptWords, *, report: str = "") -> str:
    """The whole script, with a line end at its end. It exits with 1 if something is missing afterwards.

    `report` is an address that is told when all is there, "" for none; whether it answers changes nothing.
    """
    said = {name: for_sh(getattr(words, name)) for name in ScriptWords.__dataclass_fields__}
    lines = [
        HEAD.format(
            **said | {"heading": comment(words.heading)},
            causes=_causes(words),
            retried=for_sh(SIGNS["no_answer"]),
        )
    ]
    lines += [f"total={len(images)}", *map(_line, images)]
    told = REPORT.format(report=for_sh(report)) if report and images else ""
    return "\n".join(lines) + TAIL.format(**said) + told


def refusal_sh(sentence: str) -> str:
    """A script that says one sentence and fails."""
    return f"#!/bin/sh\nprintf '%s\\n' {for_sh(sentence)}\nexit 1\n"


def _causes(words: ScriptWords) -> str:
    tests = [
        f'said "$1" {for_sh(SIGNS[code])}; then say {for_sh(getattr(words, code))}'
        for code in ScriptWords.CAUSES
    ]
    return "    if " + "\n    elif ".join(tests)


def _line(image: ScriptImage) -> str:
    size = f" ({image.megabytes} MB)" if image.megabytes else ""
    title = f"{image.title or image.familiar}{size}"
    return " ".join(
        ["pull", *map(for_sh, (image.reference, image.digest, image.familiar, title, image.platform))]
    )
