"""A whole school's list is read while one waits."""

import time

from classrooms.rosters.reading import read_roster
from tests.classrooms.rosters.lists import TODAY
from tests.classrooms.rosters.make_files import SMR1, person, table


def test_4000_rows_of_all_columns_are_read_in_half_a_second() -> None:
    years = ["2023", "2024", "2025", "2026"]
    people = [
        person(f"9{number:06}", "Núñez", "Gil", "Noa", "1SMR", SMR1, year)
        for number in range(1000)
        for year in years
    ]
    data = table(people).encode("cp1252")

    # Processor time of the best of three: other programs on the machine are not what is measured.
    seconds = []
    for _ in range(3):
        start = time.process_time()
        assert len(read_roster(data, today=TODAY).rows) == 1000
        seconds.append(time.process_time() - start)

    assert min(seconds) < 0.5
