"""The school's catalogue of images, one image with its tags and uses, and what can be chosen for a class."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from classrooms.models import AssignedImage, ClassGroup, Image, ImageTag, Practice, School, User

# A field's suggestions are read as a whole by the browser: more would not help anybody to choose.
MOST_SUGGESTIONS = 200


@dataclass(frozen=True)
class Catalogue:
    """Images by name, each with `tag_count`, `use_count` and `newest_…`: bytes, platforms, pushed_at, pushed_by."""

    own: tuple[Image, ...]
    others: tuple[Image, ...]

    @property
    def is_empty(self) -> bool:
        return not self.own and not self.others


def catalogue(school: School, *, search: str = "") -> Catalogue:
    """In one query; `search` finds any part of a name or a description."""
    images = school.images.all()
    if search:
        images = images.filter(Q(repository__icontains=search) | Q(description__icontains=search))
    newest = ImageTag.objects.filter(image=OuterRef("pk"), found=True).order_by("-pushed_at", "name")
    counted = images.annotate(
        tag_count=Count("tags", filter=Q(tags__found=True), distinct=True),
        use_count=Count("assignments", filter=_is_used(), distinct=True),
        newest_bytes=Subquery(newest.values("compressed_bytes")[:1]),
        newest_platforms=Subquery(newest.values("platforms")[:1]),
        newest_pushed_at=Subquery(newest.values("pushed_at")[:1]),
        newest_pushed_by=Subquery(newest.values("pushed_by")[:1]),
    )
    found = list(counted.order_by("repository"))  # a query that groups takes no order from its model
    return Catalogue(
        own=tuple(image for image in found if image.is_own),
        others=tuple(image for image in found if not image.is_own),
    )


def images_of(user: User) -> QuerySet[Image]:
    """Images of the schools in which the person has a role today."""
    return Image.objects.filter(school__in=School.objects.of(user)).select_related("school")


def uses_of(image: Image, user: User) -> list[AssignedImage]:
    """Where the image is used now, in the classes that the person may see."""
    visible = ClassGroup.objects.visible_to(user).values("pk")
    used = AssignedImage.objects.current().filter(image=image, class_group__in=visible)
    return list(used.select_related("class_group").order_by("class_group__name", "tag"))


def practices_with(image: Image) -> list[Practice]:
    """The school's practices that need the image, drafts too."""
    return list(Practice.objects.filter(images__image=image).distinct().order_by("title"))


def suggestions(school: School) -> list[str]:
    """References to choose from, the school's own first: "iestriana/lamp:1.0"; no tag where none is known."""
    tags = ImageTag.objects.filter(image__school=school, found=True).select_related("image")
    newest = tags.order_by("-image__is_own", "image__repository", "-pushed_at")
    tagged = [str(tag) for tag in newest[:MOST_SUGGESTIONS]]
    untagged = school.images.exclude(tags__found=True).order_by("-is_own", "repository")
    return [*tagged, *(image.repository for image in untagged)][:MOST_SUGGESTIONS]


def _is_used() -> Q:
    return Q(assignments__withdrawn_at__isnull=True, assignments__class_group__archived_at__isnull=True)
