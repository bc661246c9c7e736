"""What shows that a Docker ID is the student's who said it: an invitation that was accepted, or a push."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from classrooms.actions import audit
from classrooms.actions.steps import note_step
from classrooms.models import AuditEntry, School, Student, StudentStep


@transaction.atomic
def prove_docker_id(*, school: School, docker_id: str, proof: Student.Proof, at: datetime) -> Student | None:
    """Keep what happened at `at` as proof for whoever of the school had said this Docker ID; None where it proves nothing.

    The first proof stays. Two who say the same one are left as they are: it cannot be both of theirs.
    """
    said = school.students.filter(docker_id__iexact=docker_id).select_for_update() if docker_id else ()
    if len(students := list(said)) != 1 or at < said_at(students[0]):
        return None
    student = students[0]
    # A proof and its light have the same name.
    note_step(student=student, step=StudentStep.Step(proof), source=StudentStep.Source.HUB)
    if student.docker_id_proof:
        return None
    student.docker_id_proof, student.docker_id_proven_at = proof, at
    student.save(update_fields=["docker_id_proof", "docker_id_proven_at"])
    facts = {"docker_id": student.docker_id, "proof": str(proof)}
    audit.record(school=school, actor=None, verb="student.docker_id_proven", about=student, facts=facts)
    return student


def said_at(student: Student) -> datetime:
    """Since when the Docker ID stands with the student. What happened before may have been somebody else's doing."""
    said = Q(student=student, verb="student.docker_id")
    found = AuditEntry.objects.filter(said).aggregate(last=Max("at"))["last"]
    return max(student.created_at, found) if found else student.created_at
