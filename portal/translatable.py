"""The strings of one file that are to be translated: Python by its tokens, templates as Django reads them."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

# Name of the function and where its arguments are: "c" is the context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ["Translators"]
Found = tuple[int, str | tuple[str, ...], list[str], str | None]


def strings_of(path: Path) -> Iterator[Found]:
    """Line, string (singular and plural where there are two), comments for translators, context."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _as_python(text, path)
    yield from extract("python", BytesIO(text.encode()), KEYWORDS, COMMENT_TAGS)


def _as_python(text: str, path: Path) -> str:
    """A template as calls of gettext among blanked-out words. Its indentation would not be Python's."""
    calls = templatize(text, origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines())
