"""Signs of keys and tokens in one file, by its name and by how it begins. What is found is a kind, never the text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from classrooms.secret_signs.finding import is_somebodys, mask
from classrooms.secret_signs.kinds import CLASSROOM_VALUES, KINDS, PLACE_NAME, TELLING_NAME, SecretKind

MOST_LINES = 2_000
LONGEST_PATH = 200
# Kinds that no issuer gave a mark: what a file is for says more.
GENERIC = ("private_key", "url_password")
_KEY_TEXT = re.compile(r"[A-Za-z0-9+/]{40}")
_KEY_TEXT_WITHIN = 400
# Texts without which a kind cannot be there: looking for them is a hundred times faster than the pattern.
_NEEDS: dict[str, tuple[str, ...]] = {
    "private_key": ("PRIVATE KEY",),
    "docker_token": ("dckr_",),
    "aws_key": ("AKIA", "ASIA"),
    "github_token": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    "gitlab_token": ("glpat-",),
    "google_key": ("AIza",),
    "slack_token": ("xox",),
    "stripe_key": ("k_live_",),
    "openai_key": ("sk-",),
    "npm_token": ("npm_",),
    "pypi_token": ("pypi-",),
    "telegram_token": (":AA",),
    "url_password": ("://",),
}
# The kind of that name without its scheme: what begins with a fixed text is found at once.
_URL_PASSWORD = re.compile(r"://[^\s/:@$]{1,200}:(?P<own>[^\s/:@$]{3,200})@[^\s/@]{1,300}")
# What manuals and sources write where a password would stand.
_WORDS_FOR_IT = CLASSROOM_VALUES | {
    "passwd",
    "pwd",
    "token",
    "key",
    "apikey",
    "mypassword",
    "yourpassword",
    "redacted",
}
_STANDS_FOR = re.compile(r"[{}<>%*$]|^[xX.]+$")


@dataclass(frozen=True)
class FileRule:
    """A file that is made to hold a secret. `holds` None: such a file is one by its name alone, unless it is empty."""

    kind: str
    name: re.Pattern[str]
    holds: Callable[[str], bool] | None = None


def _with(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda text: any(_is_own(match.group(1)) for match in compiled.finditer(text))


def _is_own(value: str) -> bool:
    """Not what every textbook has, and not a place for the value to be filled in."""
    plain = value.strip().strip("\"'")
    return len(plain) >= 4 and plain.lower() not in _WORDS_FOR_IT and not _STANDS_FOR.search(plain)


def _has_own_value(text: str) -> bool:
    """NAME=VALUE lines of which a name says that its value is a secret."""
    for line in text.splitlines()[:MOST_LINES]:
        name, _, value = line.strip().removeprefix("export ").partition("=")
        is_telling = len(name) <= 80 and TELLING_NAME.search(name) and not PLACE_NAME.search(name)
        if is_telling and is_somebodys(value.strip().strip("\"'")) and _is_own(value):
            return True
    return False


def _has_key(text: str) -> bool:
    """The first line of a private key with a key behind it, not in a sentence about keys."""
    begins = next(kind for kind in KINDS if kind.code == "private_key").pattern
    return any(
        _KEY_TEXT.search(text, match.end(), match.end() + _KEY_TEXT_WITHIN) for match in begins.finditer(text)
    )


def _rule(kind: str, name: str, holds: Callable[[str], bool] | None = None) -> FileRule:
    return FileRule(kind, re.compile(rf"(?:^|/)(?:{name})$"), holds)


RULES: tuple[FileRule, ...] = (
    _rule("env_file", r"\.env|\.env\.(?!example|sample|template|dist|test)[^/]+|[^/]+\.env", _has_own_value),
    _rule("ssh_key", r"id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?", _has_key),
    _rule(
        "docker_login",
        r"\.docker/config\.json|\.dockercfg|containers/auth\.json",
        _with(r'"(?:auth|identitytoken|registrytoken)"\s*:\s*"([^"]{8,})"'),
    ),
    _rule("aws_login", r"\.aws/credentials", _with(r"^\s*aws_secret_access_key\s*=\s*(\S{16,})")),
    _rule("git_login", r"\.git-credentials|\.git/config", _with(r"://[^\s/:@]{1,200}:([^\s/:@]{3,200})@")),
    _rule("npm_login", r"\.npmrc", _with(r"_(?:authToken|auth|password)\s*=\s*(\S{8,})")),
    _rule("pypi_login", r"\.pypirc", _with(r"^\s*password\s*[=:]\s*(\S+)")),
    _rule(
        "kube_login",
        r"\.kube/config|kubeconfig(?:\.ya?ml)?|[^/]+\.kubeconfig|kubernetes/admin\.conf|k3s\.yaml",
        _with(r"^\s*(?:client-key-data|token|password)\s*:\s*(\S{8,})"),
    ),
    _rule("netrc_login", r"[._]netrc", _with(r"\bpassword\s+(\S+)")),
    _rule("database_login", r"\.pgpass", _with(r"^[^#:\n]*:[^:\n]*:[^:\n]*:[^:\n]*:(.+)$")),
    _rule("database_login", r"\.my\.cnf", _with(r"^\s*password\s*=\s*(\S+)")),
    _rule(
        "terraform_state",
        r"[^/]+\.tfstate(?:\.backup)?",
        _with(r'"[a-z_]*(?:password|secret|private_key|token)[a-z_]*"\s*:\s*"([^"]{8,})"'),
    ),
    _rule("key_store", r"[^/]+\.(?:p12|pfx|jks|keystore|kdbx|ppk)"),
)


def kinds_in_file(path: str, head: bytes) -> tuple[str, ...]:
    """Codes of `KINDS` or of `RULES` for a file that begins like this; () where nothing speaks for a secret.

    An issuer's own mark says the most, then what the file is for, then what is in it.
    """
    rule = next((one for one in RULES if one.name.search(path)), None)
    text = _text(head)
    marked = [kind.code for kind in KINDS if _is_marked(kind, text)] if text else []
    issued = tuple(code for code in marked if code not in GENERIC)
    if issued:
        return issued
    if rule and head and (rule.holds is None or rule.holds(text)):
        return (rule.kind,)
    return tuple(marked)


def shown_path(path: str) -> str:
    """The path as it may be kept and shown: a token in a name masked, without control characters, of a bounded length."""
    for kind in KINDS:
        path = kind.pattern.sub(lambda match: mask(match.group()), path)
    plain = "".join(letter if letter.isprintable() else "�" for letter in path)
    return plain if len(plain) <= LONGEST_PATH else f"…{plain[-LONGEST_PATH:]}"


def _text(head: bytes) -> str:
    """What is text, also as old PowerShells write it; "" for anything else: programs hold the words that keys begin with."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return "" if b"\0" in head else head.decode("utf-8", "replace")


def _is_marked(kind: SecretKind, text: str) -> bool:
    if not any(needed in text for needed in _NEEDS.get(kind.code, ("",))):
        return False
    if kind.code == "private_key":
        return _has_key(text)
    pattern = _URL_PASSWORD if kind.code == "url_password" else kind.pattern
    return any(_counts(kind, match) for match in pattern.finditer(text))


def _counts(kind: SecretKind, match: re.Match[str]) -> bool:
    """Examples of manuals have the marks of their issuers too."""
    found = match.group()
    if kind.code == "url_password":
        return _is_own(match.group("own")) and "example." not in found.rpartition("@")[2]
    if kind.code == "openai_key":
        # Also a long name in a style sheet begins with "sk-".
        return any(one.isdigit() for one in found) and any(one.isupper() for one in found)
    return "EXAMPLE" not in found
