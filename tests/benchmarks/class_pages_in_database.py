"""A class of 35 with five practices and an open page; prints what one refresh of its projector costs, and its code."""

import json
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from classrooms.actions.practices import Needed  # noqa: E402
from classrooms.actions.steps import note_step  # noqa: E402
from classrooms.models import ClassGroup, Student, StudentStep  # noqa: E402
from tests.classrooms.practices.scene import lamp, make_practice  # noqa: E402
from tests.factories import make_class_group, make_image, make_school, make_student, make_teacher  # noqa: E402

STUDENTS, PRACTICES = 35, 5
TEXT = "# Instala LAMP\n\n" + "Descarga la imagen y abre `localhost:8080` en el navegador.\n\n" * 6


def build() -> ClassGroup:
    school = make_school()
    ana = make_teacher(school, "Ana", role="owner")
    class_group = make_class_group(
        school, "1º SMR A", teacher=ana, has_public_page=True, students_are_members=True
    )
    first = lamp(class_group)
    second = make_image(school, "mysql", is_private=None)
    for number in range(PRACTICES):
        needed = (Needed(first, "1.0", ports=("8080:80",)), Needed(second, "8.4", environment=("A=1",)))
        due = timezone.now() + timedelta(days=number + 1)
        make_practice(
            class_group, f"Práctica {number}", *needed, due_at=due, text=TEXT, hand_in_way="own_namespace"
        )
    for number in range(STUDENTS):
        make_student(class_group, f"Alumna{number:02}", has_account=True)
    return class_group


def refresh(client: Client, class_group: ClassGroup, mark: str = "") -> tuple[int, int, str]:
    """Queries, bytes, and the mark of what is shown now."""
    headers = {"hx-request": "true"} | ({"if-none-match": mark} if mark else {})
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/class/{class_group.pk}/lights/wall/", headers=headers)
    return len(captured), len(answer.content), answer["ETag"]


def main() -> None:
    call_command("migrate", verbosity=0)
    setup_test_environment()
    class_group = build()
    client = Client()
    client.force_login(class_group.teachings.get().teacher_role.user)
    _queries, _bytes, mark = refresh(client, class_group)
    _queries, unchanged, mark = refresh(client, class_group, mark)
    student = Student.objects.first()
    assert student is not None
    note_step(student=student, step=StudentStep.Step.PULL, source=StudentStep.Source.SCRIPT)
    queries, size, _mark = refresh(client, class_group, mark)
    found = {"queries": queries, "bytes": size, "unchanged_bytes": unchanged, "code": class_group.code}
    print(json.dumps(found))  # noqa: T201  another process reads it


if __name__ == "__main__":
    main()
