"""What schools write is read as a programme and a year of it."""

import pytest

from classrooms.courses import Course, read_course


@pytest.mark.parametrize(
    ("name", "course", "expected"),
    [
        ("1º SMR", "", Course("SMR", 1)),
        ("1SMR", "", Course("SMR", 1)),
        ("1º SMR A", "", Course("SMR", 1)),
        ("2ASIR", "", Course("ASIR", 2)),
        ("DAW1A", "", Course("DAW", 1)),
        (
            "1º DAW",
            "1º F.P.I.G.S. (Desarrollo de Aplicaciones Web)",
            Course("Desarrollo de Aplicaciones Web", 1),
        ),
        (
            "IABD",
            "O.C.C.E.G.S. (Inteligencia Artificial y Big Data)",
            Course("Inteligencia Artificial y Big Data", None),
        ),
    ],
)
def test_a_class_tells_its_course(name: str, course: str, expected: Course) -> None:
    assert read_course(name, course) == expected
