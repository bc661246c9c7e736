"""Who is who: by the school's number alone, through classes, courses, years and names."""

from django.utils import timezone

from classrooms.academic_years import academic_year_of
from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import carry_out
from classrooms.models import ClassGroup, Enrolment, School, Student
from classrooms.queries.roster_preview import roster_preview
from tests.classrooms.regalum import DAW, SMR, csv_of, student

SMR_2 = SMR.replace("1º", "2º")
FIRST_YEAR = student("9000001", "Nerea", "Alba", "Núñez")
SECOND_YEAR = student("9000001", "Nerea", "Alba", "Núñez", unit="2SMR", course=SMR_2)


def bring_in(school: School, *lines: tuple[str, ...]) -> None:
    carry_out(roster_import=prepare_import(school=school, data=csv_of(*lines), by=None), by=None)


def changes_nothing(school: School, *lines: tuple[str, ...]) -> bool:
    return roster_preview(prepare_import(school=school, data=csv_of(*lines), by=None)).changes_nothing


def test_who_takes_subjects_of_two_courses_is_one_person_in_two_classes(school: School) -> None:
    bring_in(school, FIRST_YEAR, SECOND_YEAR)

    assert Student.objects.count() == 1
    assert {one.class_group.name for one in Enrolment.objects.current()} == {"1SMR", "2SMR"}
    assert changes_nothing(school, FIRST_YEAR, SECOND_YEAR)


def test_a_list_of_one_of_two_classes_leaves_the_other_enrolment_alone(school: School) -> None:
    bring_in(school, FIRST_YEAR, SECOND_YEAR)

    assert changes_nothing(school, SECOND_YEAR)


def test_who_cancelled_and_enrolled_again_in_the_same_class_is_in_it_once(school: School) -> None:
    cancelled = student("9000001", "Nerea", "Alba", "Núñez", state="Anulada")

    bring_in(school, cancelled, FIRST_YEAR)

    assert Enrolment.objects.current().count() == Enrolment.objects.count() == 1


def test_one_unit_under_two_courses_makes_two_classes_and_the_same_list_again_changes_nothing(
    school: School,
) -> None:
    lines = [student("1"), student("2", course=DAW)]

    bring_in(school, *lines)

    assert set(ClassGroup.objects.values_list("name", "course")) == {("1SMR", SMR), ("1SMR", DAW)}
    assert changes_nothing(school, *lines)


def test_one_name_and_one_identity_card_under_two_numbers_are_two_people(school: School) -> None:
    """As happens with siblings whose guardian's card stands there: all invented people have the same one."""
    twins = [student(number, "María", "García", "López") for number in ("1", "2")]
    assert twins[0][3] == twins[1][3]

    bring_in(school, *twins)

    assert Student.objects.count() == 2
    assert changes_nothing(school, *twins)


def test_another_name_card_and_class_under_one_number_is_one_person(school: School) -> None:
    bring_in(school, FIRST_YEAR)
    married = list(student("9000001", "Nerea María", "Alba", "Gil", unit="2DAW", course=DAW))
    married[3] = "87654321X"

    bring_in(school, tuple(married), student("2"))

    assert Student.objects.filter(given_name="Nerea María").count() == 1
    assert (
        not Student.objects.filter(given_name="Nerea", first_surname="Alba", second_surname="Núñez")
        .exclude(enrolments__class_group__name="1SMR")
        .exists()
    )


def test_two_years_of_one_person_are_one_person_and_last_year_is_left_as_it_is(school: School) -> None:
    year = academic_year_of(timezone.localdate())
    bring_in(school, student("9000001", "Nerea", "Alba", "Núñez", year=year - 1))
    before = set(Enrolment.objects.values_list("pk", "left_on"))

    bring_in(school, SECOND_YEAR)

    assert Student.objects.count() == 1
    assert before < set(Enrolment.objects.values_list("pk", "left_on"))


def test_two_schools_keep_one_number_as_two_people(school: School) -> None:
    other = School.objects.create(name="IES Alixar")

    bring_in(school, FIRST_YEAR)
    bring_in(other, FIRST_YEAR)

    hashes = set(Student.objects.values_list("external_id_hash", flat=True))
    assert len(hashes) == 2 and not any("9000001" in one for one in hashes)
