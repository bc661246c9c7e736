"""What is named as wrong in the description is wrong in it: what Docker repairs is taken off the list."""

import yaml

from tests.hubsync.contract import description
from tests.hubsync.contract.defects import UNLISTED_ANSWERS, UNNAMED_FIELDS, UNNAMED_NULLS


def as_published():
    return yaml.load(description.where().read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def field_of(spec, name):
    schema, field = name.split(".")
    return spec["components"]["schemas"][schema]["properties"].get(field)


def test_a_field_that_is_called_unnamed_is_not_named(published):
    spec = as_published()

    assert [name for name in UNNAMED_FIELDS if field_of(spec, name) is not None] == []


def test_a_field_that_may_be_null_is_not_described_so(published):
    spec = as_published()

    assert {name: field_of(spec, name)["type"] for name in UNNAMED_NULLS} == dict.fromkeys(
        UNNAMED_NULLS, "string"
    )


def test_an_answer_that_is_called_unlisted_is_not_listed(published):
    listed = {(one.id, status) for one in published.operations for status in published.answers_of(one)}

    assert set(UNLISTED_ANSWERS) & listed == set()
    assert {name for name, _ in UNLISTED_ANSWERS} <= {"*", *(one.id for one in published.operations)}
