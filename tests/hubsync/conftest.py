"""What the tests of the engine share."""

from tests.hubsync.stage import hub, stage, world

__all__ = ["hub", "stage", "world"]
