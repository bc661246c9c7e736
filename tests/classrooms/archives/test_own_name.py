"""What a teacher loads: the image that was checked, under our name, whatever the student's archive says."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from classrooms.archives.own_name import under_own_name
from classrooms.archives.reading import read_archive
from classrooms.archives.troubles import ArchiveTrouble
from classrooms.run_projects.values import LOADED, loaded_name
from tests.classrooms.archives.making import LAYER, config, described, oci_files, old_files, sha256, tar

MEGABYTE = 1024 * 1024
TYPE = "application/vnd.oci.image."


def renamed(content: bytes) -> tuple[bytes, str]:
    """The archive that is given out, and its name."""
    name = loaded_name("w7", read_archive(io.BytesIO(content), most_bytes=MEGABYTE).digest)
    found = under_own_name(io.BytesIO(content), name, most_bytes=MEGABYTE)
    written = b"".join(found.written(io.BytesIO(content)))
    assert len(written) == found.size
    return written, name


def files_in(content: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        return {one.name: archive.extractfile(one).read() for one in archive}  # type: ignore[union-attr]


def hostile() -> bytes:
    """Says it is nginx:latest to one program and another image, also nginx:latest, to another."""
    other = json.dumps(config(config={"Env": ["EVIL=1"]})).encode()
    manifest = json.dumps(
        {"schemaVersion": 2, "config": described(other, "config.v1+json"), "layers": []}
    ).encode()
    row = described(manifest, "manifest.v1+json") | {
        "annotations": {"io.containerd.image.name": "docker.io/library/nginx:latest"}
    }
    files = old_files()
    said = json.loads(files["manifest.json"])
    said[0]["RepoTags"] = ["nginx:latest", "alpine:latest"]
    return tar(
        files
        | {
            "manifest.json": json.dumps(said).encode(),
            "repositories": json.dumps({"nginx": {"latest": "abc"}}).encode(),
            "oci-layout": b'{"imageLayoutVersion": "1.0.0"}',
            "index.json": json.dumps({"schemaVersion": 2, "manifests": [row]}).encode(),
            **{f"blobs/sha256/{sha256(one)}": one for one in (other, manifest)},
        }
    )


def test_a_hostile_archive_names_nothing_but_itself() -> None:
    content = hostile()

    written, name = renamed(content)

    files = files_in(written)
    (said,) = json.loads(files.pop("manifest.json"))
    assert LOADED.fullmatch(name)
    assert said["RepoTags"] == [name]
    assert set(files) == {said["Config"], *said["Layers"]}
    assert b"nginx" not in written
    assert b"EVIL" not in written


@pytest.mark.parametrize(
    "content",
    [tar(old_files()), tar(oci_files()), gzip.compress(tar(oci_files()))],
    ids=["old", "oci", "gzip"],
)
def test_it_is_the_image_that_was_checked(content: bytes) -> None:
    before = read_archive(io.BytesIO(content), most_bytes=MEGABYTE)

    written, name = renamed(content)

    after = read_archive(io.BytesIO(written), most_bytes=MEGABYTE)
    assert (after.digest, after.config, after.layers) == (before.digest, before.config, before.layers)
    assert after.tags == (name,)


def test_a_layer_behind_a_link_comes_along() -> None:
    files = old_files()
    files["shared/layer.tar"] = files.pop("abc/layer.tar")

    written, _name = renamed(tar(files, abc__layer_tar="../shared/layer.tar"))

    assert read_archive(io.BytesIO(written), most_bytes=MEGABYTE).layers == 1


def test_layers_of_equal_content_are_one_file() -> None:
    diff_id = f"sha256:{sha256(LAYER)}"
    files = old_files(rootfs={"type": "layers", "diff_ids": [diff_id, diff_id]})
    said = json.loads(files["manifest.json"])
    said[0]["Layers"].append("def/layer.tar")

    written, _name = renamed(
        tar(files | {"def/layer.tar": LAYER, "manifest.json": json.dumps(said).encode()})
    )

    assert read_archive(io.BytesIO(written), most_bytes=MEGABYTE).layers == 2
    assert len(files_in(written)) == 3


def test_a_file_that_changed_under_way_is_not_given_out_whole() -> None:
    content = tar(old_files())
    found = under_own_name(io.BytesIO(content), "x", most_bytes=MEGABYTE)

    with pytest.raises(ArchiveTrouble):
        list(found.written(io.BytesIO(content.replace(b"a layer: nobody", b"a layer: sombody"))))


def test_two_files_of_one_name_are_refused() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in ("manifest.json", "./manifest.json"):
            archive.addfile(tarfile.TarInfo(name))

    with pytest.raises(ArchiveTrouble) as trouble:
        read_archive(io.BytesIO(buffer.getvalue()), most_bytes=MEGABYTE)

    assert trouble.value.code == "malformed"


@pytest.mark.skipif(shutil.which("skopeo") is None, reason="skopeo is not installed")
def test_a_real_program_reads_what_is_given_out(tmp_path: Path) -> None:
    written, name = renamed(tar(old_files()))
    (tmp_path / "w7.tar").write_bytes(written)

    where = f"docker-archive:{tmp_path}/w7.tar:{name}"
    done = subprocess.run(
        ["skopeo", "--insecure-policy", "inspect", "--config", where],
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout)["architecture"] == "amd64"


def image_file(name: str, word: bytes) -> bytes:
    """An archive with one real layer, under this name."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as layer_tar:
        member = tarfile.TarInfo("word")
        member.size = len(word)
        layer_tar.addfile(member, io.BytesIO(word))
    layer = buffer.getvalue()
    text = json.dumps(config(rootfs={"type": "layers", "diff_ids": [f"sha256:{sha256(layer)}"]})).encode()
    said = [{"Config": f"{sha256(text)}.json", "RepoTags": [name], "Layers": ["abc/layer.tar"]}]
    files = {"abc/layer.tar": layer, f"{sha256(text)}.json": text, "manifest.json": json.dumps(said).encode()}
    return tar(files)


@pytest.mark.skipif(shutil.which("podman") is None, reason="podman is not installed")
def test_loaded_on_a_computer_it_replaces_no_image_there(tmp_path: Path) -> None:
    conf = tmp_path / "storage.conf"
    conf.write_text(
        f'[storage]\ndriver = "vfs"\ngraphroot = "{tmp_path}/graph"\nrunroot = "{tmp_path}/run"\n'
    )
    own = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "CONTAINERS_STORAGE_CONF": str(conf)}

    def podman(*words: str) -> str:
        command = ["podman", *words]
        done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def images() -> dict[str, str]:
        lines = podman("images", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.Id}}").split("\n")
        return dict(line.rsplit(" ", 1) for line in lines if line)

    (tmp_path / "own.tar").write_bytes(image_file("docker.io/library/nginx:latest", b"the teacher's"))
    podman("load", "-q", "-i", str(tmp_path / "own.tar"))
    before = images()
    content = image_file("docker.io/library/nginx:latest", b"the student's")
    written, name = renamed(content)
    (tmp_path / "w7.tar").write_bytes(written)

    podman("load", "-q", "-i", str(tmp_path / "w7.tar"))

    digest = read_archive(io.BytesIO(content), most_bytes=MEGABYTE).digest
    assert images() == before | {name: digest.removeprefix("sha256:")}
