"""Organizations and their seats. Only a person creates one, on a page; the API cannot."""

from .people import People
from .records import Membership, Organization, Team, TeamMembership
from .refusals import Refusal, field_lists, validation

TEAM_PLAN_LIMIT = 100


class Organizations(People):
    def add_organization(
        self, name: str, *, owner: str, seats: int = 15, full_name: str = ""
    ) -> Organization:
        """Create an organization on the Team plan; `owner` takes its first seat and its team `owners`."""
        self._refuse_name(name)
        if not 1 <= seats <= TEAM_PLAN_LIMIT:
            raise validation("fielderrors", seats=f"The Team plan has from 1 to {TEAM_PLAN_LIMIT} seats.")
        now = self.clock.now()
        organization = Organization(name=name, seats=seats, full_name=full_name, joined_at=now)
        self.put(organization)
        owners = Team(id=self.new_id(), organization=name, name="owners", role="owner")
        self.put(owners)
        self.put(Membership(organization=name, username=owner, role="owner", joined_at=now))
        self.put(TeamMembership(team_id=owners.id, username=owner))
        self.record(name, "org.create", name, owner)
        return organization

    def change_seats(self, organization: str, seats: int) -> None:
        one = self.get_organization(organization)
        action = "plan.seat_add" if seats >= one.seats else "plan.seat_remove"
        one.seats = seats
        self.record(organization, f"billing.{action}", organization, "billing")

    def get_organization(self, name: str) -> Organization:
        organization = self.organizations.get(name)
        if organization is None:
            raise no_such_organization(name)
        return organization

    def seats_used(self, organization: str) -> int:
        # Hub: a pending invite occupies a seat.
        return len(self.members[organization]) + len(self.pending_invites[organization])

    def seats_free(self, organization: str) -> int:
        return self.organizations[organization].seats - self.seats_used(organization)


def no_such_organization(name: str) -> Refusal:
    return field_lists(404, orgname=f"There is no organization called {name}.")
