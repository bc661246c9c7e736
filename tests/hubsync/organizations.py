"""Short words for organizations, and all kinds of them for properties."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from hubsync.planning.owned import Mode, Owned, OwnedMember, OwnedTeam
from hubsync.planning.state import (
    Grant,
    InviteState,
    MemberState,
    OrganizationState,
    Permission,
    Person,
    RepositoryState,
    TeamState,
)

PEOPLE = ("anaruiz", "bruno", "carla", "dario", "elena", "mail@example.org")
TEAMS = ("smr1", "smr2", "docentes", "ajeno")
REPOSITORIES = ("lamp", "examen", "practica")


def person(key: str) -> Person:
    return Person(email=key) if "@" in key else Person(key)


def team(name: str, *people: str, **facts: Any) -> TeamState:
    """A team with these people; `examen="read"` gives a permission, other facts are of the team."""
    grants = {Grant(name, Permission(facts.pop(name))) for name in REPOSITORIES if name in facts}
    return TeamState(name, people=frozenset(map(person, people)), grants=frozenset(grants), **facts)


def member(docker_id: str, role: str = "member") -> MemberState:
    return MemberState(Person(docker_id), role)


def organization(
    *teams: TeamState,
    members: tuple[str, ...] = (),
    owners: tuple[str, ...] = (),
    invites: tuple[str, ...] = (),
    repositories: tuple[str, ...] = REPOSITORIES,
    **facts: Any,
) -> OrganizationState:
    return OrganizationState(
        teams=frozenset(teams),
        members=frozenset([*map(member, members), *(member(name, "owner") for name in owners)]),
        invites=frozenset(InviteState(f"invite-{name}", name) for name in invites),
        repositories=frozenset(map(RepositoryState, repositories)),
        **facts,
    )


def wanted(*teams: TeamState, **facts: Any) -> OrganizationState:
    return OrganizationState(teams=frozenset(teams), **facts)


def owned(*teams: str, members: tuple[str, ...] = (), mode: Mode = Mode.EXACT, **facts: Any) -> Owned:
    return Owned(
        frozenset(OwnedTeam(name, mode=mode) for name in teams),
        frozenset(map(OwnedMember, members)),
        **facts,
    )


grants = st.dictionaries(st.sampled_from(REPOSITORIES), st.sampled_from(Permission), max_size=3).map(
    lambda found: frozenset(Grant(name, level) for name, level in found.items())
)
wanted_people = st.frozensets(st.sampled_from(PEOPLE).map(person), max_size=5)
descriptions = st.sampled_from(("", "1º SMR"))


@st.composite
def wishes(draw: st.DrawFn) -> OrganizationState:
    names = draw(st.sets(st.sampled_from(TEAMS), max_size=4))
    teams = [TeamState(name, draw(descriptions), draw(wanted_people), draw(grants)) for name in sorted(names)]
    repositories = draw(st.frozensets(st.sampled_from(REPOSITORIES).map(RepositoryState)))
    return OrganizationState(teams=frozenset(teams), repositories=repositories)


@st.composite
def looks(draw: st.DrawFn) -> tuple[OrganizationState, Owned]:
    """What is seen, and what of it is ours."""
    inside = draw(st.sets(st.sampled_from(PEOPLE[:5]), min_size=1))
    owners = draw(st.sets(st.sampled_from(sorted(inside)), min_size=1))
    waiting = draw(st.sets(st.sampled_from([key for key in PEOPLE if key not in inside])))
    names = draw(st.sets(st.sampled_from(TEAMS), max_size=4))
    seen = organization(
        *(
            TeamState(
                name,
                draw(descriptions),
                frozenset(map(person, draw(st.sets(st.sampled_from(sorted(inside)))))),
                draw(grants),
                uuid=f"uuid-{name}",
                number=number,
            )
            for number, name in enumerate(sorted(names))
        ),
        members=tuple(sorted(inside - owners)),
        owners=tuple(sorted(owners)),
        invites=tuple(sorted(waiting)),
        repositories=tuple(sorted(draw(st.sets(st.sampled_from(REPOSITORIES))))),
    )
    claims = [
        OwnedTeam(name, f"uuid-{name}", draw(st.sampled_from(Mode)))
        for name in sorted(draw(st.sets(st.sampled_from(TEAMS[:3]))))
    ]
    ours = draw(st.sets(st.sampled_from(PEOPLE)))
    return seen, Owned(frozenset(claims), frozenset(map(OwnedMember, ours)))


def shout(state: OrganizationState) -> OrganizationState:
    """The same, with all names of people and repositories in capitals."""
    return replace(
        state,
        teams=frozenset(
            replace(
                one,
                people=frozenset(Person(who.docker_id.upper(), who.email.upper()) for who in one.people),
                grants=frozenset(Grant(grant.repository.upper(), grant.permission) for grant in one.grants),
            )
            for one in state.teams
        ),
        repositories=frozenset(replace(one, name=one.name.upper()) for one in state.repositories),
    )
