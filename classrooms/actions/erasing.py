"""One person erased for good: names, numbers, account. What they handed in stays, as nobody's."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from classrooms import archive_store, signals
from classrooms.actions import audit
from classrooms.actions.register_upkeep import forget_person
from classrooms.models import AccessCode, Deletion, Enrolment, Student, User

_BLANK = {
    "external_id_hash": "", "given_name": "", "first_surname": "", "second_surname": "", "sort_name": "",
    "docker_id": "", "docker_id_proof": "", "docker_id_proven_at": None, "consent": "",
}  # fmt: skip


@transaction.atomic
def erase_student(*, student: Student, by: User | None) -> None:
    """No name, number, Docker ID or account of this student is left; again: no change. It cannot be undone.

    The row stays without a name for what hangs on it. Docker Hub hears of it while the Docker ID is still known.
    """
    if student.erased_at is not None:
        return
    school, now = student.school, timezone.now()
    Enrolment.objects.current().filter(student=student).update(left_on=timezone.localdate())
    announced = signals.Announced("student.erased", by.pk if by else None, student_ids=(student.pk,))
    signals.person_erased.send(sender=Student, school=school, student=student)
    signals.roster_changed.send(sender=Student, school=school, class_group=None, announced=announced)
    audit.record(school=school, actor=by, verb="student.erased", about=student.alias)
    forget_person(student)
    _forget_account(student)
    student.join_requests.all().delete()
    _anonymize_work(student)
    Deletion.objects.filter(kind=Deletion.Kind.STUDENT, object_id=student.pk).update(name="", purged_at=now)
    Student.with_deleted.filter(pk=student.pk).update(
        **_BLANK, erased_at=now, deleted_at=student.deleted_at or now
    )
    student.refresh_from_db()


def _anonymize_work(student: Student) -> None:
    """The image by its digest, the marks and the times stay; what was written by or to the person goes."""
    for name in student.hand_ins.exclude(archive="").values_list("archive", flat=True):
        transaction.on_commit(partial(archive_store.remove, name))
    student.hand_ins.update(
        reference="", pushed_by="", note="", compose="", compose_digests={}, later_compose_digests={},
        is_unseen=False, findings=[], secret_signs=[], archive="",
    )  # fmt: skip
    student.layer_looks.all().delete()
    student.assessments.update(comment="")
    student.questions.all().delete()
    student.steps.all().delete()


def _forget_account(student: Student) -> None:
    AccessCode.objects.filter(student=student).delete()
    user_id = student.user_id
    Student.with_deleted.filter(pk=student.pk).update(user=None)
    # Whoever also teaches keeps the account: it is a teacher's then.
    User.objects.filter(pk=user_id or 0, teacher_roles__isnull=True).delete()
