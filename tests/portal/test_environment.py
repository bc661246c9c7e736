"""A dangerous or missing setting is refused at start by the name of its variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DEPLOYMENT": "production",
    "SECRET_KEY": "s" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "CREDENTIAL_KEYS": Fernet.generate_key().decode(),
    "IDENTITY_KEY": "i" * 32,
    "ALLOWED_HOSTS": "aulahub.example",
    "BASE_URL": "https://aulahub.example",
    "DATABASE_URL": "postgresql://aulahub@localhost/aulahub",
    "REDIS_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
}


def settings_say(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """What reading the settings prints, in a process of its own with only these variables."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        **variables,
    }
    code = "from portal import settings; print(settings.DATABASES['default']['ENGINE'])"
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def test_the_embedded_setup_needs_no_variable(tmp_path: Path) -> None:
    said = settings_say(tmp_path)
    assert (said.returncode, said.stdout.strip()) == (0, "django.db.backends.sqlite3")


def test_its_keys_are_made_once_and_only_their_owner_may_read_them(tmp_path: Path) -> None:
    settings_say(tmp_path)
    before = (tmp_path / "keys.json").read_text()
    settings_say(tmp_path)
    assert (tmp_path / "keys.json").read_text() == before
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_complete_production_environment_is_accepted(tmp_path: Path) -> None:
    said = settings_say(tmp_path, **PRODUCTION)
    assert (said.returncode, said.stdout.strip()) == (0, "django.db.backends.postgresql")


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"DEPLOYMENT"}))
def test_a_missing_variable_is_named_in_production(tmp_path: Path, name: str) -> None:
    said = settings_say(tmp_path, **{key: value for key, value in PRODUCTION.items() if key != name})
    assert said.returncode != 0
    assert name in said.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", "*"),
        ("SECRET_KEY", "short"),
        ("BASE_URL", "http://aulahub.example"),
        ("CREDENTIAL_KEYS", "abc"),
    ],
)
def test_a_dangerous_value_is_refused_by_its_name(tmp_path: Path, name: str, value: str) -> None:
    said = settings_say(tmp_path, **{**PRODUCTION, name: value})
    assert said.returncode != 0
    assert name in said.stderr


@pytest.mark.parametrize(
    ("variables", "hosts"),
    [
        ({}, 0),
        ({"HUB_URL": "https://hub.docker.com"}, 7),
        ({"HUB_URL": "https://hub.docker.com", "OTHER_REGISTRIES": ""}, 0),
        ({"OTHER_REGISTRIES": "ghcr.io, registry.school.example=auth.school.example"}, 2),
    ],
)
def test_beside_the_local_docker_hub_no_other_registry_is_asked_unless_it_is_named(
    tmp_path: Path, variables: dict[str, str], hosts: int
) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        **variables,
    }
    code = "from portal import settings; print(len(settings.OTHER_REGISTRIES))"
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert int(said.stdout) == hosts


def test_a_registry_that_would_be_asked_without_tls_is_refused_by_name(tmp_path: Path) -> None:
    said = settings_say(tmp_path, OTHER_REGISTRIES="known,http://registry.school.example")

    assert said.returncode != 0
    assert "OTHER_REGISTRIES" in said.stderr and "http://registry.school.example" in said.stderr
