"""What Docker Hub says of an image that a student hands in, while the student looks.

The registry is asked first: HEAD counts neither as a pull nor among the calls of the API, so that a whole class can hand
in within a minute. What only the API knows (who pushed, and when) is added where it answers, and what only the image's
configuration tells (keys left in it, its ports) where a pull is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from classrooms.image_checks.hand_in import SeenHandIn
from classrooms.image_facts import is_made_for
from classrooms.image_references.reference import ImageReference
from classrooms.models import School
from hubsync.account.connections import BUDGET_SECONDS, anonymous_reader, reader_for
from hubsync.account.shown_images import ShownImages
from hubsync.account.tag_lookup import split_repository
from hubsync.hub.errors import BudgetUsedUp, HubError
from hubsync.hub.image_answers import ImageContents, ManifestFacts, Tag
from hubsync.hub.reader import HubReader
from hubsync.hub.registry import RegistryReader
from hubsync.models import HubAccount
from hubsync.sync.budget import Budget

T = TypeVar("T")
# Once all pulls are used the registry refuses HEAD too, and nobody could fix a version any more.
PULLS_LEFT_ALONE = 20
# So many without an answer one after the other, and the registry is taken for silent.
IN_VAIN = 3


@contextmanager
def looking(
    school: School | None, namespace: str, *, is_urgent: bool = True, waits_seconds: float = BUDGET_SECONDS
) -> Iterator[tuple[HubReader, RegistryReader]]:
    """As the school where the images are in its own account, else (also for no school) as nobody. Raises HubError.

    `waits_seconds`: for a call of the API where the portal's own are used up; the registry's are not counted.
    """
    account = HubAccount.objects.filter(school=school, name=namespace).exclude(uuid="").first()
    with (
        reader_for(account, is_urgent=is_urgent, budget_seconds=waits_seconds)
        if account
        else anonymous_reader(is_urgent=is_urgent, budget_seconds=waits_seconds)
    ) as reader:
        registry = RegistryReader.of(reader.connection)
        try:
            yield reader, registry
        finally:
            registry.close()


def look_at_hand_in(
    school: School,
    reference: ImageReference,
    *,
    platform: str,
    or_else: str = "",
    shown: ShownImages | None = None,
) -> SeenHandIn:
    """All that is to be learnt of one image; `found` None where nothing answered.

    Of several platforms the configuration is read of `platform`, or of the one that does as well. With `shown` what else
    lies in the school's account is seen as anybody sees it, and not there where nobody answers.
    """
    hidden = shown is not None and _hidden(school, [reference], shown)
    asking = None if hidden else school
    try:
        # In the last minute of a class the calls of the API are used up. What it adds is not worth a wait, in which
        # everybody else waits too.
        with looking(asking, reference.namespace, waits_seconds=0.0) as (reader, registry):
            seen = _look(asking, reader, registry, reference, (platform, or_else))
    except HubError:
        seen = SeenHandIn(None)
    return SeenHandIn(False) if hidden and seen.found is None else seen


def digests_of(
    school: School,
    references: Iterable[ImageReference],
    *,
    budget: Budget | None = None,
    also_by_digest: bool = False,
    shown: ShownImages | None = None,
) -> dict[str, str | None]:
    """By the name as written: the digest, "" for what is not there, None where nobody answered. Costs no pull.

    Several are asked for at once, or with a `budget` one after the other, each as one of its calls. Where nothing answers
    the others are not asked for any more. Who names a digest has said it, unless it is asked whether that is there too.
    Images of other registries are not asked for, and "". `shown` as in `look_at_hand_in`.
    """
    wanted = {one.familiar: one for one in references}
    found: dict[str, str | None] = {name: one.digest for name, one in wanted.items()}
    asked = [one for one in wanted.values() if one.is_on_docker_hub and (also_by_digest or not one.digest)]
    own = _in_account(school, asked)
    hidden = [] if shown is None else _hidden(school, own, shown)
    as_school = [one for one in own if one not in hidden]
    is_silent = False
    for asking, rows in ((school, as_school), (None, [one for one in asked if one not in as_school])):
        answers = [None] * len(rows) if is_silent else _digests(asking, rows, budget)
        found |= {one.familiar: digest for one, digest in zip(rows, answers, strict=True)}
        is_silent = is_silent or None in answers[-1:]
    return found | {one.familiar: found[one.familiar] or "" for one in hidden}


def _in_account(school: School, references: Sequence[ImageReference]) -> list[ImageReference]:
    """Those that lie in the school's own account, which is asked with its token."""
    accounts = HubAccount.objects.filter(school=school).exclude(uuid="") if references else ()
    names = {account.name for account in accounts}
    return [one for one in references if one.namespace in names]


