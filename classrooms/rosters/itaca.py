"""ITACA (C. Valenciana): one XML of the whole school, a student's facts as attributes.

A blank is one space. `estado_matricula` is "M" for enrolled and "B" for left; any other letter is asked. Bank accounts,
health cards, social security and medical reports come in the same element.
"""

from classrooms.rosters.xml_lists import XmlFormat

_STATES = {"M": "Matriculado", "B": "Baja", "": ""}


def _with_state(cells: dict[str, str]) -> list[dict[str, str]]:
    letter = cells.get("state", "").strip()
    return [{"unit": "", "external_id": "", **cells, "state": _STATES.get(letter, letter)}]


ITACA = XmlFormat(
    name="ITACA",
    root="centro",
    student="centro/alumnos/alumno",
    year="curso",
    attributes={
        "NIA": "external_id",
        "nombre": "given_name",
        "apellido1": "first_surname",
        "apellido2": "second_surname",
        "estado_matricula": "state",
        "grupo": "unit",
        "curso": "course",
    },
    adapt=_with_state,
)
