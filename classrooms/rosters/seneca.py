"""Séneca (Andalucía): the list of students `RegAlum`, as CSV and as plain text.

Alumnado → Alumnado del centro → Exportar. The text has "|" between fields and its headings on line 7. Séneca
adds columns from year to year and a teacher can untick some. One row for each enrolment, cancelled ones
included.

No e-mail is kept. "Correo Electrónico" is as often a family's private address as a corporate one, students
need none here, and what is not needed must not be kept.
"""

from classrooms.rosters.formats import TableFormat

REG_ALUM = TableFormat(
    name="Séneca RegAlum",
    headings={
        "external_id": (
            "Nº Id. Escolar",
            "Nº Identificación Escolar",
            "Número de identificación escolar",
            "Id. Escolar",
        ),
        "list_name": ("Alumno/a", "Alumna/o", "Alumno", "Alumna", "Apellidos y nombre", "Apellidos, Nombre"),
        "given_name": ("Nombre",),
        "first_surname": ("Primer apellido",),
        "second_surname": ("Segundo apellido",),
        "unit": ("Unidad",),
        "course": ("Curso",),
        "state": ("Estado Matrícula", "Estado de la matrícula"),
        "school_year": ("Año de la matrícula", "Año matrícula", "Año de matrícula"),
    },
    needed=(
        (frozenset({"external_id"}),),
        (frozenset({"list_name"}), frozenset({"given_name", "first_surname"})),
        (frozenset({"unit"}),),
    ),
)
