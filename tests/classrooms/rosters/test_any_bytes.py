"""Whatever is uploaded is a list or has its reason."""

from hypothesis import given
from hypothesis import strategies as st

from classrooms.rosters.reading import read_roster
from classrooms.rosters.reasons import REASONS
from classrooms.rosters.rows import UnreadableRoster
from tests.classrooms.rosters.lists import SHORT, TODAY

ANY_TEXT = st.text(alphabet="aÑº\"',;|=\t\r\n\x0b\x85\u2028\ufffd0123456789Âş.", max_size=80)
ENCODINGS = st.sampled_from(["utf-8", "cp1252", "utf-16"])
UNDER_HEADINGS = st.builds(
    lambda text, encoding: f"{SHORT}\r\n{text}".encode(encoding, "replace"), ANY_TEXT, ENCODINGS
)


@given(st.binary(max_size=200) | UNDER_HEADINGS | ANY_TEXT.map(str.encode))
def test_any_bytes_are_a_list_or_have_a_reason(data: bytes) -> None:
    try:
        reading = read_roster(data, today=TODAY)
        found = {item.reason for item in (*reading.errors, *reading.warnings)}
    except UnreadableRoster as trouble:
        found = {trouble.reason}

    assert found <= REASONS.keys()
