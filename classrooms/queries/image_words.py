"""Facts about images in words that a student understands."""

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MEGABYTE = 1_000_000  # as Docker Hub counts
AMD64, ARM64 = "linux/amd64", "linux/arm64"


def megabytes(size_bytes: int | str | None) -> str:
    """ "0,9 MB" or "124 MB" in the reader's language; "" where the size is not known."""
    if not isinstance(size_bytes, int):  # a template hands on "" for what is missing
        return ""
    size = size_bytes / MEGABYTE
    digits = 0 if size >= 10 else 1
    # Rounded here: Django's number_format cuts off.
    return _("%(size)s MB") % {"size": number_format(round(size, digits), digits, force_grouping=True)}


def computers(platforms: Iterable[str]) -> str:
    """On which computers it runs: "PC, Mac with Apple chip, Raspberry Pi"; "" where nothing is known."""
    names = [computer(platform) for platform in platforms]
    return ", ".join(dict.fromkeys(name for name in names if name))


def computer(platform: str) -> str:
    """Whose platform it is; the platform itself where nobody's at school."""
    if platform == AMD64:
        return _("PC")
    if platform.startswith(ARM64):
        return _("Mac with Apple chip, Raspberry Pi")
    if platform.startswith("linux/arm/"):
        return _("older Raspberry Pi")
    return _("Windows containers") if platform.startswith("windows/") else platform
