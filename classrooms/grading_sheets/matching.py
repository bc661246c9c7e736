"""Which participant of a sheet is which student: by e-mail, else by a name that only one of each has."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from classrooms.grading_sheets.sheet import SheetRow


@dataclass(frozen=True)
class Named:
    """A student of ours: `key` is the caller's; names as in the class list; e-mails in any case, if any is known."""

    key: int
    given_name: str
    surnames: str
    emails: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """`rows` from a student's key to the row's number; `unmatched` and `doubtful` are row numbers for a person to decide."""

    rows: Mapping[int, int]
    unmatched: tuple[int, ...]
    doubtful: tuple[int, ...]


def match_rows(rows: Sequence[SheetRow], students: Iterable[Named]) -> Match:
    """Never guesses: two people of one name are doubtful, each row is one student's and each student's one row."""
    known = list(students)
    by_email = _unique({email.lower(): student.key for student in known for email in student.emails}, known)
    by_name: dict[str, list[int]] = defaultdict(list)
    for student in known:
        by_name[_simple(f"{student.given_name} {student.surnames}")].append(student.key)
    names = [_simple(row.name) for row in rows]
    found: dict[int, int] = {}
    doubtful: list[int] = []
    for row, name in zip(rows, names, strict=True):
        keys = [by_email[row.email.lower()]] if row.email.lower() in by_email else by_name.get(name, [])
        is_double = len(keys) > 1 or (
            row.email.lower() not in by_email and names.count(name) > 1 and bool(keys)
        )
        if is_double or (keys and keys[0] in found):
            doubtful.append(row.number)
        elif keys:
            found[keys[0]] = row.number
    taken = {*found.values(), *doubtful}
    return Match(found, tuple(row.number for row in rows if row.number not in taken), tuple(doubtful))


def _unique(emails: dict[str, int], students: Sequence[Named]) -> dict[str, int]:
    counted: dict[str, int] = defaultdict(int)
    for student in students:
        for email in student.emails:
            counted[email.lower()] += 1
    return {email: key for email, key in emails.items() if counted[email] == 1}


def _simple(name: str) -> str:
    """Without accents, in one order: "García López, Ana" is "ana garcia lopez"."""
    surnames, comma, given = name.partition(",")
    turned = f"{given} {surnames}" if comma else name
    letters = unicodedata.normalize("NFKD", turned.lower())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())
