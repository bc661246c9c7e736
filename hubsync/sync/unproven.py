"""What a look lacked to be proven, as a code with its facts: the page says it in the reader's language."""

from __future__ import annotations

from hubsync.hub.errors import IncompleteObservation


class Unproven(IncompleteObservation):
    """One thing that is missing from the proof. Codes, as `words.proof` says them:

    other_account{account}            another account has the name of the one that was connected
    not_there{account}                nobody has this name any more
    rows{list, rows, count}           a list has another number of rows than it says
    doubled{list}                     a list holds a row twice, so another one may be missing
    no_owner{}                        the list of members holds no owner
    no_owners_team{}                  the team of the owners is not in the list of teams
    private_missing{repository}       a private repository that is there is not in the list
    went_away{repository}             a repository went away while it was looked at
    shrunk{list, rows, count}         so many rows of a list are gone since the last look, and nobody's doing explains it
    page{}                            a page of a list could not be read
    """

    def __init__(self, code: str, sentence: str, **facts: str | int) -> None:
        super().__init__(sentence)
        self.code, self.facts = code, facts


def missing_from(problem: IncompleteObservation) -> dict[str, str | int]:
    """What was missing, as the journal of a run keeps it."""
    if isinstance(problem, Unproven):
        return {"code": problem.code, **problem.facts}
    return {"code": "page"}
