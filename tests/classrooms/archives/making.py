"""Archives as `docker save` writes them, old and new, made in memory."""

import gzip
import hashlib
import io
import json
import tarfile
from typing import Any

LAYER = b"a layer: nobody looks inside"
TYPE = "application/vnd.oci.image."


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def config(**facts: Any) -> dict[str, Any]:
    return {
        "os": "linux",
        "architecture": "amd64",
        "config": {"Env": ["A=1"]},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{sha256(LAYER)}"]},
        "history": [{"created_by": "COPY . ."}],
    } | facts


def tar(files: dict[str, bytes], **links: str) -> bytes:
    """A tar of these files; `links` are symbolic, from a name (with "__" for "/", "_tar" for ".tar") to where it points."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for name, target in links.items():
            member = tarfile.TarInfo(name.replace("__", "/").replace("_tar", ".tar"))
            member.type, member.linkname = tarfile.SYMTYPE, target
            archive.addfile(member)
    return buffer.getvalue()


def old_files(**facts: Any) -> dict[str, bytes]:
    """The layout of Docker before 25: a folder for each layer."""
    text = json.dumps(config(**facts)).encode()
    manifest = [
        {"Config": f"{sha256(text)}.json", "RepoTags": ["nerea1/web:v1"], "Layers": ["abc/layer.tar"]}
    ]
    return {
        "abc/layer.tar": LAYER,
        f"{sha256(text)}.json": text,
        "manifest.json": json.dumps(manifest).encode(),
    }


def oci_files(**facts: Any) -> dict[str, bytes]:
    """The OCI layout, with an attestation beside the image as `docker buildx` adds one."""
    text, layer = json.dumps(config(**facts)).encode(), gzip.compress(LAYER, mtime=0)
    parts = {"config": described(text, "config.v1+json"), "layers": [described(layer, "layer.v1.tar+gzip")]}
    manifest = json.dumps({"schemaVersion": 2, "mediaType": TYPE + "manifest.v1+json", **parts}).encode()
    beside = {
        **described(b"{}", "manifest.v1+json"),
        "platform": {"os": "unknown", "architecture": "unknown"},
    }
    index = {"schemaVersion": 2, "manifests": [described(manifest, "manifest.v1+json"), beside]}
    blobs = {f"blobs/sha256/{sha256(blob)}": blob for blob in (text, layer, manifest, b"{}")}
    return {
        "oci-layout": b'{"imageLayoutVersion": "1.0.0"}',
        "index.json": json.dumps(index).encode(),
        **blobs,
    }


def described(blob: bytes, kind: str) -> dict[str, Any]:
    return {"mediaType": TYPE + kind, "digest": f"sha256:{sha256(blob)}", "size": len(blob)}
