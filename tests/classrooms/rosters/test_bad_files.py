"""What is broken, enormous or meant to harm gets one sentence, soon, and nothing of it is followed."""

import io
import struct
import time
import zipfile
from collections.abc import Callable

import pytest

from classrooms.rosters import archives, sheet_sizes
from classrooms.rosters.csv_safety import neutralize
from classrooms.rosters.reading import read_roster
from classrooms.rosters.rows import UnreadableRoster
from classrooms.rosters.signatures import MAXIMUM_BYTES
from tests.classrooms.rosters.every_format import (
    ESFERA_HEADINGS,
    KINDS,
    MARIA,
    OWN_HEADINGS,
    PEOPLE,
    esfera,
    itaca,
    ods,
    rayuela,
    regalum_csv,
    workbook,
    zipped,
)
from tests.classrooms.rosters.lists import TODAY


def reason_of(data: bytes, **choices: object) -> str:
    start = time.process_time()
    with pytest.raises(UnreadableRoster) as caught:
        read_roster(data, today=TODAY, **choices)
    assert time.process_time() - start < 5
    assert str(caught.value).count(".") <= 4 and len(str(caught.value)) < 250
    return caught.value.reason


def _sheet_xml(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text) if name.startswith("xl/worksheets/") else text)
    return out.getvalue()


def _bomb(size: int) -> bytes:
    return b"0" * size


@pytest.mark.parametrize("name", ["Alumnos.xml", "RegAlum.csv", "RegAlum.txt"])
def test_a_zip_that_unpacks_without_end_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(archives.unpacked, "__defaults__", (1_000_000,))

    assert reason_of(zipped({name: _bomb(3_000_000)})) == "unpacks_too_large"


def test_a_zip_of_real_size_that_unpacks_without_end_is_refused_in_seconds() -> None:
    assert reason_of(zipped({"Alumnos.xml": _bomb(archives.MOST_BYTES + 1)})) == "unpacks_too_large"


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    data = zipped({"Alumnos.xml": _bomb(5_000_000)})
    lying = data.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10))

    assert reason_of(lying) == "broken_archive"


def test_a_spreadsheet_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_sizes, "MOST_BYTES", 100_000)

    assert reason_of(_sheet_xml(esfera(PEOPLE), lambda text: text + _bomb(1_000_000))) == "unpacks_too_large"


def test_a_cell_in_the_last_row_and_column_is_not_opened() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'

    assert (
        reason_of(_sheet_xml(esfera(PEOPLE), lambda text: text.replace(b"</sheetData>", far)))
        == "too_many_cells"
    )


def test_a_cell_repeated_a_million_times_is_not_opened() -> None:
    columns, rows = ' table:number-columns-repeated="1000"', ' table:number-rows-repeated="900"'

    assert reason_of(ods([OWN_HEADINGS] * 30, columns, rows)) == "too_many_cells"


def test_the_emptiness_behind_a_sheet_of_libreoffice_is_no_trouble() -> None:
    reading = read_roster(KINDS["own.ods"].make(PEOPLE), today=TODAY, choices=KINDS["own.ods"].choices)

    assert len(reading.rows) == len(PEOPLE)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE centro [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<centro><alumnos><alumno NIA="1" nombre="&b;"/></alumnos></centro>'
)


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        LAUGHS.replace(b'<!ENTITY a "ha">', b'<!ENTITY a SYSTEM "file:///etc/hostname">'),
        b'<!DOCTYPE centro SYSTEM "http://127.0.0.1:1/x.dtd"><centro/>',
    ],
)
def test_an_xml_with_entities_is_refused_and_nothing_is_fetched(data: bytes) -> None:
    assert reason_of(data) == "xml_with_entities"


def test_a_dtd_behind_a_long_comment_is_refused_too() -> None:
    data = b'<?xml version="1.0"?><!--' + b"x" * 70_000 + b"-->" + LAUGHS.split(b"?>", 1)[1]

    assert reason_of(data) == "broken_xml"


@pytest.mark.parametrize("make", [itaca, rayuela])
def test_an_xml_that_was_cut_off_is_refused_as_a_whole(make: Callable[..., bytes]) -> None:
    assert reason_of(make(PEOPLE)[:-60]) == "broken_xml"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<?xml version="1.0"?><pedido><linea/></pedido>', "unknown_xml"),
        (b"<profesorado-centro><profesor><dni>1</dni></profesor></profesorado-centro>", "is_staff_list"),
        (b'<?xml version="1.0"?><profesorado-centro><profesor/></profesorado-centro>', "is_staff_list"),
        (b'<?xml version="1.0"?><grupos-centro/>', "is_list_of_classes"),
        (itaca(()), "no_students_in_xml"),
        (rayuela(()), "no_students_in_xml"),
        (b'<?xml version="1.0"?><centro>' + b"<a>" * 200, "broken_xml"),
    ],
)
def test_an_xml_of_something_else_says_what_it_is(data: bytes, reason: str) -> None:
    assert reason_of(data) == reason


