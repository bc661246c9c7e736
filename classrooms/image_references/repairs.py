"""What people paste where an image reference belongs, and what they probably meant.

Nothing here is certain to be valid: whoever proposes it has to read it first.
"""

import re
import unicodedata

_PULL = re.compile(r"(?:[$#]\s*)?(?:sudo\s+)?docker\s+(?:image\s+)?(?:pull|push)(?:\s+|$)", re.IGNORECASE)
_IN_A_FILE = re.compile(r"(?:FROM\s+|(?:-\s*)?image:\s*)(?:--platform=\S+\s+)?", re.IGNORECASE)
_OTHER_COMMAND = re.compile(r"(?:[$#]\s*)?(?:sudo\s+)?docker\s", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
# Hub: addresses of the pages about a repository; more may follow the name (/tags, /general).
_HUB_PAGE = re.compile(
    r"(?:www\.)?hub\.docker\.com/(?:r/|repository/docker/|layers/)(?P<name>[^/?#\s]+/[^/?#\s]+)"
    r"|(?:www\.)?hub\.docker\.com/_/(?P<official>[^/?#\s]+)",
    re.IGNORECASE,
)
_NO_REGISTRY = re.compile(r"(?:www\.)?(?:hub\.docker|github|gitlab)\.com(?:/|$)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[._-]+")
_ALLOWED_RUN = re.compile(r"\.|_{1,2}|-+")


def without_command(text: str) -> str | None:
    """What stands behind `docker pull`, `FROM` or `image:`; "" behind other commands; None without one."""
    if command := _PULL.match(text):
        return _unquoted(text[command.end() :].split()[-1:])  # options stand before
    if command := _IN_A_FILE.match(text):
        return _unquoted(text[command.end() :].split()[:1])
    return "" if _OTHER_COMMAND.match(text) else None


def _unquoted(words: list[str]) -> str:
    return words[0].strip("\"'") if words else ""


def from_web_address(text: str) -> str | None:
    """The repository that a web page is about, "" where none can be told, None when this is no address."""
    scheme = _SCHEME.match(text)
    address = text[scheme.end() :] if scheme else text
    if page := _HUB_PAGE.match(address):
        return page["name"] or page["official"]
    if _NO_REGISTRY.match(address):
        return ""
    return re.split("[?#]", address)[0].rstrip("/") if scheme else None


def within_rules(name: str) -> str:
    """A name (`"host/path"`, no tag) in small letters without accents, spaces as "-", separators mended."""
    decomposed = unicodedata.normalize("NFKD", name.strip().lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    components = re.sub(r"[^a-z0-9._/:-]+", "-", plain).split("/")
    return "/".join(
        tidy for component in components if (tidy := _SEPARATORS.sub(_one_separator, component).strip("._-"))
    )


def _one_separator(run: re.Match[str]) -> str:
    """ "--" and "__" are allowed, "..", "___" and mixtures are not."""
    return run[0] if _ALLOWED_RUN.fullmatch(run[0]) else run[0][0]
