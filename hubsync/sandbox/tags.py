"""Tags: pushed by a person with a client, listed and deleted through the API."""

from collections.abc import Sequence

from .layers import Files
from .manifests import digest_of, manifests_of
from .permissions import Permissions
from .records import Repository, Row, Tag
from .refusals import not_found

MEGABYTE = 1_000_000


class Tags(Permissions):
    def push_tag(
        self,
        namespace: str,
        repository: str,
        name: str,
        *,
        platforms: Sequence[str] = ("linux/amd64",),
        size_bytes: int = 50 * MEGABYTE,
        attestations: bool = False,
        images_shown: str = "filled",
        pushed_by: str = "",
        config: Row | None = None,
        layers: Sequence[Files] = (),
    ) -> Tag:
        """Push an image; a push of the same tag again replaces what is behind it and changes its digest.

        `layers` are the files of each, the base first; without them there are layers that nobody can fetch.
        """
        home = self.get_repository(namespace, repository)
        before = self.tags[home.id].get(name)
        now = self.clock.now()
        tag = Tag(
            id=before.id if before else self.new_id(),
            repository_id=home.id,
            name=name,
            platforms=list(platforms),
            size_bytes=size_bytes,
            attestations=attestations,
            images_shown=images_shown,
            config=config or {},
            layers=[dict(files) for files in layers],
            pushed_at=now,
            pushed_by=pushed_by or namespace,
            revision=before.revision + 1 if before else 1,
        )
        self.put(tag)
        self.keep_manifests(home, tag)
        home.updated_at = now
        self.record(namespace, "repo.tag.push", f"{home.path}:{name}", tag.pushed_by)
        return tag

    def keep_manifests(self, repository: Repository, tag: Tag) -> None:
        for manifest in manifests_of(repository, tag):
            self.manifests[repository.id][manifest.digest] = manifest
            for blob in manifest.blobs:
                self.blobs[repository.id][digest_of(blob)] = blob

    def get_tag(self, repository: Repository, name: str) -> Tag:
        tag = self.tags[repository.id].get(name)
        if tag is None:
            raise not_found("tag not found")
        return tag

    def delete_tag(self, repository: Repository, name: str, *, actor: str = "") -> None:
        self.get_tag(repository, name)
        del self.tags[repository.id][name]
        self.record(repository.namespace, "repo.tag.delete", f"{repository.path}:{name}", actor)
