"""`{{ entry|activity_sentence }}`: an entry of the register of activity in words."""

from django import template

from classrooms.models import AuditEntry
from classrooms.queries.activity import sentence

register = template.Library()


@register.filter
def activity_sentence(entry: AuditEntry) -> str:
    return sentence(entry)
