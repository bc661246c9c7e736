"""Names and descriptions that Docker Hub accepts, made from what a school calls things. Pure.

Deterministic: the same school, class or title gives the same name, on every machine and in every year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from classrooms.academic_years import short_label

SHORTEST_ORGANIZATION, LONGEST_ORGANIZATION = 4, 30
# Hub: a team has 3 to 30 characters; ours are never shorter than their year.
LONGEST_TEAM = 30
LONGEST_REPOSITORY = 100
LONGEST_DESCRIPTION_BYTES = 100
# Hub: `owners` is a team whose members are the owners of the organization; `company` is SCIM's own.
RESERVED_TEAMS = frozenset({"owners", "company"})

# What schools write out in full, in the languages of the regions, and what everybody calls it.
_KINDS_OF_SCHOOL = (
    (r"instituto de educacion secundaria(?: obligatoria)?", "ies"),
    (r"institut d'?educacio secundaria", "ies"),
    (r"instituto de ensino secundario", "ies"),
    (r"centro integrado (?:publico )?de formacion profesional", "cifp"),
    (r"centre integrat (?:public )?de formacio professional", "cipfp"),
)
_JOINING_WORDS = frozenset({"de", "del", "la", "el", "y", "e", "i", "d", "l"})


def organization_name_for(school_name: str) -> str:
    """A name to propose: "IES Triana" gives "iestriana".

    "" where the name holds no letter or digit of ours.
    """
    plain = _plain(school_name)
    for written_out, short in _KINDS_OF_SCHOOL:
        plain = re.sub(written_out, short, plain)
    name = re.sub(r"[^a-z0-9]", "", plain)[:LONGEST_ORGANIZATION]
    return name if len(name) >= SHORTEST_ORGANIZATION or not name else f"centro{name}"


def organization_name_trouble(name: str) -> str | None:
    """Why Docker Hub would not take a name: "empty", "too_short", "too_long", "upper_case", "characters".

    The rule is the one for a Docker ID, with which organizations share their names. Only for names that a
    person is about to choose: older accounts have other characters.
    """
    if not name:
        return "empty"
    if re.search(r"[A-Z]", name) and re.fullmatch(r"[A-Za-z0-9]+", name):
        return "upper_case"
    if not re.fullmatch(r"[a-z0-9]+", name):
        return "characters"
    if len(name) < SHORTEST_ORGANIZATION:
        return "too_short"
    return "too_long" if len(name) > LONGEST_ORGANIZATION else None


def team_name_for(class_group_name: str, academic_year: int) -> str:
    """The name of a class group's team: "1º SMR A" of 2026/27 gives "smr1-a-2627".

    `academic_year` is the year in which it starts. Stays within ^[a-z0-9_-]{3,30}$ and is never a reserved
    name.
    """
    suffix = f"-{short_label(academic_year)}"
    words = _number_last(_words(re.sub("[ºª°]", " ", class_group_name)))
    return _cut("-".join(words) or "class", LONGEST_TEAM - len(suffix)) + suffix


def distinct_team_names(
    wanted: Iterable[tuple[str, int]], taken: Collection[str] = (), longest: int = LONGEST_TEAM
) -> tuple[str, ...]:
    """A team name for each (class group name, academic year), in order, no two alike, none in `taken`.

    The first keeps its plain name, the next ones get -2, -3 and so on.
    """
    used = {name.lower() for name in taken} | RESERVED_TEAMS
    names = []
    for class_group_name, academic_year in wanted:
        names.append(_first_free(team_name_for(class_group_name, academic_year), used, longest))
        used.add(names[-1])
    return tuple(names)


def repository_name_for(title: str) -> str:
    """The name of a repository: "Práctica 1: Apache" gives "practica-1-apache".

    "" where nothing of ours is left.
    """
    name = _cut("-".join(_words(title)), LONGEST_REPOSITORY)
    return name if len(name) != 1 else f"image-{name}"


def fit_description(text: str, ending: str = "") -> str:
    """The text on one line in at most 100 bytes of UTF-8, cut between words where it can be; `ending` stays whole.

    Hub: the reference says 100 characters, clients cut at 100 bytes; Spanish accents count double in the
    latter.
    """
    line = " ".join(unicodedata.normalize("NFC", text).split())
    longest = LONGEST_DESCRIPTION_BYTES - len(ending.encode())
    if len(line.encode("utf-8", "replace")) <= longest:
        return line + ending
    room = longest - len("…".encode())
    kept = line.encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
    at_a_word = kept.rpartition(" ")[0]
    return (at_a_word if len(at_a_word) > len(kept) // 2 else kept).rstrip() + "…" + ending


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).replace("·", "")
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).lower()


def _words(text: str) -> list[str]:
    without_dots = re.sub(r"(?<=\w)\.(?=\w)|['’]", "", _plain(text))
    return re.findall(r"[a-z0-9]+", without_dots)


def _number_last(words: Sequence[str]) -> list[str]:
    """["1", "smr", "a"] becomes ["smr1", "a"]: the two years of a cycle stand side by side in a list."""
    kept = [word for word in words if word not in _JOINING_WORDS] or list(words)
    if len(kept) > 1 and kept[0].isdigit() and kept[1].isalpha():
        # "1º A" stays "1a": a single letter is no cycle.
        named = kept[1] + kept[0] if len(kept[1]) > 1 else kept[0] + kept[1]
        return [named, *kept[2:]]
    joined = re.fullmatch(r"(\d)([a-z]{2,})", kept[0]) if kept else None
    return [joined[2] + joined[1], *kept[1:]] if joined else kept


def _cut(name: str, longest: int) -> str:
    return name[:longest].rstrip("-")


def _first_free(name: str, used: Collection[str], longest: int) -> str:
    candidate, number = name, 2
    while candidate in used:
        candidate = _cut(name, longest - len(f"-{number}")) + f"-{number}"
        number += 1
    return candidate
