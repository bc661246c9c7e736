"""A small image as `docker save` writes it: what a student hands in who has no account on Docker Hub."""

import hashlib
import io
import json
import tarfile

PAGE = b"<!doctype html><title>encina-204</title><h1>Hola, soy encina-204</h1>"


def saved_image() -> bytes:
    """For PCs, with one layer that holds a page; the same bytes each time."""
    layer = _tar({"usr/share/nginx/html/index.html": PAGE})
    config = json.dumps({
        "os": "linux", "architecture": "amd64", "config": {"ExposedPorts": {"80/tcp": {}}},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{_digest(layer)}"]},
        "history": [{"created_by": "COPY index.html /usr/share/nginx/html/"}],
    }).encode()  # fmt: skip
    name = f"{_digest(config)}.json"
    manifest = [{"Config": name, "RepoTags": ["mi-web:v1"], "Layers": ["capa/layer.tar"]}]
    return _tar({"capa/layer.tar": layer, name: config, "manifest.json": json.dumps(manifest).encode()})


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _tar(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()
