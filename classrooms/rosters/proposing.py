"""What the columns of an unknown table may stand for: proposed from headings and from what is in them."""

import re
from collections.abc import Callable, Sequence

from classrooms.rosters.fields import NAMES
from classrooms.rosters.headings import folded

_WORDS = {
    "external_id": (
        *("nº id. escolar", "id escolar", "número escolar", "nia", "nie", "ralc", "cial", "nre", "niup"),
        *("identificador", "identificador del alumno", "idalumno", "student id", "student number", "id number"),
        *("número de alumno", "nº alumno", "nº expediente", "expediente", "matrícula", "id", "código"),
    ),
    "list_name": (
        *("apellidos y nombre", "apellidos, nombre", "alumno/a", "alumna/o", "alumnado", "cognoms i nom"),
        *("apelidos e nome", "abizen-izenak", "surname, name", "last name, first name"),
    ),
    "full_name": ("nombre completo", "nombre y apellidos", "nom i cognoms", "full name", "izen-abizenak"),
    "given_name": ("nombre", "nom", "nome", "izena", "first name", "firstname", "given name", "nombre de pila"),
    "surnames": ("apellidos", "cognoms", "apelidos", "abizenak", "last name", "lastname", "surname", "surnames"),
    "first_surname": (
        *("primer apellido", "apellido 1", "apellido1", "1er apellido", "1º apellido", "apellido"),
        *("primer cognom", "cognom 1", "primeiro apelido", "lehen abizena", "first surname"),
    ),
    "second_surname": (
        *("segundo apellido", "apellido 2", "apellido2", "2º apellido", "segon cognom", "cognom 2"),
        *("segundo apelido", "bigarren abizena", "second surname"),
    ),
    "unit": (
        *("unidad", "grupo", "clase", "clase/grupo", "grup", "grup classe", "grupo clase", "taldea", "class"),
        *("group", "cohort1", "unitat", "grupo de referencia"),
    ),
    "course": ("curso", "curs", "enseñanza", "estudios", "ciclo", "ensenyament", "programme", "course", "ikasturtea"),
    "state": ("estado matrícula", "estado de la matrícula", "estado", "estat", "situación", "status"),
    "school_year": ("año de la matrícula", "año académico", "curso académico", "año", "academic year", "any acadèmic"),
    "email": ("correo", "correo electrónico", "e-mail", "email", "email address", "correu electrònic", "mail"),
    "docker_id": ("docker id", "dockerid", "docker hub", "usuario docker", "usuario de docker hub", "docker"),
}  # fmt: skip
_FIELD_OF = {folded(word): field for field, words in _WORDS.items() for word in words}
# Guardians' names, addresses and cards are never what a class list is about.
_NEVER = re.compile(
    r"tutor|fnac|^tel|padre|madre|pare|mare|guardian|dni|pasaporte|nif|passaport|telef|movil|mobil|phone|direccion|domicilio"
    r"|adreca|address|postal|localidad|provincia|nacimiento|naixement|birth|nacionalidad|nacionalitat|sexo|iban|cuenta"
    r"|sip|nuss|segsocial|seguridadsocial|medic|salud|alerg|observ|edad|foto|password|contrasena"
)

# "Apellidos del alumno" says no more than "Apellidos".
_WHOSE = re.compile(
    r"\b(?:del?|de la|de l['’]|su|sus|seu|seva|alumno|alumna|alumnado|alumne|estudiante)\b(?:/[oa])?", re.I
)
_CLASS = re.compile(r"(?:\d\s*[º°ªo.-]?\s*[A-Za-z]{1,6}|[A-Z]{2,6}\s*-?\d)[\w º.-]{0,8}")
_NUMBER = re.compile(r"\d{5,14}")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def proposed_columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """For each column the field that it may stand for, "" to throw it away; no field twice."""
    proposed: list[str] = []
    for place, heading in enumerate(headings):
        cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        field = _by_heading(heading, cells) or (_by_content(cells, set(proposed)) if not heading else "")
        proposed.append("" if field in proposed else field)
    return _with_one_name(proposed)


def is_sensitive(heading: str) -> bool:
    """Whether a column's heading says that it must not be kept."""
    return _NEVER.search(folded(heading)) is not None


def _by_heading(heading: str, cells: Sequence[str]) -> str:
    field = _FIELD_OF.get(folded(heading)) or _FIELD_OF.get(folded(_WHOSE.sub(" ", heading)), "")
    if not field and is_sensitive(heading):
        return ""
    if field in ("list_name", "full_name") or folded(heading) in ("nombre", "alumno", "alumna", "estudiante"):
        return _whole_name(cells, field)
    return field


def _whole_name(cells: Sequence[str], field: str) -> str:
    """A comma tells which comes first, whatever the heading says."""
    if _most(cells, lambda cell: "," in cell):
        return "list_name"
    return "full_name" if field in ("list_name", "") else field


def _by_content(cells: Sequence[str], taken: set[str]) -> str:
    """For lists without headings."""
    if _most(cells, lambda cell: _ADDRESS.fullmatch(cell) is not None):
        return "email"
    if _most(cells, lambda cell: _NUMBER.fullmatch(cell) is not None):
        return "external_id"
    if _most(cells, lambda cell: _CLASS.fullmatch(cell) is not None):
        return "unit"
    if _most(cells, lambda cell: "," in cell and any(map(str.isalpha, cell))):
        return "list_name"
    if not _most(cells, lambda cell: any(map(str.isalpha, cell)) and not any(map(str.isdigit, cell))):
        return ""
    return "given_name" if "surnames" in taken else "surnames" if not taken & NAMES else ""


def _with_one_name(proposed: list[str]) -> list[str]:
    """A column of whole names where others tell the same in parts is not needed; surnames alone are whole names."""
    found = set(proposed)
    if "surnames" in found and not found & {"given_name", "full_name", "list_name"}:
        return ["full_name" if field == "surnames" else field for field in proposed]
    if "given_name" in found and not found & {"surnames", "first_surname", "full_name", "list_name"}:
        return ["full_name" if field == "given_name" else field for field in proposed]
    if "given_name" in found and found & {"surnames", "first_surname"}:
        return ["" if field in ("list_name", "full_name") else field for field in proposed]
    if "full_name" in found and "surnames" in found:  # "Nombre" beside "Apellidos"
        return ["given_name" if field == "full_name" else field for field in proposed]
    return proposed


def _most(cells: Sequence[str], is_so: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(is_so, cells)) * 5 >= len(cells) * 4
