"""Two questions of whoever watches this installation: does the process live, and should it get traffic?

Only a database that does not answer takes a web process out of service (503). A silent worker and trouble with
Docker Hub are said, with 200: pages read our own rows, so they work on, and taking every web process away
would turn a delay into an outage. Nothing is asked of Docker Hub here; the answer tells of the last contact.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from classrooms.access import for_everyone
from hubsync.models import HubAccount
from hubsync.sync.heartbeat import last_beat

# A worker gives a sign of life every few seconds; between two of one long run a minute and a half may pass.
WORKER_SILENT_AFTER = timedelta(seconds=120)


@for_everyone
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process lives. Touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@for_everyone
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """JSON on database, worker and Docker Hub; 503 where the database does not answer."""
    has_database = _database_answers()
    state: dict[str, Any] = {
        "ready": has_database,
        "database": {"ok": has_database},
        "worker": _worker(),
        "docker_hub": _docker_hub() if has_database else {"ok": None},
    }
    return JsonResponse(state, status=200 if has_database else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        # The broken connection must not be handed to the next request.
        connection.close()
        return False
    return True


def _worker() -> dict[str, Any]:
    """When a worker last gave a sign of life; `ok` is None where the place of the signs does not answer."""
    try:
        at = last_beat()
    except Exception:
        # Redis' own errors or those of a disk: whatever it is, this answer tells of it.
        return {"ok": None, "last_sign_at": None}
    return {"ok": at is not None and timezone.now() - at < WORKER_SILENT_AFTER, "last_sign_at": _text(at)}


def _docker_hub() -> dict[str, Any]:
    """The last contact of any school's account, from our rows; `ok` is None while none is connected."""
    facts = HubAccount.objects.filter(is_active=True).aggregate(
        connected=Count("pk"),
        in_trouble=Count("pk", filter=~Q(sync__failure="") & Q(sync__isnull=False)),
        last_answer_at=Max("last_answer_at"),
    )
    is_well = None if not facts["connected"] else facts["in_trouble"] < facts["connected"]
    return {"ok": is_well, **facts, "last_answer_at": _text(facts["last_answer_at"])}


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
