"""`{% school_sign_ins as sign_ins %}`: the schools whose accounts may sign in."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from classrooms.models import SchoolSignIn

register = template.Library()


@dataclass(frozen=True)
class SignInButton:
    school: str
    kind: str
    url: str


@register.simple_tag
def school_sign_ins() -> list[SignInButton]:
    """By school. A link, no form: the content security policy lets no form end at another site."""
    active = SchoolSignIn.objects.filter(is_active=True).select_related("school").order_by("school__name")
    return [
        SignInButton(
            str(one.school), one.get_kind_display(), reverse("openid_connect_login", args=[one.provider_id])
        )
        for one in active
    ]