def _hidden(school: School, references: Sequence[ImageReference], shown: ShownImages) -> list[ImageReference]:
    return [one for one in _in_account(school, references) if not shown.include(one)]


def _digests(
    school: School | None, rows: Sequence[ImageReference], budget: Budget | None
) -> list[str | None]:
    found: list[str | None] = []
    try:
        if rows:
            with looking(school, rows[0].namespace, is_urgent=budget is None) as (reader, registry):
                if budget is None:
                    _ask_together(reader, registry, rows, found)
                else:
                    _ask_in_turn(registry, rows, budget, found)
    except HubError:
        pass  # what was not asked for is not known
    return [*found, *([None] * (len(rows) - len(found)))]


def _ask_together(
    reader: HubReader, registry: RegistryReader, rows: Sequence[ImageReference], found: list[str | None]
) -> None:
    # Who gives no answer about one is not asked about a dozen: a person waits.
    found.append(_digest(registry, rows[0]))
    if found[0] is not None:
        found += reader.connection.read_together([partial(_digest, registry, one) for one in rows[1:]])


def _ask_in_turn(
    registry: RegistryReader, rows: Sequence[ImageReference], budget: Budget, found: list[str | None]
) -> None:
    for one in rows:
        if budget.is_over() or found[-IN_VAIN:] == [None] * IN_VAIN:
            return
        budget.before_call()
        try:
            found.append(_digest(registry, one))
        finally:
            budget.after_call()


def _digest(registry: RegistryReader, reference: ImageReference) -> str | None:
    name = reference.digest or reference.tag or "latest"
    answered, facts = _asked(lambda: registry.look_up(reference.path, name))
    return (facts.digest if facts else "") if answered else None


def _look(
    school: School | None,
    reader: HubReader,
    registry: RegistryReader,
    reference: ImageReference,
    platforms: tuple[str, str],
) -> SeenHandIn:
    name = reference.digest or reference.tag or "latest"
    has_answered, manifest = _asked(lambda: registry.look_up(reference.path, name))
    told, tag = (False, None) if reference.digest else _told(school, reader, reference, manifest)
    if manifest is None and tag is None:
        return SeenHandIn(False if has_answered or told else None)
    digest = (manifest.digest if manifest else "") or (tag.digest if tag else "")
    limit = registry.last_limit
    may_pull = limit is None or limit.remaining > PULLS_LEFT_ALONE
    platform = _chosen(tag, platforms)
    _, contents = (
        _asked(lambda: registry.read_image(reference.path, digest, platform=platform))
        if may_pull
        else (False, None)
    )
    return _seen(digest, manifest, tag, contents)


def _told(
    school: School | None, reader: HubReader, reference: ImageReference, manifest: ManifestFacts | None
) -> tuple[bool, Tag | None]:
    """Whether the API answered, and the tag. Where the registry said nothing it is all there is, and worth a wait for the
    portal's own calls; an API that is silent is not asked a second time while a person waits.
    """
    try:
        return True, _tag(reader, reference)
    except BudgetUsedUp:
        return (False, None) if manifest else _asked(lambda: _tag_with_patience(school, reference))
    except HubError:
        return False, None


def _tag(reader: HubReader, reference: ImageReference) -> Tag | None:
    namespace, repository = split_repository(reference.repository)
    return reader.find_tag(namespace, repository, reference.tag or "latest")


def _tag_with_patience(school: School | None, reference: ImageReference) -> Tag | None:
    """Where the registry said nothing the API is all there is."""
    with looking(school, reference.namespace) as (reader, _registry):
        return _tag(reader, reference)


def _chosen(tag: Tag | None, platforms: tuple[str, str]) -> str:
    """The first that the image has, as far as the API tells; else the one that is asked for."""
    has = [str(one.platform) for one in tag.images] if tag else []
    made = [one for one in platforms if one and any(is_made_for(its, one) for its in has)]
    return (made or platforms)[0]


def _asked(ask: Callable[[], T | None]) -> tuple[bool, T | None]:
    """Whether there was an answer, and the answer."""
    try:
        return True, ask()
    except HubError:
        return False, None


def _seen(
    digest: str, manifest: ManifestFacts | None, tag: Tag | None, contents: ImageContents | None
) -> SeenHandIn:
    # The API may lag behind the registry: what it says of another version is not said of this one.
    same = tag if tag and (tag.digest == digest or not tag.digest) else None
    of_tag = tuple(sorted({str(one.platform) for one in same.images})) if same else ()
    platforms = tuple(sorted(str(one) for one in contents.platforms)) if contents else of_tag
    size = contents.compressed_bytes if contents else same.compressed_bytes if same else None
    return SeenHandIn(
        True,
        digest,
        platforms,
        size,
        same.pushed_at if same else None,
        same.pushed_by if same else "",
        dict(contents.config) if contents else None,
    )
