"""What trying a Docker ID or an address gave, as a sentence."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hubsync.account.invitees import InviteeFinding, Verdict

SENTENCES: dict[Verdict, Promise] = {
    Verdict.INVITABLE: _("%(invitee)s can be invited."),
    Verdict.MEMBER: _("%(invitee)s is a member of the organization already: no seat more is needed."),
    Verdict.WAITING: _("%(invitee)s is invited already and has not answered."),
    Verdict.NOBODY: _("Nobody on Docker Hub is called %(invitee)s: look at the spelling."),
    Verdict.NO_SEAT: _("%(invitee)s could be invited, but no seat is free."),
    Verdict.ATTENTION: _("Docker Hub says of %(invitee)s: %(hub_text)s"),
    Verdict.NOT_CHECKED: _(
        "%(invitee)s could not be checked with Docker Hub now. You can save it all the same."
    ),
}


def finding_sentence(finding: InviteeFinding) -> str:
    return str(SENTENCES[finding.verdict]) % {"invitee": finding.invitee, "hub_text": finding.hub_text}
