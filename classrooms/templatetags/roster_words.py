"""Class lists in words: `{% load roster_words %}`."""

from django import template

from classrooms.queries.roster_words import format_words

register = template.Library()
register.filter(format_words)
