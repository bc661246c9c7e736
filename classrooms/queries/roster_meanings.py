"""What a school has explained about its class lists: columns of tables, names of classes, words for the state."""

from dataclasses import dataclass

from classrooms.models import School
from classrooms.rosters.class_names import Meanings
from classrooms.rosters.comparison import ClassPlace
from classrooms.rosters.enrolment_states import STATES
from classrooms.rosters.headings import folded


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


@dataclass(frozen=True)
class KnownWord:
    """A word for the state of an enrolment. `means` is "active", "left" or "" (asked); `usual`: nobody changed it."""

    word: str
    means: str
    usual: str

    @property
    def is_own(self) -> bool:
        return self.means != self.usual


def known_words(school: School) -> list[KnownWord]:
    """All words that are understood here, those that the school explained first."""
    own = {folded(word): (word, state) for word, state in school.enrolment_words.items()}
    usual = {folded(word): (word, str(state)) for word, state in STATES.items() if word}
    words = [KnownWord(word, state, usual.get(key, ("", ""))[1]) for key, (word, state) in own.items()]
    return words + [KnownWord(word, state, state) for key, (word, state) in usual.items() if key not in own]
