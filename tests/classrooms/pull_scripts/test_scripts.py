"""The scripts themselves, run against a docker that only prints."""

import re
import subprocess
from pathlib import Path

import pytest

from classrooms.pull_scripts.powershell import pull_script_powershell, refusal_powershell
from classrooms.pull_scripts.script_values import ScriptImage
from classrooms.pull_scripts.sh import pull_script_sh, refusal_sh
from tests.classrooms.pull_scripts.words import WORDS

LAMP = ScriptImage("iestriana/lamp", "1.0", "sha256:" + "ab" * 32, "El servidor", 54)
PRINTED = {
    "limit": "toomanyrequests: You have reached your pull rate limit",
    "login": "denied: requested access to the resource is denied",
    "missing": "manifest unknown: manifest unknown",
    "platform": "no matching manifest for linux/arm64/v8 in the manifest list entries",
    "disk": "write /var/lib/docker/x: no space left on device",
    "dns": "dial tcp: lookup registry-1.docker.io: no such host",
    "clock": "x509: certificate has expired or is not yet valid",
    "daemon": "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    "no_answer": "net/http: TLS handshake timeout",
    "unknown": "something nobody has seen",
}


def run(script: str, docker: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The script with a docker that does what `docker` says, in sh."""
    program = folder / "docker"
    program.write_text(f'#!/bin/sh\necho "$@" >> {folder}/asked\n{docker}\n')
    program.chmod(0o755)
    place = {"PATH": f"{folder}:/usr/bin:/bin", "AULAHUB_PAUSE": "0"}
    return subprocess.run(["sh"], input=script, env=place, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("code", "printed"), PRINTED.items())
def test_why_it_failed_is_said_in_the_readers_words(code: str, printed: str, tmp_path: Path) -> None:
    ended = run(pull_script_sh([LAMP], WORDS), f"echo '{printed}' >&2; exit 1", tmp_path)
    assert ended.returncode == 1
    assert [word for word in re.findall(r"<(\w+)>", ended.stdout) if word in PRINTED] == [code]
    assert "<some_failed>" in ended.stdout


def test_what_is_there_already_is_not_pulled_again(tmp_path: Path) -> None:
    ended = run(pull_script_sh([LAMP], WORDS), f"echo iestriana/lamp@{LAMP.digest}", tmp_path)
    assert (ended.returncode, "<already>" in ended.stdout) == (0, True)
    assert " pull " not in f" {(tmp_path / 'asked').read_text()}"


def test_an_answer_that_did_not_come_is_asked_for_three_times(tmp_path: Path) -> None:
    run(pull_script_sh([LAMP], WORDS), "echo 'i/o timeout' >&2; exit 1", tmp_path)
    assert (tmp_path / "asked").read_text().count("pull ") == 3


def test_a_refusal_is_not_repeated(tmp_path: Path) -> None:
    run(pull_script_sh([LAMP], WORDS), f"echo '{PRINTED['limit']}' >&2; exit 1", tmp_path)
    assert (tmp_path / "asked").read_text().count("pull ") == 1


def test_one_image_that_fails_does_not_keep_the_others(tmp_path: Path) -> None:
    other = ScriptImage("nginx", "1.27")
    docker = 'case "$*" in *lamp*) echo "manifest unknown" >&2; exit 1;; esac'
    ended = run(pull_script_sh([LAMP, other], WORDS), docker, tmp_path)
    assert ("[2/2] nginx:1.27" in ended.stdout, "<done>" in ended.stdout, ended.returncode) == (True, True, 1)


def test_without_docker_it_says_so(tmp_path: Path) -> None:
    place = {"PATH": str(tmp_path)}
    script = pull_script_sh([LAMP], WORDS)
    ended = subprocess.run(["/bin/sh"], input=script, env=place, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "<no_docker>\n")


@pytest.mark.parametrize(
    "hostile", ["$(touch {0})", "`touch {0}`", "'; touch {0}; '", "\n touch {0}\n", "%s\\n"]
)
def test_no_name_or_title_becomes_a_command(hostile: str, tmp_path: Path) -> None:
    typed = hostile.replace("{0}", str(tmp_path / "harm"))
    image = ScriptImage("nginx", typed, typed, typed, platform=typed)
    run(pull_script_sh([image], WORDS), "exit 1", tmp_path)
    assert not (tmp_path / "harm").exists()


def test_the_script_for_powershell_names_every_image_and_ends_every_quote() -> None:
    image = ScriptImage("iestriana/lamp", "1.0", "sha256:ab", "L'hospital’s $(id) `id`")
    script = pull_script_powershell([LAMP, image], WORDS)
    assert "$total = 2" in script
    assert "'L''hospital’’s $(id) `id`'" in script
    for line in script.splitlines():
        bare = re.sub(
            r"'(?:[^']|'')*'",
            "",
            re.sub(r'"[^"]*"', "", line.split("#")[0] if line.startswith("#") else line),
        )
        assert "'" not in bare, line


def test_braces_of_the_script_for_powershell_are_balanced() -> None:
    script = re.sub(r"'(?:[^']|'')*'", "''", pull_script_powershell([LAMP], WORDS))
    assert script.count("{") == script.count("}")
    assert script.count("(") == script.count(")")


HOSTILE_ADDRESS = "https://aulahub.example/c/X/done?me='; touch caught; iex '’;iex"


def test_the_address_of_the_report_is_one_word_of_powershell() -> None:
    script = pull_script_powershell([LAMP], WORDS, report=HOSTILE_ADDRESS)
    assert f"-Uri '{HOSTILE_ADDRESS.replace(chr(39), chr(39) * 2).replace('’', '’’')}' |" in script
    assert script.count("{") == script.count("}") and script.count("(") == script.count(")")


def test_the_address_of_the_report_is_one_word_of_sh_and_its_failure_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "curl").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/told\nexit 22\n')
    (tmp_path / "curl").chmod(0o755)
    script = pull_script_sh([LAMP], WORDS, report=HOSTILE_ADDRESS)
    ended = run(script, f"echo iestriana/lamp@{LAMP.digest}", tmp_path)
    assert (ended.returncode, HOSTILE_ADDRESS in (tmp_path / "told").read_text().splitlines()) == (0, True)


def test_where_there_was_nothing_to_pull_nothing_is_reported() -> None:
    assert "curl" not in pull_script_sh([], WORDS, report=HOSTILE_ADDRESS)
    assert "Invoke-WebRequest" not in pull_script_powershell([], WORDS, report=HOSTILE_ADDRESS)


@pytest.mark.parametrize("sentence", ["It’s too old; $(touch caught)", "l'orden"])
def test_a_refusal_says_its_sentence_and_fails(sentence: str, tmp_path: Path) -> None:
    ended = run(refusal_sh(sentence), "exit 0", tmp_path)
    assert (ended.returncode, ended.stdout.strip()) == (1, sentence)
    assert f"Write-Host '{sentence.replace(chr(39), chr(39) * 2).replace('’', '’’')}'" in refusal_powershell(
        sentence
    )
