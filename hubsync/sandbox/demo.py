"""The demonstration content: an invented school with its organization, people and images."""

from datetime import timedelta

from .demo_students import fill_students
from .scopes import PORTAL_SCOPES
from .world import World

ORGANIZATION = "iesriberadelsur"
OWNER = "martaquiros"
SECOND_OWNER = "coordtic"
TOKEN_LABEL = "aulahub"  # noqa: S105
TOKEN = "dckr_oat_demo-iesriberadelsur"  # noqa: S105  (opens nothing but this invented organization)
PEOPLE = (
    (OWNER, "Marta Quirós Salas", "marta.quiros@iesriberadelsur.example"),
    (SECOND_OWNER, "Coordinación TIC", "coordinacion.tic@iesriberadelsur.example"),
    ("luciamoreno", "Lucía Moreno Prieto", "lucia.moreno@iesriberadelsur.example"),
    ("javierortega", "Javier Ortega Ruiz", "javier.ortega@iesriberadelsur.example"),
    ("nereaalba", "Nerea Alba Bermejo", "nerea.alba@alumnado.example"),
    ("omarhaddad", "Omar Haddad", "omar.haddad@alumnado.example"),
    ("nuriaacosta", "Nuria Acosta Castillo", "nuria.acosta@alumnado.example"),
    ("leoaguilar", "Leo Aguilar Serrano", "leo.aguilar@alumnado.example"),
)
BOTH = ("linux/amd64", "linux/arm64/v8")
PC = ("linux/amd64",)
# name, private, short description, tags, platforms, megabytes
IMAGES = (
    ("lamp", False, "Linux, Apache, MariaDB y PHP para empezar", ("2026-1", "latest"), BOTH, 212),
    ("webserver-nginx", False, "Servidor web nginx con página de prueba", ("1.27", "latest"), BOTH, 72),
    ("postgres-clase", False, "PostgreSQL con la base de datos de la tienda", ("17", "latest"), BOTH, 158),
    (
        "redes-herramientas",
        False,
        "ping, dig, tcpdump, nmap y curl en una imagen",
        ("2026-1", "latest"),
        BOTH,
        41,
    ),
    ("python-flask", False, "Python 3.12 y Flask para desplegar una API", ("3.12", "latest"), BOTH, 61),
    ("examen-ut1", True, "Examen de la unidad 1", ("v1",), PC, 88),
    ("mysql-examen", True, "Base de datos del examen de SQL", ("2026-1",), BOTH, 245),
    ("ubuntu-ssh", False, "Ubuntu con servidor SSH", ("20.04",), PC, 97),
)
OFFICIAL = (
    ("nginx", "Official build of Nginx.", ("1.27", "1.27-alpine", "latest"), 72),
    ("alpine", "A minimal Docker image based on Alpine Linux.", ("3.20", "latest"), 4),
    ("httpd", "The Apache HTTP Server Project", ("2.4", "latest"), 59),
    ("mariadb", "MariaDB Server", ("11", "lts", "latest"), 117),
)
OFFICIAL_PLATFORMS = ("linux/amd64", "linux/arm/v7", "linux/arm64/v8")
OLD_DAYS = 900
MEGABYTE = 1_000_000


def fill(world: World) -> None:
    """Put the demonstration into an empty world."""
    for username, full_name, email in PEOPLE:
        world.add_user(username, full_name=full_name, email=email)
    _official_images(world)
    world.add_organization(ORGANIZATION, owner=OWNER, seats=15, full_name="IES Ribera del Sur")
    world.take_seat(ORGANIZATION, SECOND_OWNER, "owner")
    _foreign_team(world)
    for name, is_private, description, tags, platforms, megabytes in IMAGES:
        world.add_repository(ORGANIZATION, name, is_private=is_private, description=description, actor=OWNER)
        for tag in tags:
            world.push_tag(
                ORGANIZATION,
                name,
                tag,
                platforms=platforms,
                size_bytes=megabytes * MEGABYTE,
                attestations=platforms == BOTH,
                pushed_by=OWNER,
            )
    _age(world, "ubuntu-ssh")
    _two_versions_of_lamp(world)
    fill_students(world)
    world.add_organization_token(
        ORGANIZATION,
        label=TOKEN_LABEL,
        scopes=PORTAL_SCOPES,
        created_by=OWNER,
        value=TOKEN,
        description="Aulahub",
    )


def _official_images(world: World) -> None:
    for name, description, tags, megabytes in OFFICIAL:
        world.add_repository("library", name, description=description)
        for tag in tags:
            world.push_tag(
                "library",
                name,
                tag,
                platforms=OFFICIAL_PLATFORMS,
                size_bytes=megabytes * MEGABYTE,
                attestations=True,
                pushed_by="library",
            )


def _foreign_team(world: World) -> None:
    """A team that was there before any portal, and is none of its business."""
    world.take_seat(ORGANIZATION, "leoaguilar", "member")
    team = world.add_team(ORGANIZATION, "proyectos2025", description="Proyectos del curso 2025", actor=OWNER)
    world.add_to_team(team, "leoaguilar", actor=OWNER)


def _two_versions_of_lamp(world: World) -> None:
    """Last year's, which a class may still have frozen, and this year's with another PHP."""
    for tag, php, megabytes in (("2025-2", "8.2.24", 200), ("2026-1", "8.3.12", 212)):
        config = {"Env": [f"PHP_VERSION={php}"], "ExposedPorts": {"80/tcp": {}}}
        world.push_tag(
            ORGANIZATION, "lamp", tag, platforms=BOTH, size_bytes=megabytes * MEGABYTE,
            attestations=True, config=config, pushed_by=OWNER,
        )  # fmt: skip


def _age(world: World, name: str) -> None:
    repository = world.get_repository(ORGANIZATION, name)
    for tag in world.tags[repository.id].values():
        tag.pushed_at -= timedelta(days=OLD_DAYS)
        repository.updated_at = tag.pushed_at
