"""Reads the variables that move this installation. Each is read once, here, and a bad one is named.

Two deployments exist. `embedded` needs no variable at all: SQLite, no broker, keys made on the first start
and kept beside the data. `production` refuses every dangerous default by the name of its variable.
"""

import contextlib
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import environ
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from hubsync.hub.other_registries import OtherRegistry, read_registries

env = environ.Env()
KEY_FILE_MODE = 0o600


@dataclass
class Environment:
    """What the environment says about this installation; `troubles` are sentences that name a variable."""

    base_dir: Path
    deployment: str = field(init=False)
    troubles: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.deployment = env.str("DEPLOYMENT", default="embedded")
        if self.deployment not in ("embedded", "production"):
            self.troubles.append(f"DEPLOYMENT is {self.deployment!r}: write embedded or production.")

    @property
    def is_embedded(self) -> bool:
        return self.deployment != "production"

    @property
    def data_dir(self) -> Path:
        return Path(env.str("DATA_DIR", default=str(self.base_dir / "data"))).expanduser().resolve()

    def whole_number(self, name: str, default: int) -> int:
        """The variable as a number, or the default with a trouble noted."""
        try:
            return int(env.int(name, default=default))
        except ValueError:
            self.troubles.append(f"{name} must be a whole number.")
            return default

    def required(self, name: str, why: str) -> str:
        """The variable's text; in production a missing one is a trouble."""
        value = str(env.str(name, default=""))
        if not value:
            self.troubles.append(f"{name} is not set: {why}")
        return value

    def secret_key(self) -> str:
        """Signs sessions and forms; at least 50 characters in production."""
        if self.is_embedded:
            return env.str("SECRET_KEY", default="") or self._kept_keys()["secret_key"]
        key = self.required("SECRET_KEY", "it signs sessions and forms; 50 random characters or more.")
        if 0 < len(key) < 50:
            self.troubles.append("SECRET_KEY is shorter than 50 characters.")
        return key or "unset"

    def credential_keys(self) -> list[str]:
        """Seal the credentials of Docker Hub; the first seals, all open (so that keys can be rotated)."""
        if self.is_embedded:
            return self._checked_keys(
                env.list("CREDENTIAL_KEYS", default=[]) or [self._kept_keys()["credential_key"]]
            )
        keys = self.required(
            "CREDENTIAL_KEYS", "it seals Docker Hub's tokens; make one with Fernet.generate_key()."
        )
        return self._checked_keys([key.strip() for key in keys.split(",") if key.strip()])

    def identity_key(self) -> str:
        """Keys the hash of a student's school number. Changing it forgets who is who, so it is not rotated."""
        if self.is_embedded:
            return env.str("IDENTITY_KEY", default="") or self._kept_keys()["identity_key"]
        return self.required("IDENTITY_KEY", "it keys the hashes of the school's student numbers.") or "unset"

    def allowed_hosts(self) -> list[str]:
        if self.is_embedded:
            return list(env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"]))
        hosts = [
            host
            for host in self.required("ALLOWED_HOSTS", "the names this portal answers to.").split(",")
            if host
        ]
        if "*" in hosts:
            self.troubles.append("ALLOWED_HOSTS is *: name the hosts.")
        return hosts

    def other_registries(self, default: str) -> tuple[OtherRegistry, ...]:
        """The registries beside Docker Hub that may be asked about images; a wrong one is a trouble."""
        try:
            return read_registries(env.str("OTHER_REGISTRIES", default=default).split(","))
        except ValueError as trouble:
            self.troubles.append(f"OTHER_REGISTRIES: {trouble}.")
            return ()

    def refuse_troubles(self) -> None:
        """Raise ImproperlyConfigured with every trouble found, one a line."""
        if self.troubles:
            raise ImproperlyConfigured("\n".join(self.troubles))

    def _checked_keys(self, keys: list[str]) -> list[str]:
        for number, key in enumerate(keys, 1):
            try:
                Fernet(key)
            except ValueError:
                self.troubles.append(
                    f"CREDENTIAL_KEYS: key number {number} is not a Fernet key (32 bytes, base64)."
                )
        return keys

    def _kept_keys(self) -> dict[str, str]:
        """The keys of an embedded installation, made once and readable by its owner only."""
        path = self.data_dir / "keys.json"
        self.data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            self._write_keys(path)
        kept: dict[str, str] = json.loads(path.read_text())
        return kept

    @staticmethod
    def _write_keys(path: Path) -> None:
        """Written whole under another name first: two processes that start together agree on one set."""
        keys = {
            "secret_key": secrets.token_urlsafe(50),
            "credential_key": Fernet.generate_key().decode(),
            "identity_key": secrets.token_urlsafe(32),
        }
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.touch(mode=KEY_FILE_MODE)
        fresh.write_text(json.dumps(keys))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
