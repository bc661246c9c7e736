"""What pages say about practices: the text as HTML that can do no harm, and the part of a class's page."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from classrooms.markdown_text import as_html
from classrooms.pull_scripts.commands import ImageCommands, System
from classrooms.queries.lights import Light
from classrooms.queries.practices import practices_in
from classrooms.views.student.systems import KNOWN, system_choices

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


@register.filter
def system_name(system: str) -> str:
    """What a computer is called on its switch; what is none of them as it was kept."""
    return dict(system_choices()).get(System(system), system) if system in KNOWN else system


@register.filter
def light_name(light: Light) -> str:
    return _names()[light]


@register.filter
def light_names(lights: Iterable[Light]) -> str:
    """Those that are on, for whoever does not see them: "account, first pull"; a dash for none."""
    names = _names()
    return ", ".join(names[light] for light in lights) or "–"


@register.filter
def light_source(light: Light) -> str:
    """Who says so."""
    return {
        Light.ACCOUNT: _("The portal: the student has opened an account here."),
        Light.ADDRESS: _("The student’s own word, or a push: Docker Hub lets nobody push before."),
        Light.INVITATION: _("Docker Hub: the invitation was accepted, the student is a member."),
        Light.LOGIN: _("The pull script found a sign-in to Docker Hub on the computer, or a push was seen."),
        Light.PULL: _("The pull script reported that every image is there. By hand nobody tells the portal."),
        Light.PUSH: _("Docker Hub: an image was handed in that is there, or its last push is the student’s."),
    }[light]


@register.filter
def header_value(mark: str) -> SafeString:
    """As a value of JSON inside an attribute in single quotes."""
    return mark_safe(json.dumps(mark).replace("'", "&#39;"))  # noqa: S308


def _names() -> dict[Light, str]:
    return {
        Light.ACCOUNT: _("account"),
        Light.ADDRESS: _("address confirmed"),
        Light.INVITATION: _("invitation accepted"),
        Light.LOGIN: _("docker login"),
        Light.PULL: _("first pull"),
        Light.PUSH: _("first push"),
    }


@register.inclusion_tag("classrooms/teacher/_class_practices.html", takes_context=True)
def class_practices(context: Context) -> dict[str, Any]:
    """The practices of the page's class, what is due next on top, and how many questions wait; five queries."""
    names = ("class_group", "school", "may_change", "may_help", "may_look_at_work", "csrf_token")
    class_group = context["class_group"]
    return {
        **{name: context.get(name) for name in names},
        "practices": practices_in(class_group),
        "questions": class_group.questions.open().count(),
    }
