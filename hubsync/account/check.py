"""Testing a school's account on Docker Hub: that it is there, is its own, takes the token, and what that may do."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classrooms.actions.schools import set_namespace
from classrooms.models import School
from hubsync.account.connections import reader_for
from hubsync.account.probe import probe_account
from hubsync.hub.errors import HubAuthLost, HubError, HubNotFound
from hubsync.models import HubAccount, SealedCredential
from hubsync.words.troubles import trouble_sentence

# A test costs about fifteen calls.
CHECK_AGAIN_SECONDS = 10 * 60


@dataclass(frozen=True)
class Checked:
    """What a test of the account gave. `trouble` is "" where Docker Hub answered everything.

    `is_refused` says that this token is not this account's; `missing` counts the permissions that it lacks.
    """

    trouble: str | Promise = ""
    is_refused: bool = False
    missing: int = 0

    @property
    def is_fine(self) -> bool:
        return not self.trouble and not self.missing


def wants_check(account: HubAccount) -> bool:
    """Whether nobody has tested the account for a while, with or without success: coming back tests it again."""
    return cache.get(_checked_key(account)) is None


def _checked_key(account: HubAccount) -> str:
    return f"hubsync.account.connect.checked.{account.pk}"


def check_account(account: HubAccount) -> Checked:
    """Test everything again: that the account is there, is the same as before, takes the token, and each permission.

    What was found is stored with its time. What could not be asked leaves the findings of the last time.
    """
    cache.set(_checked_key(account), 1, timeout=CHECK_AGAIN_SECONDS)
    try:
        with reader_for(account) as reader:
            uuid, findings = probe_account(reader, account)
    except HubAuthLost as error:
        SealedCredential.objects.filter(account=account).update(refused_at=timezone.now())
        return Checked(trouble_sentence(error), is_refused=True)
    except HubNotFound:
        return Checked(_("%(name)s does not exist on Docker Hub (any more).") % {"name": account.name})
    except HubError as error:
        return Checked(trouble_sentence(error))
    if account.uuid and uuid and _plain(account.uuid) != _plain(uuid):
        return Checked(_ANOTHER % {"name": account.name}, is_refused=True)
    if is_anothers(account.name, account.school):
        return Checked(TAKEN % {"name": account.name}, is_refused=True)
    _keep_findings(account, uuid, findings)
    return Checked(missing=sum(row["held"] is False for row in findings))


def is_anothers(name: str, school: School) -> bool:
    """Whether another school of this portal has proved with a token that the account is its own."""
    return HubAccount.objects.filter(name=name).exclude(uuid="").exclude(school=school).exists()


def _plain(uuid: str) -> str:
    return uuid.replace("-", "").lower()


_ANOTHER = _(
    "%(name)s is now another organization than the one this school connected. Nothing is done with it."
)
TAKEN = _("Another school of this portal is connected to %(name)s.")


@transaction.atomic
def _keep_findings(account: HubAccount, uuid: str, findings: list[dict[str, object]]) -> None:
    now = timezone.now()
    account.uuid = account.uuid or uuid or ""
    account.scope_findings, account.checked_at, account.last_answer_at = findings, now, now
    account.found_at = account.found_at or now
    account.save(update_fields=["uuid", "scope_findings", "checked_at", "last_answer_at", "found_at"])
    SealedCredential.objects.filter(account=account).update(refused_at=None)
    set_namespace(
        school=account.school,
        namespace=account.name,
        is_personal=account.kind == HubAccount.Kind.PERSONAL,
    )
