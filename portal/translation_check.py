"""What is wrong with a translation: missing, empty, unsure, or with other placeholders than the original."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*\d*\.?\d*[sdfi]|\{(\w*)\}|(?<!%)%([sd])")


def list_troubles(path: Path, found: Catalog) -> list[str]:
    """A sentence for each string of the code whose translation in the catalogue is not complete."""
    if not path.exists():
        return [f"{path} does not exist."]
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3])
    troubles = []
    for wanted in found:
        if wanted.id:
            message = catalogue.get(_first(wanted.id), context=wanted.context)
            troubles += [f"{_first(wanted.id)!r}: {what}" for what in _of(wanted, message)]
    return troubles


def _of(wanted: Message, message: Message | None) -> Iterator[str]:
    if message is None:
        yield "is not in the catalogue."
        return
    if message.fuzzy:
        yield "is marked as unsure (fuzzy)."
    given = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if not given or not all(given):
        yield "has no translation."
    elif isinstance(wanted.id, str) != isinstance(message.string, str):
        yield "has a plural on one side only."
    elif (difference := _difference(wanted, given)) is not None:
        yield f"has other placeholders: {difference}"


def _difference(wanted: Message, given: list[str]) -> str | None:
    """The first form with other placeholders. A singular may leave out what a plural must say ("one student")."""
    forms = [wanted.id] if isinstance(wanted.id, str) else list(wanted.id)
    allowed = {name for form in forms for name in placeholders(form)}
    for number, text in enumerate(given):
        is_singular_of_two = number == 0 and len(forms) > 1
        needed: set[str] = set() if is_singular_of_two else placeholders(forms[-1])
        if not needed <= placeholders(text) <= allowed:
            return text
    return None


def placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def _first(identity: str | tuple[str, ...] | list[str]) -> str:
    return identity if isinstance(identity, str) else identity[0]
