"""Errors as Docker prints them, and what the portal makes of them."""

import pytest

from classrooms.troubleshooting.causes import CAUSES
from classrooms.troubleshooting.explaining import LONGEST, explain, plain_text, without_secrets

PRINTED = {
    "limit": "Error response from daemon: toomanyrequests: You have reached your pull rate limit. You may increase "
    "the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit",
    "login_email": "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": unauthorized: "
    "incorrect username or password",
    "push_denied": "The push refers to repository [docker.io/library/web]\n"
    "denied: requested access to the resource is denied",
    "no_access": "Error response from daemon: pull access denied for iestriana/examen, repository does not exist or "
    "may require 'docker login': denied: requested access to the resource is denied",
    "no_tag": "Error response from daemon: manifest for nginx:latests not found: manifest unknown: manifest unknown",
    "platform": "no matching manifest for linux/arm64/v8 in the manifest list entries",
    "exec_format": "exec /usr/local/bin/start.sh: exec format error",
    "disk": "failed to register layer: write /usr/lib/x.so: no space left on device",
    "port": "driver failed programming external connectivity on endpoint web: Bind for 0.0.0.0:8080 failed: port is "
    "already allocated.",
    "name_in_use": 'Error response from daemon: Conflict. The container name "/web" is already in use by container',
    "socket_permission": "permission denied while trying to connect to the Docker daemon socket at "
    "unix:///var/run/docker.sock",
    "daemon": "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    "not_installed": "bash: docker: command not found",
    "virtualization": "Docker Desktop - Virtualization support not detected",
    "certificate": 'Get "https://registry-1.docker.io/v2/": x509: certificate signed by unknown authority',
    "clock": "tls: failed: certificate has expired or is not yet valid: current time 2021-01-01T00:00:00Z",
    "http_registry": "http: server gave HTTP response to HTTPS client",
    "dns": "dial tcp: lookup registry-1.docker.io on 192.168.1.1:53: no such host",
    "no_answer": 'Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout',
    "bad_name": "invalid reference format: repository name (iestriana/Lamp) must be lowercase",
    "no_dockerfile": "ERROR: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory",
    "compose_yaml": "yaml: line 7: mapping values are not allowed in this context",
    "no_command": 'exec: "npm": executable file not found in $PATH: unknown',
    "memory": "db exited with code 137",
}  # fmt: skip


def test_every_cause_has_an_error_here_and_there_are_more_than_twenty() -> None:
    assert set(PRINTED) == {cause.code for cause in CAUSES}
    assert len(CAUSES) > 20


@pytest.mark.parametrize(("code", "printed"), PRINTED.items())
def test_an_error_is_explained_by_its_own_cause(code: str, printed: str) -> None:
    cause = explain(f"$ docker compose up\n{printed}\n")
    assert cause is not None
    assert cause.code == code


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("limit", "denied: toomanyrequests: pull rate limit, requested access to the resource is denied"),
        ("no_access", "denied: requested access to the resource is denied: pull access denied for x"),
        ("clock", "x509: certificate has expired or is not yet valid"),
        ("not_installed", "zsh: command not found: docker"),
        ("not_installed", "'docker' is not recognized as an internal or external command"),
        ("daemon", "error during connect: open //./pipe/dockerDesktopLinuxEngine: The system cannot find the file"),
        ("name_in_use", "The container name \"/db\" is already in use: no such host"),
        ("bad_name", "docker: invalid reference format."),
    ],
)  # fmt: skip
def test_what_is_particular_wins_over_what_is_general(code: str, printed: str) -> None:
    cause = explain(printed)
    assert cause is not None
    assert cause.code == code


@pytest.mark.parametrize("text", ["", "hola, no me va", "Error: something nobody has seen"])
def test_an_unknown_error_is_nobodys(text: str) -> None:
    assert explain(text) is None


def test_colours_and_windows_line_ends_are_left_out() -> None:
    assert plain_text("\x1b[31mError\x1b[0m\r\nhere\0\r\n") == "Error\nhere"


def test_of_a_long_paste_the_end_is_kept() -> None:
    assert plain_text("a" * 20_000 + "no such host").endswith("no such host")
    assert len(plain_text("a" * 20_000)) == LONGEST


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("docker login -u nerea -p s3creta1", "docker login -u nerea -p …"),
        ("docker run -p 8080:80 nginx", "docker run -p 8080:80 nginx"),
        ("token dckr_pat_abcDEF123456", "token …"),
        ("https://nerea:clave99@example.org/x", "https://…@example.org/x"),
        ("--password=abc def", "--password=… def"),
        ("Authorization: Bearer eyJhbGciOi", "Authorization: Bearer …"),
    ],
)
def test_no_secret_travels_to_the_teacher(text: str, left: str) -> None:
    assert without_secrets(text) == left
