"""Four workers for twenty schools on a clock of the test's own: the limit holds in every minute, and clicks are served."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from hubsync.hub.errors import BudgetUsedUp
from hubsync.hub.headers import BudgetHeaders
from hubsync.sync import blocks, budget
from hubsync.sync.budget import Budget

pytestmark = pytest.mark.django_db
LIMIT, WORKERS, SCHOOLS, CALLS, ANSWER_SECONDS = 60, 4, 20, 13, 0.2
SECONDS = 200
CLICK_EVERY = 40


@dataclass
class Scene:
    """The clock, and when each call reached Docker Hub."""

    now: datetime = datetime(2026, 9, 15, 8, tzinfo=UTC)
    called_at: list[datetime] = field(default_factory=list)
    served: dict[int, int] = field(default_factory=dict)
    click_waits: list[float] = field(default_factory=list)

    def seconds(self) -> float:
        return self.now.timestamp()

    def most_in_a_minute(self) -> int:
        minute = timedelta(minutes=1)
        return max(sum(at <= other < at + minute for other in self.called_at) for at in self.called_at)


@pytest.fixture
def scene(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Scene:
    settings.HUB_CALLS_PER_MINUTE = 0
    scene = Scene()
    for module in (blocks, budget):
        monkeypatch.setattr(module, "database_now", lambda row: scene.now)
    monkeypatch.setattr(budget, "monotonic", scene.seconds)
    monkeypatch.setattr(budget, "datetime", Clock(scene))
    return scene


class Clock:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def now(self, zone: Any) -> datetime:
        return self.scene.now


class Worker:
    """Takes one school after the other; a school is done after so many calls."""

    def __init__(self, scene: Scene, *, is_urgent: bool = False) -> None:
        self.scene, self.is_urgent, self.left = scene, is_urgent, 0
        self.budget = self._budget()

    def step(self) -> bool:
        """One call, if it is given."""
        try:
            self.budget.before_call()
        except BudgetUsedUp:
            return False
        self.scene.called_at.append(self.scene.now)
        self.budget.hear(BudgetHeaders(LIMIT, LIMIT, self.scene.now + timedelta(minutes=1)))
        self.budget.after_call()
        self.left -= 1
        return True

    def begin(self) -> None:
        self.budget.give_back()
        self.budget, self.left = self._budget(), CALLS

    def _budget(self) -> Budget:
        return Budget(is_urgent=self.is_urgent, longest_wait=0.0, sleep=lambda seconds: None)


def play(scene: Scene) -> None:
    chance, workers, clicks = (
        Random(7),
        [Worker(scene) for _ in range(WORKERS)],
        Worker(scene, is_urgent=True),
    )
    began, next_school, clicked_at = scene.now, 0, None
    for tick in range(int(SECONDS / ANSWER_SECONDS)):
        scene.now = began + timedelta(seconds=tick * ANSWER_SECONDS)
        if tick and tick % int(CLICK_EVERY / ANSWER_SECONDS) == 0:
            clicks.begin()
            clicked_at = scene.now
        if clicks.left > 0 and clicks.step() and clicked_at:
            scene.click_waits.append((scene.now - clicked_at).total_seconds())
            clicked_at = None
        for worker in chance.sample(workers, WORKERS):
            if worker.left < 1:
                scene.served[next_school % SCHOOLS] = scene.served.get(next_school % SCHOOLS, 0) + 1
                next_school += 1
                worker.begin()
            worker.step()


def test_four_workers_never_pass_the_limit_and_a_click_is_served_at_once(scene: Scene) -> None:
    play(scene)

    assert scene.most_in_a_minute() <= LIMIT * 0.95
    assert len(scene.click_waits) == SECONDS // CLICK_EVERY - (SECONDS % CLICK_EVERY == 0)
    assert max(scene.click_waits) <= 5
    # Nor do they leave it unused: in three minutes nearly three times what background work may ask.
    assert len(scene.called_at) >= 3 * 0.9 * LIMIT * 0.95 * 0.8
