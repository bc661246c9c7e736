"""What pages say about practices: the text as HTML that can do no harm, and the part of a class's page."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from classrooms.markdown_text import as_html
from classrooms.queries.practices import practices_in

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """A teacher's Markdown; nh3 has left only harmless HTML, so it may be shown as it is."""
    return mark_safe(as_html(text))  # noqa: S308


@register.inclusion_tag("classrooms/teacher/_class_practices.html", takes_context=True)
def class_practices(context: Context) -> dict[str, Any]:
    """The practices of the page's class, what is due next on top; two queries at most."""
    names = ("class_group", "school", "may_change", "may_help", "csrf_token")
    return {**{name: context.get(name) for name in names}, "practices": practices_in(context["class_group"])}
