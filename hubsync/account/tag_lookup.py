"""Looks up the tags of an image and records them with the image, or why nothing could be learnt.

Docker Hub's API is asked, which counts no pulls: with the school's token for its own images, as nobody for others'.
Where the API shows no platforms (it has left them out for months) the registry is asked, which costs one pull. Images of
other registries are asked for there, where this installation lists them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from classrooms.actions.catalogue import record_missing_tag, record_tags, record_trouble
from classrooms.actions.docker_id_proof import prove_docker_id
from classrooms.image_facts import TagFacts
from classrooms.models import AssignedImage, Image, Student
from classrooms.queries.image_checks import CheckItem
from hubsync.account.connections import anonymous_reader, reader_for
from hubsync.account.other_look import look_elsewhere
from hubsync.account.other_registries import registry_of
from hubsync.account.tag_answers import code_of, platforms_of, size_of
from hubsync.hub.errors import HubError
from hubsync.hub.image_answers import Tag
from hubsync.hub.reader import HubReader
from hubsync.hub.registry import RegistryReader
from hubsync.models import HubAccount

# Whose size is told where an image has several: what most computers of schools are.
PLATFORMS = ("linux/amd64",)


def read_tags(image: Image, *, is_urgent: bool = True) -> None:
    """Look up the tags of an image: all of an own one, those that classes use of another. Troubles are recorded.

    `is_urgent`: a person waits.
    """
    used = AssignedImage.objects.current().filter(image=image).values_list("tag", flat=True)
    lookup = _Lookup(image, *split_repository(image.repository), sorted(set(used)), timezone.now())
    account = HubAccount.objects.filter(school=image.school).exclude(uuid="").first()
    if not lookup.namespace:
        _read_elsewhere(lookup)
        return
    try:
        if image.is_own and account is not None:
            with reader_for(account, is_urgent=is_urgent) as reader:
                lookup.read_all(reader)
        else:
            with anonymous_reader(is_urgent=is_urgent) as reader:
                lookup.read_used(reader)
    except HubError as error:
        lookup.record_trouble(code_of(error))


def _read_elsewhere(lookup: _Lookup) -> None:
    if registry_of(lookup.image.repository) is None:
        lookup.record_trouble("other_registry")
        return
    look_elsewhere([CheckItem(lookup.image, tag) for tag in lookup.used], PLATFORMS, lookup.at)


def split_repository(repository: str) -> tuple[str, str]:
    """("iestriana", "lamp") of "iestriana/lamp", ("library", "nginx") of "nginx"; ("", "") of another registry's."""
    parts = repository.removeprefix("docker.io/").split("/")
    if len(parts) == 1:
        return "library", parts[0]
    is_a_host = "." in parts[0] or ":" in parts[0] or parts[0] == "localhost"
    return ("", "") if is_a_host or len(parts) > 2 else (parts[0], parts[1])


@dataclass(frozen=True)
class _Lookup:
    """One image and the tags of it that classes use."""

    image: Image
    namespace: str
    name: str
    used: list[str]
    at: datetime

    def read_all(self, reader: HubReader) -> None:
        listing = reader.list_tags(self.namespace, self.name)
        self._prove_who_pushed(listing.rows)
        tags = [self._facts(reader, tag, is_used=tag.name in self.used) for tag in listing.rows]
        record_tags(image=self.image, tags=tags, at=self.at, is_whole=listing.complete)
        for missing in set(self.used) - {tag.name for tag in tags} if listing.complete else ():
            record_missing_tag(image=self.image, tag=missing, at=self.at)

    def read_used(self, reader: HubReader) -> None:
        for name in self.used:
            tag = reader.find_tag(self.namespace, self.name, name)
            if tag is None:
                record_missing_tag(image=self.image, tag=name, at=self.at)
            else:
                facts = self._facts(reader, tag, is_used=True)
                record_tags(image=self.image, tags=[facts], at=self.at, is_whole=False)

    def _prove_who_pushed(self, tags: Sequence[Tag]) -> None:
        """Nobody but who can sign in there pushes under a Docker ID, and the own repositories of a school take few."""
        school, proof = self.image.school, Student.Proof.PUSH
        said = set(
            school.students.filter(docker_id_proof="")
            .exclude(docker_id="")
            .values_list("docker_id", flat=True)
        )
        for tag in tags:
            if tag.pushed_by in said and tag.pushed_at is not None:
                prove_docker_id(school=school, docker_id=tag.pushed_by, proof=proof, at=tag.pushed_at)

    def record_trouble(self, code: str) -> None:
        for name in self.used:
            record_trouble(image=self.image, tag=name, trouble=code, at=self.at)

    def _facts(self, reader: HubReader, tag: Tag, *, is_used: bool) -> TagFacts:
        platforms = platforms_of(tag)
        digest = tag.digest
        if is_used and not (platforms and digest):
            told = _ask_registry(reader, f"{self.namespace}/{self.name}", tag.name)
            platforms, digest = platforms or told[0], digest or told[1]
        return TagFacts(tag.name, digest, size_of(tag), platforms, tag.pushed_at, tag.pushed_by)


def _ask_registry(reader: HubReader, repository: str, tag: str) -> tuple[tuple[str, ...], str]:
    """(platforms, digest), empty where the registry does not tell: what the API said stands anyway."""
    registry = RegistryReader.of(reader.connection)
    try:
        found = registry.look_up(repository, tag, with_platforms=True)
    except HubError:
        return (), ""
    finally:
        registry.close()
    return (tuple(str(platform) for platform in found.platforms), found.digest) if found else ((), "")
