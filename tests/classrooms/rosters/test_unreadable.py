"""A broken or enormous upload gets one sentence."""

import time

import pytest

from classrooms.rosters import reading, tables, text_tables
from classrooms.rosters.rows import UnreadableRoster
from classrooms.rosters.signatures import MAXIMUM_BYTES
from tests.classrooms.rosters.lists import SHORT, read, read_lines

ROW = "Mora, Noa;9000001;1º FP;1SMR;2026;\r\n"


def trouble_of(data: bytes, **choices: str) -> UnreadableRoster:
    with pytest.raises(UnreadableRoster) as caught:
        read(data, **choices)
    return caught.value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7 ...", "is_pdf"),
        (b"PK\x03\x04....[Content_Types].xml", "broken_archive"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "broken_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is_old_spreadsheet"),
        (b"PK\x03\x04....Alumnos.csv", "broken_archive"),
        (b"\x1f\x8b\x08", "is_archive"),
        (b"\x89PNG\r\n\x1a\n", "is_picture"),
        (b"\xff\xd8\xff\xe0", "is_picture"),
        (b"<!DOCTYPE html><html>", "is_web_page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', "broken_xml"),
        (f"{SHORT}\r\nMora\0, Noa".encode(), "not_text"),
        (b"hola\r\nadios\r\n", "no_heading"),
        (ROW.encode() * 3, "no_heading"),
        (b"Alumno/a;Unidad\r\n", "missing_columns"),
        ("Nombre;Nº Id. Escolar;Unidad\r\n".encode(), "missing_columns"),
        ("Alumno/a;Nº Id. Escolar;Unidad;Unidad\r\n".encode(), "column_twice"),
        (
            "Alumno/a;N\ufffd Id. Escolar;Unidad;A\ufffdo de la matr\ufffdcula\r\n".encode(),
            "lost_letters_in_headings",
        ),
        ((SHORT + '\r\nMora, Noa;"9000001;1º FP;1SMR;2026;\r\n' + ROW * 40).encode(), "open_quote"),
        ((SHORT + '\r\nMora, Noa;"9000001;1º FP;1SMR;2026;\r\n' + ROW * 5000).encode(), "open_quote"),
        (b"x" * (MAXIMUM_BYTES + 1), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_class_list_is_refused_for_its_reason(data: bytes, reason: str) -> None:
    assert trouble_of(data).reason == reason


def test_a_list_longer_than_any_school_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAXIMUM_ROWS", 3)

    assert trouble_of((SHORT + "\r\n" + ROW * 4).encode()).facts == {"lines": 3}


@pytest.mark.parametrize("line", [b"a" + b"," * 1_000_000, b"a,;|\t" * 4000, b"Unidad," * 30_000])
def test_a_line_of_endless_columns_is_no_headings(line: bytes) -> None:
    start = time.process_time()

    assert trouble_of((line + b"\n") * 10).reason == "no_heading"
    assert time.process_time() - start < 5  # minutes, if each were compared


def test_empty_lines_without_end_are_not_read_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_tables, "_MOST_LINES", 1000)

    assert trouble_of((SHORT + "\r\n" * 2000).encode()).reason == "too_many_lines"


def test_a_list_with_more_classes_than_any_school_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CLASSES", 3)
    rows = "".join(ROW.replace("9000001", f"900000{n}").replace("1SMR", f"{n}SMR") for n in range(1, 5))

    assert trouble_of(f"{SHORT}\r\n{rows}".encode()).facts == {"classes": 3}


def test_missing_columns_are_named_as_the_export_calls_them() -> None:
    assert trouble_of(b"Alumno/a;Curso\r\n").facts == {"columns": "Nº Id. Escolar, Unidad", "line": 1}


def test_a_chosen_encoding_that_does_not_fit_is_refused() -> None:
    assert trouble_of((SHORT + "\r\n").encode("cp1252"), encoding="utf-8").reason == "wrong_encoding"


def test_headings_spoilt_by_a_wrong_choice_are_not_called_missing() -> None:
    assert trouble_of((SHORT + "\r\n").encode(), encoding="windows-1252").reason == "spoilt_headings"


def test_an_encoding_that_nobody_offers_is_refused() -> None:
    assert trouble_of((SHORT + "\r\n").encode(), encoding="rot13").reason == "wrong_encoding"


def test_the_trouble_says_itself_in_a_sentence() -> None:
    assert str(trouble_of(b"Alumno/a;Unidad\r\n")) == (
        "Columns are missing: Nº Id. Escolar. Export the list again and tick them. (The headings are on line 1.)"
    )


def test_a_list_of_headings_only_is_a_list_of_nobody() -> None:
    assert read_lines().rows == ()
