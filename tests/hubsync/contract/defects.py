"""What is known to be wrong in the published description, each with the evidence; the one place for it.

The description is the newest of 2026 in the form that was made valid (`fixed-3.1`). Everything that it says and
that is not named here is taken as true.
"""

from __future__ import annotations

from typing import Any

Spec = dict[str, Any]

# Fields that Docker Hub gives and the description does not name, as "schema.field".
UNNAMED_FIELDS: dict[str, str] = {
    "user.uuid": "answers about people and organizations carry the id a second time, with its dashes (2024, 2026)",
    "group_member.uuid": "the same",
    "invite.role": "the type in Docker's Terraform provider has it (2026-04)",
    "tag.digest": "in live answers about public images (2026-09); it was in the description until 2023",
    "tag.media_type": "in live answers about public images (2026-09)",
    "tag.content_type": "in live answers about public images (2026-09)",
    "error.__all__": "what creating a repository that exists was answered on the older route",
    "error.name": "errors of older services are keyed by the field that is wrong (2019)",
    "error.fields": "the example of a wrong `ordering` shows it, its schema does not",
    "error.text": "the same example",
}

# Fields that may be null and of which the description says that they are text.
UNNAMED_NULLS: dict[str, str] = {
    "repository_info.last_updated": "a repository without a push has no such time; the list's own schema has the null",
}

# Answers that operations do not list; "*" stands for every operation.
UNLISTED_ANSWERS: dict[tuple[str, int], str] = {
    ("*", 429): "the text of the description promises it for all, and its operations leave it out",
    ("*", 401): "a bearer may end before any call; some operations leave it out",
    ("PostUsersLogin", 400): "fields that are missing are told by field (2019)",
    ("getV2AccessTokens", 403): "tokens may not manage a person's tokens (2026-08, all five operations)",
    ("postV2AccessTokens", 403): "the same",
    ("getV2AccessTokensByUuid", 403): "the same",
    ("patchV2AccessTokensByUuid", 403): "the same",
    ("deleteV2AccessTokensByUuid", 403): "the same",
    ("patchV2AccessTokensByUuid", 404): "reading and deleting one that is not there are listed with it",
    (
        "putV2OrgsByNameSettings",
        400,
    ): "all three settings have to be sent, and nothing says what else is answered",
    (
        "putV2OrgsByOrgNameGroupsByGroupName",
        400,
    ): "creating a team lists it, the other operations on teams forgot it",
    ("patchV2OrgsByOrgNameGroupsByGroupName", 400): "the same",
    ("postV2OrgsByOrgNameGroupsByGroupNameMembers", 400): "the same",
    ("postV2OrgsByOrgNameGroupsByGroupNameMembers", 409): "adding twice: no source tells what is answered",
    ("postV2OrgsByOrgNameGroups", 409): "a name that is taken: no source tells whether 400 or 409",
    ("CreateRepository", 409): "the same",
    ("postV2InvitesBulk", 403): "a token without the scope; only 400 and 409 are listed",
    ("postV2InvitesBulk", 404): "an organization that is not there",
}


def repaired(spec: Spec) -> Spec:
    """The description with the fields and nulls above, and with `allOf` put together so that fields can be counted."""
    schemas: Spec = spec["components"]["schemas"]
    for name in UNNAMED_FIELDS:
        schema, field = name.split(".")
        schemas[schema]["properties"].setdefault(field, {})
    for name in UNNAMED_NULLS:
        schema, field = name.split(".")
        schemas[schema]["properties"][field]["type"] = ["string", "null"]
    _put_together(spec, spec)
    return spec


def resolve(spec: Spec, node: Spec) -> Spec:
    """The node, or what it refers to."""
    while "$ref" in node:
        found: Any = spec
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        node = found
    return node


def _put_together(spec: Spec, node: Any) -> None:
    if isinstance(node, list):
        for one in node:
            _put_together(spec, one)
    elif isinstance(node, dict):
        for one in node.values():
            _put_together(spec, one)
        if isinstance(node.get("allOf"), list):
            parts = [resolve(spec, part) for part in node.pop("allOf")]
            _merge(node, parts)


def _merge(node: Spec, parts: list[Spec]) -> None:
    properties: Spec = {}
    for part in (*parts, dict(node)):
        properties |= part.get("properties", {})
        node["required"] = [*node.get("required", ()), *part.get("required", ())]
    node |= {"type": "object", "properties": properties}
