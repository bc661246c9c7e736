"""What the tests of the engine share."""

from tests.hubsync.stage import hub, plans_at_once, stage, world

__all__ = ["hub", "plans_at_once", "stage", "world"]
