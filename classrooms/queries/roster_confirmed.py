"""What a person answered before a class list is brought in, and the same as JSON until a worker does it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from classrooms.queries.roster_decisions import UNDECIDED, Decisions
from classrooms.rosters.chosen import EVERYTHING, Chosen
from classrooms.rosters.comparison import ClassPlace


@dataclass(frozen=True)
class Confirmed:
    """`leavers` are enrolments apparently missing that a person says have left; `answers` explain words;
    `placements` give lines without a class the class with that id; `decisions` say who somebody is and which class is
    meant; `chosen` are the changes that are wanted.
    """

    leavers: Collection[int] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    placements: Mapping[int, int] = field(default_factory=dict)
    decisions: Decisions = UNDECIDED
    chosen: Chosen = EVERYTHING


def as_json(confirmed: Confirmed) -> dict[str, Any]:
    """To be kept with the list."""
    classes = confirmed.decisions.classes
    return {
        "leavers": sorted(confirmed.leavers),
        "answers": dict(confirmed.answers),
        "placements": sorted(confirmed.placements.items()),
        "people": sorted(confirmed.decisions.people.items()),
        "classes": [[place.unit, place.course, meant] for place, meant in sorted(classes.items())],
        "left_out": {
            group: None if numbers is None else sorted(numbers)
            for group, numbers in confirmed.chosen.left_out.items()
        },
    }


def from_json(kept: Mapping[str, Any]) -> Confirmed:
    """The same again."""
    return Confirmed(
        leavers=frozenset(kept["leavers"]),
        answers=kept["answers"],
        placements=dict(kept["placements"]),
        decisions=Decisions(
            people=dict(kept["people"]),
            classes={ClassPlace(unit, course): meant for unit, course, meant in kept["classes"]},
        ),
        chosen=Chosen(
            {
                group: None if numbers is None else frozenset(numbers)
                for group, numbers in kept["left_out"].items()
            }
        ),
    )
