"""What a column of a class list can stand for."""

from classrooms.rosters.reasons import gettext_noop

# In the order in which a person chooses from them. What is none of these is thrown away while reading.
FIELDS: dict[str, str] = {
    "list_name": gettext_noop("Surnames, name (with a comma)"),
    "full_name": gettext_noop("Full name (name first)"),
    "given_name": gettext_noop("Name"),
    "surnames": gettext_noop("Surnames (both)"),
    "first_surname": gettext_noop("First surname"),
    "second_surname": gettext_noop("Second surname"),
    "external_id": gettext_noop("School’s number of the student"),
    "email": gettext_noop("E-mail (only to recognize the person)"),
    "unit": gettext_noop("Class"),
    "course": gettext_noop("Course"),
    "state": gettext_noop("State of the enrolment"),
    "school_year": gettext_noop("Academic year"),
    "docker_id": gettext_noop("Docker ID"),
}
NAMES = frozenset({"list_name", "full_name", "given_name", "surnames", "first_surname"})


def tells_a_name(fields: set[str]) -> bool:
    """Whether columns of these fields are enough to know what people are called."""
    in_one = {"list_name", "full_name"} & fields
    return bool(in_one) or ("given_name" in fields and bool({"surnames", "first_surname"} & fields))
