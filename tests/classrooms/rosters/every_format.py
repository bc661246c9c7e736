"""One class list in every format, with invented people and with everything that must not be kept planted in it."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

from openpyxl import Workbook

from classrooms.rosters.choices import FIND_OUT, Choices
from tests.classrooms.rosters import make_files
from tests.classrooms.rosters.make_files import DAW1, SMR1


@dataclass(frozen=True)
class Person:
    """`state` is "in", "left" or a word as it stands in the list."""

    number: str
    first: str
    second: str
    given: str
    unit: str = "1SMR"
    course: str = SMR1
    state: str = "in"
    year: int = 2026

    @property
    def surnames(self) -> str:
        return f"{self.first} {self.second}".strip()

    @property
    def list_name(self) -> str:
        return f"{self.surnames}, {self.given}"

    @property
    def account(self) -> str:
        return f"cuenta{self.number}"


# What no database, log or temporary file may ever hold.
SECRETS = {
    "dni": "12345678Z",
    "birth": "30/01/2008",
    "address": "Calle de la Luna 7",
    "postcode": "41919",
    "phone": "954000111",
    "mobile": "600000222",
    "guardian": "Guardiana Inventada",
    "guardian_dni": "87654321X",
    "guardian_mail": "casa@correo.example",
    "nationality": "Ruritania",
    "health": "alergia inventada",
    "iban": "ES9121000418450200051332",
    "nuss": "281234567840",
    "sip": "10203040",
    "photo": "foto-4711.jpg",
}


def table(rows: Sequence[Sequence[object]], separator: str = ",", *, quoted: bool = True) -> str:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _regalum_rows(people: Sequence[Person]) -> list[dict[str, str]]:
    words = {"in": "", "left": "Anulada"}
    return [
        make_files.person(
            one.number, one.first, one.second, one.given, one.unit, one.course, str(one.year),
            words.get(one.state, one.state),
        )
        | {
            "DNI/Pasaporte": SECRETS["dni"], "Fecha de nacimiento": SECRETS["birth"], "Dirección": SECRETS["address"],
            "Código postal": SECRETS["postcode"], "Teléfono": SECRETS["phone"],
            "Teléfono de urgencia": SECRETS["mobile"], "Nombre Primer tutor": SECRETS["guardian"],
            "DNI/Pasaporte Primer turor": SECRETS["guardian_dni"], "Correo Electrónico": SECRETS["guardian_mail"],
            "Nacionalidad": SECRETS["nationality"], "Observaciones de la matrícula": SECRETS["health"],
            "NºSeg.Social": SECRETS["nuss"],
        }
        for one in people
    ]  # fmt: skip


def regalum_csv(people: Sequence[Person]) -> bytes:
    return make_files.table(_regalum_rows(people)).encode("cp1252")


def regalum_text(people: Sequence[Person]) -> bytes:
    return make_files.bars(_regalum_rows(people)).encode("cp1252")


def itaca(people: Sequence[Person]) -> bytes:
    """A blank is one space, and a medical report stands beside the name."""
    letters = {"in": "M", "left": "B"}
    lines = "\n".join(
        "<alumno "
        + " ".join(
            f'{name}="{escape(value or " ")}"'
            for name, value in {
                "NIA": one.number, "nombre": one.given, "apellido1": one.first, "apellido2": one.second,
                "fecha_nac": SECRETS["birth"], "documento": SECRETS["dni"], "domicilio": SECRETS["address"],
                "cod_postal": SECRETS["postcode"], "telefono1": SECRETS["phone"], "email1": SECRETS["guardian_mail"],
                "nacionalidad": SECRETS["nationality"], "iban": SECRETS["iban"], "sip": SECRETS["sip"],
                "nuss": SECRETS["nuss"], "informe_medico": SECRETS["health"],
                "estado_matricula": letters.get(one.state, one.state), "grupo": one.unit, "curso": one.course,
            }.items()
        )
        + "/>"
        for one in people
    )  # fmt: skip
    year = people[0].year if people else 2026
    return (
        f'<?xml version="1.0" encoding="ISO-8859-1"?>\n<centro codigo="00000000" denominacion="CIPFP EXEMPLE" '
        f'curso="{year}" version="1.0">\n<grupos><grupo codigo="1SMR" tutor_ppal=" "/></grupos>\n'
        f"<alumnos>\n{lines}\n</alumnos>\n</centro>"
    ).encode("iso-8859-1", "xmlcharrefreplace")


def rayuela(people: Sequence[Person]) -> bytes:
    students = "\n".join(
        f"<alumno><nie>{one.number}</nie><nombre>{escape(one.given)}</nombre>"
        f"<primer-apellido>{escape(one.first)}</primer-apellido>"
        f"<segundo-apellido>{escape(one.second)}</segundo-apellido>"
        f"<fecha-nacimiento>{SECRETS['birth']}</fecha-nacimiento>"
        f"<datos-usuario-rayuela><es-usuario>true</es-usuario><login>{SECRETS['dni']}</login></datos-usuario-rayuela>"
        f"<foto><con-foto>true</con-foto><nombre-fichero>{SECRETS['photo']}</nombre-fichero></foto>"
        f"<grupos><grupo>{escape(one.unit)}</grupo></grupos></alumno>"
        for one in people
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<alumnado-centro><centro><codigo>00000000</codigo></centro>\n'
        f"{students}\n</alumnado-centro>"
    ).encode()


def rayuela_zip(people: Sequence[Person]) -> bytes:
    return zipped({"Alumnos.xml": rayuela(people), SECRETS["photo"]: b"\xff\xd8\xff"})


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def workbook(rows: Sequence[Sequence[Any]], *, sheet: str = "Alumnat", others: Sequence[str] = ()) -> bytes:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = sheet
    for row in rows:
        first.append(list(row))
    for name in others:
        book.create_sheet(name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ESFERA_HEADINGS = [
    "Identificador de l’alumne/a", "Primer Cognom", "Segon Cognom", "Nom", "Data naixement", "Tutor 1 - nom",
    "Contacte 1er tutor alumne - Valor", "Nom via", "Codi postal", "Correu electrònic", "Grup Classe",
]  # fmt: skip


def esfera(people: Sequence[Person]) -> bytes:
    titles = [["Generalitat"], ["Institut Inventat"], [], ["Alumnat"], []]
    rows = [
        [
            float(one.number), one.first, one.second or None, one.given, date(2008, 1, 30), SECRETS["guardian"],
            SECRETS["mobile"], SECRETS["address"], SECRETS["postcode"], SECRETS["guardian_mail"], one.unit,
        ]
        for one in people
    ]  # fmt: skip
    return workbook([*titles, ESFERA_HEADINGS, *rows, ["Pàgina 1 de 1"]])


def educamadrid(people: Sequence[Person]) -> bytes:
    rows = [
        [
            one.given,
            one.surnames,
            one.account,
            "IES Inventado",
            f"g_{one.unit}" if one.unit else "",
            "emStudent",
            SECRETS["dni"],
        ]
        for one in people
    ]
    teacher = [
        "Docente",
        "Del Centro",
        "docente1",
        "IES Inventado",
        "g_1SMR",
        "emTeacher",
        SECRETS["guardian_dni"],
    ]
    headings = ["Nombre", "Apellidos", "uid", "centro", "clase/grupo", "tipo(emStudent,emTeacher)", "NIF"]
    return table([headings, *rows, teacher]).encode()


def moodle_upload(people: Sequence[Person]) -> bytes:
    headings = [
        "username",
        "password",
        "firstname",
        "lastname",
        "email",
        "phone1",
        "address",
        "cohort1",
        "deleted",
    ]
    rows = [
        [
            one.account, SECRETS["dni"], one.given, one.surnames, SECRETS["guardian_mail"], SECRETS["phone"],
            SECRETS["address"], one.unit, "1" if one.state == "left" else "0",
        ]
        for one in people
    ]  # fmt: skip
    return table([headings, *rows], quoted=False).encode()


def moodle_grades(people: Sequence[Person]) -> bytes:
    headings = [
        "Identificador", "Nombre completo", "Dirección de correo", "Estado", "Calificación", "Calificación máxima",
        "La calificación puede ser cambiada", "Última modificación (entrega)",
        "Última modificación (calificación)", "Comentarios de retroalimentación",
    ]  # fmt: skip
    rows = [
        [
            f"Participante {101 + place}", f"{one.given} {one.surnames}", f"{one.account}@alu.example",
            "No entregado", "10,00", "10,00", "Sí", "-", "-", SECRETS["health"],
        ]
        for place, one in enumerate(people)
    ]  # fmt: skip
    return table([headings, *rows]).encode("utf-8-sig")


def github_classroom(people: Sequence[Person]) -> bytes:
    rows = [[one.account, f"gh-{one.number}", "4711", f"{one.given} {one.surnames}"] for one in people]
    return table([["identifier", "github_username", "github_id", "name"], *rows]).encode()


OWN_HEADINGS = [
    "Nº",
    "Código",
    "Apellidos del alumno",
    "Su nombre",
    "DNI",
    "F. nac.",
    "Tel. casa",
    "Ciclo y grupo",
]
OWN_COLUMNS = ("", "external_id", "surnames", "given_name", "", "", "", "unit")


def own_rows(people: Sequence[Person]) -> list[list[Any]]:
    return [
        [
            place,
            one.number,
            one.surnames,
            one.given,
            SECRETS["dni"],
            SECRETS["birth"],
            SECRETS["phone"],
            one.unit,
        ]
        for place, one in enumerate(people, start=1)
    ]


def own_csv(people: Sequence[Person]) -> bytes:
    return table([OWN_HEADINGS, *own_rows(people)], ";", quoted=False).encode("cp1252", "replace")


def own_xlsx(people: Sequence[Person]) -> bytes:
    return workbook([OWN_HEADINGS, *own_rows(people)])


def own_ods(people: Sequence[Person]) -> bytes:
    return ods([OWN_HEADINGS, *own_rows(people)])


def ods(rows: Sequence[Sequence[object]], cell_attributes: str = "", row_attributes: str = "") -> bytes:
    """As LibreOffice writes it, with endless emptiness behind every row and under the last."""
    cells = "".join(
        f"<table:table-row{row_attributes}>"
        + "".join(
            f'<table:table-cell office:value-type="string"{cell_attributes}>'
            f"<text:p>{escape(str(cell))}</text:p></table:table-cell>"
            for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="16370"/></table:table-row>'
        for row in rows
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {"office": "office", "table": "table", "text": "text"}.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Hoja1">{cells}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def pasted(people: Sequence[Person]) -> bytes:
    return "\n".join(one.list_name for one in people).encode()


def pasted_cells(people: Sequence[Person]) -> bytes:
    """As it comes out of a spreadsheet's window."""
    return "\n".join(f"{one.surnames}\t{one.given}\t{one.unit}" for one in people).encode()


