"""The catalogues of translations, kept and compiled by Python alone: no gettext tools are needed on the machine.

A catalogue (`locale/<language>/LC_MESSAGES/django.po`) is merged from every string in the code and the templates.
It holds no line numbers and no dates, so that its diffs show what was said and nothing else. The compiled `.mo`
beside it is never kept in the repository: it is made when the portal starts, and whenever it is the older one.
"""

import os
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from portal.translatable import strings_of

SOURCES = ("portal", "classrooms", "hubsync", "templates")
# The local Docker Hub speaks Docker's English, whatever the reader's language.
LEFT_OUT = ("sandbox", "migrations")
HEADER = """\
# Aulahub. Kept by `python3 manage.py messages`.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def list_catalogues() -> list[Path]:
    return [
        path
        for folder in settings.LOCALE_PATHS
        for path in sorted(Path(folder).glob("*/LC_MESSAGES/django.po"))
    ]


def collect(root: Path) -> Catalog:
    """Every string to be translated below the folder, in the order of its files."""
    found = Catalog()
    for path in sources(root):
        for line, message, comments, context in strings_of(path):
            where = [(path.relative_to(root).as_posix(), line)]
            found.add(message, locations=where, auto_comments=comments, context=context)
    return found


def sources(root: Path) -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and not set(LEFT_OUT) & set(
                path.relative_to(root).parts
            ):
                yield path


def merge(language: str, before: str, found: Catalog) -> str:
    """The catalogue's new text: all strings found, with the translations that there were. Others are dropped."""
    catalogue = (
        read_po(before.splitlines(keepends=True), locale=language) if before else Catalog(locale=language)
    )
    plural_forms = catalogue.plural_forms
    catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
    return HEADER.format(language=language, plural_forms=plural_forms) + _written(catalogue)


def _written(catalogue: Catalog) -> str:
    output = BytesIO()
    write_po(
        output,
        catalogue,
        width=110,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return output.getvalue().decode()


def write_catalogue(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def compile_stale(catalogues: Iterable[Path] | None = None) -> list[Path]:
    """Compile each catalogue that is newer than what was compiled of it; those that were. Raises OSError."""
    stale = [path for path in catalogues or list_catalogues() if is_stale(path)]
    for path in stale:
        _compile(path)
    return stale


def is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


def _compile(path: Path) -> None:
    """Whole under another name first: a web process may read the old one at this moment."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3])
    fresh = path.with_suffix(f".{os.getpid()}.new")
    with fresh.open("wb") as output:
        write_mo(output, catalogue)
    fresh.replace(path.with_suffix(".mo"))
