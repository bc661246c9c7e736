"""What the portal can say about an image reference while it is typed, without asking anybody."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from classrooms.image_references.near import is_near
from classrooms.image_references.reference import ImageReference
from classrooms.models import Image, ImageTag, School


@dataclass(frozen=True)
class ReferenceCheck:
    """`image` is None where the school has not used it yet; `tag_names` are those known to be there."""

    reference: ImageReference
    image: Image | None
    tag: ImageTag | None
    tag_names: tuple[str, ...]
    is_own_namespace: bool
    # The same image in the school's own account, where the name that was typed is one slip away from it; else "".
    meant: str = ""

    @property
    def tag_name(self) -> str:
        return self.reference.tag or "latest"

    @property
    def is_private(self) -> bool:
        return self.image is not None and self.image.is_private is True

    @property
    def is_missing_own(self) -> bool:
        """In the school's own account, and not in its list: most likely a slip of the pen."""
        return self.is_own_namespace and self.image is None

    @property
    def is_missing_tag(self) -> bool:
        return bool(self.tag_names) and self.tag_name not in self.tag_names and not self.reference.digest


def check_reference(school: School, reference: ImageReference) -> ReferenceCheck:
    """In two queries."""
    image = school.images.filter(repository=reference.repository).first()
    tags = list(image.tags.all()) if image else []
    own = reference.is_on_docker_hub and bool(school.namespace) and reference.namespace == school.namespace
    return ReferenceCheck(
        reference=reference,
        image=image,
        tag=next((tag for tag in tags if tag.name == (reference.tag or "latest")), None),
        tag_names=tuple(tag.name for tag in tags if tag.found),
        is_own_namespace=own,
        meant=_meant(school, reference),
    )


def _meant(school: School, reference: ImageReference) -> str:
    if not reference.is_on_docker_hub or not is_near(reference.namespace, school.namespace):
        return ""
    return replace(reference, path=f"{school.namespace}/{reference.path.rpartition('/')[2]}").familiar


def who_is_member(school: School, class_group_ids: Collection[int]) -> str:
    """Of the students of these classes: "all", "nobody", "some"; "" where no class is ticked."""
    classes = school.class_groups.filter(pk__in=class_group_ids)
    choices = set(classes.values_list("students_are_members", flat=True))
    return {frozenset({True}): "all", frozenset({False}): "nobody", frozenset(): ""}.get(
        frozenset(choices), "some"
    )
