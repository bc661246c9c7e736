"""Marks as a table to take along."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms.grading_sheets.sheet import decimal_comma
from classrooms.queries.hand_ins import ClassWork, Work


def marks_table(work: ClassWork) -> list[list[str]]:
    """The heading and a row for everybody."""
    heading = [
        _("Surnames"), _("Given name"), _("Alias"), _("Docker ID"), _("Handed in"), _("Late"), _("Image"),
        _("Digest"), _("Mark"), _("Comment"),
    ]  # fmt: skip
    return [heading, *(_row(row) for row in work.rows)]


def _row(row: Work) -> list[str]:
    student, counted, assessment = row.student, row.counted, row.assessment
    at = timezone.localtime(counted.handed_in_at).strftime("%d/%m/%Y %H:%M") if counted else ""
    mark = assessment.mark if assessment else None
    return [
        student.surnames,
        student.given_name,
        student.alias,
        student.docker_id,
        at,
        (_("yes") if counted.is_late else _("no")) if counted else "",
        counted.reference if counted else "",
        counted.digest if counted else "",
        decimal_comma(mark) if mark is not None else "",
        assessment.comment if assessment else "",
    ]
