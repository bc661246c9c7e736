"""The calls of the client that the published description does not have; docs/docker-hub.md has the evidence of each.

A route that is tried first and its other form stand both here.
"""

UNDOCUMENTED = (
    "GET /v2/orgs/{organization}/",
    "GET /v2/users/{docker_id}/",
    "GET /v2/orgs/{organization}/groups/{team}/repositories",
    "PATCH /v2/namespaces/{namespace}/repositories/{repository}",
    "PATCH /v2/repositories/{namespace}/{repository}/",
    "POST /v2/namespaces/{namespace}/repositories/{repository}/privacy",
    "POST /v2/repositories/{namespace}/{repository}/privacy",
    "GET /v2/repositories/{namespace}/{repository}/groups",
    "GET /v2/namespaces/{namespace}/repositories/{repository}/groups",
    "GET /v2/repositories/{namespace}/{repository}/groups/{team_id}/",
    "GET /v2/namespaces/{namespace}/repositories/{repository}/groups/{team_id}/",
    "POST /v2/namespaces/{namespace}/repositories/{repository}/groups",
    "PATCH /v2/repositories/{namespace}/{repository}/groups/{team_id}/",
    "PATCH /v2/namespaces/{namespace}/repositories/{repository}/groups/{team_id}/",
    "DELETE /v2/repositories/{namespace}/{repository}/groups/{team_id}/",
    "DELETE /v2/namespaces/{namespace}/repositories/{repository}/groups/{team_id}/",
    "GET /v2/repositories/{account}/{repository}/collaborators/",
    "POST /v2/repositories/{account}/{repository}/collaborators/",
    "DELETE /v2/repositories/{account}/{repository}/collaborators/{docker_id}",
)
