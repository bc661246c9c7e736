"""EducaMadrid: users of a school as CSV. A user name may belong to several schools; teachers stand among the students."""

import re

from classrooms.rosters.formats import TableFormat, all_of
from classrooms.rosters.headings import folded

# Groups that begin with a digit get "g_" there: "g_1SMR".
_BEFORE_A_DIGIT = re.compile(r"^g_(?=\d)")


def _of_a_student(cells: dict[str, str]) -> dict[str, str] | None:
    if folded(cells.get("kind", "")) == "emteacher":
        return None
    return {**cells, "unit": _BEFORE_A_DIGIT.sub("", cells["unit"].strip())}


EDUCAMADRID = TableFormat(
    name="EducaMadrid",
    headings={
        "external_id": ("uid",),
        "given_name": ("Nombre",),
        "surnames": ("Apellidos",),
        "unit": ("clase/grupo",),
        "kind": ("tipo(emStudent,emTeacher)", "tipo"),
    },
    needed=all_of("external_id", "given_name", "surnames", "unit"),
    adapt=_of_a_student,
    identified_by="account",
)
