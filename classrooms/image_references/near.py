"""Names that look like another one: a letter more, a letter less, another letter, or two that changed places."""

# Signs that are taken for each other at a glance.
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "-": "", "_": "", ".": ""})


def is_near(name: str, other: str) -> bool:
    """Whether one might be typed or read for the other although they differ."""
    if name == other or not name or not other:
        return False
    return name.translate(_ALIKE) == other.translate(_ALIKE) or _is_one_slip(name, other)


def _is_one_slip(name: str, other: str) -> bool:
    if len(name) > len(other):
        return _is_one_slip(other, name)
    # Of very short names nearly all are one slip apart.
    if len(name) < 4 or len(other) - len(name) > 1:
        return False
    at = next(
        (place for place, pair in enumerate(zip(name, other, strict=False)) if pair[0] != pair[1]), len(name)
    )
    if len(name) < len(other):
        return name[at:] == other[at + 1 :]
    swapped = name[at : at + 2] == other[at : at + 2][::-1] and name[at + 2 :] == other[at + 2 :]
    return swapped or name[at + 1 :] == other[at + 1 :]
