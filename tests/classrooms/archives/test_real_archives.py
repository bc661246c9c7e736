"""Archives as a real program writes them: skopeo makes what `docker save` makes."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from classrooms.archives.reading import read_archive
from tests.classrooms.archives.making import oci_files

needs_skopeo = pytest.mark.skipif(shutil.which("skopeo") is None, reason="skopeo is not installed")


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    """An image in a folder, without the attestation, which skopeo would take for a second image."""
    files = oci_files()
    index = json.loads(files["index.json"])
    index["manifests"] = index["manifests"][:1]
    for name, content in (files | {"index.json": json.dumps(index).encode()}).items():
        (tmp_path / "image" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "image" / name).write_bytes(content)
    return tmp_path / "image"


@needs_skopeo
@pytest.mark.parametrize("kind", ["docker-archive", "oci-archive"])
def test_what_skopeo_writes_is_read(kind: str, layout: Path, tmp_path: Path) -> None:
    there = f"{kind}:{tmp_path}/image.tar:nerea1/web:v1"
    subprocess.run(["skopeo", "--insecure-policy", "copy", "--quiet", f"oci:{layout}", there], check=True)
    with (tmp_path / "image.tar").open("rb") as file:
        facts = read_archive(file, most_bytes=1024 * 1024)
    assert (facts.platform, facts.layers) == ("linux/amd64", 1)
