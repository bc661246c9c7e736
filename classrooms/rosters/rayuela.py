"""Rayuela (Extremadura): `Alumnos.xml`, often in a zip with photographs. A student may be in several groups or in none."""

from classrooms.rosters.xml_lists import XmlFormat


def _one_for_each_group(cells: dict[str, str]) -> list[dict[str, str]]:
    groups = [group for group in cells.get("unit", "").split("\n") if group.strip()] or [""]
    return [{"external_id": "", **cells, "unit": group} for group in groups]


RAYUELA = XmlFormat(
    name="Rayuela",
    root="alumnado-centro",
    student="alumnado-centro/alumno",
    elements={
        "nie": "external_id",
        "nombre": "given_name",
        "primer-apellido": "first_surname",
        "segundo-apellido": "second_surname",
        "grupo": "unit",
        "grupos/grupo": "unit",
    },
    adapt=_one_for_each_group,
)
