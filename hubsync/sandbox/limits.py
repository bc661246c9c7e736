"""How often one may ask: the limiter of the management API, failed sign-ins, and image pulls."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Window:
    ends_at: datetime
    used: int = 0


UNLIMITED = {"anonymous_per_minute", "signed_in_per_minute", "personal_private_repositories"}
NUMBERS = (
    "anonymous_per_minute",
    "signed_in_per_minute",
    "anonymous_pulls",
    "personal_pulls",
    "pull_window_seconds",
    "largest_page",
    "failed_sign_ins",
    "lock_minutes",
    "personal_private_repositories",
)


@dataclass
class Limits:
    """Numbers per minute of the API; pulls per `pull_window_seconds`; `None` means without limit.

    Without `pull_headers` the registry counts pulls and refuses them, and does not say how many are left.

    Hub: a free personal account has one private repository; what answers a second one is not documented, so the limit is
    off unless it is asked for.

    Hub: 180 was seen without signing in (2021 and 2026). The value for a token is not known; somebody met 429
    after about 600 calls.
    """

    anonymous_per_minute: int | None = 180
    signed_in_per_minute: int | None = 600
    anonymous_pulls: int = 100
    personal_pulls: int = 200
    pull_window_seconds: int = 6 * 3600
    pull_headers: bool = True
    largest_page: int = 100
    failed_sign_ins: int = 10
    lock_minutes: int = 15
    personal_private_repositories: int | None = None
    windows: dict[str, Window] = field(default_factory=dict)

    def as_dict(self) -> dict[str, int | None]:
        """What can be set, and how it is set."""
        return {name: getattr(self, name) for name in NUMBERS} | {"pull_headers": self.pull_headers}

    def set(self, name: str, value: int | None) -> None:
        """Set one number; None where there shall be no limit. Raises ValueError for what makes no sense."""
        is_flag = name == "pull_headers"
        known = is_flag or name in NUMBERS
        if not known or (value is None and name not in UNLIMITED):
            raise ValueError(f"{name} cannot be {value}")
        if value is not None and value < (name in {"largest_page", "pull_window_seconds"}):
            raise ValueError(f"{name} cannot be {value}")
        setattr(self, name, bool(value) if is_flag else value)

    def used_pulls(self, now: datetime) -> dict[str, Window]:
        """Of each address or account that pulled, the window that is open now."""
        pulls = {key.removeprefix("pulls "): one for key, one in self.windows.items() if key[:6] == "pulls "}
        return {source: window for source, window in pulls.items() if window.ends_at > now}

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
