"""What people asked to be changed of single repositories. Nothing is planned for a repository that nobody named. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from hubsync.planning.changes import Change, ChangeVisibility, DescribeRepository, SetImmutableTags
from hubsync.planning.state import OrganizationState


def plan_repository_wishes(desired: OrganizationState, observed: OrganizationState) -> Iterator[Change]:
    """The changes for repositories that are there; the others wait for being made."""
    there = {repository.key: repository for repository in observed.repositories}
    for wish in desired.repository_wishes:
        seen = there.get(wish.key)
        if seen is None:
            continue
        if wish.description is not None and wish.description != seen.description:
            yield DescribeRepository(wish.key, wish.description)
        if wish.is_private is not None and wish.is_private != seen.is_private:
            yield ChangeVisibility(wish.key, wish.is_private)
        # The list of repositories does not tell it; setting it again changes nothing.
        if wish.has_immutable_tags is not None:
            yield SetImmutableTags(wish.key, wish.has_immutable_tags)
