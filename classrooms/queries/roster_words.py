"""What a kind of class list is called in the reader's language."""

from django.utils.translation import gettext as _

from classrooms.rosters.mapped import OWN_TABLE, PASTED
from classrooms.rosters.moodle import MOODLE_GRADES, MOODLE_UPLOAD


def format_words(name: str) -> str:
    """The name of a format in words; administrations keep their own names."""
    return {
        OWN_TABLE: _("a table of one’s own"),
        PASTED: _("pasted names"),
        MOODLE_UPLOAD.name: _("Moodle (users)"),
        MOODLE_GRADES.name: _("Moodle (grading sheet)"),
    }.get(name, name)
