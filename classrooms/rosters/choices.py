"""What a person says about a file; whatever is None is found out."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choices:
    """`encoding` is a key of `encodings.DECODERS`, `heading_line` counts from 1, 0 says that there are no headings.

    `columns` says for each column what it stands for (a key of `fields.FIELDS`, "" throws it away), `format_name` is
    one of `known_formats.FORMAT_NAMES`. `unit` and `course` are the class of everybody where the list names none.
    `kept` are columns that the school explained before, by the signature of their headings.
    """

    encoding: str | None = None
    separator: str | None = None
    heading_line: int | None = None
    format_name: str | None = None
    sheet: str | None = None
    columns: tuple[str, ...] | None = None
    unit: str = ""
    course: str = ""
    is_pasted: bool = False
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


FIND_OUT = Choices()
