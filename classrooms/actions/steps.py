"""First steps of students with Docker, as somebody has seen them."""

from classrooms.models import Student, StudentStep


def note_step(*, student: Student, step: StudentStep.Step, source: StudentStep.Source) -> bool:
    """Keep the first time that it was seen; whether that was news. What was only said gives way to what was seen."""
    row, is_new = StudentStep.objects.get_or_create(student=student, step=step, defaults={"source": source})
    if not is_new and row.source == StudentStep.Source.STUDENT and source != row.source:
        return bool(StudentStep.objects.filter(pk=row.pk).update(source=source))
    return is_new


def forget_own_word(*, student: Student, step: StudentStep.Step) -> None:
    """Take back what the student said; what was seen stays."""
    student.steps.filter(step=step, source=StudentStep.Source.STUDENT).delete()
