"""What the portal's client and the local Docker Hub say to each other is what Docker's description says."""

from dataclasses import replace

import pytest

from hubsync.hub.client import HubReader, HubWriter
from hubsync.sandbox.switches import CHOICES
from tests.hubsync.contract.calls import sent, traffic
from tests.hubsync.contract.other_calls import everything_else
from tests.hubsync.contract.scenario import Setting, everything_said
from tests.hubsync.contract.undocumented import UNDOCUMENTED

# The probe of a token's scopes asks for a repository without a name, in order to be refused.
WRONG_ON_PURPOSE = {("probe_scopes", "CreateRepository")}
# A value of a switch that shows an older answer, which the description has given up.
CONTRARY = {("team_members_as_bare_list", True)}
OTHER_VALUES = [
    Setting(
        {name: values[place] for name, values in CHOICES.items() if (name, values[place]) not in CONTRARY}
    )
    for place in (1, -1)
]
# SCIM has its own kind of token, needs the plan Business, and is not imitated.
NOT_IMITATED = "/v2/scim/2.0/"


def documented(published, exchanges):
    found = [(one, published.operation_of(one.method, one.path)) for one in exchanges]
    return [(one, operation) for one, operation in found if operation is not None]


def faulty(published, exchanges, faults_of):
    faults = [(str(one), faults_of(one)) for one, _ in documented(published, exchanges)]
    return [(said, found) for said, found in faults if found]


def faulty_answers(published, exchanges):
    return faulty(published, exchanges, published.faults_of_answer)


def public_methods(*kinds):
    return {name for kind in kinds for name in dir(kind) if not name.startswith("_")}


def test_the_scenario_calls_every_method_of_the_client(published):
    called = {one.caller for one in traffic()}

    assert called == public_methods(HubReader, HubWriter) | {"probe_scopes", "sign_in"}


def test_every_documented_request_is_as_described(published):
    meant = [
        one
        for one, operation in documented(published, traffic())
        if (one.caller, operation.id) not in WRONG_ON_PURPOSE
    ]

    assert faulty(published, meant, published.faults_of_request) == []


@pytest.mark.parametrize(
    "answer", [b'{"id": 10, "nickname": "smr"}', b'{"id": "ten"}', b"[]", b"<html>"], ids=str
)
def test_an_answer_with_an_invented_field_or_another_shape_is_a_fault(published, answer):
    team = next(one for one in traffic() if (one.caller, one.status) == ("find_team", 200))

    assert published.faults_of_answer(replace(team, answer=answer)) != []


def test_what_is_wrong_on_purpose_is_refused(published):
    statuses = {
        one.status
        for one, operation in documented(published, traffic())
        if (one.caller, operation.id) in WRONG_ON_PURPOSE
    }

    assert statuses == {400}


def test_every_documented_answer_is_as_described(published):
    assert faulty_answers(published, traffic()) == []


@pytest.mark.parametrize("setting", OTHER_VALUES, ids=["the second values", "the last values"])
def test_every_documented_answer_is_as_described_whatever_the_switches_say(published, setting):
    assert faulty_answers(published, everything_said(setting)) == []


def test_all_other_documented_answers_are_as_described_too(published):
    operations = tuple(one for one in published.operations if NOT_IMITATED not in one.template)
    exchanges = everything_else(operations)

    assert faulty_answers(published, exchanges) == []
    seen = {
        operation for one, operation in documented(published, (*exchanges, *traffic())) if one.status < 300
    }
    assert {one.call for one in set(operations) - seen} == {"POST /v2/users/2fa-login"}


def test_no_other_undocumented_call_is_sent_than_those_with_evidence(published):
    calls = {one.call for one in sent(published, traffic()) if one.operation == "undocumented"}

    assert calls == set(UNDOCUMENTED)
