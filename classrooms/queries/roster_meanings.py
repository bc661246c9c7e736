"""What a school has explained about its class lists: columns of tables, names of classes, words for the state."""

from classrooms.models import School
from classrooms.rosters.class_names import Meanings
from classrooms.rosters.comparison import ClassPlace


def kept_columns(school: School) -> dict[str, tuple[str, ...]]:
    """What the columns of tables stand for, by the signature of their headings."""
    mappings = school.column_mappings.values_list("signature", "columns")
    return {signature: tuple(columns) for signature, columns in mappings}


def class_meanings(school: School) -> Meanings:
    """Which class a list means by its name of it; None: its lines are left out."""
    return {
        ClassPlace(one.unit, one.course): ClassPlace(one.class_name, one.class_course)
        if one.class_name
        else None
        for one in school.listed_class_names.all()
    }
