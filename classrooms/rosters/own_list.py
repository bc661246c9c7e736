"""The portal's own class list, as it is taken out: its headings in each language, so that it can come back in."""

from classrooms.rosters.formats import TableFormat, all_of

# The school's number is kept as a hash and cannot be written; "Aulahub" is what the portal itself calls a person.
HEADINGS: dict[str, dict[str, str]] = {
    "external_id": {"es": "Aulahub", "en": "Aulahub"},
    "first_surname": {"es": "Primer apellido", "en": "First surname"},
    "second_surname": {"es": "Segundo apellido", "en": "Second surname"},
    "given_name": {"es": "Nombre", "en": "Name"},
    "unit": {"es": "Unidad", "en": "Class"},
    "course": {"es": "Curso", "en": "Course"},
    "school_year": {"es": "Curso académico", "en": "Academic year"},
    "docker_id": {"es": "Docker ID", "en": "Docker ID"},
}

OWN_LIST = TableFormat(
    name="Aulahub",
    headings={field: tuple(dict.fromkeys(words.values())) for field, words in HEADINGS.items()},
    needed=all_of("external_id", "first_surname", "given_name", "unit"),
    identified_by="portal",
)


def headings_in(language: str) -> list[str]:
    """In Spanish where the language has none of its own."""
    return [words.get(language[:2], words["es"]) for words in HEADINGS.values()]
