"""What each scope of the access token is for, and how to mend a missing one, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hubsync.hub.scopes import ScopeFinding

WHAT_FOR: dict[str, Promise] = {
    "member_read": _("To see who is a member of the organization."),
    "member_edit": _("To see the members, change their role and remove those who have left the school."),
    "invite_read": _("To see which invitations have not been answered."),
    "invite_edit": _("To invite people, to send an invitation again and to cancel it."),
    "group_read": _("To see the teams of the organization."),
    "group_edit": _("To create one team for each class and to put its people in it."),
    "activity_read": _("To notice what somebody changed on Docker Hub without the portal."),
    "repository_create": _("To create the repositories that teachers ask for."),
    "repository_list": _(
        "To see private repositories. Without it Docker Hub shows the public ones only and does not say so."
    ),
    "repository_read": _("To read the details of a repository."),
    "repository_edit": _("To change descriptions and whether a repository is private."),
    "repo_group_read": _("To see which team may use which repository."),
    "repo_group_edit": _("To let a class use a private repository."),
    "repo_group_admin": _(
        "To let a class use a private repository, and to take that back when the class ends."
    ),
    "tag_read": _("To show the tags of the private repositories."),
    "settings_admin": _("To fix tags so that nobody can push them again."),
    "image_pull": _("To look up the size and the platforms of private images."),
}

MEND: dict[str, Promise] = {
    "nothing": _("Nothing to do."),
    "add_scope": _(
        "Make a new access token on Docker Hub with this permission and paste it here. "
        "The permissions of the one you pasted can also be edited on Docker Hub; then press “Check again”."
    ),
    "cannot_tell": _(
        "This cannot be tested without changing something on Docker Hub. "
        "Compare it with the list of permissions of the access token on Docker Hub."
    ),
}


def sentence_what_for(finding: ScopeFinding) -> Promise:
    """What the portal needs this scope for."""
    return WHAT_FOR[finding.what_for]


def sentence_mend(finding: ScopeFinding) -> Promise:
    """What a person does about this finding."""
    return MEND[finding.mend]
