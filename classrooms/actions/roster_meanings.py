"""What a school explains about its class lists, kept for the next one and forgotten when it says so."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from classrooms.actions import audit
from classrooms.models import ColumnMapping, ListedClassName, RosterImport, School, User
from classrooms.queries.roster import classes_to_choose, rows_of
from classrooms.queries.roster_decisions import LEFT_OUT, NEW, Decisions, chosen_class, class_questions
from classrooms.rosters.headings import folded
from classrooms.rosters.mapped import signature_of

_LONGEST = 60


def keep_columns(*, school: School, headings: Sequence[str], columns: Sequence[str]) -> None:
    """Propose these columns when the same headings come again. Of the headings only those that stand for something
    are kept as text. The same again changes nothing.

    A line of somebody's data that was taken for headings is not kept."""
    if any(_is_data(heading) for heading in headings):
        return
    used = [heading[:_LONGEST] for heading, column in zip(headings, columns, strict=True) if column]
    ColumnMapping.objects.update_or_create(
        school=school,
        signature=signature_of(headings),
        defaults={"columns": list(columns), "headings": used},
    )


def remember_classes(roster_import: RosterImport, decisions: Decisions, by: User | None) -> None:
    """Keep which class a list means where somebody said so: another one, or none. A new class needs no memory."""
    classes = list(classes_to_choose(roster_import, by))
    for question in class_questions(roster_import, rows_of(roster_import, {}), classes):
        answer = decisions.classes.get(question.place, NEW)
        meant = chosen_class(question, decisions, classes)
        if answer in (NEW, "") or (meant is None and answer != LEFT_OUT):
            continue
        ListedClassName.objects.update_or_create(
            school_id=roster_import.school_id,
            unit=question.place.unit,
            course=question.place.course,
            defaults={
                "class_name": meant.unit if meant else "",
                "class_course": meant.course if meant else "",
            },
        )


@transaction.atomic
def change_words(*, school: School, words: Mapping[str, str], by: User) -> None:
    """Say what words for the state of an enrolment mean: "active", "left", or "" to be asked again."""
    kept = {
        word: state for word, state in school.enrolment_words.items() if folded(word) not in _folded(words)
    }
    changed = kept | {word: state for word, state in words.items() if state in ("active", "left")}
    if changed == school.enrolment_words:
        return
    school.enrolment_words = changed
    school.save(update_fields=["enrolment_words"])
    audit.record(school=school, actor=by, verb="roster.words_changed", facts={"words": sorted(words)})


@transaction.atomic
def forget_class_name(*, listed: ListedClassName, by: User) -> None:
    """Ask again which class is meant."""
    audit.record(school=listed.school, actor=by, verb="roster.class_name_forgotten", about=listed)
    listed.delete()


@transaction.atomic
def forget_columns(*, mapping: ColumnMapping, by: User) -> None:
    """Ask again what these columns stand for."""
    audit.record(school=mapping.school, actor=by, verb="roster.columns_forgotten", about=mapping)
    mapping.delete()


def _is_data(heading: str) -> bool:
    """No heading has an address in it, or as many figures as a number, a date or a telephone."""
    return "@" in heading or sum(map(str.isdigit, heading)) > 4


def _folded(words: Mapping[str, str]) -> set[str]:
    return {folded(word) for word in words}
