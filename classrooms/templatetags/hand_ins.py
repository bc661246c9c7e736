"""Hand-ins in words: `{% load hand_ins %}`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from classrooms.grading_sheets.sheet import decimal_comma
from classrooms.image_checks.hand_in import SENTENCES
from classrooms.models import ClassPractice, Student
from classrooms.queries.hand_ins import is_claimed, own_work
from classrooms.queries.image_words import megabytes
from classrooms.secret_signs.kinds import KINDS

register = template.Library()
register.filter(is_claimed)
SIZES = ("size", "usual")
_ISSUERS = {kind.code: kind for kind in KINDS}


@register.filter
def remark_sentence(row: Mapping[str, Any]) -> str:
    """What there is to say of a hand-in, as it is kept: {"code": …, "facts": …}; "" for what no sentence knows."""
    facts = {name: megabytes(fact) if name in SIZES else fact for name, fact in row["facts"].items()}
    sentence = SENTENCES.get(row["code"])
    return _(sentence) % facts if sentence else ""


@register.filter
def secret_sentence(sign: Mapping[str, Any]) -> str:
    """Where a key or token was seen and what it begins with; never the secret itself."""
    kind = _ISSUERS.get(sign["kind"])
    named = _("A key or token of %(issuer)s") % {"issuer": kind.issuer} if kind and kind.issuer else ""
    what = named or (_("A private key") if sign["kind"] == "private_key" else _("What looks like a password"))
    return _("%(what)s in %(where)s: %(masked)s") % {
        "what": what,
        "where": _place(sign),
        "masked": sign["masked"],
    }


@register.filter
def revoke_at(sign: Mapping[str, Any]) -> str:
    """Where its owner makes it worthless; "" where nobody knows."""
    kind = _ISSUERS.get(sign["kind"])
    return kind.revoke_at if kind else ""


@register.filter
def mark_words(mark: Any) -> str:
    """ "7,50"; "" for no mark."""
    return decimal_comma(mark) if isinstance(mark, Decimal) else ""


@register.inclusion_tag("classrooms/student/_hand_in_box.html")
def hand_in_box(given: ClassPractice, student: Student) -> dict[str, Any]:
    """On a student's page of a practice: until when, what was handed in, and the way to hand in. Three queries."""
    takes_work = given.practice.hand_in_way != given.practice.Way.NONE
    work = own_work(given, student) if takes_work and student.pk else None
    return {"given": given, "work": work, "is_shown": takes_work}


def _place(sign: Mapping[str, Any]) -> str:
    place = {"place": sign["place"]}
    if sign["where"] == "env":
        return _("the variable %(place)s") % place
    if sign["where"] == "label":
        return _("the label %(place)s") % place
    return _("step %(place)s of the Dockerfile") % place if sign["where"] == "history" else _("the command")
