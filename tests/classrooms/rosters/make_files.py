"""Writes `files/`: class lists as Séneca writes them, with invented people.

    python -m tests.classrooms.rosters.make_files

The headings are the real ones, typing error ("turor") included. Everything that must not be kept is planted.
"""

import csv
import io
from pathlib import Path

FILES = Path(__file__).parent / "files"

HEADINGS = [
    *("Alumno/a", "Estado Matrícula", "Nº Id. Escolar", "DNI/Pasaporte", "Dirección", "Código postal"),
    *("Localidad de residencia", "Fecha de nacimiento", "Provincia de residencia", "Teléfono"),
    *("Teléfono personal alumno/a", "Teléfono de urgencia", "Correo electrónico personal alumno/a"),
    *("Correo Electrónico", "Curso", "Nº del expediente del centro", "Unidad", "Primer apellido"),
    *("Segundo apellido", "Nombre", "DNI/Pasaporte Primer turor", "Primer apellido Primer tutor"),
    *("Segundo apellido Primer tutor", "Nombre Primer tutor", "Año de la matrícula"),
    *("Nº de matrículas en este curso", "Observaciones de la matrícula"),
    *("Edad a 31/12 del año de matrícula", "Nacionalidad", "Sexo", "Fecha de matrícula", "NºSeg.Social"),
]
SMR1 = "1º F.P.I.G.M. (Sistemas Microinformáticos y Redes)"
SMR2 = "2º F.P.I.G.M. (Sistemas Microinformáticos y Redes)"
DAW1 = "1º F.P.I.G.S. (Desarrollo de Aplicaciones Web)"
IABD = "O.C.C.E.G.S. (Inteligencia Artificial y Big Data)"

# What must never get out of the parser, as it stands in every row.
PLANTED = {
    "DNI/Pasaporte": "12345678Z",
    "Dirección": "C/ Falsa 7, 2º B",
    "Código postal": "41010",
    "Localidad de residencia": "Villarriba",
    "Fecha de nacimiento": "30/01/2008",
    "Provincia de residencia": "Provincia Inventada",
    "Teléfono": "954000111",
    "Teléfono personal alumno/a": "600000222",
    "Teléfono de urgencia": "600000333",
    "Correo electrónico personal alumno/a": "casa@correo.example",
    "Correo Electrónico": "cole@correo.example",
    "Nº del expediente del centro": "EXP-4711",
    "DNI/Pasaporte Primer turor": "87654321X",
    "Primer apellido Primer tutor": "Tutorín",
    "Segundo apellido Primer tutor": "Progenitor",
    "Nombre Primer tutor": "Guardiana",
    "Observaciones de la matrícula": "alergia inventada",
    "Nacionalidad": "Ruritania",
    "Fecha de matrícula": "02/07/2026",
    "NºSeg.Social": "281234567840",
}


def person(
    number: str,
    first: str,
    second: str,
    given: str,
    unit: str,
    course: str,
    year: str = "2026",
    state: str = "",
) -> dict[str, str]:
    return PLANTED | {
        "Alumno/a": f"{first} {second}".strip() + f", {given}",
        "Estado Matrícula": state,
        "Nº Id. Escolar": number,
        "Curso": course,
        "Unidad": unit,
        "Primer apellido": first,
        "Segundo apellido": second,
        "Nombre": given,
        "Año de la matrícula": year,
    }


PEOPLE = [
    person("9000001", "García", "López", "María", "1SMR", SMR1),
    person("9000002", "García", "López", "María", "1SMR", SMR1),
    person("9000003", "Núñez", "", "Íñigo", "1SMR", SMR1, state="Matriculado"),
    person("9000004", "de la Peña", "O'Connor-Ruiz", "Lucía del Mar", "1SMR", SMR1, state="Matriculada"),
    person("9000005", "Güell", "Sal·les", "Aïna", "1SMR", SMR1, state="Anulada"),
    person("9000006", "Ibáñez", "Açaí", "Begoña", "2SMR", SMR2),
    person("9000006", "Ibáñez", "Açaí", "Begoña", "1SMR", SMR1, year="2025"),
    person("9000006", "Ibáñez", "Açaí", "Begoña", "1SMR", SMR1, year="2024", state="Anulada"),
    person("9000007", "Zurita", "Peral", "Óscar", "2SMR", SMR2, state="Trasladado/a"),
    person("9000008", "Mora", "Vidal", "Noa", "1DAW", DAW1),
    person("9000009", "Ortiz", "Cano", "Hugo", "1DAW", IABD),
    person("9000008", "Mora", "Vidal", "Noa", "2SMR", SMR2),
]


def table(
    people: list[dict[str, str]], headings: list[str] = HEADINGS, separator: str = ",", *, quoted: bool = True
) -> str:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([row.get(name, "") for name in headings] for row in people)
    return out.getvalue()


def bars(people: list[dict[str, str]], headings: list[str] = HEADINGS) -> str:
    """The plain text: six lines of titles, headings on line 7, no quotation marks."""
    titles = [
        "JUNTA DE ANDALUCÍA",
        "IES Inventado",
        "Relación de alumnado",
        "Año académico: 2026/2027",
        "",
        "",
    ]
    rows = ["|".join(headings), *("|".join(row.get(name, "") for name in headings) for row in people)]
    return "\r\n".join([*titles, *rows, ""])


def twice(text: str) -> bytes:
    """UTF-8 that a Windows program took for Windows-1252 and saved as UTF-8: "1Âº"."""
    return "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode()
    ).encode()


def by_way_of_windows_1250(text: str) -> bytes:
    """Windows-1252 that a program took for Windows-1250 and saved as UTF-8: "1ş"."""
    return text.encode("cp1252").decode("cp1250").encode()


def main() -> None:
    comma = table(PEOPLE)
    short = [
        "Alumno/a",
        "Nº Id. Escolar",
        "Curso",
        "Unidad",
        "Año de la matrícula",
        "Estado Matrícula",
        "Fecha de nacimiento",
    ]
    FILES.mkdir(exist_ok=True)
    (FILES / "regalum-windows-1252.csv").write_bytes(comma.encode("cp1252"))
    (FILES / "regalum-utf-8.csv").write_bytes(comma.encode())
    (FILES / "regalum-utf-8-bom.csv").write_bytes(comma.encode("utf-8-sig"))
    (FILES / "regalum-semicolons.csv").write_bytes(
        table(PEOPLE, separator=";", quoted=False).encode("cp1252")
    )
    (FILES / "regalum-short-headings.csv").write_bytes(
        table(PEOPLE, short, ";", quoted=False).encode("cp1252")
    )
    (FILES / "regalum-bars-line-7.txt").write_bytes(bars(PEOPLE).encode("cp1252"))
    (FILES / "regalum-one-class.csv").write_bytes(
        table([row for row in PEOPLE if row["Unidad"] == "2SMR"]).encode("cp1252")
    )
    (FILES / "regalum-mojibake-twice.csv").write_bytes(twice(comma))
    (FILES / "regalum-mojibake-windows-1250.csv").write_bytes(by_way_of_windows_1250(comma))


if __name__ == "__main__":
    main()
