"""The images that a handed-in compose file needs, each fixed to what it means now: by HEAD, which costs no pull."""

from __future__ import annotations

from collections.abc import Sequence

from classrooms.image_checks.hand_in import Remark, SeenImages
from classrooms.image_references.reference import ImageReference
from classrooms.models import School
from hubsync.account.hand_in_look import digests_of
from hubsync.account.shown_images import ShownImages


def seen_images(school: School, references: Sequence[ImageReference], shown: ShownImages) -> SeenImages:
    """What each of them means at this moment; a compose file has at most a dozen.

    What is not `shown` to the student is looked at as anybody may.
    """
    on_hub = [one for one in references if one.is_on_docker_hub or one.digest]
    elsewhere = [one.familiar for one in references if one not in on_hub]
    found = digests_of(school, on_hub, shown=shown)
    missing = [name for name, digest in found.items() if digest == ""]
    remarks = [Remark("compose_missing", (("reference", name),)) for name in missing]
    if None in found.values():
        remarks.append(Remark("unreachable"))
    remarks += [Remark("compose_elsewhere", (("reference", name),)) for name in elsewhere]
    digests = tuple((name, digest) for name, digest in found.items() if digest)
    return SeenImages(digests, tuple(remarks))
