"""Behind a class's code: for whom a page or a script is, and the addresses that lead there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation

from classrooms.models import ClassGroup, Student
from classrooms.pull_scripts.commands import System
from classrooms.pull_scripts.fetching import get_compose, run_script
from classrooms.pull_tokens import pull_token, student_of_token
from classrooms.queries.hand_ins import Work
from classrooms.queries.student_practices import PracticeToDo


def class_with_code(code: str) -> ClassGroup:
    """The class, open or not; the letter case makes no difference. Raises Http404."""
    if not code.isalnum():
        raise Http404  # a zero byte, for one, is an error in PostgreSQL
    return get_object_or_404(ClassGroup.objects.active().select_related("school"), code=code.upper())


def who_asks(request: HttpRequest, class_group: ClassGroup) -> Student | None:
    """The student whose mark the address carries; None is anybody, where the class's page is open.

    Raises Http404 where it is not, TokenTooOld for a mark that was good once.
    """
    student = student_of_token(request.GET.get("me", ""), class_group)
    if student is None and not class_group.has_public_page:
        raise Http404
    return student


def language_of(class_group: ClassGroup) -> str:
    """In which language a script speaks that was not told one."""
    return class_group.school.language or settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Terminal:
    """The lines for a terminal, of one class, for one reader at one computer."""

    request: HttpRequest
    class_group: ClassGroup
    system: System
    student: Student | None = None

    @property
    def pull_all(self) -> str:
        """Everything that the class has now."""
        return run_script(self._address("pull"), self.system)

    def pull_practice(self, given_pk: int) -> str:
        return run_script(self._address("pull", practice=given_pk), self.system)

    def compose(self, given_pk: int) -> str:
        return get_compose(self._address("compose.yaml", practice=given_pk), self.system)

    def _address(self, name: str, practice: int | None = None) -> str:
        asked: dict[str, object] = {"practice": practice} if practice else {}
        if translation.get_language() != language_of(self.class_group):
            asked["lang"] = translation.get_language()
        if self.student is not None:
            asked["me"] = pull_token(self.student, self.class_group)
        path = reverse("class_page", args=[self.class_group.code]) + name
        query = f"?{urlencode(asked, safe=':')}" if asked else ""
        return self.request.build_absolute_uri(path) + query


@dataclass(frozen=True)
class ShownPractice:
    """A practice with its lines for the terminal. `work`: what the student handed in, where the page says so."""

    todo: PracticeToDo
    pull_line: str
    compose_line: str
    work: Work | None = None


def shown_practice(
    request: HttpRequest,
    todo: PracticeToDo,
    system: System,
    student: Student | None,
    work: Work | None = None,
) -> ShownPractice:
    terminal = Terminal(request, todo.given.class_group, system, student)
    return ShownPractice(todo, terminal.pull_practice(todo.given.pk), terminal.compose(todo.given.pk), work)
