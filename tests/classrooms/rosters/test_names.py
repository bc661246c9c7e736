"""Names from one column to three parts."""

import pytest

from classrooms.rosters.names import split_list_name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("García López, Ana", ("Ana", "García", "López")),
        ("Núñez, Íñigo", ("Íñigo", "Núñez", "")),
        ("de la Torre Ruiz, María de los Ángeles", ("María de los Ángeles", "de la Torre", "Ruiz")),
        ("Ruiz de la Torre, Ana", ("Ana", "Ruiz", "de la Torre")),
        ("García-Pelayo O'Connor, Lía", ("Lía", "García-Pelayo", "O'Connor")),
        ("García y Vega, Ana", ("Ana", "García y Vega", "")),
        ("Ortega y Gasset Spottorno, Pau", ("Pau", "Ortega y Gasset", "Spottorno")),
        ("San Martín Sal·les, Aïna", ("Aïna", "San Martín", "Sal·les")),
        ("Silva dos Santos Lima, Rui", ("Rui", "Silva", "dos Santos Lima")),
        ("El Amrani, Omar", ("Omar", "El Amrani", "")),
        ("García López,Ana", ("Ana", "García", "López")),
    ],
)
def test_surnames_are_parted_at_their_particles(text: str, parts: tuple[str, str, str]) -> None:
    assert split_list_name(text) == parts


def test_a_name_without_a_comma_is_not_guessed() -> None:
    assert split_list_name("Ana García") is None
