"""Looks into the layers of handed-in images, one after the other, while nobody waits for it.

It is done by a worker after the hand-in and not while the student looks: an image takes seconds to minutes to come over the
line, and a whole class hands in within the same minute.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from time import monotonic

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from classrooms import archive_store
from classrooms.actions.layer_looks import claim_layer_look, finish_layer_look, put_off_layer_look
from classrooms.archives.reading import UNPACKED, read_archive
from classrooms.archives.troubles import ArchiveTrouble
from classrooms.image_layers.archive_layers import look_into_archive
from classrooms.image_layers.bounds import Bounds, LookEnded, Meter
from classrooms.image_layers.looking import LayerFound, look_into_layer
from classrooms.image_layers.settling import ImageFound, settle
from classrooms.image_references.reading import read_reference
from classrooms.models import HandIn, LayerLook, School
from classrooms.queries.hand_ins import runner_of
from hubsync.account.connections import anonymous_reader, reader_for
from hubsync.account.hand_in_look import PULLS_LEFT_ALONE
from hubsync.hub.errors import HubError, HubThrottled, HubUnavailable
from hubsync.hub.layer_reader import Layer, LayerReader
from hubsync.models import HubAccount

logger = logging.getLogger(__name__)
# Begins no further look after so many seconds; with the longest one it ends before Celery's own limit.
GOES_ON_SECONDS = 60
# Base layers are the same for a whole class. By digest nothing of them can change; a day is enough for a deadline.
KNOWN_FOR_SECONDS = 24 * 3600
MOST_KNOWN_REMOVED = 1_000


def look_waiting(is_over: Callable[[], bool] = lambda: False) -> int:
    """Do the looks that wait, for about a minute; how many were done. Safe to run twice, late, or never."""
    done, begun = 0, monotonic()
    while not is_over() and monotonic() - begun < GOES_ON_SECONDS:
        look = claim_layer_look()
        if look is None:
            break
        done += _try(look, is_over)
    return done


def _try(look: LayerLook, is_over: Callable[[], bool]) -> bool:
    """One image that cannot be looked into may not keep the worker from the others."""
    now = timezone.now()
    try:
        found = look_into_hand_in(look.hand_in, Meter(Bounds(), is_over=is_over))
    except LookEnded:
        put_off_layer_look(look=look, now=now, after=timedelta())
    except HubError:
        put_off_layer_look(look=look, now=now)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("The look %s failed; it is tried again when its lease has ended.", look.pk)
    else:
        finish_layer_look(look=look, found=found, at=timezone.now())
        return True
    return False


def look_into_hand_in(hand_in: HandIn, meter: Meter) -> ImageFound:
    """What is in the layers of a handed-in image. Raises HubError where it may work later, and LookEnded."""
    digest = hand_in.digest or hand_in.later_digest
    if hand_in.archive:
        return _into_archive(hand_in, meter)
    if not hand_in.reference or not digest:
        return ImageFound(reasons=("gone",))
    reference = read_reference(hand_in.reference)
    class_group = hand_in.class_practice.class_group
    with _registry(class_group.school, reference.namespace) as registry:
        _leave_pulls(registry, reference.path, digest)
        platform = runner_of(class_group).platform
        layers = registry.list_layers(reference.path, digest, platform=platform)
        if layers is None:
            return ImageFound(reasons=("gone",))
        return settle(_into_layers(registry, reference.path, layers, meter))


@contextmanager
def _registry(school: School, namespace: str) -> Iterator[LayerReader]:
    """As the school where the image is in its own account, else as nobody."""
    account = HubAccount.objects.filter(school=school, name=namespace).exclude(uuid="").first()
    with reader_for(account, is_urgent=False) if account else anonymous_reader(is_urgent=False) as reader:
        registry = LayerReader.of(reader.connection)
        try:
            yield registry
        finally:
            registry.close()


def _into_archive(hand_in: HandIn, meter: Meter) -> ImageFound:
    path = archive_store.path_of(hand_in.archive)
    try:
        with path.open("rb") as file:
            names = read_archive(file, most_bytes=UNPACKED * settings.ARCHIVE_MOST_BYTES).layer_names
            file.seek(0)
            return settle(look_into_archive(file, names, meter))
    except FileNotFoundError:
        return ImageFound(reasons=("gone",))
    except ArchiveTrouble:
        return ImageFound(reasons=("damaged",))


def _leave_pulls(registry: LayerReader, repository: str, digest: str) -> None:
    """The last pulls are for those who hand in. Raises HubThrottled where no more are left."""
    registry.look_up(repository, digest)
    limit = registry.last_limit
    if limit is not None and limit.remaining <= PULLS_LEFT_ALONE:
        raise HubThrottled(timezone.now(), "the last pulls are left alone")


def _into_layers(
    registry: LayerReader, repository: str, layers: tuple[Layer, ...], meter: Meter
) -> list[LayerFound]:
    """The last layers first: they are the student's own, and the bounds may be reached on the way to the base."""
    found = [_known_or_read(registry, repository, layer, meter) for layer in reversed(layers)]
    return found[::-1]


def _known_or_read(registry: LayerReader, repository: str, layer: Layer, meter: Meter) -> LayerFound:
    if layer.is_elsewhere:
        return LayerFound(trouble="elsewhere")
    key = f"hubsync.account.layer_look:{layer.digest}"
    known: LayerFound | None = cache.get(key)
    if known is not None:
        return known
    if meter.spent:
        return LayerFound(trouble=meter.spent)
    found = _read(registry, repository, layer.digest, meter)
    if not found.trouble and len(found.removed) + len(found.emptied) <= MOST_KNOWN_REMOVED:
        cache.set(key, found, timeout=KNOWN_FOR_SECONDS)
    return found


def _read(registry: LayerReader, repository: str, digest: str, meter: Meter) -> LayerFound:
    proof = _Proof()
    try:
        with registry.open_layer(repository, digest, seconds=max(meter.seconds_left, 0.1)) as pieces:
            chunks = proof.of(pieces)
            found = look_into_layer(chunks, meter)
            if not found.trouble:
                for chunk in chunks:  # what follows the end of the tar belongs to the digest too
                    meter.take(len(chunk))
    except HubUnavailable as problem:
        if problem.status == 404:
            return LayerFound(trouble="gone")
        if meter.seconds_left <= 0:
            return LayerFound(trouble="time")
        raise
    if not found.trouble and not proof.holds(digest):
        return LayerFound(trouble="changed")
    return found


class _Proof:
    """Reads the digest of what passes by."""

    def __init__(self) -> None:
        self._hash = sha256()

    def of(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._hash.update(piece)
            yield piece

    def holds(self, digest: str) -> bool:
        return digest == f"sha256:{self._hash.hexdigest()}"
