"""Reading `organization/name:tag@digest` as Docker does, and saying what is wrong with it.

Source: the grammar and the normalization of github.com/distribution/reference.
"""

import re
from contextlib import suppress

from classrooms.image_references.reference import DOCKER_HUB, OFFICIAL, ImageReference, is_host
from classrooms.image_references.repairs import from_web_address, within_rules, without_command
from classrooms.image_references.troubles import ReferenceTrouble

_LONGEST_NAME = 255
_LONGEST_TAG = 128

_COMPONENT = re.compile(r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-f0-9:]+\])(?::[0-9]+)?")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_DIGESTS = {"sha256": 64, "sha384": 96, "sha512": 128}
_IMAGE_ID = re.compile(r"[a-f0-9]{64}")


def read_reference(text: str) -> ImageReference:
    """The image that a text names. Space around it does not count.

    Raises ReferenceTrouble, with a proposal where it is plain what was meant.
    """
    offset = len(text) - len(text.lstrip())
    try:
        return _read(text.strip())
    except ReferenceTrouble as trouble:
        proposed = _valid(trouble.proposed) if trouble.proposed else None
        raise ReferenceTrouble(trouble.code, trouble.position + offset, proposed) from None


def _valid(proposed: str) -> str | None:
    for text in (proposed, _repaired(proposed)):
        with suppress(ReferenceTrouble):
            return _read(text).familiar
    return None


def _read(text: str) -> ImageReference:
    _refuse_what_was_pasted(text)
    name, tag, digest = _parts(text)
    host, path = _split_host(name)
    _check_name(text, host, path)
    _check_tag(text, tag)
    _check_digest(text, digest)
    return ImageReference(host, path, tag or "", digest or "")


def _refuse_what_was_pasted(text: str) -> None:
    if not text:
        raise ReferenceTrouble("empty")
    if _IMAGE_ID.fullmatch(text):
        raise ReferenceTrouble("image_id")
    for code, meant in (("command", without_command(text)), ("web_address", from_web_address(text))):
        if meant is not None:
            raise ReferenceTrouble(code, proposed=meant)
    if space := re.search(r"\s", text):
        raise ReferenceTrouble("spaces", space.start(), _repaired(text))


def _parts(text: str) -> tuple[str, str | None, str | None]:
    """Name, tag and digest; None where its sign is missing. A ":" before a "/" belongs to the host."""
    rest, at, digest = text.partition("@")
    head, slash, last = rest.rpartition("/")
    last, colon, tag = last.partition(":")
    return head + slash + last, tag if colon else None, digest if at else None


def _split_host(name: str) -> tuple[str, str]:
    first, slash, rest = name.partition("/")
    if slash and is_host(first):
        # Capital letters make no difference in the name of a host.
        host = DOCKER_HUB if first.lower() == "index.docker.io" else first.lower()
    else:
        host, rest = DOCKER_HUB, name
    return host, f"{OFFICIAL}{rest}" if host == DOCKER_HUB and "/" not in rest and rest else rest


def _check_name(text: str, host: str, path: str) -> None:
    if not _HOST.fullmatch(host):
        raise ReferenceTrouble("host")
    for component in path.split("/"):
        if not _COMPONENT.fullmatch(component):
            raise _trouble_of(text, component)
    if len(host) + 1 + len(path) > _LONGEST_NAME:
        raise ReferenceTrouble("too_long", _LONGEST_NAME)


def _trouble_of(text: str, component: str) -> ReferenceTrouble:
    if not component:
        gap = re.search("^/|//|/(?=[:@]|$)", text)
        # At either end something is still to be written; what, nobody can tell.
        meant = _repaired(text) if "//" in text else None
        return ReferenceTrouble("empty_part", gap.start() if gap else 0, meant)
    start = text.find(component)
    for code, wrong in (("upper_case", r"[A-Z]"), ("character", r"[^a-z0-9._-]")):
        if found := re.search(wrong, component):
            return ReferenceTrouble(code, start + found.start(), _repaired(text))
    found = re.search(r"^[._-]|[._-]$|\.[._-]|[_-]\.|___|_-|-_", component)
    return ReferenceTrouble("separators", start + (found.start() if found else 0), _repaired(text))


def _check_tag(text: str, tag: str | None) -> None:
    if tag is None:
        return
    start = text.partition("@")[0].rfind(":") + 1
    if not tag:
        raise ReferenceTrouble("empty_tag", start, text[: start - 1] + text[start:])
    if not _TAG.fullmatch(tag):
        raise ReferenceTrouble("tag", start)
    if len(tag) > _LONGEST_TAG:
        raise ReferenceTrouble("tag_too_long", start + _LONGEST_TAG)


def _check_digest(text: str, digest: str | None) -> None:
    if digest is None:
        return
    algorithm, _, value = digest.partition(":")
    if len(value) != _DIGESTS.get(algorithm.lower()) or not re.fullmatch("[a-f0-9]+", value, re.IGNORECASE):
        raise ReferenceTrouble("digest", text.index("@") + 1)
    if digest != digest.lower():
        raise ReferenceTrouble("digest", text.index("@") + 1, text.replace(digest, digest.lower()))


def _repaired(text: str) -> str:
    """The name within the rules; tag and digest as they are."""
    joined = re.sub(r"\s*([:/@])\s*", r"\1", text.strip())
    name, tag, digest = _parts(joined)
    return within_rules(name) + (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")
