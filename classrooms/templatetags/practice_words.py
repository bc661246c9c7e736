"""What pages say about practices: the text as HTML that can do no harm, and the part of a class's page."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from classrooms.markdown_text import as_html
from classrooms.pull_scripts.commands import ImageCommands, System
from classrooms.queries.practices import practices_in

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """A teacher's Markdown; nh3 has left only harmless HTML, so it may be shown as it is."""
    return mark_safe(as_html(text))  # noqa: S308


@register.filter
def pull_on(commands: ImageCommands, system: System) -> str:
    """The line that pulls the image on that system."""
    return commands.pull(system)


@register.filter
def run_on(commands: ImageCommands, system: System) -> str:
    """The line that runs it there."""
    return commands.run(system)


@register.filter
def fits(commands: ImageCommands, system: System) -> bool:
    """Whether it is made for that processor, as far as is known."""
    return commands.runs_on(system)


@register.inclusion_tag("classrooms/teacher/_class_practices.html", takes_context=True)
def class_practices(context: Context) -> dict[str, Any]:
    """The practices of the page's class, what is due next on top, and how many questions wait; two queries."""
    names = ("class_group", "school", "may_change", "may_help", "csrf_token")
    class_group = context["class_group"]
    return {
        **{name: context.get(name) for name in names},
        "practices": practices_in(class_group),
        "questions": class_group.questions.open().count(),
    }
