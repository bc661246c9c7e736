"""Calls for which Docker Hub may have one route or another: which answered is remembered per connection.

Docker publishes a route for giving a permission, and none for reading, changing or removing one. Clients of
Docker's own use /v2/repositories/…, which has refused tokens of organizations; the manual says that such
tokens may do it, and where they may do things is /v2/namespaces/…
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hubsync.hub.errors import HubError, HubForbidden, HubNotFound, HubRejected, NotSupportedHere
from hubsync.hub.transport import HubConnection
from hubsync.hub.wire import path_of

T = TypeVar("T")
PERMISSIONS = "permissions"
LEGACY, NAMESPACES, NONE = "legacy", "namespaces", "none"


def repository_routes(namespace: str, repository: str) -> dict[str, str]:
    """Both routes to a repository, by name, without a closing slash."""
    return {
        LEGACY: path_of("repositories", namespace, repository),
        NAMESPACES: path_of("namespaces", namespace, "repositories", repository),
    }


def try_routes(connection: HubConnection, what: str, routes: dict[str, str], call: Callable[[str], T]) -> T:
    """What the first route gives that does not refuse. The remembered one of `what` is tried first.

    Only a firm refusal (403, 404, 405) leads to the next route, so that even a POST is not done twice.
    Where all refuse: HubForbidden if one of them spoke of the credential, HubNotFound if one knows no such
    thing, else NotSupportedHere.
    """
    refusals: list[HubError] = []
    for name in sorted(routes, key=lambda name: name != connection.working_routes.get(what)):
        try:
            value = call(routes[name])
        except (HubForbidden, HubNotFound, HubRejected) as problem:
            if not is_refusal_of_route(problem):
                raise
            refusals.append(problem)
        else:
            connection.working_routes[what] = name
            return value
    raise _most_telling(refusals, what)


def is_refusal_of_route(problem: HubError) -> bool:
    """Whether another route may still do what this one refused."""
    return isinstance(problem, HubForbidden | HubNotFound) or problem.status == 405


def _most_telling(refusals: list[HubError], what: str) -> HubError:
    for problem in refusals:
        # Hub: "token issued from organization access token is not allowed" is about the route, not the scope.
        if isinstance(problem, HubForbidden) and "token issued from" not in problem.sentence:
            return problem
    missing = [problem for problem in refusals if isinstance(problem, HubNotFound)]
    return missing[0] if missing else NotSupportedHere(what)
