"""Moodle: the CSV that uploads users (Aeducar gives the same), and the sheet for grading offline."""

from classrooms.rosters.formats import TableFormat, all_of

_NO = ("", "0", "no")
_YES = ("1", "yes", "sí")


def _upload(cells: dict[str, str]) -> dict[str, str]:
    """The ID number where there is one, the user name otherwise. A suspended account may be anything: ask."""
    better = cells.get("id_number", "").strip() or cells.get("external_id", "")
    unit = cells.get("unit", "").strip() or cells.get("group", "").strip()
    return {**cells, "external_id": better, "unit": unit, "state": _state(cells)}


def _state(cells: dict[str, str]) -> str:
    if cells.get("deleted", "").strip().casefold() in _YES:
        return "Baja"
    suspended = cells.get("suspended", "").strip()
    return "" if suspended.casefold() in _NO else "suspended" if suspended.casefold() in _YES else suspended


MOODLE_UPLOAD = TableFormat(
    name="Moodle (users)",
    headings={
        "external_id": ("username",),
        "id_number": ("idnumber",),
        "given_name": ("firstname",),
        "surnames": ("lastname",),
        "unit": ("cohort1",),
        "group": ("group1",),
        "deleted": ("deleted",),
        "suspended": ("suspended",),
    },
    needed=all_of("external_id", "given_name", "surnames"),
    adapt=_upload,
    identified_by="account",
)

# "Participante 101" is somebody in one activity and somebody else in the next: only the e-mail tells who it is.
# "Estado" there is that of a hand-in.
MOODLE_GRADES = TableFormat(
    name="Moodle (grading sheet)",
    headings={
        "full_name": ("Nombre completo", "Full name", "Nom complet"),
        "email": ("Dirección de correo", "Dirección Email", "Email address", "Adreça electrònica"),
        "participant": ("Identificador", "Identifier"),
    },
    needed=all_of("full_name", "email", "participant"),
    identified_by="account",
)
