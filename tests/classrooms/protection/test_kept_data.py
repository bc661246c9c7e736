"""What is kept of people is declared field by field, and nothing else is kept."""

from django.apps import apps
from django.db.models import Model

from classrooms.models.kept_data import DECLARED, Kept, personal_rows


def declared_of(label: str) -> list[Kept]:
    return [row for row in DECLARED if row.model == label]


def undeclared(model: type[Model]) -> set[str]:
    rows = declared_of(model._meta.label)
    named = {name for row in rows for name in row.fields}
    fields = {field.name for field in model._meta.concrete_fields if not field.primary_key}
    if model._meta.pk is not None and not model._meta.pk.auto_created:
        fields |= {model._meta.pk.name}
    return set() if "*" in named else fields - named


def test_every_field_of_every_table_stands_in_a_row_that_says_what_it_is_for() -> None:
    missing = {model._meta.label: undeclared(model) for model in apps.get_models()}

    assert {label: names for label, names in missing.items() if names} == {}


def test_no_row_speaks_of_a_field_that_is_not_there() -> None:
    fields = {
        model._meta.label: {field.name for field in model._meta.concrete_fields} | {"*"}
        for model in apps.get_models()
    }

    assert [
        (row.model, set(row.fields) - fields.get(row.model, set()))
        for row in DECLARED
        if set(row.fields) - fields.get(row.model, set())
    ] == []


def test_a_table_that_points_to_a_person_is_not_called_impersonal() -> None:
    """Who made or changed something may stand in any table; a student, or a name, may not."""
    impersonal = {row.model for row in DECLARED if not row.is_personal}
    wrong = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.label in impersonal
        and any(
            field.name in {"given_name", "first_surname", "surnames", "email", "docker_id", "student", "user"}
            for field in model._meta.concrete_fields
        )
    ]

    assert wrong == []


def test_no_birth_date_identity_card_or_telephone_has_a_field_at_all() -> None:
    names = {field.name for model in apps.get_models() for field in model._meta.concrete_fields}

    assert not {
        name for name in names if {"birth", "dni", "nie", "phone", "address"} & set(name.split("_"))
    } - {"email_address"}


def test_only_docker_ids_and_invited_addresses_go_to_docker() -> None:
    assert {row.fields for row in personal_rows() if row.docker and row.model.startswith("classrooms")} >= {
        ("docker_id", "docker_id_proof", "docker_id_proven_at"),
        ("docker_id", "invite_email"),
    }
    named = ("given_name", "first_surname", "second_surname", "sort_name")
    assert next(row for row in personal_rows() if row.fields == named).docker == ""
