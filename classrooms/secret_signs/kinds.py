"""What keys and tokens look like, by their issuers' own marks, and where each is made worthless.

A pattern stands here only where the issuer gives the text a mark of its own, so that it is certain what was found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class SecretKind:
    """`code` is stable; `issuer` is a proper name; `revoke_at` is where its owner makes it worthless, "" where unknown."""

    code: str
    issuer: str
    pattern: re.Pattern[str]
    revoke_at: str = ""


def _kind(code: str, issuer: str, pattern: str, revoke_at: str = "") -> SecretKind:
    return SecretKind(code, issuer, re.compile(pattern), revoke_at)


# Each is bounded on both sides, so that a longer text that only holds the same letters is not taken for one.
KINDS: tuple[SecretKind, ...] = (
    _kind("private_key", "", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    _kind(
        "docker_token",
        "Docker",
        r"\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}",
        "https://app.docker.com/settings/personal-access-tokens",
    ),
    _kind("aws_key", "Amazon", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", "https://console.aws.amazon.com/iam/"),
    _kind(
        "github_token",
        "GitHub",
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})",
        "https://github.com/settings/tokens",
    ),
    _kind(
        "gitlab_token",
        "GitLab",
        r"\bglpat-[A-Za-z0-9_-]{20,}",
        "https://gitlab.com/-/user_settings/personal_access_tokens",
    ),
    _kind(
        "google_key",
        "Google",
        r"\bAIza[0-9A-Za-z_-]{35}\b",
        "https://console.cloud.google.com/apis/credentials",
    ),
    _kind("slack_token", "Slack", r"\bxox[abpors]-[0-9A-Za-z-]{10,}", "https://api.slack.com/apps"),
    _kind("stripe_key", "Stripe", r"\b[rs]k_live_[0-9A-Za-z]{20,}", "https://dashboard.stripe.com/apikeys"),
    _kind(
        "openai_key",
        "OpenAI",
        r"\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{40,}",
        "https://platform.openai.com/api-keys",
    ),
    _kind("npm_token", "npm", r"\bnpm_[A-Za-z0-9]{36}\b", "https://www.npmjs.com/settings/~/tokens"),
    _kind("pypi_token", "PyPI", r"\bpypi-[A-Za-z0-9_-]{50,}", "https://pypi.org/manage/account/token/"),
    _kind("telegram_token", "Telegram", r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b"),
    # A scheme is short and begins where nothing of the kind stands before it: a megabyte of "a.a.a." takes no minutes.
    _kind(
        "url_password",
        "",
        r"(?<![A-Za-z0-9+._-])[a-z][a-z0-9+.-]{0,30}://[^\s/:@$]{1,200}:(?P<own>[^\s/:@$]{3,200})@[^\s/@]+",
    ),
)
# A name that says by itself that its value is nobody else's business.
TELLING_NAME = re.compile(
    r"(?i)(?:^|[_-])(?:password|passwd|pass|secret|token|api_?key|access_?key|private_?key|credentials?)(?:$|[_-])"
)
# Of names that end like this the value is a place, not the secret.
PLACE_NAME = re.compile(r"(?i)(?:_file|_path|_dir|_url|_name|_length|_version)$")
# Values that every textbook has; a class image may well be insecure on purpose.
CLASSROOM_VALUES = frozenset({
    "admin", "alumno", "changeme", "change_me", "clase", "clave", "contraseña", "contrasena", "docker", "example", "guest",
    "mariadb", "mysql", "password", "passw0rd", "pass", "postgres", "root", "secret", "test", "tomcat", "user", "usuario",
    "1234", "12345", "123456", "1234567", "12345678", "123456789", "true", "false", "yes", "no",
})  # fmt: skip
