"""The whole local Docker Hub in one object: everything it knows, and every verb."""

from .access_tokens import AccessTokens
from .journal import Asked
from .records import Repository

LIMIT_PREVIEW = "ratelimitpreview"


class World(AccessTokens):
    """All state in memory, under `lock`. Tests use its verbs directly; requests go through `app`."""

    def __init__(self, *, is_new: bool = True) -> None:
        super().__init__()
        if is_new:
            self._add_limit_preview()

    @property
    def is_empty(self) -> bool:
        return not self.users

    @property
    def requests(self) -> list[Asked]:
        """The last requests that were asked, the oldest first. `journal` has the counts."""
        return list(self.journal.requests)

    def rebuild_manifests(self) -> None:
        """The documents of the registry, made again from the tags."""
        for repository in self.repository_by_id.values():
            for tag in self.tags[repository.id].values():
                self.keep_manifests(repository, tag)

    def _add_limit_preview(self) -> None:
        # Hub: this image exists so that anybody can read the pull limit by a HEAD without spending a pull.
        preview = Repository(
            id=self.new_id(), namespace=LIMIT_PREVIEW, name="test", registered_at=self.clock.now()
        )
        self.put(preview)
        self.push_tag(LIMIT_PREVIEW, "test", "latest", size_bytes=3000)
