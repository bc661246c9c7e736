"""How many pulls are left for the address from which the portal asks, as the registry says it. Spends none."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from classrooms.image_checks.budget import Limit
from hubsync.hub.errors import HubError, HubThrottled
from hubsync.hub.registry import RegistryReader

PATIENCE_SECONDS = 8.0


def read_limit(at: datetime) -> Limit | None:
    """What the registry said; None where it could not be asked.

    It is the limit of the school's line only where the portal stands behind that line too; `source` tells the address.
    """
    registry = RegistryReader(settings.REGISTRY_URL, answer_seconds=PATIENCE_SECONDS)
    try:
        told = registry.pull_limit()
    except HubThrottled:
        # Hub: once all pulls are used, HEAD is refused as well.
        return Limit(None, 0, None, "", at)
    except HubError:
        return None
    finally:
        registry.close()
    if told is None:
        return Limit(None, None, None, "", at)
    return Limit(told.limit, told.remaining, told.window_seconds, told.source, at)
