"""Names of people: from one column to three parts, without asking anybody to be called like somebody else."""

_PARTICLES = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "da",
        "das",
        "do",
        "dos",
        "di",
        "san",
        "santa",
        "van",
        "von",
        "der",
        "den",
        "al",
        "ben",
        "bin",
        "ibn",
    ]
)
_BINDERS = frozenset({"y", "i", "e"})


def split_surnames(surnames: str) -> tuple[str, str]:
    """First and second surname; the second is "" for people with one.

    "de la Torre Ruiz" is "de la Torre" and "Ruiz"; "García y Vega" is one. With more than two, what stands
    after the first goes together: both are always shown and compared in one piece, so nothing is lost by it.
    """
    parts: list[list[str]] = [[]]
    for word in surnames.split():
        if parts[-1] and not _goes_on(parts[-1][-1], word):
            parts.append([])
        parts[-1].append(word)
    first, *others = [" ".join(part) for part in parts]
    return first, " ".join(others)


def _goes_on(before: str, word: str) -> bool:
    joins = _PARTICLES | _BINDERS
    return before.casefold() in joins or word.casefold() in _BINDERS


def split_list_name(text: str) -> tuple[str, str, str] | None:
    """Given name, first and second surname of "Surnames, Given name"; None where there is no comma."""
    surnames, comma, given_name = (part.strip() for part in text.partition(","))
    if not comma:
        return None
    return (given_name, *split_surnames(surnames))
