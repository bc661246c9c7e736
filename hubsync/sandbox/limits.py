"""How often one may ask: the limiter of the management API, failed sign-ins, and image pulls."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Window:
    ends_at: datetime
    used: int = 0


@dataclass
class Limits:
    """Numbers per minute of the API; pulls per `pull_window_seconds`; `None` means without limit.

    Hub: 180 was seen without signing in (2021 and 2026). The value for a token is not known; somebody met 429
    after about 600 calls.
    """

    anonymous_per_minute: int | None = 180
    signed_in_per_minute: int | None = 600
    anonymous_pulls: int = 100
    personal_pulls: int = 200
    pull_window_seconds: int = 6 * 3600
    largest_page: int = 100
    failed_sign_ins: int = 10
    lock_minutes: int = 15
    windows: dict[str, Window] = field(default_factory=dict)

    def window(self, key: str, seconds: float, now: datetime) -> Window:
        """The window now open for `key`; a new one where the last has ended."""
        window = self.windows.get(key)
        if window is None or window.ends_at <= now:
            if len(self.windows) > 10_000:
                self.windows = {name: one for name, one in self.windows.items() if one.ends_at > now}
            window = self.windows[key] = Window(ends_at=now + timedelta(seconds=seconds))
        return window

    def note_failure(self, *keys: str, now: datetime) -> None:
        for key in keys:
            self.window(f"failed {key}", self.lock_minutes * 60, now).used += 1

    def is_locked(self, *keys: str, now: datetime) -> bool:
        return any(
            self.window(f"failed {key}", self.lock_minutes * 60, now).used >= self.failed_sign_ins
            for key in keys
        )

    def forget_failures(self, key: str) -> None:
        self.windows.pop(f"failed {key}", None)
