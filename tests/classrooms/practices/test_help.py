"""“It does not work”: explained at once, or asked of the teacher."""

import pytest
from django.test import Client

from classrooms.actions.questions import MOST_OPEN
from classrooms.models import AuditEntry, ClassGroup, Question, School, Student, User
from classrooms.queries.activity import sentence
from tests.classrooms.practices.scene import make_practice
from tests.factories import make_class_group, make_teacher

pytestmark = pytest.mark.django_db
KNOWN = "failed to register layer: no space left on device"
UNKNOWN = "flux capacitor missing"


@pytest.fixture
def student(reader: Client, bruno: Student) -> Client:
    assert bruno.user is not None
    reader.force_login(bruno.user)
    return reader


def ask(student: Client, error: str = UNKNOWN, **fields: str) -> None:
    student.post("/student/help/", {"error": error, "ask": "yes", **fields})


def test_a_known_error_is_explained_in_the_readers_language_and_nothing_is_kept(student: Client) -> None:
    english = student.post("/student/help/", {"error": KNOWN}).content.decode()
    spanish = student.post(
        "/student/help/", {"error": KNOWN}, headers={"accept-language": "es"}
    ).content.decode()

    assert "The disk is full." in english and "docker system prune" in english
    assert "disco" in spanish and not Question.objects.exists()


def test_an_unknown_one_goes_to_the_teacher_with_what_is_needed(
    student: Client, class_group: ClassGroup, bruno: Student, ana: User
) -> None:
    given = make_practice(class_group, "Práctica 6")
    assert "This one is new" in student.post("/student/help/", {"error": UNKNOWN}).content.decode()
    student.get("/student/?system=windows")
    ask(student, words="docker run web", practice=str(given.pk))
    student.force_login(ana)
    page = student.get(f"/class/{class_group.pk}/questions/").content.decode()

    assert all(
        words in page for words in ("Bruno", UNKNOWN, "docker run web", "Práctica 6", "<li>Windows</li>")
    )


def test_tokens_and_passwords_are_not_kept(student: Client) -> None:
    ask(student, f"{UNKNOWN}\ndocker login -p hunter2 dckr_pat_abc123", words="token dckr_pat_abc123")
    kept = Question.objects.get()
    assert "hunter2" not in kept.error and "abc123" not in kept.error + kept.words and UNKNOWN in kept.error


def test_asked_twice_it_is_one_question_and_ten_are_enough(student: Client) -> None:
    ask(student)
    ask(student)
    once = Question.objects.count()
    for number in range(MOST_OPEN + 2):
        ask(student, f"{UNKNOWN} {number}")
    assert (once, Question.objects.count()) == (1, MOST_OPEN)


def test_the_student_reads_the_answer(
    student: Client, class_group: ClassGroup, bruno: Student, ana: User
) -> None:
    ask(student)
    question = Question.objects.get()
    student.force_login(ana)
    student.post(f"/class/{class_group.pk}/questions/{question.pk}/", {"answer": "Reinicia <b>Docker</b>"})
    student.force_login(bruno.user)
    page = student.get("/student/help/").content.decode()

    assert "Reinicia &lt;b&gt;Docker" in page and "Answered" in page
    verbs = AuditEntry.objects.filter(verb__startswith="question.")
    assert [sentence(entry) for entry in verbs.order_by("pk")] == [
        f"asked the teachers of {class_group} because something did not work",
        f"answered a question of {bruno}",
    ]


def test_an_assistant_answers_and_a_colleague_of_another_class_does_not(
    student: Client, school: School, class_group: ClassGroup
) -> None:
    ask(student)
    address = f"/class/{class_group.pk}/questions/{Question.objects.get().pk}/"
    tomas = make_teacher(school, "Tomás")
    make_class_group(school, "2º DAW", teacher=tomas)
    student.force_login(tomas)
    assert [
        student.get(f"/class/{class_group.pk}/questions/").status_code,
        student.post(address).status_code,
    ] == [404, 404]

    helper = make_teacher(school, "Asun", role="assistant")
    class_group.teachings.create(teacher_role=helper.teacher_roles.get(), role="assistant")
    student.force_login(helper)
    assert student.post(address, {"answer": ""}).status_code == 302
    assert Question.objects.get().answered_by == helper


def test_who_has_no_account_gets_the_explanation_and_nothing_is_kept(
    reader: Client, class_group: ClassGroup
) -> None:
    address = f"/c/{class_group.code}/help/"
    closed = reader.get(address).status_code
    ClassGroup.objects.update(has_public_page=True)
    page = reader.post(address, {"error": KNOWN, "ask": "yes"}).content.decode()

    assert (closed, "The disk is full." in page, Question.objects.exists()) == (404, True, False)


def test_nothing_pasted_is_asked_for(student: Client) -> None:
    assert "Paste what the terminal says." in student.post("/student/help/", {"error": " "}).content.decode()
