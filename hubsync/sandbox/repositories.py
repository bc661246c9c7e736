"""Repositories of organizations and of people."""

import re

from .invites import Invites
from .records import Collaborator, Repository
from .refusals import Refusal, message, not_found, validation

NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
SHORT_BYTES = 100
FULL_BYTES = 25_000


class Repositories(Invites):
    def add_repository(
        self,
        namespace: str,
        name: str,
        *,
        is_private: bool = False,
        description: str = "",
        full_description: str | None = None,
        actor: str = "",
    ) -> Repository:
        """Create a repository without tags; refuses one that exists and a name against the rules."""
        self._refuse_fields(name, description, full_description)
        if name in self.repositories[namespace]:
            raise self._exists()
        if is_private:
            self._refuse_one_more_private(namespace)
        repository = Repository(
            id=self.new_id(),
            namespace=namespace,
            name=name,
            is_private=is_private,
            description=description,
            full_description=full_description,
            registered_at=self.clock.now(),
        )
        self.put(repository)
        self.record(namespace, "repo.create", repository.path, actor)
        return repository

    def find_repository(self, namespace: str, name: str) -> Repository | None:
        return self.repositories[namespace].get(name) if namespace in self.repositories else None

    def get_repository(self, namespace: str, name: str) -> Repository:
        repository = self.find_repository(namespace, name)
        if repository is None:
            raise not_found("object not found")
        return repository

    def describe_repository(
        self,
        repository: Repository,
        *,
        description: str | None,
        full_description: str | None,
        actor: str = "",
    ) -> None:
        """Change what is given; `None` leaves a text as it is."""
        self._refuse_fields(repository.name, description or "", full_description)
        if description is not None:
            repository.description = description
        if full_description is not None:
            repository.full_description = full_description
        self.record(repository.namespace, "repo.update", repository.path, actor)

    def set_repository_status(self, repository: Repository, status: int) -> None:
        # Hub: an inactive repository without images cannot be made active.
        if status == 1 and repository.status == 0 and not self.tags[repository.id]:
            raise message(400, "a repository without images cannot be made active", errinfo={})
        repository.status = status

    def make_repository_private(
        self, namespace: str, name: str, *, is_private: bool = True, actor: str = ""
    ) -> Repository:
        repository = self.get_repository(namespace, name)
        repository.is_private = is_private
        self.record(namespace, "repo.change_privacy", repository.path, actor)
        return repository

    def delete_repository(self, namespace: str, name: str, *, actor: str = "") -> None:
        """Delete a repository with its tags, permissions and collaborators. There is no way back."""
        repository = self.get_repository(namespace, name)
        del self.repositories[namespace][name]
        del self.repository_by_id[repository.id]
        for team_id in self.permissions.pop(repository.id, {}):
            self.repository_ids_of_team[team_id].pop(repository.id, None)
        self.collaborators.pop(repository.id, None)
        self.tags.pop(repository.id, None)
        self.manifests.pop(repository.id, None)
        self.record(namespace, "repo.delete", repository.path, actor)

    def add_collaborator(self, repository: Repository, username: str) -> None:
        """Let a person into a repository of a personal account."""
        if username not in self.users:
            raise message(404, "User not found")
        self.put(Collaborator(repository_id=repository.id, username=username))

    def remove_collaborator(self, repository: Repository, username: str) -> None:
        if username not in self.collaborators[repository.id]:
            raise not_found()
        del self.collaborators[repository.id][username]

    def _refuse_one_more_private(self, namespace: str) -> None:
        most = self.limits.personal_private_repositories
        private = [one for one in self.repositories[namespace].values() if one.is_private]
        if most is not None and namespace not in self.organizations and len(private) >= most:
            raise message(400, "private repository limit reached", errinfo={})

    def _exists(self) -> Refusal:
        text = "Repository with this Name and Namespace already exists."
        if self.switches.existing_repository_status == 409:
            return message(409, text, errinfo={})
        return Refusal(400, {"__all__": [text]}, text)

    def _refuse_fields(self, name: str, description: str, full_description: str | None) -> None:
        errors = {}
        if not (2 <= len(name) <= 255 and NAME.fullmatch(name)):
            errors["name"] = "repository name may only include alphanumeric characters, '.', or '-'"
        # Hub: counted in bytes by those who met the limit; an accent takes two.
        if len(description.encode()) > SHORT_BYTES:
            errors["description"] = f"description is longer than {SHORT_BYTES}"
        if len((full_description or "").encode()) > FULL_BYTES:
            errors["full_description"] = f"full description is longer than {FULL_BYTES}"
        if errors:
            raise validation(self.switches.bad_name_shape, **errors)
