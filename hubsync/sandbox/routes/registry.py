"""The registry's side: its own tokens, manifests by HEAD and GET, and the limit of pulls.

On the Internet these are two other hosts, auth.docker.io and registry-1.docker.io; here they share one.
"""

from flask import Blueprint, Response, request
from itsdangerous import BadSignature, URLSafeSerializer

from .. import bearers
from ..answers import answer, here, moment
from ..manifests import INDEXES, Manifest, manifests_of
from ..pull_limit import limit_headers
from ..pullers import LEVELS, may, puller
from ..records import Repository, Row, Tag
from ..refusals import Refusal, registry_error

routes = Blueprint("registry", __name__)
SERVICE = "registry.docker.io"


@routes.get("/token")
def create_token() -> Response:
    """A token for one repository with what was asked and is allowed; never an error for what is not."""
    world, asking = here(), puller()
    now = world.clock.now()
    _, _, rest = request.args.get("scope", "").partition(":")
    name, _, actions = rest.rpartition(":")
    granted = [action for action in actions.split(",") if action in LEVELS and may(asking, name, action)]
    token = bearers.issue(
        world.signing_key,
        "registry",
        seconds=bearers.REGISTRY_SECONDS,
        clock=world.clock,
        sub=asking.name,
        token_id=asking.token.id if asking.token else None,
        access=[{"type": "repository", "name": name, "actions": granted}] if name else [],
    )
    lives = {"expires_in": bearers.REGISTRY_SECONDS, "issued_at": moment(now)}
    return answer({"token": token, "access_token": token, **lives})


@routes.get("/v2")
def ping() -> Response:
    if _claims() is None:
        raise _unauthorized(None)
    return answer({})


@routes.get("/v2/<path:name>/manifests/<reference>")
def get_manifest(name: str, reference: str) -> Response:
    """Flask answers HEAD from here too, without the body."""
    world, claims = here(), _claims()
    if claims is None or not _allows(claims, name):
        raise _unauthorized(name)
    namespace, _, rest = name.partition("/")
    repository = world.get_repository(namespace, rest)
    manifest, tag = _find(repository, reference)
    headers = limit_headers(claims, repository, counts=request.method == "GET" and manifest.platform != "")
    if request.method == "GET" and manifest.platform:
        repository.pull_count += 1
        if tag is not None:
            tag.pulled_at = world.clock.now()
    headers |= {"Docker-Content-Digest": manifest.digest, "Docker-Distribution-Api-Version": "registry/2.0"}
    return Response(manifest.body, content_type=manifest.media_type, headers=headers)


@routes.get("/v2/<path:name>/blobs/<digest>")
def get_blob(name: str, digest: str) -> Response:
    """The configuration of an image, and a layer that has something in it. Counts as no pull."""
    claims = _claims()
    if claims is None or not _allows(claims, name):
        raise _unauthorized(name)
    repository = here().get_repository(*name.split("/", 1))
    if digest not in here().blobs[repository.id]:
        raise registry_error(404, "BLOB_UNKNOWN", "blob unknown to registry")
    # Hub: the bytes lie with another company, under an address that is signed and needs no token.
    signed = _signer().dumps([repository.id, digest])
    return Response(status=307, headers={"Location": f"{request.host_url}blob-storage/{signed}"})


@routes.get("/blob-storage/<signed>")
def get_stored_blob(signed: str) -> Response:
    try:
        repository_id, digest = _signer().loads(signed)
    except BadSignature:
        return Response("AccessDenied", 403, mimetype="text/plain")
    return Response(here().blobs[repository_id][digest], mimetype="application/octet-stream")


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(here().signing_key, salt="blob")


def _find(repository: Repository, reference: str) -> tuple[Manifest, Tag | None]:
    world = here()
    if reference.startswith("sha256:"):
        known = world.manifests[repository.id].get(reference)
        if known is None:
            raise registry_error(404, "MANIFEST_UNKNOWN", "manifest unknown")
        return known, None
    tag = world.tags[repository.id].get(reference)
    if tag is None:
        raise registry_error(404, "MANIFEST_UNKNOWN", "manifest unknown")
    documents = manifests_of(repository, tag)
    if documents[0].media_type in INDEXES and not _accepts_indexes():
        return documents[1], tag
    return documents[0], tag


def _accepts_indexes() -> bool:
    accepted = ",".join(request.headers.getlist("Accept"))
    return "*/*" in accepted or any(one in accepted for one in INDEXES)


def _claims() -> Row | None:
    world = here()
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return bearers.read(world.signing_key, "registry", value, world.clock) if scheme == "Bearer" else None


def _allows(claims: Row, name: str) -> bool:
    return any(one["name"] == name and "pull" in one["actions"] for one in claims["access"])


def _unauthorized(name: str | None) -> Refusal:
    """The same for a repository that is missing and for one that is private."""
    scope = f',scope="repository:{name}:pull"' if name else ""
    refusal = registry_error(401, "UNAUTHORIZED", "authentication required")
    realm = f"{request.host_url}token"
    refusal.headers = {"WWW-Authenticate": f'Bearer realm="{realm}",service="{SERVICE}"{scope}'}
    return refusal
