"""The practices of the demonstration school: given, over, a draft, an exam that nobody sees yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from classrooms.actions.images import follow_reference
from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    give_practice,
    publish_practice,
    write_practice,
)
from classrooms.image_references.reading import read_reference
from classrooms.models import ClassGroup, ClassPractice, Image, School, User
from hubsync.account.catalogue import read_tags
from portal.demo import practice_texts as texts


@dataclass(frozen=True)
class Given:
    """Those to which something is handed in."""

    first_image: ClassPractice
    server: ClassPractice
    shop: ClassPractice


def write_practices(school: School, classes: dict[str, ClassGroup], lucia: User, javier: User) -> Given:
    """All of them, by the same actions as the pages. Asks the local Docker Hub for one image that is not the school's."""
    own = {image.repository.rpartition("/")[2]: image for image in school.images.all()}
    smr, daw = classes["1SMR"], classes["2DAW"]
    nginx = Needed(own["webserver-nginx"], "1.27", ports=("8080:80",))
    tools = Needed(own["redes-herramientas"], "2026-1")
    ports = PracticeText("Práctica 1 · Contenedores y puertos", texts.PORTS, images=(nginx,))
    _give(ports, smr, lucia, given=30, due=-16)
    first = PracticeText(
        "Práctica 2 · Tu primera imagen", texts.FIRST_IMAGE, hand_in_way="own_namespace", images=(nginx,)
    )
    server = PracticeText(
        "Práctica 6 · Un servidor web y quien lo mira", texts.SERVER, hand_in_way="own_namespace",
        images=(nginx, tools),
    )  # fmt: skip
    _write_draft(own["postgres-clase"], lucia)
    _write_exam(own["examen-ut1"], smr, javier)
    return Given(
        _give(first, smr, javier, given=16, due=-3, locked=4),
        _give(server, smr, javier, given=1, due=10),
        _give(_shop(school, own["lamp"]), daw, lucia, given=9, due=5),
    )


def _shop(school: School, lamp: Image) -> PracticeText:
    """Frozen at last year's version: a newer one exists, and what changed can be seen."""
    mariadb = follow_reference(school=school, reference=read_reference("mariadb:11"))
    read_tags(mariadb)
    old = lamp.tags.get(name="2025-2").digest
    environment = ("MARIADB_DATABASE=tienda", "MARIADB_RANDOM_ROOT_PASSWORD=1")
    images = (
        Needed(lamp, "2026-1", old, ports=("8080:80",)),
        Needed(mariadb, "11", environment=environment, volumes=("datos:/var/lib/mysql",)),
    )
    return PracticeText(
        "Despliegue de una tienda en PHP", texts.SHOP, texts.SHOP_COMPOSE, hand_in_way="own_namespace",
        takes_compose=True, images=images,
    )  # fmt: skip


def _write_draft(postgres: Image, by: User) -> None:
    recipe = Needed(
        postgres, "17", ports=("5432:5432",), environment=("POSTGRES_PASSWORD=clase",),
        volumes=("datos:/var/lib/postgresql/data",),
    )  # fmt: skip
    written = PracticeText("Práctica 7 · Copias de seguridad de un volumen", texts.BACKUP, images=(recipe,))
    write_practice(school=postgres.school, written=written, by=by)


def _write_exam(image: Image, class_group: ClassGroup, by: User) -> None:
    """Next week at 10:05, for fifty minutes."""
    written = PracticeText(
        "Examen de la unidad 1",
        texts.EXAM,
        is_exam=True,
        hand_in_way="own_namespace",
        images=(Needed(image, "v1"),),
    )
    practice = write_practice(school=image.school, written=written, by=by)
    publish_practice(practice=practice, by=by)
    begin = _at(7, time(10, 5))
    end = begin + timedelta(minutes=50)
    dates = Dates(visible_from=begin, due_at=end, locked_at=end)
    give_practice(practice=practice, class_groups=[class_group], dates=dates, by=by)


def _give(
    written: PracticeText,
    class_group: ClassGroup,
    by: User,
    *,
    given: int,
    due: int,
    locked: int | None = None,
) -> ClassPractice:
    """Given so many days ago, due at the end of a day from today on, or before it."""
    practice = write_practice(school=class_group.school, written=written, by=by)
    publish_practice(practice=practice, by=by)
    end = time(23, 59)
    dates = Dates(due_at=_at(due, end), locked_at=None if locked is None else _at(locked, end))
    (row,) = give_practice(practice=practice, class_groups=[class_group], dates=dates, by=by)
    row.given_at = timezone.now() - timedelta(days=given)
    row.save(update_fields=["given_at"])
    return row


def _at(days: int, clock: time) -> datetime:
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, clock))
