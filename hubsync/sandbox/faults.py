"""Faults on demand: which request shall go wrong, and how."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from random import Random

KINDS = (
    "latency",  # answers, late
    "too many",  # 429 of the API limiter
    "abuse",  # 429 in plain text
    "error",  # a 5xx with a JSON body
    "firewall",  # an HTML page with 403, before the API is reached
    "firewall code",  # plain text `error code: 1010` with 403
    "reset before",  # the connection dies, nothing was done
    "reset after",  # the connection dies, everything was done
    "truncated",  # half of the answer
    "slow drip",  # the answer byte by byte
    "redirect",  # 302 to another host, nothing was done
    "doubled row",  # a row of a list stands there twice
    "missing row",  # a row of a list is left out, although it is counted
    "shifted page",  # a page after the first begins one row too early or too late
    "stale read",  # a read answers what was so `seconds` ago
    "expired bearer",  # the bearer of this request has just died; a new one is to be had
    "revoked token",  # the access token behind this request has just been deactivated
)
OF_ROWS = frozenset({"doubled row", "missing row"})
OF_READS = OF_ROWS | {"shifted page", "stale read"}
# A revoked token stays revoked, so it is no weather.
OF_WEATHER = tuple(kind for kind in KINDS if kind != "revoked token")


@dataclass
class Fault:
    """A rule. `path` is a shell pattern; `times` counts down (`None`: no end); `skip` lets the first pass.

    `met` counts the requests that it was taken for.
    """

    kind: str
    method: str = "*"
    path: str = "*"
    times: int | None = None
    skip: int = 0
    chance: float = 1.0
    seconds: float = 0.2
    status: int = 503
    met: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of fault: {self.kind}")

    def matches(self, method: str, path: str) -> bool:
        if self.times == 0 or (self.kind in OF_READS and method != "GET"):
            return False
        return fnmatchcase(method, self.method) and fnmatchcase(path, self.path)


@dataclass
class Faults:
    rules: list[Fault] = field(default_factory=list)
    random: Callable[[], float] = field(default_factory=lambda: Random(1).random)  # noqa: S311

    def add(self, kind: str, **rule: object) -> Fault:
        """Add one rule, in the words of `Fault`. The first rule that fits a request is taken."""
        fault = Fault(kind, **rule)  # type: ignore[arg-type]
        self.rules.append(fault)
        return fault

    def weather(self, *, seed: int, chance: float) -> None:
        """Every kind of fault now and then, the same again for the same seed."""
        self.random = Random(seed).random  # noqa: S311
        self.rules += [Fault(kind, chance=chance, seconds=0.05) for kind in OF_WEATHER]

    def clear(self) -> None:
        self.rules.clear()

    @property
    def longest_lag_seconds(self) -> float:
        """How far back reads have to be answered; 0 where none lags."""
        return max((rule.seconds for rule in self.rules if rule.kind == "stale read"), default=0.0)

    def choose(self, number: int) -> int:
        """One of so many, from 0, by the seed."""
        return int(self.random() * number)

    def pick(self, method: str, path: str) -> Fault | None:
        """The fault for this request, counted as used up."""
        for rule in self.rules:
            if rule.matches(method, path) and (rule.chance >= 1 or self.random() < rule.chance):
                if rule.skip:
                    rule.skip -= 1
                    continue
                if rule.times is not None:
                    rule.times -= 1
                rule.met += 1
                return rule
        return None
