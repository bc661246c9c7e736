"""`manage.py import_roster`: what it says, what it changes, what it refuses."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from classrooms.models import Enrolment, RosterImport, School
from tests.classrooms.regalum import csv_of, student
from tests.factories import make_class_group, make_school


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    path = tmp_path / "RegAlum.csv"
    path.write_bytes(csv_of(student("9000001"), student("", "Iker")))
    return path


def run(*words: object) -> str:
    out = io.StringIO()
    call_command("import_roster", *map(str, words), stdout=out)
    return out.getvalue()


def test_it_says_what_it_changed(school: School, list_file: Path) -> None:
    report = json.loads(run(school.pk, list_file, "--json"))

    assert (report["new"], report["changed"]["new"], report["bad_rows"][0]["line"]) == (1, 1, 3)
    assert Enrolment.objects.count() == 1


def test_a_dry_run_changes_nothing(school: School, list_file: Path) -> None:
    assert "Nothing was written." in run("IES Triana", list_file, "--dry-run")

    assert not Enrolment.objects.exists() and not RosterImport.objects.exists()


def test_the_same_file_again_changes_nothing(school: School, list_file: Path) -> None:
    run(school.pk, list_file)

    assert "Changed: 0." in run(school.pk, list_file)


@pytest.mark.parametrize("words", [("9999",), ("IES Nowhere",)])
def test_an_unknown_school_is_said(db: None, list_file: Path, words: tuple[str]) -> None:
    with pytest.raises(CommandError, match="no school"):
        run(*words, list_file)


def test_two_schools_of_one_name_are_told_apart_by_number(school: School, list_file: Path) -> None:
    School.objects.create(name="IES Triana")

    with pytest.raises(CommandError, match="Several schools"):
        run("ies triana", list_file)


def test_a_school_is_found_by_its_code(school: School, list_file: Path) -> None:
    School.objects.filter(pk=school.pk).update(code="41000001")

    assert "Changed: 1." in run("41000001", list_file)


def test_a_file_that_is_not_there_or_no_list_is_said(school: School, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(school.pk, tmp_path / "nothing.csv")
    (tmp_path / "list.pdf").write_bytes(b"%PDF-1.7")

    with pytest.raises(CommandError, match="PDF"):
        run(school.pk, tmp_path / "list.pdf")


def test_an_odd_year_is_said(school: School, list_file: Path) -> None:
    with pytest.raises(CommandError, match="not an academic year"):
        run(school.pk, list_file, "--year", "soon")


def test_a_list_that_names_no_class_is_put_into_one_and_who_is_known_by_name_only_is_said(
    school: School, tmp_path: Path
) -> None:
    path = tmp_path / "classroom_roster.csv"
    path.write_bytes(b"identifier,github_username,github_id,name\nnoa1,gh,1,Noa Mora\n")
    with pytest.raises(CommandError, match="which class"):
        run(school.pk, path)
    run(school.pk, path, "--unit", "1SMR")
    path.write_bytes(b"identifier,github_username,github_id,name\nnoa2,gh,1,Noa Mora\n")

    said = run(school.pk, path, "--unit", "1SMR")

    assert "Mora, Noa: known by name only" in said and Enrolment.objects.count() == 1


def test_a_list_of_one_class_says_that_the_others_stay(school: School, list_file: Path) -> None:
    make_class_group(school, "2ASIR")

    told = run(school.pk, list_file)

    assert "0 leave. Classes in the list: 1. Other classes of the school, which stay as they are: 1." in told
    assert "0 leave" not in run(make_school("IES Alixar").pk, list_file)
