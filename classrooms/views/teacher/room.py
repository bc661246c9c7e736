"""The room of a class: whether the pulls suffice, the ways round the limit compared, and the files for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from classrooms.access import for_teachers, user_of
from classrooms.models import ClassGroup
from classrooms.partials import render_page
from classrooms.pull_scripts.powershell import pull_script_powershell
from classrooms.pull_scripts.sh import pull_script_sh
from classrooms.queries.room import Room, room_of_class
from classrooms.room_files import bundle, evening, limit, mirror
from classrooms.room_words import bundle_words, limit_words, mirror_words
from classrooms.script_words import script_words

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"


@for_teachers
def class_room(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """Read by everybody who sees the class."""
    class_group = _visible(request, class_group_id)
    typed = request.GET.get("mirror", "")[:255]
    address = mirror.read_mirror_address(typed) if typed else None
    context = {
        "class_group": class_group,
        "school": class_group.school,
        "room": room_of_class(class_group),
        "typed": typed,
        "address": address,
        "is_wrong": bool(typed) and address is None,
    }
    return render_page(request, "classrooms/teacher/class_room.html", context)


@for_teachers
def class_room_file(request: HttpRequest, class_group_id: int, name: str) -> HttpResponse:
    """One file, ready to run. Scripts for Windows begin with a mark, without which accents are not read."""
    class_group = _visible(request, class_group_id)
    write = FILES.get(name)
    if write is None:
        raise Http404
    address = mirror.read_mirror_address(request.GET.get("mirror", "")[:255])
    asked = _Asked(room_of_class(class_group), _("Aulahub: %(class)s") % {"class": class_group}, address)
    text = write(asked)
    answer = HttpResponse(
        (BYTE_ORDER_MARK if name.endswith(".ps1") else "") + text, content_type="text/plain; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@dataclass(frozen=True)
class _Asked:
    room: Room
    about: str
    address: str | None

    @property
    def mirror(self) -> str:
        """The address of the mirror; without one there is no such file."""
        if self.address is None:
            raise Http404
        return self.address


def _pull_sh(asked: _Asked) -> str:
    return evening.at_its_own_moment_sh(pull_script_sh(asked.room.images, script_words(asked.about)))


def _pull_powershell(asked: _Asked) -> str:
    script = pull_script_powershell(asked.room.images, script_words(asked.about))
    return evening.at_its_own_moment_powershell(script)


def _bundle(asked: _Asked) -> str:
    return bundle.bundle_script(asked.room.images, asked.room.platforms, bundle_words(asked.about))


FILES: dict[str, Callable[[_Asked], str]] = {
    "pull.sh": _pull_sh,
    "pull.ps1": _pull_powershell,
    "usb.sh": _bundle,
    # Asked of the registry that the room’s computers ask, wherever the portal itself asks.
    "limit.sh": lambda _asked: limit.limit_script_sh(mirror.UPSTREAM, limit_words()),
    "limit.ps1": lambda _asked: limit.limit_script_powershell(mirror.UPSTREAM, limit_words()),
    "compose.yaml": lambda asked: mirror.mirror_compose(mirror_words(asked.about)),
    "daemon.json": lambda asked: mirror.daemon_json(asked.mirror),
    "use-mirror.sh": lambda asked: mirror.use_mirror_sh(asked.mirror, mirror_words(asked.about)),
    "use-mirror.ps1": lambda asked: mirror.use_mirror_powershell(asked.mirror, mirror_words(asked.about)),
}


def _visible(request: HttpRequest, class_group_id: int) -> ClassGroup:
    visible = ClassGroup.objects.visible_to(user_of(request)).select_related("school")
    return get_object_or_404(visible, pk=class_group_id)
