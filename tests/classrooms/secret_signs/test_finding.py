"""Keys and tokens in what a registry tells of an image. Everything secret here is invented."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.secret_signs.finding import ImageTexts, find_secrets
from classrooms.secret_signs.kinds import KINDS

INVENTED = {
    "private_key": "-----BEGIN OPENSSH PRIVATE KEY-----",
    "docker_token": "dckr_pat_" + "a1B2" * 7,
    "aws_key": "AKIA" + "Q7" * 8,
    "github_token": "ghp_" + "a1B2" * 9,
    "gitlab_token": "glpat-" + "a1B2" * 5,
    "google_key": "AIza" + "a1B2c" * 7,
    "slack_token": "xoxb-" + "123456789012",
    "stripe_key": "sk_live_" + "a1B2" * 6,
    "openai_key": "sk-proj-" + "a1B2" * 12,
    "npm_token": "npm_" + "a1B2" * 9,
    "pypi_token": "pypi-" + "a1B2" * 14,
    "telegram_token": "123456789:AA" + "a1B2c" * 6 + "a1B",
    "url_password": "postgres://nerea:s3creto9@db.example/app",
}


def kinds_in(**texts: Any) -> list[str]:
    return [sign.kind for sign in find_secrets(ImageTexts(**texts))]


def test_every_kind_has_an_example_here() -> None:
    assert set(INVENTED) == {kind.code for kind in KINDS}


@pytest.mark.parametrize(("kind", "secret"), INVENTED.items())
def test_a_secret_is_found_in_a_variable_a_label_a_step_and_a_command(kind: str, secret: str) -> None:
    assert kinds_in(environment=(f"THING={secret}",)) == [kind]
    assert kinds_in(labels=(("thing", secret),)) == [kind]
    assert kinds_in(history=("/bin/sh -c #(nop) COPY . .", f"RUN curl -H {secret} https://example.org")) == [
        kind
    ]
    assert kinds_in(command=("run", f"--with={secret}")) == [kind]


@pytest.mark.parametrize("secret", INVENTED.values())
def test_the_secret_itself_is_in_no_part_of_the_answer(secret: str) -> None:
    assert secret not in repr(find_secrets(ImageTexts(environment=(f"TOKEN={secret}",), history=(secret,))))


def test_a_step_is_named_by_its_number() -> None:
    (sign,) = find_secrets(ImageTexts(history=("FROM scratch", f"ENV K={INVENTED['aws_key']}")))
    assert (sign.where, sign.place, sign.masked) == ("history", "2", "AKIA…")


@pytest.mark.parametrize(
    "line",
    [
        "MYSQL_ROOT_PASSWORD=root",
        "POSTGRES_PASSWORD=clase",
        "TOMCAT_PASSWORD=tomcat",
        "PASSWORD=",
        "DB_PASSWORD_FILE=/run/secrets/password",
        "API_KEY=$API_KEY",
        "PATH=/usr/local/sbin:/usr/local/bin",
        "KEYBOARD=es-ES-layout",
        "GPG_KEY=",
    ],
)
def test_what_every_textbook_has_is_no_secret(line: str) -> None:
    assert kinds_in(environment=(line,)) == []


@pytest.mark.parametrize(
    "line", ["DB_PASSWORD=Tr3sTigres!", "SECRET_KEY=django-insecure-x9", "jenkins-token=11ab22cd33"]
)
def test_a_telling_name_with_a_value_of_its_own_is_a_sign_but_not_a_certain_one(line: str) -> None:
    (sign,) = find_secrets(ImageTexts(environment=(line,)))
    assert (sign.kind, sign.is_certain) == ("named", False)


def test_one_secret_is_told_once_and_by_its_mark() -> None:
    assert kinds_in(environment=(f"DOCKER_TOKEN={INVENTED['docker_token']}",)) == ["docker_token"]


def test_the_certain_ones_come_first() -> None:
    found = kinds_in(environment=("DB_PASSWORD=Tr3sTigres!", f"K={INVENTED['npm_token']}"))
    assert found == ["npm_token", "named"]


def test_a_configuration_of_any_shape_is_read_without_complaint() -> None:
    config = {"config": {"Env": ["A=1"], "Labels": None, "Cmd": "x"}, "history": [{"created_by": "RUN x"}, 3]}
    assert ImageTexts.of_config(config) == ImageTexts(environment=("A=1",), history=("RUN x",))
    assert ImageTexts.of_config({"config": 3, "history": "no"}) == ImageTexts()


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_is_looked_through_and_never_shown_beyond_its_first_letters(texts: list[str]) -> None:
    signs = find_secrets(ImageTexts(environment=tuple(texts), history=tuple(texts)))
    assert all(len(sign.masked) <= 5 for sign in signs)
