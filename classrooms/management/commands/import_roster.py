"""`manage.py import_roster SCHOOL FILE [--dry-run] [--json] [--year 2026] [--encoding …]`."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from classrooms.academic_years import find_academic_year, label
from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import carry_out, drop_import
from classrooms.models import RosterImport, School
from classrooms.queries.roster_preview import RosterPreview, bad_rows, roster_preview
from classrooms.rosters.choices import Choices
from classrooms.rosters.rows import UnreadableRoster
from classrooms.uploads import LARGEST_UPLOAD


class Command(BaseCommand):
    help = "Bring in a class list. Who is apparently missing, and what is unclear, is left alone and said."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("school", help="its number, its eight-digit code or its exact name")
        parser.add_argument(
            "file", type=Path, help="the list as the school's administration system exports it"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
        parser.add_argument("--year", help="the academic year: 2026 or 2026/27; usually the list says it")
        parser.add_argument("--unit", default="", help="the class of everybody, if the list names none")
        parser.add_argument("--course", default="", help="the course of that class")
        parser.add_argument("--encoding", help="for example windows-1252; usually found out")

    def handle(self, *args: Any, **options: Any) -> None:
        school = find_school(options["school"])
        with transaction.atomic():
            waiting = _prepare(school, options)
            preview = roster_preview(waiting)
            report = _report(waiting, preview)
            if options["dry_run"]:
                drop_import(roster_import=waiting, by=None)
                waiting.delete()
            else:
                report["changed"] = asdict(carry_out(roster_import=waiting, by=None))
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else _in_words(report))


def find_school(text: str) -> School:
    """By number, code or name. Raises CommandError where there is none, or more than one of that name."""
    codes = School.objects.filter(code=text) if len(text) == 8 else School.objects.none()
    numbers = (
        School.objects.filter(pk=int(text)) if text.isascii() and text.isdigit() else School.objects.none()
    )
    for schools in (codes, numbers, School.objects.filter(name__iexact=text)):
        found = list(schools[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise CommandError(f"Several schools are called {text}: give the number of one.")
    raise CommandError(f"There is no school {text}. Schools are found by number, code or name.")


def _prepare(school: School, options: dict[str, Any]) -> RosterImport:
    year = find_academic_year(options["year"]) if options["year"] else None
    if options["year"] and year is None:
        raise CommandError(f"{options['year']} is not an academic year. Write 2026 or 2026/27.")
    try:
        return prepare_import(
            school=school,
            data=_read(options["file"]),
            file_name=options["file"].name,
            by=None,
            academic_year=year,
            choices=Choices(encoding=options["encoding"], unit=options["unit"], course=options["course"]),
        )
    except UnreadableRoster as trouble:
        raise CommandError(str(trouble)) from trouble


def _read(path: Path) -> bytes:
    """A little more than is allowed at most: the reader says that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_UPLOAD + 1)
    except OSError as trouble:
        raise CommandError(f"{path} cannot be read: {trouble.strerror}.") from trouble


def _report(waiting: RosterImport, preview: RosterPreview) -> dict[str, Any]:
    found = preview.comparison
    return {
        "school": waiting.school.name,
        "file": waiting.file_name,
        "format": waiting.format_name,
        "encoding": waiting.encoding,
        "year": label(waiting.academic_year),
        "classes": [asdict(place) for place in preview.places],
        "classes_in_list": preview.coverage.listed,
        "other_classes": preview.coverage.others,
        "new": len(found.new),
        "unchanged": len(found.unchanged),
        "corrected": len(found.corrected),
        "moved": len(found.moved),
        "returning": len(found.returning),
        "left": len(found.left),
        "missing": len(found.missing),
        "unclear": [asdict(question) for question in preview.questions],
        "not_decided": [one.row.list_name for one in preview.who_is_it],
        "classes_not_decided": [one.place.unit for one in preview.which_class if one.likely],
        "left_out": waiting.summary["left_out"],
        "bad_rows": [
            {name: getattr(row, name) for name in ("line", "column", "value", "reason")}
            for row in bad_rows(waiting.errors)
        ],
        "warnings": list(preview.warnings),
        "dropped_columns": waiting.summary["dropped_columns"],
    }


def _in_words(report: dict[str, Any]) -> str:
    lines = [f"{report['file']}: {report['format']}, {report['encoding']}, {report['year']}"]
    lines += [f"  {warning}" for warning in report["warnings"]]
    lines += [
        f"  {place['unit']} {place['course']}".rstrip()
        + f": {place['new']} new, {place['unchanged']} unchanged, {place['moved']} moved, "
        f"{place['returning']} back, {place['left']} left, {place['missing']} apparently missing"
        for place in report["classes"]
    ]
    if report["other_classes"]:
        lines.append(
            f"  {report['left']} leave. Classes in the list: {report['classes_in_list']}. "
            f"Other classes of the school, which stay as they are: {report['other_classes']}."
        )
    lines += [f"  line {row['line']}: {row['reason']}" for row in report["bad_rows"]]
    lines += [f"  “{one['word']}” is not understood ({one['rows']} rows)" for one in report["unclear"]]
    lines += [
        f"  {name}: known by name only, left as it was. Decide on the page" for name in report["not_decided"]
    ]
    lines += [
        f"  {unit}: a class under a new name? Left as it was. Decide on the page"
        for unit in report["classes_not_decided"]
    ]
    done = report.get("changed")
    changed = done and sum(done[name] for name in ("new", "corrected", "moved", "returning", "left"))
    lines.append("Nothing was written." if done is None else f"Changed: {changed}.")
    return "\n".join(lines)
