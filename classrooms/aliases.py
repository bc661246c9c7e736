"""A name that is nobody's: what a student is called where the real name must not go. Pure."""

_WORDS = (
    "abeto", "acacia", "alamo", "alcor", "alerce", "almez", "arce", "avellano", "boj", "brezo", "carpe", "castor",
    "cedro", "ceibo", "cerezo", "ciervo", "cometa", "coral", "delta", "encina", "enebro", "erizo", "estrella",
    "faro", "fresno", "garza", "ginkgo", "granito", "grulla", "halcon", "haya", "higuera", "jara", "jilguero",
    "laurel", "lince", "lirio", "luna", "madroño", "mirlo", "nogal", "nutria", "olivo", "olmo", "pino", "quejigo",
    "roble", "romero", "sauce", "tejo", "tilo", "tomillo", "vencejo", "zorzal",
)  # fmt: skip


def alias_of(number: int) -> str:
    """The same for the same row, another for every other: "encina-204". It says nothing about the person."""
    return f"{_word(number)}-{number}"


def number_of(alias: str) -> int | None:
    """The number whose alias it is; None where a letter or a figure is not as it was written."""
    _, _, figures = alias.rpartition("-")
    is_number = figures.isascii() and figures.isdigit() and len(figures) < 18
    return int(figures) if is_number and alias_of(int(figures)) == alias else None


def docker_id_of(number: int) -> str:
    """The same as a Docker ID that can be made today: "encina204".

    Hub: 4 to 30 lower-case letters and digits.
    """
    return f"{_word(number)}{number}"


def _word(number: int) -> str:
    return _WORDS[number * 29 % len(_WORDS)].replace("ñ", "n")
