"""Moodle's grading sheet: uploaded, matched, and given back with marks and comments and every other byte as it was."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from classrooms.access import for_teachers
from classrooms.forms.assessing import NO_SHEET, SheetForm
from classrooms.forms.carried_files import packed, unpacked
from classrooms.grading_sheets.matching import Match, Named, match_rows
from classrooms.grading_sheets.sheet import Assessed, GradingSheet, NoGradingSheet, SheetRow
from classrooms.models import ClassPractice
from classrooms.partials import render_page
from classrooms.queries.hand_ins import ClassWork, Work, class_work
from classrooms.views.teacher.work import facts_of, record_taken_along
from classrooms.views.teacher.work_rows import find_given


@dataclass(frozen=True)
class Asked:
    """A row of the sheet about which a person decides, and whom it may be."""

    row: SheetRow
    is_doubtful: bool
    candidates: list[Work]


@for_teachers
@never_cache
def work_sheet(request: HttpRequest, class_group_id: int, class_practice_id: int) -> HttpResponse:
    """Upload, a look at who is who, and the filled sheet. Nothing of the file is kept."""
    given = find_given(request, class_group_id, class_practice_id)
    work = class_work(given)
    form = SheetForm(request.POST or None, request.FILES or None)
    sheet, data = _carried(request, form)
    context: dict[str, object] = {"form": form, "work": work, **facts_of(given)}
    if sheet is None:
        return render_page(request, "classrooms/teacher/work_sheet.html", context)
    match = match_rows(sheet.rows, [_named(row) for row in work.rows])
    if "fill" in request.POST:
        return _filled(request, given, work, sheet, match)
    template = "classrooms/teacher/work_sheet_match.html"
    return render_page(request, template, context | _facts(sheet, match, work) | {"carried": packed(data)})


def _carried(request: HttpRequest, form: SheetForm) -> tuple[GradingSheet | None, bytes]:
    """The sheet that was uploaded now, or that travelled with the page."""
    data = unpacked(request.POST.get("carried", ""))
    if data:
        try:
            return GradingSheet(data), data
        except NoGradingSheet as problem:
            form.add_error("sheet", NO_SHEET[problem.code])
            return None, b""
    if request.method != "POST" or not form.is_valid():
        return None, b""
    return form.cleaned_data["sheet"], form.content


def _facts(sheet: GradingSheet, match: Match, work: ClassWork) -> dict[str, object]:
    by_key = {row.student.pk: row for row in work.rows}
    free = [row for row in work.rows if row.student.pk not in match.rows]
    asked = [
        Asked(row, row.number in match.doubtful, free)
        for row in sheet.rows
        if row.number in (*match.unmatched, *match.doubtful)
    ]
    matched = [(sheet.rows[number], by_key[key]) for key, number in match.rows.items()]
    return {
        "matched": matched,
        "marked": sum(row.is_marked for _sheet_row, row in matched),
        "asked": asked,
        "takes_comments": sheet.takes_comments,
        "too_high": [row for sheet_row, row in matched if _is_too_high(sheet_row, row)],
    }


def _filled(
    request: HttpRequest, given: ClassPractice, work: ClassWork, sheet: GradingSheet, match: Match
) -> HttpResponse:
    by_key = {row.student.pk: row for row in work.rows}
    rows = dict(match.rows) | _decided(request, sheet, match, by_key)
    assessed = {number: _assessed(by_key[key], sheet.rows[number]) for key, number in rows.items()}
    record_taken_along(request, given)
    answer = HttpResponse(sheet.filled(assessed), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="{_("marks")}-{given.pk}.csv"'
    return answer


def _decided(
    request: HttpRequest, sheet: GradingSheet, match: Match, by_key: dict[int, Work]
) -> dict[int, int]:
    """What a person chose for rows that nobody could be found for; each student once."""
    decided: dict[int, int] = {}
    for row in sheet.rows:
        chosen = request.POST.get(f"row_{row.number}", "")
        key = int(chosen) if chosen.isdecimal() and len(chosen) < 16 else 0
        is_open = row.number in (*match.unmatched, *match.doubtful)
        if is_open and key in by_key and key not in match.rows:
            decided.setdefault(key, row.number)
    return decided


def _assessed(row: Work, sheet_row: SheetRow) -> Assessed:
    """A mark above the sheet's highest stays out: Moodle would refuse the whole file."""
    assessment = row.assessment
    if assessment is None or not row.is_marked:
        return Assessed()
    mark = None if _is_too_high(sheet_row, row) else assessment.mark
    return Assessed(mark, assessment.comment or None)


def _is_too_high(sheet_row: SheetRow, row: Work) -> bool:
    mark = row.assessment.mark if row.assessment else None
    return mark is not None and sheet_row.most is not None and mark > sheet_row.most


def _named(row: Work) -> Named:
    return Named(row.student.pk, row.student.given_name, row.student.surnames)
