"""A clock that a test or a person can move forward."""

from datetime import UTC, datetime, timedelta


class Clock:
    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The present moment in UTC, plus whatever the clock has been moved."""
        return datetime.now(UTC) + self.ahead

    def move(self, **by: float) -> None:
        """Move the clock, in the words of `timedelta`: `move(minutes=11)`."""
        self.ahead += timedelta(**by)
