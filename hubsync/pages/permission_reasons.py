"""Why somebody may do something with a repository, or not."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "public": _("public: everyone may pull it"),
    "members": _("assigned; the students are members"),
    "teachers": _("assigned, but the students are not members: only their teachers"),
    "nobody_yet": _("assigned, but nobody of the class has a Docker ID yet"),
    "hands_in": _("the class hands in there"),
    "exam_waits": _("assigned for an exam: the students get it at its minute"),
    "part_only": _("assigned to a part of the class only"),
    "not_assigned": _("private and not assigned"),
    "other_year": _("assigned, but the class is of an earlier academic year"),
    "off": _("Docker Hub is kept off for this class"),
    "staff": _("a class uses it"),
    "unused": _("no class uses it"),
    "unknown": _("not known yet whether it is public"),
    "no_teams": _("a personal account has no teams"),
}
