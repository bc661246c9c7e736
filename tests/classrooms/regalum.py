"""Class lists as Séneca exports them, with invented people and with everything that must not be kept."""

from django.utils import timezone

from classrooms.academic_years import academic_year_of

SMR = "1º F.P.I.G.M. (Sistemas Microinformáticos y Redes)"
DAW = "2º F.P.I.G.S. (Desarrollo de Aplicaciones Web)"
HEADINGS = (
    "Alumno/a", "Estado Matrícula", "Nº Id. Escolar", "DNI/Pasaporte", "Dirección", "Fecha de nacimiento", "Teléfono",
    "Correo Electrónico", "Curso", "Unidad", "Primer apellido", "Segundo apellido", "Nombre", "Año de la matrícula",
    "NºSeg.Social",
)  # fmt: skip
# What no table may ever hold.
PLANTED = (
    "12345678Z",
    "Calle de la Luna 7",
    "31/01/2009",
    "600111222",
    "familia@example.net",
    "281234567840",
)


def student(
    number: str, name: str = "Nerea", first: str = "Alba", second: str = "Núñez", *, unit: str = "1SMR",
    course: str = SMR, state: str = "", year: int | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """One line; whatever must not be kept is in it."""
    year = academic_year_of(timezone.localdate()) if year is None else year
    dni, address, born, telephone, mail, insurance = PLANTED
    return (
        f"{first} {second}, {name}", state, number, dni, address, born, telephone, mail, course, unit, first, second,
        name, str(year), insurance,
    )  # fmt: skip


def csv_of(*students: tuple[str, ...], encoding: str = "iso-8859-1") -> bytes:
    lines = [",".join(f'"{cell}"' for cell in line) for line in (HEADINGS, *students)]
    return "\r\n".join([*lines, ""]).encode(encoding)


def text_of(*students: tuple[str, ...]) -> bytes:
    """The "plain text" export: fields between bars, the headings on line 7."""
    head = ["JUNTA DE ANDALUCÍA", "IES Triana", "", "Relación del alumnado", "", ""]
    return "\r\n".join([*head, *("|".join(line) for line in (HEADINGS, *students)), ""]).encode("iso-8859-1")
