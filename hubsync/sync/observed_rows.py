"""Rows of Docker Hub's lists in the words of `state`."""

from __future__ import annotations

from hubsync.hub.account_answers import Invite, Member
from hubsync.hub.image_answers import Repository
from hubsync.planning.state import InviteState, MemberState, Person, RepositoryState


def member_state(row: Member) -> MemberState:
    return MemberState(Person(row.docker_id, row.email), row.role, row.uuid)


def invite_state(row: Invite) -> InviteState:
    return InviteState(row.id, row.invitee, row.team, row.role, row.invited_at)


def repository_state(row: Repository) -> RepositoryState:
    return RepositoryState(row.name, row.is_private, row.description, row.updated_at)
