"""Esfer@ (Catalunya): an XLSX with its headings on row 6 and rubbish in the last one.

The identifier (RALC) comes with other characters round it, and its heading has a typographic apostrophe.
"""

import re

from classrooms.rosters.formats import TableFormat, all_of

_DIGITS = re.compile(r"\d{5,}")


def _only_the_number(cells: dict[str, str]) -> dict[str, str] | None:
    if not (cells["given_name"].strip() or cells["first_surname"].strip()):
        return None
    numbers = _DIGITS.findall(cells["external_id"])
    return {**cells, "external_id": numbers[0]} if len(numbers) == 1 and not _is_card(cells) else cells


def _is_card(cells: dict[str, str]) -> bool:
    """A foreigner's card or a DNI is refused as such: not made a number by taking its letter away."""
    return re.fullmatch(r"\s*[XYZxyz]?-?\d{7,8}-?[A-Za-z]\s*", cells["external_id"]) is not None


ESFERA = TableFormat(
    name="Esfer@",
    headings={
        "external_id": ("Identificador de l’alumne/a", "RALC", "00_IDENTIFICADOR DE L’ALUMNE/A"),
        "given_name": ("Nom",),
        "first_surname": ("Primer Cognom",),
        "second_surname": ("Segon Cognom",),
        "unit": ("Grup Classe",),
    },
    needed=all_of("external_id", "given_name", "first_surname", "unit"),
    adapt=_only_the_number,
)
