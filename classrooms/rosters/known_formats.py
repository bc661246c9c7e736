"""All class lists that are recognized without being told."""

from classrooms.rosters.educamadrid import EDUCAMADRID
from classrooms.rosters.esfera import ESFERA
from classrooms.rosters.formats import TableFormat
from classrooms.rosters.github_classroom import GITHUB_CLASSROOM
from classrooms.rosters.moodle import MOODLE_GRADES, MOODLE_UPLOAD
from classrooms.rosters.own_list import OWN_LIST
from classrooms.rosters.seneca import REG_ALUM
from classrooms.rosters.seneca_staff import REG_UNIDADES, REL_PER_CEN

CLASS_LISTS: tuple[TableFormat, ...] = (
    REG_ALUM,
    ESFERA,
    EDUCAMADRID,
    MOODLE_UPLOAD,
    MOODLE_GRADES,
    GITHUB_CLASSROOM,
    OWN_LIST,
)
TABLE_FORMATS: tuple[TableFormat, ...] = (*CLASS_LISTS, REL_PER_CEN, REG_UNIDADES)
FORMAT_NAMES = tuple(one.name for one in CLASS_LISTS)


def formats_called(name: str | None) -> tuple[TableFormat, ...]:
    """The one that a person chose, or all."""
    return tuple(one for one in CLASS_LISTS if one.name == name) or TABLE_FORMATS
