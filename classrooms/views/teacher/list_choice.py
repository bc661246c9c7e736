"""Filter, search and order of a class's list: as links with their numbers, and kept on the way back to it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import ngettext

from classrooms.models import ClassGroup
from classrooms.queries.class_students import ListChoice, StudentList


@dataclass(frozen=True)
class Counter:
    """A number that is a filter as well; `query` leads to those it counts."""

    label: str
    query: str
    is_chosen: bool


# "All" and "need attention" always stand there; the others where they count somebody.
_ALWAYS = ("all", "attention")
_LABELS: dict[str, Callable[[int], str]] = {
    "attention": lambda n: ngettext("%(number)s needs attention", "%(number)s need attention", n),
    "all": lambda n: ngettext("%(number)s student", "%(number)s students", n),
    "account": lambda n: ngettext("%(number)s has an account", "%(number)s have an account", n),
    "code": lambda n: ngettext("%(number)s has a code only", "%(number)s have a code only", n),
    "left": lambda n: ngettext("%(number)s has left", "%(number)s have left", n),
}


def counters(students: StudentList, choice: ListChoice) -> list[Counter]:
    """Those who need attention first."""
    return [
        Counter(
            label=say(number) % {"number": number},
            query=choice.but(show=show).query or "?",
            is_chosen=show == choice.show,
        )
        for show, say in _LABELS.items()
        if (number := students.counts[show]) or show in _ALWAYS or show == choice.show
    ]


def list_address(request: HttpRequest, class_group: ClassGroup) -> str:
    """The class's page as it was when somebody left it: the choice came along in the address."""
    return class_group.get_absolute_url() + ListChoice.of(request.GET).query
