"""The look at a class list in groups: each with its number and its boxes, and only what is ticked happens."""

import re
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import RosterOutcome, carry_out
from classrooms.models import Enrolment, RosterImport, School, Student, User
from classrooms.queries.roster_groups import MOST_BOXES
from classrooms.queries.roster_preview import roster_preview
from classrooms.rosters.chosen import Chosen
from tests.classrooms.regalum import DAW, csv_of, student
from tests.factories import make_class_group, make_student

STAYS = student("9000001", "Nerea", "Alba", "Núñez")
LEFT_OUT = student("9000002", "Omar", "Haddad", "")
GONE = student("9000003", "Unai", "Luque", "Vega")
ANOTHER = student("9000009", "Zoe", "Zamora", "Ruiz")


def bring_in(school: School, *students: tuple[str, ...], chosen: Chosen | None = None) -> RosterOutcome:
    waiting = prepare_import(school=school, data=csv_of(*students), by=None)
    return carry_out(roster_import=waiting, by=None, chosen=chosen or Chosen())


def enrolled(school: School) -> set[str]:
    current = Enrolment.objects.current().filter(class_group__school=school)
    return {f"{one.student.list_name} {one.class_group.name}" for one in current}


@dataclass
class Look:
    """The page before the confirmation, as a browser without JavaScript shows and sends it."""

    client: Client
    html: str = ""
    address: str = ""

    def upload(self, school: School, *students: tuple[str, ...]) -> "Look":
        file = SimpleUploadedFile("RegAlum.csv", csv_of(*students))
        answer = self.client.post(
            f"/school/{school.pk}/roster/", {"file": file}, follow=True, headers={"accept-language": "en"}
        )
        self.html, self.address = answer.content.decode(), answer.request["PATH_INFO"]
        return self

    @property
    def counts(self) -> dict[str, int]:
        found = re.search(r'class="counts".*?</ul>', self.html, re.DOTALL)
        assert found is not None
        pairs = re.findall(r"<strong>(\d+)</strong> ([^<]+)", found[0])
        return {name.strip(): int(number) for number, name in pairs}

    def sent(self) -> list[tuple[str, str]]:
        """What the form sends when nothing is touched."""
        inputs = re.findall(r"<input [^>]*>", self.html[self.html.index("<main") :])
        names = [
            (re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one), one) for one in inputs
        ]
        return [
            (name[1], value[1])
            for name, value, one in names
            if name and value and ('type="hidden"' in one or " checked" in one)
        ]

    def confirm(self, *, without: str = "", also: tuple[str, str] | None = None) -> None:
        """Press the button; `without` is the value or name of a box that somebody unticked."""
        fields: dict[str, list[str]] = {"decision": ["carry_out"]}
        for name, value in [*self.sent(), *([also] if also else [])]:
            if without not in (value, name) or name.startswith(("shown", "boxes_")):
                fields.setdefault(name, []).append(value)
        self.client.post(self.address, fields)


@pytest.fixture
def look(client: Client, ana: User) -> Look:
    client.force_login(ana)
    return Look(client)


def test_each_group_has_its_number(look: Look, school: School) -> None:
    bring_in(school, STAYS, LEFT_OUT, GONE, student("9000004", "Iker", "Mas", "Gil"))
    Enrolment.objects.filter(student__given_name="Omar").update(left_on="2026-11-01")

    look.upload(
        school,
        student("9000001", "Nerea María", "Alba", "Núñez"),
        LEFT_OUT,
        student("9000004", "Iker", "Mas", "Gil", unit="2DAW", course=DAW),
        ANOTHER,
        student("9000010", "Leo", "Paz", "Rey", state="Repite"),
    )

    assert look.counts == {
        "New": 1,
        "Unchanged": 1,
        "Corrected": 1,
        "Moved": 1,
        "Back again": 1,
        "Left": 0,
        "Apparently gone": 1,
        "Unclear": 1,
    }


def test_what_is_not_touched_happens_except_that_nobody_apparently_gone_leaves(
    look: Look, school: School
) -> None:
    bring_in(school, STAYS, GONE)

    look.upload(school, STAYS, ANOTHER).confirm()

    assert {name.split(",")[0] for name in enrolled(school)} == {"Alba Núñez", "Luque Vega", "Zamora Ruiz"}


