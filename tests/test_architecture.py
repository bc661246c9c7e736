"""The two directions of imports, and the shape of the house."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("portal", "hubsync", "classrooms")

# Floors from the ground up; a file may import its own floor and those below. What is not named is a door.
CLASSROOMS_FLOORS = [
    {
        "academic_years",
        "aliases",
        "courses",
        "image_references",
        "image_facts",
        "seat_price",
        "markdown_text",
        "signals",
    },
    {
        "rosters",
        "compose_files",
        "secret_signs",
        "image_layers",
        "archives",
        "grading_sheets",
        "image_checks",
        "pull_scripts",
        "run_projects",
        "tables",
        "troubleshooting",
    },
    {"models"},
    {"policies", "identity", "receipts", "sealing", "archive_store"},
    {
        "actions",
        "queries",
        "uploads",
        "forms",
    },
    {
        "access",
        "partials",
        "adapter",
        "confirm_address",
        "school_sign_in",
        "second_factor",
        "sessions",
        "views",
        "urls",
        "admin",
        "apps",
        "management",
        "tasks",
        "templatetags",
    },
]
HUBSYNC_FLOORS = [
    {"hub"},
    {"planning"},
    {"probing"},
    {"models"},
    {"credentials"},
    {"words"},
    {"sync"},
    {"account"},
    {"pages", "metrics"},
    {"views", "urls", "admin", "apps", "hooks", "tasks", "management", "templatetags"},
]
PURE_IN_HUB = [
    "account_answers",
    "audit_answers",
    "bulk_invites",
    "decipher",
    "errors",
    "headers",
    "image_answers",
    "json_fields",
    "listing",
    "manifests",
    "names",
    "other_registries",
    "scopes",
    "team_answers",
]
PURE = [
    "classrooms/academic_years.py",
    "classrooms/aliases.py",
    "classrooms/courses.py",
    "classrooms/image_facts.py",
    "classrooms/markdown_text.py",
    *[
        str(path.relative_to(ROOT))
        for room in (
            "classrooms/archives",
            "classrooms/compose_files",
            "classrooms/grading_sheets",
            "classrooms/image_checks",
            "classrooms/image_layers",
            "classrooms/image_references",
            "classrooms/pull_scripts",
            "classrooms/room_files",
            "classrooms/rosters",
            "classrooms/run_projects",
            "classrooms/secret_signs",
            "classrooms/tables",
            "classrooms/troubleshooting",
            "hubsync/planning",
        )
        for path in sorted((ROOT / room).glob("*.py"))
    ],
    *[f"hubsync/hub/{name}.py" for name in PURE_IN_HUB],
    "hubsync/probing/cleaning.py",
]


def modules() -> list[Path]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return names


def first_parts(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


def test_the_client_of_docker_hub_knows_no_django() -> None:
    knowing = [
        path for path in (ROOT / "hubsync" / "hub").glob("*.py") if "django" in first_parts(imports_of(path))
    ]
    assert knowing == []


@pytest.mark.parametrize(
    ("package", "above"), [("classrooms", {"hubsync", "portal"}), ("hubsync", {"portal"})]
)
def test_packages_import_only_in_one_direction(package: str, above: set[str]) -> None:
    wrong = {
        str(path.relative_to(ROOT)): sorted(first_parts(imports_of(path)) & above)
        for path in modules()
        if path.is_relative_to(ROOT / package) and first_parts(imports_of(path)) & above
    }
    assert wrong == {}


def test_nothing_imports_the_local_docker_hub_but_its_own_command() -> None:
    importers = {
        str(path.relative_to(ROOT))
        for path in modules()
        if not path.is_relative_to(ROOT / "hubsync" / "sandbox")
        and any(name.startswith("hubsync.sandbox") for name in imports_of(path))
    }
    assert importers <= {"hubsync/management/commands/hub_sandbox.py"}


def test_the_local_docker_hub_imports_nothing_of_the_portal() -> None:
    for path in (ROOT / "hubsync" / "sandbox").rglob("*.py"):
        own = {name for name in imports_of(path) if name.split(".")[0] in (*PACKAGES, "django")}
        assert all(name.startswith("hubsync.sandbox") for name in own), path


@pytest.mark.parametrize("name", PURE)
def test_what_is_pure_knows_neither_django_nor_the_network(name: str) -> None:
    assert not first_parts(imports_of(ROOT / name)) & {"django", "requests", "celery", "redis", "socket"}


@pytest.mark.parametrize(
    ("package", "floors"), [("classrooms", CLASSROOMS_FLOORS), ("hubsync", HUBSYNC_FLOORS)]
)
def test_imports_go_downwards_within_a_package(package: str, floors: list[set[str]]) -> None:
    height = {room: level for level, rooms in enumerate(floors) for room in rooms}
    for path in modules():
        parts = name_of(path).split(".")
        if parts[0] != package or len(parts) < 2 or parts[1] not in height:
            continue
        for name in imports_of(path):
            target = name.split(".")
            if target[0] == package and len(target) > 1 and target[1] in height:
                assert height[target[1]] <= height[parts[1]], f"{path} imports {name}"


def test_there_is_no_import_cycle() -> None:
    known = {name_of(path): path for path in modules()}
    graph = {
        name: {found for found in imports_of(path) if found in known and found != name}
        for name, path in known.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail[trail.index(name) :], name)) if name in trail else ""
        if name in done:
            return
        for other in sorted(graph[name]):
            # A package's __init__ that gathers its own files is not a cycle of rooms.
            if not other.startswith(f"{name}.") and not name.startswith(f"{other}."):
                visit(other, (*trail, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def test_no_import_hides_inside_a_function() -> None:
    hidden = []
    for path in modules():
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                inside = [
                    node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
                ]
                hidden += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in inside]
    # Django asks for the first (receivers need the models); the bootstrap runs before anything is installed.
    allowed = ("hubsync/apps.py", "classrooms/apps.py", "portal/apps.py", "portal/bootstrap.py")
    assert [place for place in hidden if not place.startswith(allowed)] == []
