"""A personal account: who may push to it, and leaving it for an organization."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.actions.audit import record
from classrooms.actions.moving import replace_image
from classrooms.models import AssignedImage, Image, PracticeImage, School, User
from hubsync.account.check import TAKEN, is_anothers
from hubsync.account.refusals import NotConnectable
from hubsync.models import (
    AnnouncedRemoval,
    Hold,
    HubAccount,
    ObservedPerson,
    ObservedTeam,
    OrganizationSync,
    RemoteObject,
    SealedCredential,
    SyncChange,
    SyncRun,
)
from hubsync.sync.schedule import request_reconcile
from hubsync.sync.withdrawn import withdraw_by_rows


@transaction.atomic
def set_teachers_push(*, account: HubAccount, teachers_push: bool, by: User) -> None:
    """Whether teachers become collaborators. Saying the same again changes nothing. For personal accounts."""
    if account.has_teams or account.teachers_push == teachers_push:
        return
    account.teachers_push = teachers_push
    account.save(update_fields=["teachers_push"])
    facts = {"teachers_push": teachers_push}
    record(school=account.school, actor=by, verb="hub.teachers_push", about=account.name, facts=facts)
    if account.is_active:
        # Who may push again was perhaps announced to push no longer.
        withdraw_by_rows(account)
        request_reconcile(account)


@transaction.atomic
def change_to_organization(*, account: HubAccount, name: str, by: User) -> None:
    """The school uses this organization from now on; connecting it begins anew, and nothing is written before.

    Classes go on with the images they use. Whom the portal let push to the personal account stays there: nothing is
    changed on Docker Hub. Raises NotConnectable where another school proved that the organization is its own, and
    while a worker is at the old account.
    """
    name, was = name.strip().lower(), account.name
    if account.has_teams:
        raise NotConnectable(_("The school uses an organization already."))
    if OrganizationSync.objects.select_for_update().filter(account=account).exclude(lease_token="").exists():
        raise NotConnectable(_("Docker Hub is being looked at just now. Try again in a minute."))
    if is_anothers(name, account.school):
        raise NotConnectable(TAKEN % {"name": name})
    _forget_the_old_account(account)
    account.kind, account.name, account.former_name = HubAccount.Kind.ORGANIZATION, name, was
    account.uuid, account.is_active, account.teachers_push = "", False, False
    account.found_at = account.checked_at = account.catalogue_read_at = account.last_answer_at = None
    account.scope_findings = []
    account.save()
    record(school=account.school, actor=by, verb="hub.moved", about=name, facts={"was": was})


def _forget_the_old_account(account: HubAccount) -> None:
    """What was seen and claimed was of the other account: under the new one nothing is the portal's yet."""
    for rows in (SealedCredential, RemoteObject, ObservedTeam, ObservedPerson, AnnouncedRemoval):
        rows.objects.filter(account=account).delete()
    Hold.objects.filter(account=account, closed_at=None).update(closed_at=timezone.now())
    SyncRun.objects.filter(account=account, result=SyncRun.Result.PLANNED).delete()
    unsettled = SyncChange.objects.filter(run__account=account, settled_at=None)
    unsettled.filter(state__in=(SyncChange.State.SENT, SyncChange.State.UNKNOWN)).update(
        state=SyncChange.State.UNKNOWN, settled_at=timezone.now()
    )
    OrganizationSync.objects.filter(account=account).update(
        generation=F("generation") + 1,
        # What was wished of the old account nobody wishes any more, so that nothing of it is left to do.
        handled_generation=F("generation") + 1,
        due_at=None,
        failure="",
        failure_detail="",
        in_sync_at=None,
        proven_at=None,
    )


@dataclass(frozen=True)
class MovedImage:
    """An image of the former account that is in use. `new` is the same one in the organization, if it is there.

    `users` are the names of the classes and practices that use it.
    """

    old: Image
    new_name: str
    new: Image | None
    users: tuple[str, ...]


def images_left_behind(account: HubAccount) -> list[MovedImage]:
    """Images of the personal account that the school used before, and what they are called now."""
    was = account.former_name if account.has_teams else account.name
    users = _users_of_images(account.school, f"{was}/") if was else {}
    own = account.school.images.filter(is_own=True, listed_at__isnull=False) if account.has_teams else ()
    there = {one.repository: one for one in own}
    found = []
    for image in sorted(users, key=lambda one: one.repository):
        short = image.repository.removeprefix(f"{was}/")
        new_name = f"{account.name}/{short}" if account.has_teams else short
        found.append(MovedImage(image, new_name, there.get(new_name), tuple(sorted(users[image]))))
    return found


def _users_of_images(school: School, beginning: str) -> dict[Image, set[str]]:
    """The names of what uses each image whose name begins so."""
    named = {"image__repository__startswith": beginning}
    given = AssignedImage.objects.current().filter(class_group__school=school, **named)
    needed = PracticeImage.objects.filter(
        practice__school=school,
        practice__deleted_at__isnull=True,
        practice__archived_at__isnull=True,
        **named,
    )
    users: dict[Image, set[str]] = {}
    for assigned in given.select_related("image", "class_group"):
        users.setdefault(assigned.image, set()).add(str(assigned.class_group))
    for one in needed.select_related("image", "practice"):
        users.setdefault(one.image, set()).add(one.practice.title)
    return users


@transaction.atomic
def use_new_names(*, account: HubAccount, repositories: list[str], by: User) -> int:
    """Let classes and practices use these images of the former account from the organization; how many uses changed.

    Only those that are there. What is frozen by digest stays: the other image may have another one.
    """
    wanted = [one for one in images_left_behind(account) if one.new and one.old.repository in repositories]
    return sum(replace_image(old=one.old, new=one.new, by=by) for one in wanted if one.new)
