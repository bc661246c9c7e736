"""The audit log: what happened in an account, by whom."""

from collections.abc import Iterator
from datetime import timedelta

from .records import Event
from .state import State

ACTIONS = {
    "org": (
        "create",
        "settings.update",
        "member.add",
        "member.remove",
        "member.role.change",
        "member.invite.send",
        "member.invite.cancel",
        "team.create",
        "team.update",
        "team.delete",
        "team.member.add",
        "team.member.remove",
        "access_token.create",
        "access_token.update",
        "access_token.delete",
    ),
    "repo": (
        "create",
        "update",
        "delete",
        "change_privacy",
        "tag.push",
        "tag.delete",
        "team.permission.change",
    ),
    "billing": ("plan.seat_add", "plan.seat_remove"),
}


class Audit(State):
    def record(self, account: str, action: str, name: str, actor: str, **data: str) -> None:
        """Write an event. `action` is "org.team.create"; the actor is a username or the label of a token."""
        happened_at = self.clock.now()
        event = Event(
            account=account, action=action, name=name, actor=actor, happened_at=happened_at, data=dict(data)
        )
        self.put(event)

    def visible_events(self, account: str) -> Iterator[Event]:
        """The events that the log shows already."""
        # Hub: the log lags behind; nothing promises an order, newest first is what was seen.
        until = self.clock.now() - timedelta(seconds=self.switches.audit_delay_seconds)
        events = self.events[account]
        ordered = reversed(events) if self.switches.audit_newest_first else iter(events)
        return (event for event in ordered if event.happened_at <= until)
