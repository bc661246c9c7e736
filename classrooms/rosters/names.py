"""Names of people: from one column to three parts, without asking anybody to be called like somebody else."""

from classrooms.rosters.headings import folded

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
    first, *others = _parts_of(surnames) or [""]
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


# Given names of two words are common; with these as second word they are one ("Juan Carlos", "Ana María").
_SECOND_NAMES = frozenset(
    {
        *(
            "maria",
            "jose",
            "luis",
            "carlos",
            "antonio",
            "manuel",
            "jesus",
            "miguel",
            "angel",
            "javier",
            "ramon",
        ),
        *(
            "pablo",
            "alberto",
            "enrique",
            "ignacio",
            "francisco",
            "david",
            "daniel",
            "andres",
            "isabel",
            "carmen",
        ),
        *("pilar", "belen", "teresa", "dolores", "angeles", "mar", "rosario", "luisa", "victoria", "elena"),
        *("cristina", "eugenia", "fernanda", "inmaculada", "mercedes"),
    }
)


def split_full_name(text: str) -> tuple[str, str, str] | None:
    """Given name, first and second surname of "Ana María García López"; None where there is one word only.

    Nothing in it says where the surnames begin. The last two are taken for surnames, one where there are two in all.
    """
    parts = _parts_of(text)
    if len(parts) < 2:
        return None
    given = max(1, len(parts) - 2)
    if len(parts) == 3 and folded(parts[1].split()[-1]) in _SECOND_NAMES:
        given = 2
    return " ".join(parts[:given]), parts[given], " ".join(parts[given + 1 :])


def _parts_of(text: str) -> list[str]:
    parts: list[list[str]] = []
    for word in text.split():
        if parts and _goes_on(parts[-1][-1], word):
            parts[-1].append(word)
        else:
            parts.append([word])
    return [" ".join(part) for part in parts]
