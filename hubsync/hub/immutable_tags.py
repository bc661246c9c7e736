"""Tags that nobody may push again: read with the repository, set and tried by calls of their own."""

from __future__ import annotations

from collections.abc import Sequence

from hubsync.hub.image_answers import ImmutableTags
from hubsync.hub.image_reader import ImageReader
from hubsync.hub.image_writer import ImageWriter
from hubsync.hub.json_fields import row_of, texts
from hubsync.hub.scopes import Scope
from hubsync.hub.wire import path_of


class ImmutableTagReader(ImageReader):
    """Reads which tags of a repository cannot be pushed again."""

    def get_immutable_tags(self, namespace: str, repository: str) -> ImmutableTags:
        """The settings; None within where the answer does not tell. Raises HubNotFound. Reference: GetRepository."""
        path = path_of("namespaces", namespace, "repositories", repository)
        return ImmutableTags.from_row(row_of(self._get(path, Scope.REPOSITORY_READ), "repository"))

    def check_immutable_rule(self, namespace: str, repository: str, rule: str) -> tuple[str, ...]:
        """The tags that a rule (a regular expression of Go, without commas) would make immutable; changes nothing.

        Raises HubRejected for what is no rule. Reference: VerifyRepositoryImmutableTags.
        """
        path = path_of("namespaces", namespace, "repositories", repository, "immutabletags", "verify")
        answer = self.connection.request("POST", path, scope=Scope.SETTINGS_ADMIN, body={"regex": rule})
        return texts(row_of(answer, "tags"), "tags")


class ImmutableTagWriter(ImageWriter):
    """Sets which tags of a repository cannot be pushed again."""

    def set_immutable_tags(
        self, namespace: str, repository: str, *, enabled: bool, rules: Sequence[str] = ()
    ) -> ImmutableTags:
        """Make tags immutable: all of them without rules, else those that match one.

        Reference: UpdateRepositoryImmutableTags. Raises HubRejected for what is no rule.
        """
        path = path_of("namespaces", namespace, "repositories", repository, "immutabletags")
        # Hub: an array here; the legacy route takes one comma-joined text, so a rule may hold no comma.
        body = {"immutable_tags": enabled, "immutable_tags_rules": list(rules)}
        answer = self.connection.request("PATCH", path, scope=Scope.SETTINGS_ADMIN, body=body)
        return ImmutableTags.from_row(row_of(answer, "repository"))
