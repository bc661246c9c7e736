"""What a look found and left alone, as a code with its facts. Pure; `sentences` says it in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Note:
    """One finding. Codes:

    exists_not_ours{team}             a team of the wanted name is there, and nobody said that it is ours
    only_observed{team}               the team is ours to look at only
    name_taken{team, new_name}        the team cannot be renamed: another one has the name
    repository_missing{repository, team}
    collaborators_wait{repository}    is not on Docker Hub yet, so no teacher can be let into it
    no_seat{invitee}                  cannot be invited: no seat is free
    invited_before{invitee}           was invited, and is neither waiting nor a member: not invited twice
    unanswered{invitee}               did not answer although the invitation was sent three times: it is cancelled
    expired{invitee}                  did not answer in time, and is invited again only by a click
    declined{invitee}                 declined, and is invited again only by a click
    cancelled{invitee}                the invitation was cancelled on Docker Hub by another hand
    invalid{invitee}                  nobody on Docker Hub has this Docker ID or address; tried again after a day
    lost{invitee}                     was a member and is no longer one; invited again only by a click
    answer_lost{invitee}              was perhaps just invited; looked at again in a minute
    unseen{area}                      the credential may not look there, so nothing is planned there
    """

    code: str
    facts: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, str]:
        return dict(self.facts)

    def __str__(self) -> str:
        return f"{self.code}: {', '.join(value for _, value in self.facts)}"
