"""A class list on its way through the browser and back.

The portal may not keep the file, because it holds more than may be kept, and a browser does not fill in a file twice. So
the page that asks about its columns carries it: packed, in a hidden field.
"""

import base64
import binascii
import zlib

from classrooms.uploads import LARGEST_UPLOAD

# Less than DATA_UPLOAD_MAX_MEMORY_SIZE, with room for the other fields.
MOST_CARRIED = 1_800_000


def packed(data: bytes) -> str:
    """The file as text for a hidden field, "" where it is too large for one: it has to be chosen again."""
    text = base64.b64encode(zlib.compress(data, 6)).decode()
    return text if len(text) <= MOST_CARRIED else ""


def unpacked(text: str) -> bytes | None:
    """The file again. None where the text is none of ours, or would unpack to more than an upload may have."""
    try:
        inflater = zlib.decompressobj()
        data = inflater.decompress(base64.b64decode(text, validate=True), LARGEST_UPLOAD + 1)
    except (binascii.Error, zlib.error, ValueError):
        return None
    return data if inflater.eof and len(data) <= LARGEST_UPLOAD else None
