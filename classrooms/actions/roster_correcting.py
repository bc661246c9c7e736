"""Lines that did not go in, corrected on the page: from then on they are part of the look."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from classrooms.actions.refusals import ImportNotWaiting
from classrooms.identity import external_id_hash
from classrooms.models import RosterImport, User
from classrooms.queries.roster import stored
from classrooms.queries.roster_corrections import lines_to_correct, places_to_choose
from classrooms.rosters.comparison import ClassPlace
from classrooms.rosters.correcting import Corrected, Correction, corrected
from classrooms.rosters.headings import folded
from classrooms.rosters.rows import EnrolmentState, RosterError, RosterRow


@transaction.atomic
def correct_lines(*, roster_import: RosterImport, corrections: Iterable[Correction], by: User | None) -> int:
    """Put corrected lines among the others; how many still do not go in. Nothing else is written.

    A line that is not among the refused ones, or a class that was not offered, is passed over. Raises ImportNotWaiting.
    """
    waiting = RosterImport.objects.select_for_update().select_related("school").get(pk=roster_import.pk)
    if waiting.state != RosterImport.State.WAITING:
        raise ImportNotWaiting(_("This class list has been decided on. Upload it again to correct lines."))
    offered, places = lines_to_correct(waiting), {*places_to_choose(waiting, by), ClassPlace("", "")}
    wrong = 0
    for one in corrections:
        if one.line in offered and ClassPlace(one.unit, one.course) in places:
            wrong += not _correct(waiting, one)
    waiting.rows.sort(key=lambda row: row["line"])
    waiting.errors.sort(key=lambda error: error["line"])
    waiting.save(update_fields=["rows", "errors", "refused"])
    return wrong


def _correct(waiting: RosterImport, one: Correction) -> bool:
    """Whether the line goes in now, with a question perhaps."""
    read = next(line for line in waiting.refused if line["line"] == one.line)
    found = _checked(waiting, replace(one, state=read["state"]), read["external_id"])
    waiting.errors = [error for error in waiting.errors if error["line"] != one.line]
    if found.error is not None:
        waiting.errors.append(asdict(found.error))
    if found.row is None:
        # What was written stands there again; a number is never kept as it is.
        read |= {name: text for name, text in asdict(one).items() if name not in ("external_id", "state")}
        return False
    waiting.refused = [line for line in waiting.refused if line["line"] != one.line]
    if not _is_there(waiting.rows, found.row):
        waiting.rows.append(stored(found.row))
    return True


def _checked(waiting: RosterImport, one: Correction, key: str) -> Corrected:
    """The row under the key of its person: the one that was read already, or of the number that was written."""
    by = waiting.summary.get("identified_by", "number")
    answers = {word: EnrolmentState(state) for word, state in waiting.school.enrolment_words.items()}
    found = corrected(
        one,
        identified_by="nothing" if key or by == "portal" else by,
        school_year=waiting.academic_year,
        answers=answers,
    )
    if found.row is None:
        return found
    number = found.row.external_id
    row = replace(
        found.row, external_id=key or (external_id_hash(waiting.school_id, number) if number else "")
    )
    if _is_somebody_else(waiting.rows, row):
        return Corrected(None, RosterError(row.line, "", "", "id_with_two_names"))
    return Corrected(row, found.error)


def _is_somebody_else(rows: Iterable[Mapping[str, Any]], row: RosterRow) -> bool:
    """Whether another name stands beside the same number in the list."""
    same = [RosterRow(**{**one, "state": EnrolmentState(one["state"])}) for one in rows
            if row.external_id and one["external_id"] == row.external_id]  # fmt: skip
    return any(folded(one.list_name) != folded(row.list_name) for one in same)


def _is_there(rows: Iterable[Mapping[str, Any]], row: RosterRow) -> bool:
    """Whether the list says the same on another line already."""
    return bool(row.external_id) and any(
        (one["external_id"], one["unit"], one["course"]) == (row.external_id, row.unit, row.course)
        for one in rows
    )
