"""Séneca: the list of staff `RelPerCen` and of classes `RegUnidades`. No class lists: others read them."""

from classrooms.rosters.formats import TableFormat, all_of

REL_PER_CEN = TableFormat(
    name="Séneca RelPerCen",
    headings={
        "list_name": ("Empleado/a", "Empleado", "Empleada"),
        "post": ("Puesto",),
        "email": ("Cuenta Google/Microsoft",),
        "ends_on": ("Fecha de cese",),
    },
    needed=all_of("list_name", "post"),
    refused_as="is_staff_list",
)
REG_UNIDADES = TableFormat(
    name="Séneca RegUnidades",
    headings={"unit": ("Unidad",), "course": ("Curso",), "tutors": ("Tutor/a", "Tutor", "Tutora")},
    needed=all_of("unit", "course", "tutors"),
    refused_as="is_list_of_classes",
)
