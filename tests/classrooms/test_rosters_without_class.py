"""A line of a class list that names no class: a person chooses one, or leaves it out."""

from django.test import Client

from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import RosterOutcome, carry_out
from classrooms.models import ClassGroup, Enrolment, School, User
from classrooms.queries.roster_preview import roster_preview
from tests.classrooms.regalum import csv_of, student
from tests.factories import make_class_group, make_teacher

NOA = student("9000007", "Noa", "Mora", "Gil", unit="")
LINE = 2


def test_the_chosen_class_gets_the_student(school: School, ana: User, class_group: ClassGroup) -> None:
    waiting = prepare_import(school=school, data=csv_of(NOA), by=ana)
    preview = roster_preview(waiting, by=ana)

    outcome = carry_out(roster_import=waiting, by=ana, placements={LINE: class_group.pk})

    assert [row.line for row in preview.without_class] == [LINE] and preview.bad_rows == ()
    assert outcome == RosterOutcome(new=1)
    assert Enrolment.objects.get().class_group == class_group


def test_who_is_left_out_stays_out(school: School, ana: User, class_group: ClassGroup) -> None:
    waiting = prepare_import(school=school, data=csv_of(NOA), by=ana)

    assert carry_out(roster_import=waiting, by=ana) == RosterOutcome(bad=1)
    assert not Enrolment.objects.exists()


def test_choosing_the_same_class_again_changes_nothing(
    school: School, ana: User, class_group: ClassGroup
) -> None:
    for expected in (RosterOutcome(new=1), RosterOutcome(unchanged=1)):
        waiting = prepare_import(school=school, data=csv_of(NOA), by=ana)
        assert carry_out(roster_import=waiting, by=ana, placements={LINE: class_group.pk}) == expected


def test_a_choice_takes_nobody_out_of_a_class(school: School, ana: User, class_group: ClassGroup) -> None:
    vera = student("9000008", "Vera", unit=class_group.name, course="")
    both = make_class_group(school, "2DAW", teacher=ana)
    waiting = prepare_import(school=school, data=csv_of(vera, NOA), by=ana)
    carry_out(roster_import=waiting, by=ana, placements={3: class_group.pk})
    waiting = prepare_import(school=school, data=csv_of(vera, NOA), by=ana)

    carry_out(roster_import=waiting, by=ana, placements={3: both.pk})

    assert Enrolment.objects.current().count() == 3


def test_a_class_of_a_colleague_or_another_year_cannot_be_chosen(
    school: School, class_group: ClassGroup
) -> None:
    javier = make_teacher(school, "Javier")
    older = make_class_group(school, "1º DAM", teacher=javier, year=2020)
    for stranger in (class_group, older):
        waiting = prepare_import(school=school, data=csv_of(NOA), by=javier)
        carry_out(roster_import=waiting, by=javier, placements={LINE: stranger.pk})

    assert not Enrolment.objects.exists()


def test_the_page_asks_and_the_answer_counts(
    client: Client, school: School, ana: User, class_group: ClassGroup
) -> None:
    client.force_login(ana)
    waiting = prepare_import(school=school, data=csv_of(NOA), by=ana)
    path = f"/roster/{waiting.pk}/"
    assert f'name="class_of_{LINE}"' in client.get(path).content.decode()

    client.post(path, {"decision": "carry_out", f"class_of_{LINE}": class_group.pk, "class_of_x": "y"})

    assert Enrolment.objects.get().student.given_name == "Noa"
