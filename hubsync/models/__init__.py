"""The account on Docker Hub, what there is ours, the queue and the journal."""

from hubsync.models import kept_of_people  # noqa: F401  what is kept of people is declared there
from hubsync.models.accounts import HubAccount, OrganizationSync, SealedCredential
from hubsync.models.asked import AskedPlan
from hubsync.models.budget import CallBlock, CallCount, HubBudget
from hubsync.models.consent import AnnouncedRemoval, Hold, RestoredRemoval
from hubsync.models.journal import SyncChange, SyncRun
from hubsync.models.looks import LastLook, PermissionReading
from hubsync.models.people import Drift, HubPerson
from hubsync.models.remote import ObservedPerson, ObservedTeam, RemoteObject

__all__ = [
    "AnnouncedRemoval",
    "AskedPlan",
    "CallBlock",
    "CallCount",
    "Drift",
    "Hold",
    "HubAccount",
    "HubBudget",
    "HubPerson",
    "LastLook",
    "ObservedPerson",
    "ObservedTeam",
    "OrganizationSync",
    "PermissionReading",
    "RemoteObject",
    "RestoredRemoval",
    "SealedCredential",
    "SyncChange",
    "SyncRun",
]
