"""The lines that a student copies, and that nothing typed by anybody becomes a command."""

import re
import shlex
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classrooms.pull_scripts.commands import ImageCommands, Recipe, System, system_of
from classrooms.pull_scripts.quoting import comment, for_powershell, for_sh

HOSTILE = [
    "$(id)", "`id`", "a; rm -rf /", "a && id", "a | id", "a > /etc/x", "'; id; '", '"; id; "', "a\nid", "a\rid", "$HOME",
    "${IFS}id", "!!", "*", "~root", "a'b", "a‘; id; ‘b", "a’; id", "--privileged", "-v/:/host", "#x", "ñ ç", "",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_reaches_sh_as_one_word(value: str) -> None:
    printed = subprocess.run(
        ["sh", "-c", f"printf '<%s>' {for_sh(value)}"], capture_output=True, text=True, check=True
    )
    assert printed.stdout == f"<{value.replace(chr(13), '')}>"


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_any_text_is_one_word_of_sh(value: str) -> None:
    assert len(shlex.split(for_sh(value))) == 1


@pytest.mark.parametrize("value", HOSTILE)
def test_in_powershell_every_quote_inside_is_doubled(value: str) -> None:
    quoted = for_powershell(value)
    if quoted.startswith("'"):
        inside = quoted[1:-1]
        for quote in "'‘’‚‛":
            assert quote not in inside.replace(quote * 2, "")
    else:
        assert re.fullmatch(r"[\w./:=+-]+", quoted, re.ASCII)


def test_a_comment_stays_on_its_line() -> None:
    assert comment("1º SMR\nrm -rf /\r\n#") == "1º SMR rm -rf / #"


LAMP = ImageCommands(
    "iestriana/lamp@sha256:ab",
    Recipe(("8080:80",), ("CLAVE=uno dos",), ("datos:/var/www",), ("--rm",)),
    ("linux/amd64",),
)


def test_the_lines_for_linux() -> None:
    assert LAMP.pull(System.LINUX) == "docker pull iestriana/lamp@sha256:ab"
    assert LAMP.run(System.LINUX) == (
        "docker run --rm -p 8080:80 -e 'CLAVE=uno dos' -v datos:/var/www iestriana/lamp@sha256:ab"
    )


def test_in_powershell_an_at_sign_is_quoted() -> None:
    assert LAMP.pull(System.WINDOWS) == "docker pull 'iestriana/lamp@sha256:ab'"
    assert LAMP.run(System.WINDOWS).startswith(
        "docker run --rm -p 8080:80 -e 'CLAVE=uno dos' -v datos:/var/www '"
    )


def test_a_mac_with_an_apple_chip_is_told_the_platform_where_the_image_has_no_other() -> None:
    assert LAMP.pull(System.MAC_APPLE) == "docker pull --platform linux/amd64 iestriana/lamp@sha256:ab"
    assert not LAMP.runs_on(System.MAC_APPLE)
    assert "--platform" not in LAMP.run(System.MAC_INTEL)


@pytest.mark.parametrize("platforms", [(), ("linux/arm64/v8", "linux/amd64")])
def test_no_platform_is_said_where_the_image_has_it_or_nobody_knows(platforms: tuple[str, ...]) -> None:
    assert "--platform" not in ImageCommands("nginx:1", platforms=platforms).pull(System.MAC_APPLE)


@pytest.mark.parametrize(
    ("user_agent", "system"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", System.WINDOWS),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", System.MAC_APPLE),
        ("Mozilla/5.0 (X11; Linux x86_64)", System.LINUX),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148", System.LINUX),
        ("curl/8.5", System.LINUX),
        ("", System.LINUX),
    ],
)
def test_the_system_is_guessed_from_the_browser(user_agent: str, system: System) -> None:
    assert system_of(user_agent) is system
