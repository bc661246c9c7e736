"""A real registry (Debian's docker-registry) on a private port, and a real client (skopeo) that fills it."""

import gzip
import io
import json
import shutil
import subprocess
import tarfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import requests

from tests.installation import free_port
from tests.services.servers import Server

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
NEEDED = ("docker-registry", "skopeo")
CONFIGURATION = """\
version: 0.1
log: {{level: warn}}
storage:
  filesystem: {{rootdirectory: {folder}/images}}
  delete: {{enabled: true}}
http: {{addr: "127.0.0.1:{port}"}}
"""


def missing_programs() -> list[str]:
    return [name for name in NEEDED if shutil.which(name) is None]


class Registry(Server):
    """`url`, and `push(layout, "organization/name:tag")`. Nobody has to sign in."""

    def __init__(self) -> None:
        super().__init__()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._file = self.folder / "config.yml"
        self._file.write_text(CONFIGURATION.format(folder=self.folder, port=self.port))

    def command(self) -> list[str]:
        return ["docker-registry", "serve", str(self._file)]

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/v2/", timeout=2).ok
        except requests.ConnectionError:
            return False

    def settings_for_podman(self, *stands_for: str) -> str:
        """A registries.conf with which this registry is asked without TLS, also for what stands at other hosts."""
        here = f'location = "127.0.0.1:{self.port}"\ninsecure = true\n'
        others = [f'[[registry]]\nprefix = "{host}"\n{here}' for host in stands_for]
        return "".join([f"[[registry]]\n{here}", *others])

    def push(self, layout: "Layout", reference: str) -> None:
        there = f"docker://127.0.0.1:{self.port}/{reference}"
        command = ["skopeo", "--insecure-policy", "copy", "--quiet", "--all", "--preserve-digests"]
        subprocess.run(
            [*command, "--dest-tls-verify=false", f"oci:{layout.folder}:{layout.tag}", there], check=True
        )


class Layout:
    """A folder as the OCI image layout describes it, with one image for each platform."""

    tag = "1.0"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "blobs" / "sha256").mkdir(parents=True)
        (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
        self.bytes_of: dict[str, int] = {}

    def index(self, *platforms: str) -> str:
        """Images for these platforms under one index, each with its attestation; the digest of the index."""
        images = [self._image(platform) for platform in platforms]
        attestations = [self._attestation(image) for image in images]
        body = {"schemaVersion": 2, "mediaType": INDEX, "manifests": [*images, *attestations]}
        return self._name(self._blob(INDEX, body))

    def image(self, platform: str) -> str:
        """One image without an index; the digest of its manifest."""
        return self._name(self._image(platform))

    def _name(self, descriptor: dict[str, Any]) -> str:
        named = descriptor | {"annotations": {"org.opencontainers.image.ref.name": self.tag}}
        (self.folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [named]}))
        return str(descriptor["digest"])

    def _image(self, platform: str) -> dict[str, Any]:
        system, architecture = platform.split("/")
        place = {"os": system, "architecture": architecture}
        files = _tar("etc/platform", platform)
        layer = self._blob(LAYER, gzip.compress(files, mtime=0))
        diff_id = f"sha256:{sha256(files).hexdigest()}"
        config = self._blob(CONFIG, place | {"rootfs": {"type": "layers", "diff_ids": [diff_id]}})
        self.bytes_of[platform] = layer["size"] + config["size"]
        manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [layer]}
        return self._blob(MANIFEST, manifest) | {"platform": place}

    def _attestation(self, image: dict[str, Any]) -> dict[str, Any]:
        # As BuildKit writes it: an image that is none, of an unknown platform, pointing at the real one.
        place = {"os": "unknown", "architecture": "unknown"}
        layer = self._blob("application/vnd.in-toto+json", {"subject": image["digest"]})
        config = self._blob(CONFIG, place | {"rootfs": {"type": "layers", "diff_ids": [layer["digest"]]}})
        manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [layer]}
        annotations = {
            "vnd.docker.reference.digest": image["digest"],
            "vnd.docker.reference.type": "attestation-manifest",
        }
        return self._blob(MANIFEST, manifest) | {"platform": place, "annotations": annotations}

    def _blob(self, media_type: str, content: object) -> dict[str, Any]:
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        digest = sha256(raw).hexdigest()
        (self.folder / "blobs" / "sha256" / digest).write_bytes(raw)
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(raw)}


def _tar(name: str, text: str) -> bytes:
    """A layer that a real client can unpack."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(text.encode())
        archive.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()
