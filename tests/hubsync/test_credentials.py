"""A token of Docker Hub is sealed, opens only for its account, and shows up nowhere."""

import io
import json
import logging
import pickle
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.test import Client

from classrooms.models import School, User
from hubsync.credentials import (
    CredentialUnreadable,
    NoCredential,
    keep_credential,
    open_credential,
    reseal_all,
)
from hubsync.models import HubAccount, SealedCredential
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.world import World
from tests.factories import make_school

SECRET = "dckr_oat_planted-secret-0123456789abcdef"


@pytest.fixture
def account(school: School) -> HubAccount:
    return HubAccount.objects.create(school=school, name="iestriana")


def test_what_was_sealed_opens_again(account: HubAccount) -> None:
    keep_credential(account, SECRET)

    opened = open_credential(account)

    assert (opened.identifier, opened.secret) == ("iestriana", SECRET)


def test_an_account_without_a_token_says_so(account: HubAccount) -> None:
    with pytest.raises(NoCredential):
        open_credential(account)


def test_a_second_token_takes_the_place_of_the_first(account: HubAccount) -> None:
    keep_credential(account, SECRET)
    keep_credential(account, "dckr_oat_another-secret-0123456789")

    assert open_credential(account).secret == "dckr_oat_another-secret-0123456789"
    assert SealedCredential.objects.count() == 1


def test_a_sealed_token_copied_to_another_account_does_not_open_there(account: HubAccount) -> None:
    stranger = HubAccount.objects.create(school=make_school("IES Alixar"), name="iesalixar")
    sealed = keep_credential(account, SECRET).sealed
    SealedCredential.objects.create(account=stranger, sealed=sealed)

    with pytest.raises(CredentialUnreadable):
        open_credential(stranger)


def test_a_sealed_token_does_not_open_under_another_name(account: HubAccount) -> None:
    keep_credential(account, SECRET)
    account.name = "iesalixar"

    with pytest.raises(CredentialUnreadable):
        open_credential(account)


def test_what_was_tampered_with_does_not_open(account: HubAccount) -> None:
    credential = keep_credential(account, SECRET)
    credential.sealed = credential.sealed[:-4] + "AAA="
    credential.save()

    with pytest.raises(CredentialUnreadable) as caught:
        open_credential(account)

    assert caught.value.__cause__ is None
    assert SECRET not in str(caught.value)


def test_an_open_credential_cannot_be_printed_or_put_into_a_message(account: HubAccount) -> None:
    keep_credential(account, SECRET)
    opened = open_credential(account)

    assert SECRET not in f"{opened!r} {opened} {[opened]} {vars(account)}"
    with pytest.raises(TypeError):
        pickle.dumps(opened)
    with pytest.raises(TypeError):
        json.dumps(opened)


def test_keys_are_rotated_by_putting_the_new_one_first(account: HubAccount, settings: Any) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [old]
    keep_credential(account, SECRET)
    settings.CREDENTIAL_KEYS = [new, old]

    assert reseal_all() == 1

    settings.CREDENTIAL_KEYS = [new]
    assert open_credential(account).secret == SECRET


def test_the_command_says_how_many_it_sealed_and_never_what(account: HubAccount) -> None:
    keep_credential(account, SECRET)
    said = io.StringIO()

    call_command("rotate_keys", stdout=said)

    assert "1 sealed" in said.getvalue()
    assert SECRET not in said.getvalue()


def test_a_rotation_that_cannot_open_one_changes_none(account: HubAccount, settings: Any) -> None:
    keep_credential(account, SECRET)
    before = SealedCredential.objects.get().sealed
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(CommandError, match="opens with none"):
        call_command("rotate_keys")

    assert SealedCredential.objects.get().sealed == before


@pytest.mark.usefixtures("plans_at_once")
def test_a_pasted_token_is_found_in_no_page_no_log_no_session_and_no_row(
    ana: User, school: School, hub: Any, world: World, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    _, secret = world.add_organization_token(
        "iestriana", label="x", scopes=(*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES), created_by="anaruiz"
    )
    HubAccount.objects.create(school=school, name="iestriana")
    client.force_login(ana)
    caplog.set_level(logging.DEBUG)

    pages = [
        client.post(f"/school/{school.pk}/hub/token/", {"token": secret, "seats": "x"}),
        client.post(f"/school/{school.pk}/hub/token/", {"token": secret, "seats": "5"}, follow=True),
        client.post(f"/school/{school.pk}/hub/check/", follow=True),
        client.post(f"/school/{school.pk}/sync/plan/", follow=True),
        client.get(f"/school/{school.pk}/hub/?change=token"),
        client.get(f"/school/{school.pk}/hub/objects/"),
    ]
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump)

    assert open_credential(HubAccount.objects.get()).secret == secret
    everything = [page.content.decode() for page in pages]
    everything += [dump.getvalue(), caplog.text, json.dumps(dict(client.session))]
    assert [text for text in everything if secret in text] == []
