"""Why a text is no image reference, as a stable code and an English sentence that says what to do."""


def gettext_noop(text: str) -> str:
    """The same text; the name is what the collector of translatable texts looks for."""
    return text


REASONS: dict[str, str] = {
    "empty": gettext_noop("Write the name of an image, such as iestriana/lamp:1.0."),
    "command": gettext_noop("Write only the name of the image, without the command."),
    "web_address": gettext_noop("Write the name of the image, not the address of a web page."),
    "spaces": gettext_noop("The name of an image has no spaces."),
    "upper_case": gettext_noop("The name of an image has no capital letters."),
    "separators": gettext_noop(
        "Between letters and digits one “.”, one or two “_” or any number of “-” may stand, "
        "and none at either end."
    ),
    "character": gettext_noop(
        "Only letters a–z without accents, digits, “.”, “_”, “-” and “/” may stand in a name."
    ),
    "empty_part": gettext_noop("Something is missing before or after a “/”."),
    "host": gettext_noop("The part before the first “/” is not the address of a registry."),
    "too_long": gettext_noop("The name of an image has at most 255 characters."),
    "empty_tag": gettext_noop("The tag after “:” is missing."),
    "tag": gettext_noop(
        "A tag has letters A–Z and a–z without accents, digits, “_”, “.” and “-” only, "
        "and does not begin with “.” or “-”."
    ),
    "tag_too_long": gettext_noop("A tag has at most 128 characters."),
    "digest": gettext_noop(
        "What stands after “@” is not a whole digest: sha256: and 64 digits or letters a–f."
    ),
    "image_id": gettext_noop("This is the ID of an image on one computer. Write its name instead."),
}


class ReferenceTrouble(ValueError):
    """A text that is no image reference.

    `code` is a key of `REASONS`, `position` where in the text it begins (from 0), `proposed` a valid
    reference that was probably meant, or None.
    """

    def __init__(self, code: str, position: int = 0, proposed: str | None = None) -> None:
        self.code, self.position, self.proposed = code, position, proposed
        super().__init__(REASONS[code])
