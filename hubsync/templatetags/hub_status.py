"""What pages of the classrooms say about Docker Hub: `{% load hub_status %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from classrooms.models import ClassGroup, RosterImport, School
from classrooms.rosters.comparison import RosterComparison
from hubsync.pages.roster_outlook import roster_outlook
from hubsync.pages.standing import class_standing, school_standing
from hubsync.words.troubles import sentence_of_code

register = template.Library()


@register.inclusion_tag("hubsync/_class_sentence.html", takes_context=True)
def hub_class_sentence(context: Context, class_group: ClassGroup) -> dict[str, Any]:
    """One sentence: whether the class has reached Docker Hub, who is missing, where to go on."""
    school = class_group.school
    standing = class_standing(class_group)
    return {
        "standing": standing,
        "trouble_sentence": sentence_of_code(standing.failure),
        "class_group": class_group,
        "school": school,
        "is_owner": _is_owner(context, school),
    }


@register.inclusion_tag("hubsync/_school_card.html", takes_context=True)
def hub_school_card(context: Context, school: School) -> dict[str, Any]:
    """A card for the school's page: the account, its state, and the next step."""
    standing = school_standing(school)
    return {
        "standing": standing,
        "trouble_sentence": sentence_of_code(standing.failure),
        "school": school,
        "is_owner": _is_owner(context, school),
    }


@register.inclusion_tag("hubsync/_roster_outlook.html")
def hub_roster_outlook(roster_import: RosterImport, comparison: RosterComparison) -> dict[str, Any]:
    """What bringing in a class list will mean there: invitations, seats and money. Asks Docker Hub only afterwards."""
    return {"outlook": roster_outlook(roster_import, comparison), "roster_import": roster_import}


@register.inclusion_tag("hubsync/_nav.html", takes_context=True)
def hub_nav(context: Context, school: School) -> dict[str, Any]:
    """The links to the pages about Docker Hub; connecting is for owners only."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    return {
        "school": school,
        "is_owner": _is_owner(context, school),
        "has_teams": getattr(context.get("account"), "has_teams", True),
        "here": match.view_name if match else "",
    }


def _is_owner(context: Context, school: School) -> bool:
    request = context.get("request")
    user = getattr(request, "user", None)
    return bool(
        user and user.is_authenticated and School.objects.owned_by(user).filter(pk=school.pk).exists()
    )