def _with_password(data: bytes) -> bytes:
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(mark, place + 4)
    return bytes(changed)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (regalum_csv(()) + b"\0\0", "not_text"),
        (b"Alumno/a\0;Unidad", "not_text"),
        (b"%PDF-1.7 named RegAlum.csv", "is_pdf"),
        (b"\x89PNG\r\n\x1a\n", "is_picture"),
        (b"\xff\xd8\xff\xe0", "is_picture"),
        (b"BM\x36\x00\x00\x00", "is_picture"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is_protected"),
        (OLE + b"Workbook", "is_old_spreadsheet"),
        (_with_password(zipped({"Alumnos.xml": rayuela(PEOPLE)})), "is_protected"),
        (zipped({"Alumnos.xml": rayuela(PEOPLE)})[:-30], "broken_archive"),
        (zipped({"foto.jpg": b"\xff\xd8\xff"}), "no_list_in_archive"),
        (zipped({"a.zip": zipped({"Alumnos.xml": rayuela(PEOPLE)})}), "no_list_in_archive"),
        (zipped({"a.csv": b"x", "b.csv": b"y"}), "several_lists"),
        (zipped({"../../etc/Alumnos.csv": b"hola"}), "no_heading"),
        (zipped({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), "is_document"),
        (esfera(PEOPLE)[:-200], "broken_archive"),
        (workbook([]), "empty"),
        (b"A" * (MAXIMUM_BYTES + 1), "too_large"),
        (b"Empleado/a,Puesto\nMora Noa,x\n", "is_staff_list"),
        (b"Unidad,Curso,Tutor/a\n1SMR,x,y\n", "is_list_of_classes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_has_its_one_sentence(data: bytes, reason: str) -> None:
    assert reason_of(data) == reason


def test_a_million_columns_are_no_list() -> None:
    assert reason_of(b"Unidad;" * 1_000_000) == "no_heading"
    assert reason_of(workbook([["Unidad"] * 16_000])) == "no_heading"


@pytest.mark.parametrize(
    "name", ["regalum.csv", "esfera.xlsx", "educamadrid.csv", "moodle-users.csv", "own.xlsx"]
)
def test_headings_alone_are_a_list_of_nobody(name: str) -> None:
    reading = read_roster(KINDS[name].make(()), today=TODAY, choices=KINDS[name].choices)

    assert (reading.rows, reading.errors) == ((), ())


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+34", "-2", "\t=cmd|' /C calc'!A0"])
def test_a_formula_stays_text_and_is_escaped_on_its_way_out(formula: str) -> None:
    given = f"{formula} Noa"
    row = [9000001, "García", "López", given, "x", "x", "x", "x", "x", "x", "1SMR"]
    data = regalum_csv([PEOPLE[0].__class__("9000001", "García", "López", given)])

    (read,) = read_roster(data, today=TODAY).rows

    assert read.given_name == given.strip() and neutralize(read.given_name).startswith("'")
    if not formula.startswith("="):  # openpyxl would write it as one
        assert read_roster(workbook([ESFERA_HEADINGS, row]), today=TODAY).rows[0].given_name == given.strip()


def test_a_formula_of_a_spreadsheet_is_never_run() -> None:
    row = ["=9000000+1", "García", "López", "María", "x", "x", "x", "x", "x", "x", "1SMR"]

    reading = read_roster(workbook([ESFERA_HEADINGS, row]), today=TODAY)

    assert [error.reason for error in reading.errors] == ["no_id"]  # nobody has calculated it


def test_a_bad_line_loses_nothing_but_itself() -> None:
    for name in ("regalum.csv", "own.csv", "own.xlsx", "itaca.xml", "rayuela.xml"):
        kind = KINDS[name]
        people = [*PEOPLE[:2], MARIA.__class__("9000077", "", "", ""), *PEOPLE[2:]]
        reading = read_roster(kind.make(people), today=TODAY, choices=kind.choices)
        assert (len(reading.rows), [error.reason for error in reading.errors]) == (
            len(PEOPLE),
            ["no_name"],
        ), name
