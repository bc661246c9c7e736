"""The account on Docker Hub, what there is ours, the queue and the journal."""

from hubsync.models.accounts import HubAccount, OrganizationSync, SealedCredential
from hubsync.models.journal import AnnouncedRemoval, Hold, HubBudget, SyncChange, SyncRun
from hubsync.models.remote import ObservedPerson, ObservedTeam, RemoteObject

__all__ = [
    "AnnouncedRemoval",
    "Hold",
    "HubAccount",
    "HubBudget",
    "ObservedPerson",
    "ObservedTeam",
    "OrganizationSync",
    "RemoteObject",
    "SealedCredential",
    "SyncChange",
    "SyncRun",
]
