"""Moodle's sheet comes back with marks and comments, and otherwise byte for byte."""

import csv
import io
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.grading_sheets.matching import Named, match_rows
from classrooms.grading_sheets.sheet import Assessed, GradingSheet, NoGradingSheet, decimal_comma, read_mark

HEADING = (
    '"Identificador","Nombre completo","Dirección de correo","Estado","Calificación","Calificación máxima",'
    '"La calificación puede ser cambiada","Última modificación (entrega)","Última modificación (calificación)",'
    '"Comentarios de retroalimentación"'
)
ROWS = [
    '"Participante 101","Ana García López",ana@example.org,"Enviado para calificar",,"10,00",Sí,"lunes, 3",-,""',
    'Participante 102,"Peña ""el Bruno""; Ñ",bruno@example.org,-,"5,00","10,00",Sí,-,-,"antes\r\ny después"',
]


def sheet(*rows: str, end: str = "\r\n", encoding: str = "utf-8", mark: bytes = b"\xef\xbb\xbf") -> bytes:
    return mark + end.join([HEADING, *(rows or ROWS), ""]).encode(encoding)


def test_only_mark_and_comment_of_the_rows_named_change() -> None:
    before = sheet()
    after = GradingSheet(before).filled({0: Assessed(Decimal("7.5"), 'Bien, "casi"')})
    expected = (
        before.decode()
        .replace('calificar",,"10', 'calificar","7,50","10')
        .replace('"lunes, 3",-,""', '"lunes, 3",-,"Bien, ""casi"""')
    )
    assert after == expected.encode()


def test_filling_nothing_gives_the_same_bytes() -> None:
    for content in (sheet(), sheet(end="\n", mark=b""), sheet(encoding="cp1252", mark=b"")):
        assert GradingSheet(content).filled({}) == content


def test_rows_say_who_they_are() -> None:
    first, second = GradingSheet(sheet()).rows
    assert (first.identifier, first.name, first.email, first.mark, first.most) == (
        "Participante 101", "Ana García López", "ana@example.org", "", Decimal("10.00"),
    )  # fmt: skip
    assert (second.name, second.mark) == ('Peña "el Bruno"; Ñ', "5,00")


def test_a_field_over_two_lines_is_one_field() -> None:
    after = GradingSheet(sheet()).filled({1: Assessed(comment="nuevo")})
    assert list(csv.reader(io.StringIO(after.decode("utf-8-sig"))))[2][-1] == "nuevo"


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_read(separator: str) -> None:
    content = f"Full name{separator}Grade\nAna Ruiz{separator}\n".encode()
    assert (
        GradingSheet(content).filled({0: Assessed(Decimal(9))})
        == f'Full name{separator}Grade\nAna Ruiz{separator}"9,00"\n'.encode()
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_sheet"),
        (b"a,b\n1,2\n", "not_a_sheet"),
        (b"%PDF-1.7\0", "not_text"),
        (HEADING.encode(), "empty"),
    ],
)
def test_what_is_no_grading_sheet_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(NoGradingSheet) as refusal:
        GradingSheet(content)
    assert refusal.value.code == code


def test_a_windows_file_keeps_bytes_that_mean_nothing_and_takes_signs_it_has_not() -> None:
    content = b"Nombre completo;Calificaci\xf3n;Comentarios de retroalimentaci\xf3n\r\nAna \x81 Ruiz;;\r\n"
    filled = GradingSheet(content).filled({0: Assessed(comment="“Bien” \N{GRINNING FACE}")})
    assert filled == content.replace(b";;\r\n", b';;"\x93Bien\x94 &#128512;"\r\n')


texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=20)


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=5), texts)
def test_what_python_writes_comes_back_as_python_reads_it(
    rows: list[tuple[str, str, str]], comment: str
) -> None:
    file = io.StringIO(newline="")
    heading = ["Nombre completo", "Calificación", "Comentarios de retroalimentación"]
    csv.writer(file).writerows([heading, *([f"x{name}", mark, said] for name, mark, said in rows)])
    filled = GradingSheet(file.getvalue().encode()).filled({0: Assessed(Decimal("6.25"), comment)})
    found = list(csv.reader(io.StringIO(filled.decode(), newline="")))
    assert found[1] == [f"x{rows[0][0]}", "6,25", comment]
    assert found[2:] == [[f"x{name}", mark, said] for name, mark, said in rows[1:]]


@pytest.mark.parametrize(
    ("text", "mark"), [("7", 7), ("7,5", "7.5"), (" 7.25 ", "7.25"), ("", None), ("0", 0)]
)
def test_a_mark_is_read_as_people_type_it(text: str, mark: object) -> None:
    assert read_mark(text) == (None if mark is None else Decimal(str(mark)))


@pytest.mark.parametrize("text", ["siete", "-1", "7,555", "1e9", "NaN", "Infinity", "1.000,5"])
def test_what_is_no_mark_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_mark(text)


def test_marks_are_written_with_a_decimal_comma() -> None:
    assert (decimal_comma(Decimal("7.5")), decimal_comma(Decimal(10))) == ("7,50", "10,00")


def rows_of(*names: str) -> GradingSheet:
    lines = [f'"Participante {number}","{name}",,,,"10,00",Sí,-,-,""' for number, name in enumerate(names)]
    return GradingSheet(sheet(*lines))


def test_students_are_found_by_name_in_either_order_and_without_accents() -> None:
    match = match_rows(rows_of("ANA GARCIA LOPEZ", "Ruiz Mata, Bruno").rows, [
        Named(7, "Ana", "García López"), Named(8, "Bruno", "Ruiz Mata"),
    ])  # fmt: skip
    assert dict(match.rows) == {7: 0, 8: 1}


def test_two_people_of_one_name_are_for_a_person_to_decide() -> None:
    students = [Named(7, "María", "García López"), Named(8, "María", "García López")]
    match = match_rows(rows_of("María García López", "María García López", "Nadie Más").rows, students)
    assert (dict(match.rows), match.doubtful, match.unmatched) == ({}, (0, 1), (2,))


def test_an_e_mail_tells_two_people_of_one_name_apart() -> None:
    students = [Named(7, "Ana", "Mata", frozenset({"A1@example.org"})), Named(8, "Ana", "Mata")]
    content = sheet('1,"Ana Mata",a1@example.org,,,"10",Sí,-,-,""')
    assert dict(match_rows(GradingSheet(content).rows, students).rows) == {7: 0}


def test_a_long_file_that_is_no_sheet_holds_nobody_up() -> None:
    """Twenty times as much takes some twenty times as long, and not four hundred."""

    def seconds(count: int) -> float:
        begun = time.process_time()
        with pytest.raises(NoGradingSheet):
            GradingSheet(b"\n" * count)
        return time.process_time() - begun

    assert seconds(1_000_000) < 60 * max(seconds(50_000), 0.01)


def test_what_is_larger_than_any_sheet_is_none() -> None:
    with pytest.raises(NoGradingSheet):
        GradingSheet("\n".join([HEADING, ROWS[0] * 50_000]).encode())