def test_who_is_ticked_as_gone_leaves(look: Look, school: School) -> None:
    bring_in(school, STAYS, GONE)
    gone = Enrolment.objects.get(student__given_name="Unai")

    look.upload(school, STAYS).confirm(also=("left", str(gone.pk)))

    assert enrolled(school) == {"Alba Núñez, Nerea 1SMR"}


def test_an_unticked_group_does_not_happen(look: Look, school: School) -> None:
    bring_in(school, STAYS)

    look.upload(school, student("9000001", "Nereida", "Alba", "Núñez"), ANOTHER).confirm(without="new")

    assert enrolled(school) == {"Alba Núñez, Nereida 1SMR"}


def test_an_unticked_person_alone_does_not_come(look: Look, school: School) -> None:
    look.upload(school, STAYS, LEFT_OUT)
    line = next(row["line"] for row in RosterImport.objects.get().rows if row["given_name"] == "Omar")

    look.confirm(without=str(line))

    assert enrolled(school) == {"Alba Núñez, Nerea 1SMR"}


def test_who_the_list_says_left_stays_where_somebody_unticks_it(look: Look, school: School) -> None:
    bring_in(school, STAYS, GONE)
    look.upload(school, STAYS, student("9000003", "Unai", "Luque", "Vega", state="Anulada"))
    assert look.counts["Left"] == 1

    look.confirm(without="left")

    assert len(enrolled(school)) == 2


def test_who_keeps_the_old_name_keeps_it_in_the_new_class_too(school: School) -> None:
    bring_in(school, STAYS, GONE)
    renamed = student("9000001", "Nereida", "Alba", "Núñez", unit="2DAW", course=DAW)

    bring_in(school, GONE, renamed, chosen=Chosen({"corrected": None}))

    assert enrolled(school) == {"Alba Núñez, Nerea 2DAW", "Luque Vega, Unai 1SMR"}


def test_a_list_of_one_class_says_that_nobody_leaves_and_what_it_is_of(look: Look, school: School) -> None:
    for name in ("2ASIR", "2DAW", "1DAM"):
        make_student(make_class_group(school, name), "Elena")
    bring_in(school, STAYS)

    look.upload(school, STAYS, ANOTHER)

    assert "0 students leave, as the list says." in look.html
    assert "The list is of 1 class." in look.html
    assert "3 other classes of the school stay as they are." in look.html


def test_a_list_of_the_whole_school_is_not_called_partial(look: Look, school: School) -> None:
    bring_in(school, STAYS)

    look.upload(school, STAYS, ANOTHER)

    assert "The list is of" not in look.html


def test_a_list_of_half_a_class_is_taken_for_a_part_and_makes_nobody_leave(
    look: Look, school: School
) -> None:
    bring_in(school, STAYS, LEFT_OUT, GONE)

    look.upload(school, STAYS)

    assert "it is probably of a part of the class" in look.html
    look.confirm()
    assert len(enrolled(school)) == 3


def test_a_group_too_large_for_boxes_is_still_wanted_whole_or_not_at_all(school: School) -> None:
    many = [student(str(8_000_000 + number), "Ana", "Gil", "Ro") for number in range(MOST_BOXES + 1)]
    waiting = prepare_import(school=school, data=csv_of(*many), by=None)

    (new,) = roster_preview(waiting).groups

    assert (new.count, new.has_boxes, len(new.rows), new.hidden) == (
        MOST_BOXES + 1,
        False,
        100,
        MOST_BOXES - 99,
    )
    carry_out(roster_import=waiting, by=None, chosen=Chosen({"new": None}))
    assert not Student.objects.exists()


def test_who_comes_by_an_answer_is_not_taken_for_unticked(look: Look, school: School) -> None:
    repeats = student("9000010", "Leo", "Paz", "Rey", state="Repite")

    look.upload(school, STAYS, repeats).confirm(also=("means_1", "active"))

    assert {name.split(",")[0] for name in enrolled(school)} == {"Alba Núñez", "Paz Rey"}
