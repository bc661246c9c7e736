"""“It does not work”: a student asks, somebody who helps in the class answers."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms.actions import audit
from classrooms.actions.refusals import NotTaken
from classrooms.models import ClassGroup, ClassPractice, Question, Student, User
from classrooms.troubleshooting.explaining import explain, without_secrets

# More than anybody needs at once; a script that sends should not fill the teacher's page.
MOST_OPEN = 10


@transaction.atomic
def ask_question(
    *,
    student: Student,
    class_group: ClassGroup,
    error: str,
    words: str = "",
    system: str = "",
    class_practice: ClassPractice | None = None,
) -> Question:
    """Put a question to the teachers of the class; tokens and passwords in it are not kept.

    The same error again while it is open is the same question. Raises NotTaken for too many, or another's class.
    """
    if not student.enrolments.current().filter(class_group=class_group).exists():
        raise NotTaken(_("You are not in this class."))
    known = explain(error)
    kept, words = without_secrets(error), without_secrets(words)[:500]
    waiting = student.questions.open()
    if same := waiting.filter(class_group=class_group, error=kept, words=words).first():
        return same
    if waiting.count() >= MOST_OPEN:
        raise NotTaken(_("You have asked ten questions that wait for an answer. Talk to your teacher."))
    question = Question.objects.create(
        student=student, class_group=class_group, class_practice=class_practice, error=kept, words=words,
        system=system, cause=known.code if known else "",
    )  # fmt: skip
    audit.record(school=class_group.school, actor=student.user, verb="question.asked", about=class_group)
    return question


@transaction.atomic
def answer_question(*, question: Question, answer: str, by: User) -> None:
    """Answer it, or with "" say that it is solved. A later answer takes the place of the one before."""
    Question.objects.filter(pk=question.pk).update(answer=answer, answered_at=timezone.now(), answered_by=by)
    school = question.class_group.school
    audit.record(school=school, actor=by, verb="question.answered", about=question.student)
