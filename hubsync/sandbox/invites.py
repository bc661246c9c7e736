"""Invitations: sent to an address or a Docker ID, and answered by that person alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from .people import EMAIL
from .records import Invite, Team, User
from .refusals import message, not_found
from .teams import Teams

MAIL_LINK_DAYS = 14


@dataclass(frozen=True)
class Invited:
    """What became of one invitee: `invite` is there only where somebody was invited."""

    invitee: str
    status: str
    invite: Invite | None = None


class Invites(Teams):
    def invite_all(
        self,
        organization: str,
        invitees: Sequence[str],
        *,
        role: str,
        team: Team | None,
        inviter: str,
        dry_run: bool = False,
    ) -> list[Invited]:
        """Invite each of them and say for each what happened. Refuses all where seats do not suffice."""
        statuses = {invitee: self._status_of(organization, invitee) for invitee in invitees}
        self._refuse_conflicts(organization, invitees, list(statuses.values()))
        rows = []
        free = self.seats_free(organization)
        for invitee, status in statuses.items():
            if status != "invited" or free < 1:
                rows.append(Invited(invitee, "no_seats_available" if status == "invited" else status))
                continue
            free -= 1
            invite = None if dry_run else self._send(organization, invitee, role, team, inviter)
            rows.append(Invited(invitee, status, invite))
        return rows

    def get_invite(self, invite_id: str) -> Invite:
        """A pending invitation."""
        invite = self.invites.get(invite_id)
        if invite is None or invite.status != "pending":
            raise not_found("invite not found")
        return invite

    def accept_invite(self, invite_id: str, username: str | None = None) -> User:
        """Make the invited person a member, and of the team that the invitation names.

        `username` tells who accepts an invitation by e-mail; without it, the user who has that address.
        """
        invite = self.get_invite(invite_id)
        user = self.find_user(username or invite.invitee)
        if user is None or not self._may_answer(invite, user):
            raise not_found("this invitation is for somebody else, or its link is too old")
        self._close(invite, "accepted")
        if user.username not in self.members[invite.organization]:
            self.take_seat(invite.organization, user.username, invite.role)
        team = self.team_by_id.get(invite.team_id or 0)
        if team is not None and user.username not in self.team_members[team.id]:
            self.add_to_team(team, user.username, actor=user.username)
        return user

    def decline_invite(self, invite_id: str) -> None:
        self._close(self.get_invite(invite_id), "declined")

    def expire_invite(self, invite_id: str) -> None:
        """Let an invitation lapse: it is no longer pending and its seat is free."""
        self._close(self.get_invite(invite_id), "expired")

    def cancel_invite(self, invite_id: str, *, actor: str = "") -> None:
        invite = self.get_invite(invite_id)
        self._close(invite, "cancelled")
        self.record(invite.organization, "org.member.invite.cancel", invite.invitee, actor)

    def resend_invite(self, invite_id: str) -> None:
        invite = self.get_invite(invite_id)
        invite.sent_at = self.clock.now()
        self.mails[invite.invitee.lower()] += 1

    def pending_for(self, user: User | None, address: str) -> list[Invite]:
        """Invitations that wait for this address, or for the Docker ID of this user."""
        names = {address.lower(), *((user.username, user.email.lower()) if user else ())}
        waiting = (pending.get(name) for pending in self.pending_invites.values() for name in names)
        return [invite for invite in waiting if invite is not None]

    def link_is_alive(self, invite: Invite) -> bool:
        return self.clock.now() < invite.sent_at + timedelta(days=MAIL_LINK_DAYS)

    def _may_answer(self, invite: Invite, user: User) -> bool:
        # Hub: whoever holds the mail may accept with any account, for 14 days; an account's own notification
        # does not end.
        by_name = invite.invitee.lower() in {user.username, user.email.lower()}
        return by_name or (EMAIL.fullmatch(invite.invitee) is not None and self.link_is_alive(invite))

    def _status_of(self, organization: str, invitee: str) -> str:
        user = self.find_user(invitee)
        if user is None and not EMAIL.fullmatch(invitee):
            return "invalid_email_or_docker_id"
        if user is not None and user.username in self.members[organization]:
            return "existing_org_member"
        if invitee.lower() in self.pending_invites[organization]:
            return "existing_invite"
        return "invited"

    def _wait_by_another_name(self, organization: str, invitees: Sequence[str]) -> bool:
        """Whether one of them was invited by Docker ID and is now by e-mail, or the other way round."""
        users = filter(None, map(self.find_user, invitees))
        names = {name for user in users for name in (user.username, user.email.lower())}
        return bool(names & self.pending_invites[organization].keys())

    def _refuse_conflicts(self, organization: str, invitees: Sequence[str], statuses: list[str]) -> None:
        # Hub: 409 is documented, its reason is not.
        if self.switches.pending_invite_again == "conflict" and (
            "existing_invite" in statuses or self._wait_by_another_name(organization, invitees)
        ):
            raise message(409, "conflict", errinfo={"reason": "an invite is already pending"})
        wanted = statuses.count("invited")
        if self.switches.no_seats_left == "conflict" and wanted > self.seats_free(organization):
            raise message(409, "conflict", errinfo={"reason": "not enough seats"})

    def _send(self, organization: str, invitee: str, role: str, team: Team | None, inviter: str) -> Invite:
        now = self.clock.now()
        invite = Invite(
            organization=organization,
            invitee=invitee,
            role=role,
            team_id=team.id if team else None,
            inviter=inviter,
            created_at=now,
            sent_at=now,
        )
        self.put(invite)
        self.mails[invitee.lower()] += 1
        self.record(organization, "org.member.invite.send", invitee, inviter)
        return invite

    def _close(self, invite: Invite, status: str) -> None:
        invite.status = status
        self.put(invite)
