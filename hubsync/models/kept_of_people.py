"""What the synchronization keeps of people: Docker IDs and invited addresses, and nothing else."""

from django.utils.translation import gettext_lazy as _

from classrooms.models.kept_data import WITH_SCHOOL, Kept, declare, nothing_personal

_WHY = _("so that Docker Hub stays as the school wants it, and the school can see what was done")
_SEEN = _("Docker ID or invited e-mail address of who is in the organization, as last seen")
_DONE = _("Docker ID or invited e-mail address in what was changed on Docker Hub, and who allowed it")
_HUB = _("the connection to Docker Hub and its state")
_REPLACED = _("until the next look at Docker Hub")

declare(
    Kept(
        "hubsync.HubPerson",
        ("account", "key", "docker_id", "uuid", "state", "is_assumed", "team", "hub_text", "changed_at"),
        _SEEN, _WHY, WITH_SCHOOL, _("the Docker ID or the e-mail address, to invite"),
    ),
    Kept(
        "hubsync.ObservedPerson", ("account", "key", "role", "is_invitee", "invited_at", "seen_at"),
        _SEEN, _WHY, _REPLACED,
    ),
    Kept(
        "hubsync.ObservedTeam", ("account", "name", "uuid", "number", "description", "members", "seen_at"),
        _SEEN, _WHY, _REPLACED,
    ),
    Kept(
        "hubsync.LastLook", ("account", "seen_at", "lists", "gone", "shrunk_since", "working_routes"),
        _SEEN, _WHY, _REPLACED,
    ),
    Kept(
        "hubsync.RemoteObject", ("account", "kind", "uuid", "name", "mode", "class_group", "adopted_by", "since"),
        _("whom and which teams the portal itself brought into the organization"), _WHY,
        _("until they are out of it"), _("the Docker ID, as a member of the class’s team"),
    ),
    Kept(
        "hubsync.SyncChange",
        (
            "run", "position", "kind", "facts", "state", "lease_token", "hub_text", "planned_at", "sent_at",
            "settled_at", "shown_at",
        ),
        _DONE, _WHY, WITH_SCHOOL,
    ),
    Kept(
        "hubsync.Hold",
        (
            "account", "kind", "changes", "reason", "created_at", "approved_at", "approved_by", "refused_at",
            "refused_by", "actor", "closed_at",
        ),
        _DONE, _WHY, WITH_SCHOOL,
    ),
    Kept(
        "hubsync.RestoredRemoval",
        (
            "account", "run", "kind", "facts", "class_group", "may_invite", "restored_at", "restored_by",
            "ended_at",
        ),
        _DONE, _WHY, WITH_SCHOOL,
    ),
    Kept(
        "hubsync.AnnouncedRemoval",
        ("account", "changes", "reason", "announced_by", "announced_at", "expires_at"),
        _DONE, _WHY, WITH_SCHOOL,
    ),
    Kept(
        "hubsync.Drift", ("account", "run", "kind", "facts", "outcome", "actor", "happened_at", "seen_at"),
        _DONE, _WHY, WITH_SCHOOL,
    ),
    Kept(
        "hubsync.AskedPlan",
        ("account", "asked_at", "looking_until", "looking_token", "agreed_digest", "agreed_by", "outcome", "ended_at"),
        _DONE, _WHY, WITH_SCHOOL,
    ),
    *(
        nothing_personal(f"hubsync.{name}", _HUB)
        for name in (
            "HubAccount", "SealedCredential", "OrganizationSync", "HubBudget", "CallBlock", "CallCount",
            "SyncRun", "PermissionReading",
        )
    ),
)  # fmt: skip
