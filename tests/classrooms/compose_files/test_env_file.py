"""A student's .env in the compose file that it belongs to."""

import pytest

from classrooms.compose_files.env_file import fill_in, read_env
from classrooms.compose_files.reading import read_compose
from classrooms.compose_files.troubles import ComposeRefused

ENV = """# the shop
DB_NAME=tienda
export DB_PASSWORD="cla$se y más"
PORT=8080   # of the computer
EMPTY=
"""
FILE = """services:
  web:
    image: omar1/web:${TAG:-v1}
    ports: ["${PORT}:80"]
    environment: {DB_HOST: db, PRICE: "5$$"}
    env_file: .env
  db:
    image: mariadb:11
    environment: ["MARIADB_DATABASE=$DB_NAME", "MARIADB_PASSWORD=${DB_PASSWORD}", "OTHER=${EMPTY:-x}", "NONE=${EMPTY-x}"]
"""


def test_its_values_stand_where_the_file_takes_them() -> None:
    web, db = read_compose(fill_in(FILE, read_env(ENV))).services

    assert web.image == "omar1/web:v1"
    assert [port.target for port in web.ports] == [80]
    assert dict(web.environment) == {
        "DB_NAME": "tienda", "DB_PASSWORD": "cla$se y más", "PORT": "8080", "EMPTY": "", "DB_HOST": "db", "PRICE": "5$",
    }  # fmt: skip
    assert dict(db.environment) == {
        "MARIADB_DATABASE": "tienda", "MARIADB_PASSWORD": "cla$se y más", "OTHER": "x", "NONE": "",
    }  # fmt: skip


def test_what_stands_in_the_compose_file_itself_wins() -> None:
    text = "services: {web: {image: nginx, env_file: [.env], environment: [A=file]}}"

    (web,) = read_compose(fill_in(text, {"A": "env", "B": "env"})).services

    assert dict(web.environment) == {"A": "file", "B": "env"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("image: nginx\n    environment: {A: '${HOME}'}", "variable"),
        ("image: nginx\n    env_file: other.env", "host_key"),
        ("image: nginx\n    env_file: [.env, other.env]", "host_key"),
        ("image: nginx\n    privileged: true", "privileged"),
    ],
)
def test_what_it_does_not_say_and_what_reaches_for_the_computer_is_refused_as_before(
    line: str, code: str
) -> None:
    with pytest.raises(ComposeRefused) as refused:
        read_compose(fill_in(f"services:\n  web:\n    {line}\n", {"A": "1"}))

    assert [trouble.code for trouble in refused.value.troubles] == [code]


@pytest.mark.parametrize(
    "value", ["privileged: true", "x\n    privileged: true", "[a, b]", "&a", "$(touch stolen)"]
)
def test_a_value_is_a_value_and_never_a_part_of_the_file(value: str) -> None:
    (web,) = read_compose(
        fill_in("services: {web: {image: nginx, environment: ['A=${A}']}}", {"A": value})
    ).services

    assert dict(web.environment) == {"A": value}


@pytest.mark.parametrize("text", ["A", "1A=1", "A B=1", "A=1\n=2"])
def test_a_line_that_is_none_is_named(text: str) -> None:
    with pytest.raises(ComposeRefused) as refused:
        read_env(text)

    assert refused.value.troubles[0].line == len(text.splitlines())
