"""Facts about images in words that a student understands."""

from collections.abc import Iterable

from django import template

from classrooms.image_facts import short_digest
from classrooms.queries.image_words import AMD64, ARM64, computers, megabytes

register = template.Library()
register.filter(short_digest)

register.filter(megabytes)
register.filter(computers)


@register.filter
def words(command: str) -> list[str]:
    """The words of a command, to be joined by one space each: nothing is lost, two spaces give an empty word."""
    return command.split(" ")


@register.filter
def needs_amd64_on_mac(platforms: Iterable[str]) -> bool:
    """Whether a Mac with an Apple chip has to ask for the PC's image, which it then emulates."""
    return AMD64 in platforms and not any(platform.startswith(ARM64) for platform in platforms)
