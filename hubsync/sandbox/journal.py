"""The last requests that were asked, for the front page and for tests."""

from collections import Counter, deque
from dataclasses import dataclass
from datetime import datetime

REMEMBERED = 2000
WRITING = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True)
class Asked:
    """One request. `status` is 0 where the connection was dropped without an answer."""

    at: datetime
    method: str
    path: str
    status: int
    milliseconds: float


class Journal:
    def __init__(self) -> None:
        self.requests: deque[Asked] = deque(maxlen=REMEMBERED)
        self.by_method: Counter[str] = Counter()
        self.touched = 0

    def note(self, asked: Asked) -> None:
        self.requests.append(asked)
        self.by_method[asked.method] += 1

    def touch(self) -> None:
        """Say that something was changed otherwise than by a request to the API: on a page, by hand."""
        self.touched += 1

    @property
    def changes(self) -> int:
        """A number that grows whenever something may have changed."""
        return self.writes + self.touched

    @property
    def writes(self) -> int:
        """How many requests that may change something were asked since the start; sign-ins count too."""
        return sum(self.by_method[method] for method in WRITING)

    def forget(self) -> None:
        self.requests.clear()
        self.by_method.clear()
