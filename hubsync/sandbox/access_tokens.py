"""Access tokens of organizations and of people. A value is shown once; only its digest is kept."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from .records import AccessToken, Row
from .refusals import message, not_found, validation
from .scopes import SATISFIED_BY, sort_into_resources
from .tags import Tags

TOKENS_ON_TEAM_PLAN = 10
PERSONAL_SCOPES = ("repo:admin", "repo:write", "repo:read", "repo:public_read")


def digest_of_value(value: str) -> str:
    return sha256(value.encode()).hexdigest()


class AccessTokens(Tags):
    def add_organization_token(
        self,
        organization: str,
        *,
        label: str,
        scopes: Sequence[str] = (),
        resources: Sequence[Row] | None = None,
        created_by: str,
        description: str = "",
        expires_at: datetime | None = None,
        value: str | None = None,
    ) -> tuple[AccessToken, str]:
        """The token and its value. Give resources, or scopes for the organization and all in it."""
        self.get_organization(organization)
        wanted = list(resources) if resources is not None else sort_into_resources(organization, scopes)
        self._refuse_token(organization, label, description, wanted)
        token, secret = self._issue("organization", organization, label, created_by, value)
        token.description, token.resources, token.expires_at = description, wanted, expires_at
        self.record(organization, "org.access_token.create", label, created_by)
        return token, secret

    def add_personal_token(
        self, username: str, *, label: str, scopes: Sequence[str], expires_at: datetime | None = None
    ) -> tuple[AccessToken, str]:
        """The token and its value."""
        if not label or len(label) > 100:
            raise validation("fielderrors", token_label="A label has 1 to 100 characters.")  # noqa: S106
        if not scopes or any(scope not in PERSONAL_SCOPES for scope in scopes):
            raise validation("fielderrors", scopes="unknown scope")
        token, secret = self._issue("personal", username, label, username, None)
        token.scopes, token.expires_at = list(scopes), expires_at
        return token, secret

    def find_token(self, value: str) -> AccessToken | None:
        """The token with this value, if it can be used now."""
        token = self.access_token_by_digest.get(digest_of_value(value))
        return token if token is not None and self.is_usable(token) else None

    def is_usable(self, token: AccessToken) -> bool:
        ends_at = token.expires_at
        return token.is_active and (ends_at is None or ends_at > self.clock.now())

    def get_token(self, owner: str, token_id: str) -> AccessToken:
        token = self.access_tokens[owner].get(token_id)
        if token is None:
            raise not_found("access token not found")
        return token

    def delete_token(self, token: AccessToken, *, actor: str = "") -> None:
        del self.access_tokens[token.owner][token.id]
        del self.access_token_by_id[token.id]
        del self.access_token_by_digest[token.value_digest]
        if token.kind == "organization":
            self.record(token.owner, "org.access_token.delete", token.label, actor)

    def _issue(
        self, kind: str, owner: str, label: str, created_by: str, value: str | None
    ) -> tuple[AccessToken, str]:
        prefix = "dckr_oat_" if kind == "organization" else "dckr_pat_"
        secret = value or prefix + token_urlsafe(24)
        token = AccessToken(
            kind=kind,
            owner=owner,
            label=label,
            value_digest=digest_of_value(secret),
            created_by=created_by,
            created_at=self.clock.now(),
        )
        self.put(token)
        return token, secret

    def _refuse_token(
        self, organization: str, label: str, description: str, resources: Sequence[Any]
    ) -> None:
        # Hub: expired and deactivated ones count too, until they are deleted.
        if len(self.access_tokens[organization]) >= TOKENS_ON_TEAM_PLAN:
            raise message(400, f"an organization may have {TOKENS_ON_TEAM_PLAN} access tokens", errinfo={})
        if not label or len(description) > 200:
            raise validation(
                "fielderrors", label="A label is required; a description has up to 200 characters."
            )
        for one in resources:
            self.refuse_resource(one)

    def refuse_resource(self, one: Row) -> None:
        """Refuse scopes that do not exist and repositories that do not exist."""
        if one.get("type") not in {"TYPE_REPO", "TYPE_ORG"} or not set(one.get("scopes", ())) <= set(
            SATISFIED_BY
        ):
            raise message(400, "bad request", errinfo={"resources": "unknown type or scope"})
        path = str(one.get("path", ""))
        namespace, _, name = path.partition("/")
        if one["type"] == "TYPE_REPO" and "*" not in path and self.find_repository(namespace, name) is None:
            raise message(400, "bad request", errinfo={"resources": "repository not found"})
