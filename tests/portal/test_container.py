"""What describes production: the image, its services, and their settings. No container engine is needed to look."""

import os
import re
import secrets
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cryptography.fernet import Fernet

from portal import probe
from tests.installation import free_port

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def production(tmp_path: Path, **changes: str) -> dict[str, str]:
    """The environment of a web process as compose.yaml and a filled .env give it."""
    return {
        "PATH": os.environ["PATH"],
        "AULAHUB_NO_BOOTSTRAP": "1",
        "DEPLOYMENT": "production",
        "DATA_DIR": str(tmp_path / "data"),
        "STATIC_ROOT": str(tmp_path / "static"),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "CREDENTIAL_KEYS": Fernet.generate_key().decode(),
        "IDENTITY_KEY": "identity-" * 5,
        "ALLOWED_HOSTS": "aulahub.example",
        "BASE_URL": "https://aulahub.example",
        "DATABASE_URL": "postgresql://aulahub:password@postgres:5432/aulahub",
        "REDIS_URL": "redis://redis:6379/0",
        "EMAIL_URL": "smtp+tls://user:password@smtp.example:587",
    } | changes


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_everything_that_the_image_copies_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    sources = [source for line in copied for source in line.split()]
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}

    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert {source.split("/")[0].rstrip("/") for source in sources} <= kept


def test_the_image_installs_by_hash_and_does_not_run_as_root() -> None:
    assert "--require-hashes" in DOCKERFILE
    assert re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)[-1] == "aulahub"


def test_production_has_its_five_services() -> None:
    assert {"web", "worker", "clicks", "beat", "postgres", "redis"} <= set(SERVICES)


def test_services_wait_only_for_services_whose_health_can_be_known() -> None:
    for name, service in SERVICES.items():
        for other, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "test" in SERVICES[other]["healthcheck"], (name, other)
            else:
                assert how["condition"] == "service_completed_successfully", (name, other)


def test_every_volume_is_declared() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}

    assert used == set(COMPOSE["volumes"])


def test_no_secret_is_written_into_the_services() -> None:
    text = (ROOT / "compose.yaml").read_text()

    assert SERVICES["web"]["env_file"] == ".env"
    assert not re.search(r"(SECRET_KEY|CREDENTIAL_KEYS|IDENTITY_KEY):", text)
    assert "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?" in text


def test_only_the_web_server_is_published_and_to_this_machine_alone() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert list(published) == ["web"] and published["web"][0].startswith("127.0.0.1:")


@pytest.mark.parametrize("service", ["worker", "clicks", "beat"])
def test_the_commands_of_celery_are_understood(service: str, tmp_path: Path) -> None:
    command = SERVICES[service]["command"]
    done = subprocess.run(
        [sys.executable, "-m", *command, "--help"],
        env=production(tmp_path), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


def test_the_server_s_options_are_understood(tmp_path: Path) -> None:
    [started] = re.findall(r'^CMD \["sh", "-c", "exec (.+)"\]$', DOCKERFILE, re.MULTILINE)
    options = shlex.split(started.replace("${WEB_CONCURRENCY:-3}", "3"))
    command = [sys.executable, "-m", *options, "--print-config"]
    done = subprocess.run(
        command, env=production(tmp_path), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 0, done.stderr
    assert re.search(r"^workers\s+= 3$", done.stdout, re.MULTILINE)


def test_a_filled_example_passes_the_checks_of_a_deployment(tmp_path: Path) -> None:
    done = manage(production(tmp_path), "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr


def test_the_example_names_every_variable_that_production_requires(tmp_path: Path) -> None:
    bare = {
        key: value for key, value in production(tmp_path).items() if key in ("PATH", "DEPLOYMENT", "DATA_DIR")
    }
    refused = manage(bare | {"AULAHUB_NO_BOOTSTRAP": "1"}, "check")
    required = set(re.findall(r"^([A-Z_]+) is not set", refused.stderr, re.MULTILINE))
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    assert required and required <= example | set(COMPOSE["services"]["web"]["environment"])


def test_static_files_can_be_collected_for_production(tmp_path: Path) -> None:
    done = manage(production(tmp_path), "collectstatic", "--noinput", "--verbosity", "0")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()


def test_the_probe_says_no_where_nobody_answers() -> None:
    assert probe.answers(free_port(), "localhost") is False
