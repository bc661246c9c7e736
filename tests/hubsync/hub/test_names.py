"""Names for Docker Hub, made from what a school calls things."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubsync.hub.names import (
    distinct_team_names,
    fit_description,
    organization_name_for,
    organization_name_trouble,
    repository_name_for,
    team_name_for,
)

TEAM = re.compile(r"[a-z0-9_-]{3,30}", re.ASCII)
REPOSITORY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@pytest.mark.parametrize(
    ("school", "name"),
    [
        ("IES Triana", "iestriana"),
        ("I.E.S. Ntra. Sra. de la Cabeza", "iesntrasradelacabeza"),
        ("IES Muñoz Grandío", "iesmunozgrandio"),
        ("Instituto de Educación Secundaria Triana", "iestriana"),
        ("Institut Sant·Lluís", "institutsantlluis"),
        ("Sol", "centrosol"),
        ("学校", ""),
    ],
)
def test_an_organization_is_proposed_as_people_call_the_school(school, name):
    assert organization_name_for(school) == name


@given(st.text(max_size=80))
def test_a_proposed_organization_is_one_that_docker_hub_takes(school):
    name = organization_name_for(school)

    assert name == "" or organization_name_trouble(name) is None


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("iestriana", None),
        ("", "empty"),
        ("IesTriana", "upper_case"),
        ("ies-triana", "characters"),
        ("iesñu", "characters"),
        ("ies", "too_short"),
        ("i" * 31, "too_long"),
    ],
)
def test_the_trouble_with_a_name_is_told_by_its_code(name, trouble):
    assert organization_name_trouble(name) == trouble


@pytest.mark.parametrize(
    ("class_group", "team"),
    [
        ("1º SMR A", "smr1-a-2627"),
        ("1SMR", "smr1-2627"),
        ("DAW1A", "daw1a-2627"),
        ("4E-A", "4e-a-2627"),
        ("1ºA", "1a-2627"),
        ("2º F.P.I.G.S. (Desarrollo de Aplicaciones Web)", "fpigs2-desarrollo-aplicac-2627"),
        ("", "class-2627"),
    ],
)
def test_a_team_is_called_like_its_class_group_and_year(class_group, team):
    assert team_name_for(class_group, 2026) == team


@given(st.lists(st.tuples(st.text(max_size=60), st.integers(2000, 2199)), max_size=30), st.sets(st.text()))
def test_team_names_are_distinct_and_ones_that_docker_hub_takes(wanted, taken):
    names = distinct_team_names(wanted, taken)

    assert len(set(names)) == len(wanted)
    assert all(TEAM.fullmatch(name) and name not in {"owners", "company"} | taken for name in names)


def test_the_second_team_of_the_same_name_gets_a_number():
    assert distinct_team_names([("1º SMR", 2026), ("1SMR", 2026)]) == ("smr1-2627", "smr1-2627-2")


@given(st.text(max_size=300))
def test_a_repository_name_is_one_that_docker_hub_takes(title):
    name = repository_name_for(title)

    assert name == "" or (REPOSITORY.fullmatch(name) and 2 <= len(name) <= 255)


def test_a_repository_is_called_like_its_title():
    assert repository_name_for("Práctica 1: Apache") == "practica-1-apache"


@given(st.text(max_size=300))
def test_a_description_fits_into_a_hundred_bytes(text):
    assert len(fit_description(text).encode()) <= 100


def test_a_description_that_fits_stays_as_it_is():
    assert fit_description("Servidor web del año") == "Servidor web del año"


def test_a_description_is_cut_between_words_and_never_within_a_letter():
    assert fit_description("áéíóú " * 20) == "áéíóú " * 7 + "áéíóú…"


def test_what_a_description_ends_with_stays_whole_however_long_the_name_is() -> None:
    fitted = fit_description("Ñ" * 80, " · Aulahub")

    assert fitted.endswith("Ñ… · Aulahub")
    assert len(fitted.encode()) <= 100
    assert fit_description("1º SMR", " · Aulahub") == "1º SMR · Aulahub"
