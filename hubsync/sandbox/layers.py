"""Layers with something in them, for images whose builder said what: the same files give the same bytes."""

import gzip
import io
import tarfile

# Paths and texts of one layer: {"app/.env": "TOKEN=…"}; "app/.wh.key.pem" hides a file of an earlier one.
Files = dict[str, str]


def layer_of(files: Files) -> bytes:
    """A tar of these files, compressed as a builder does it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for path, text in files.items():
            member, content = tarfile.TarInfo(path), text.encode()
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return gzip.compress(buffer.getvalue(), mtime=0)