@dataclass(frozen=True)
class Kind:
    """A format: how its file is made and what can stand in it."""

    make: Callable[[Sequence[Person]], bytes]
    name: str
    choices: Choices = FIND_OUT
    identified_by: str = "number"
    parts_names: bool = True
    says_class: bool = True
    says_course: bool = False
    says_year: bool = False
    says_state: bool = False
    takes_any_letter: bool = True


_OWN = Choices(columns=OWN_COLUMNS, heading_line=1)
_SMR = Choices(unit="1SMR", course=SMR1)
_SENECA = {"says_course": True, "says_year": True, "says_state": True, "takes_any_letter": False}
KINDS = {
    "regalum.csv": Kind(regalum_csv, "Séneca RegAlum", **_SENECA),
    "regalum.txt": Kind(regalum_text, "Séneca RegAlum", **_SENECA),
    "itaca.xml": Kind(itaca, "ITACA", says_course=True, says_year=True, says_state=True),
    "esfera.xlsx": Kind(esfera, "Esfer@"),
    "rayuela.xml": Kind(rayuela, "Rayuela"),
    "rayuela.zip": Kind(rayuela_zip, "Rayuela"),
    "educamadrid.csv": Kind(educamadrid, "EducaMadrid", identified_by="account"),
    "moodle-users.csv": Kind(moodle_upload, "Moodle (users)", identified_by="account", says_state=True),
    "moodle-grades.csv": Kind(moodle_grades, "Moodle (grading sheet)", _SMR, "account", parts_names=False, says_class=False),
    "github-classroom.csv": Kind(github_classroom, "GitHub Classroom", _SMR, "account", parts_names=False, says_class=False),
    "own.csv": Kind(own_csv, "Own table", _OWN, takes_any_letter=False),
    "own.xlsx": Kind(own_xlsx, "Own table", _OWN),
    "own.ods": Kind(own_ods, "Own table", _OWN),
    "pasted.txt": Kind(pasted, "Pasted names", replace(_SMR, is_pasted=True), "nothing", says_class=False),
    "pasted-cells.txt": Kind(pasted_cells, "Pasted names", Choices(is_pasted=True), "nothing"),
}  # fmt: skip

MARIA = Person("9000001", "García", "López", "María")
OTHER_MARIA = replace(MARIA, number="9000002")
PEOPLE = (
    MARIA,
    OTHER_MARIA,
    Person("9000003", "Núñez", "", "Íñigo"),
    Person("9000004", "de la Peña", "O'Connor-Ruiz", "Lucía"),
    Person("9000005", "Güell", "Sal·les", "Aïna", "1DAW", DAW1),
)
