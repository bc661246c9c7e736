"""Looking into the layers of handed-in images: what a school decides, and the queue of what a worker has to do."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from classrooms.actions import audit
from classrooms.image_layers.settling import ImageFound
from classrooms.models import HandIn, LayerLook, School, User

# A look ends by itself long before: whoever has not come back after this is gone.
LEASE = timedelta(minutes=6)
MOST_ATTEMPTS = 3
TRIED_AGAIN_AFTER = timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(days=2)


@transaction.atomic
def set_looks_in_layers(*, school: School, looks_in_layers: bool, by: User | None) -> None:
    """Whether handed-in images are looked into. Switched off, what waits is dropped and what was found stays."""
    if school.looks_in_layers == looks_in_layers:
        return
    school.looks_in_layers = looks_in_layers
    school.save(update_fields=["looks_in_layers"])
    if not looks_in_layers:
        of_school = LayerLook.objects.filter(hand_in__class_practice__class_group__school=school)
        of_school.filter(done_at__isnull=True).delete()
    facts = {"looks_in_layers": looks_in_layers}
    audit.record(school=school, actor=by, verb="school.looks_in_layers", about=school, facts=facts)


def ask_layer_look(hand_in: HandIn) -> None:
    """Have a handed-in image looked into, where the school wants it and the version is known. Again: no change."""
    if not hand_in.class_practice.class_group.school.looks_in_layers:
        return
    if hand_in.archive or hand_in.digest or hand_in.later_digest:
        LayerLook.objects.get_or_create(hand_in=hand_in, defaults={"student_id": hand_in.student_id})


def claim_layer_look(now: datetime | None = None) -> LayerLook | None:
    """The look that has waited longest, for this process alone; None where none waits or another one is under way.

    One at a time, so that the line and a worker stay free for others. The attempt is counted before the work, and what
    has killed its worker three times is given up.
    """
    now = now or timezone.now()
    dead = LayerLook.objects.waiting(now).filter(attempts__gte=MOST_ATTEMPTS)
    LayerLook.objects.filter(pk__in=list(dead.values_list("pk", flat=True))).update(
        done_at=now, reasons=["failed"]
    )
    if LayerLook.objects.filter(done_at__isnull=True, claimed_until__gt=now, attempts__gt=0).exists():
        return None
    for look in LayerLook.objects.waiting(now)[:3]:
        is_free = LayerLook.objects.filter(pk=look.pk, done_at=None, claimed_until=look.claimed_until)
        if is_free.update(claimed_until=now + LEASE, attempts=F("attempts") + 1):
            return LayerLook.objects.select_related("hand_in__class_practice__class_group__school").get(
                pk=look.pk
            )
    return None


def finish_layer_look(*, look: LayerLook, found: ImageFound, at: datetime) -> None:
    """Keep what was found. Nothing is kept of a look that was taken back meanwhile."""
    LayerLook.objects.filter(pk=look.pk, done_at__isnull=True).update(
        signs=[sign.as_row() for sign in found.signs], reasons=list(found.reasons), done_at=at
    )


def put_off_layer_look(*, look: LayerLook, now: datetime, after: timedelta = TRIED_AGAIN_AFTER) -> None:
    """Try again later, because nobody answered or the pulls are needed for more. After two days it is given up."""
    if now - look.asked_at > GIVEN_UP_AFTER:
        finish_layer_look(look=look, found=ImageFound(reasons=("unreachable",)), at=now)
        return
    LayerLook.objects.filter(pk=look.pk).update(claimed_until=now + after, attempts=0)
