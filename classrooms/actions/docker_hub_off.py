"""Students who are to have no Docker ID: without consent, or in classes that keep Docker Hub off."""

from django.utils.translation import gettext as _

from classrooms.actions.refusals import NoDockerId
from classrooms.models import Student


def refuse_docker_id(student: Student) -> None:
    """Raises NoDockerId where the student is marked as without consent, or every class keeps Docker Hub off."""
    if student.consent == Student.Consent.NONE:
        raise NoDockerId(
            _("Consent is missing for this student, so the portal keeps no Docker ID. Everything else works.")
        )
    current = student.enrolments.current().filter(class_group__archived_at__isnull=True)
    if current.exists() and not current.filter(class_group__hub_is_off=False).exists():
        raise NoDockerId(
            _("The class keeps Docker Hub off, so the portal keeps no Docker ID. Everything else works.")
        )
