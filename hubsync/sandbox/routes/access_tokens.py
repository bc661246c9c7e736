"""Access tokens, of organizations and of people. Only a sign-in with a password may manage them."""

from datetime import datetime

from flask import Blueprint, Response

from ..answers import answer, body, flag_of, here, moment, nothing, page, text_of
from ..callers import enter, somebody_with_password
from ..records import AccessToken, Row
from ..refusals import message

routes = Blueprint("access_tokens", __name__)
OF_ORGANIZATION = "/v2/orgs/<organization>/access-tokens"
OF_PERSON = "/v2/access-tokens"


@routes.get(OF_ORGANIZATION)
def list_organization_tokens(organization: str) -> Response:
    _owner(organization)
    return page(here().access_tokens[organization].values(), _short_row, total_name="total")


@routes.post(OF_ORGANIZATION)
def create_organization_token(organization: str) -> Response:
    # Hub: an organization's token cannot make another one.
    username, sent = _owner(organization), body()
    token, value = here().add_organization_token(
        organization,
        label=text_of(sent, "label"),
        description=text_of(sent, "description", default=""),
        resources=_resources(sent),
        expires_at=_expiry(sent),
        created_by=username,
    )
    # The description does not show who made it in this answer, only in later ones.
    row = _row(token)
    del row["created_by"]
    return answer(row | {"token": value}, 201)


@routes.get(f"{OF_ORGANIZATION}/<token_id>")
def get_organization_token(organization: str, token_id: str) -> Response:
    _owner(organization)
    return answer(_row(here().get_token(organization, token_id)))


@routes.patch(f"{OF_ORGANIZATION}/<token_id>")
def update_organization_token(organization: str, token_id: str) -> Response:
    """Label, description, resources and whether it is active; when it expires cannot be changed."""
    username, sent = _owner(organization), body()
    token = here().get_token(organization, token_id)
    token.label = text_of(sent, "label", default=token.label)
    token.description = text_of(sent, "description", default=token.description)
    if "resources" in sent:
        token.resources = _resources(sent)
    if "is_active" in sent:
        token.is_active = flag_of(sent, "is_active")
    here().record(organization, "org.access_token.update", token.label, username)
    return answer(_row(token))


@routes.delete(f"{OF_ORGANIZATION}/<token_id>")
def delete_organization_token(organization: str, token_id: str) -> Response:
    username = _owner(organization)
    here().delete_token(here().get_token(organization, token_id), actor=username)
    return nothing()


@routes.get(OF_PERSON)
def list_personal_tokens() -> Response:
    tokens = here().access_tokens[somebody_with_password().name].values()
    listed = page(tokens, _personal_row)
    active = sum(1 for token in tokens if token.is_active)
    return answer({**(listed.get_json() or {}), "active_count": active})


@routes.post(OF_PERSON)
def create_personal_token() -> Response:
    username, sent = somebody_with_password().name, body()
    scopes = sent.get("scopes")
    token, value = here().add_personal_token(
        username,
        label=text_of(sent, "token_label"),
        scopes=scopes if isinstance(scopes, list) else [],
        expires_at=_expiry(sent),
    )
    return answer(_personal_row(token) | {"token": value}, 201)


@routes.get(f"{OF_PERSON}/<token_id>")
def get_personal_token(token_id: str) -> Response:
    return answer(_personal_row(_own(token_id)))


@routes.patch(f"{OF_PERSON}/<token_id>")
def update_personal_token(token_id: str) -> Response:
    token, sent = _own(token_id), body()
    token.label = text_of(sent, "token_label", default=token.label)
    if "is_active" in sent:
        token.is_active = flag_of(sent, "is_active")
    return answer(_personal_row(token))


@routes.delete(f"{OF_PERSON}/<token_id>")
def delete_personal_token(token_id: str) -> Response:
    here().delete_token(_own(token_id))
    return nothing()


def _owner(organization: str) -> str:
    one = somebody_with_password()
    enter(organization, "")
    return one.name


def _own(token_id: str) -> AccessToken:
    return here().get_token(somebody_with_password().name, token_id)


def _resources(sent: Row) -> list[Row]:
    resources = sent.get("resources", [])
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        raise message(400, "bad request", errinfo={"resources": "an array of objects"})
    for one in resources:
        here().refuse_resource(one)
    return resources


def _expiry(sent: Row) -> datetime | None:
    text = sent.get("expires_at")
    if text is None:
        return None
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        raise message(400, "bad request", errinfo={"expires_at": "not a date"}) from None


def _short_row(token: AccessToken) -> Row:
    return {
        "id": token.id,
        "label": token.label,
        "created_by": token.created_by,
        "is_active": token.is_active,
        "created_at": moment(token.created_at),
        "expires_at": moment(token.expires_at),
        "last_used_at": moment(token.last_used_at),
    }


def _row(token: AccessToken) -> Row:
    return _short_row(token) | {"resources": token.resources}


def _personal_row(token: AccessToken) -> Row:
    return {
        "uuid": token.id,
        "client_id": "HUB",
        "creator_ip": "127.0.0.1",
        "creator_ua": "",
        "created_at": moment(token.created_at),
        "last_used": moment(token.last_used_at),
        "generated_by": "manual",
        "is_active": token.is_active,
        # Hub: the value is there once, at creation.
        "token": "***",
        "token_label": token.label,
        "scopes": token.scopes,
        "expires_at": moment(token.expires_at),
    }
