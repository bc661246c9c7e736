"""GitHub Classroom: the roster that a teacher downloads.

The identifier is whatever the teacher once typed: a number, an e-mail or a name. The name is blank until the student
accepts an assignment.
"""

from classrooms.rosters.formats import TableFormat, all_of


def _named(cells: dict[str, str]) -> dict[str, str]:
    name, identifier = cells.get("full_name", "").strip(), cells["external_id"].strip()
    is_name = "@" not in identifier and not any(letter.isdigit() for letter in identifier)
    return {**cells, "full_name": identifier if not name and is_name else name}


GITHUB_CLASSROOM = TableFormat(
    name="GitHub Classroom",
    headings={
        "external_id": ("identifier",),
        "full_name": ("name",),
        "github_name": ("github_username",),
    },
    needed=all_of("external_id", "github_name"),
    adapt=_named,
    identified_by="account",
)
