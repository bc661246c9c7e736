"""Items 47 and 48: the registry has tokens, limits and secrets of its own."""

import pytest

from hubsync.sandbox.keeping import load, save
from hubsync.sandbox.manifests import OCI_INDEX, digest_of
from tests.hubsync.sandbox.conftest import PASSWORD, TOKEN, Asker, basic

SERVICE = "registry.docker.io"
LAMP = "/v2/iestriana/lamp/manifests/latest"
PREVIEW = "/v2/ratelimitpreview/test/manifests/latest"


def puller(anybody, name, actions="pull", **headers):
    path = f"/token?service={SERVICE}&scope=repository:{name}:{actions}"
    return Asker(anybody.client, anybody.get(path, **headers).json["token"])


def test_47_the_bearer_of_the_api_does_not_open_the_registry(portal):
    assert portal.get(LAMP).status_code == 401


def test_47_the_token_of_the_registry_does_not_open_the_api(anybody):
    assert puller(anybody, "iestriana/lamp").get("/v2/orgs/iestriana/members").status_code == 401


def test_47_a_token_is_for_one_repository(anybody):
    assert puller(anybody, "library/alpine").get(LAMP).status_code == 401


def test_47_what_is_not_allowed_is_left_out_without_an_error(anybody):
    path = f"/token?service={SERVICE}&scope=repository:iestriana/examen:pull,push"

    answer = anybody.get(path)

    assert answer.status_code == 200
    assert (
        Asker(anybody.client, answer.json["token"]).get("/v2/iestriana/examen/manifests/v1").status_code
        == 401
    )


def test_47_an_organizations_token_pulls_what_is_private(anybody):
    portal = puller(anybody, "iestriana/examen", Authorization=basic("iestriana", TOKEN))

    assert portal.get("/v2/iestriana/examen/manifests/v1").status_code == 200


def test_47_a_wrong_sign_in_gets_no_token(anybody):
    path = f"/token?service={SERVICE}&scope=repository:iestriana/lamp:pull"

    assert anybody.get(path, Authorization=basic("anaruiz", "wrong")).status_code == 401


def test_47_without_a_token_the_registry_says_where_to_get_one(anybody):
    answer = anybody.get(LAMP)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == (
        'Bearer realm="http://localhost/token",service="registry.docker.io",'
        'scope="repository:iestriana/lamp:pull"'
    )


def test_48_the_limit_is_a_number_and_a_window(anybody):
    answer = puller(anybody, "ratelimitpreview/test").head(PREVIEW)

    assert answer.headers["ratelimit-limit"] == "100;w=21600"
    assert answer.headers["ratelimit-remaining"] == "100;w=21600"
    assert answer.headers["docker-ratelimit-source"] == "127.0.0.1"


def test_48_a_get_of_an_image_counts_and_a_head_does_not(world, anybody):
    asker = puller(anybody, "ratelimitpreview/test")

    asker.head(PREVIEW)
    answer = asker.get(PREVIEW)

    assert answer.headers["ratelimit-remaining"] == "99;w=21600"


def test_48_when_the_pulls_are_used_up_a_head_is_refused_too(world, anybody):
    world.limits.anonymous_pulls = 1
    asker = puller(anybody, "ratelimitpreview/test")
    asker.get(PREVIEW)

    assert asker.head(PREVIEW).status_code == 429
    assert "pull rate limit" in asker.get(PREVIEW).get_data(as_text=True)


def test_48_who_pays_sees_no_limit(anybody):
    asker = puller(anybody, "ratelimitpreview/test", Authorization=basic("anaruiz", PASSWORD))

    answer = asker.head(PREVIEW)

    assert "ratelimit-limit" not in answer.headers
    assert answer.headers["docker-ratelimit-source"] == "anaruiz"


def test_48_a_missing_repository_looks_like_a_private_one(anybody):
    private = puller(anybody, "iestriana/examen").get("/v2/iestriana/examen/manifests/v1")
    missing = puller(anybody, "iestriana/missing").get("/v2/iestriana/missing/manifests/v1")

    assert (private.status_code, private.json) == (missing.status_code, missing.json)


def test_an_index_names_platforms_and_attestations(anybody):
    index = puller(anybody, "iestriana/lamp").get(LAMP, Accept=OCI_INDEX)

    platforms = [
        f"{one['platform']['os']}/{one['platform']['architecture']}" for one in index.json["manifests"]
    ]
    assert index.content_type == OCI_INDEX
    assert platforms == ["linux/amd64", "linux/arm64", "unknown/unknown", "unknown/unknown"]


def test_a_manifest_is_found_by_its_digest(anybody):
    asker = puller(anybody, "iestriana/lamp")
    digest = asker.get(LAMP, Accept=OCI_INDEX).json["manifests"][1]["digest"]

    answer = asker.get(f"/v2/iestriana/lamp/manifests/{digest}")

    assert answer.headers["Docker-Content-Digest"] == digest
    assert answer.json["layers"]


def test_who_does_not_take_an_index_gets_the_first_image(anybody):
    answer = puller(anybody, "iestriana/lamp").get(LAMP, Accept="application/json")

    assert "layers" in answer.json


def test_the_digest_of_the_registry_is_the_one_in_the_api(anybody):
    answer = puller(anybody, "iestriana/lamp").head(LAMP, Accept=OCI_INDEX)

    told = anybody.get("/v2/namespaces/iestriana/repositories/lamp/tags/latest").json["digest"]
    assert answer.headers["Docker-Content-Digest"] == told


@pytest.mark.parametrize("reference", ["missing", "sha256:" + "0" * 64])
def test_an_unknown_manifest_is_404(anybody, reference):
    answer = puller(anybody, "iestriana/lamp").get(f"/v2/iestriana/lamp/manifests/{reference}")

    assert (answer.status_code, answer.json["errors"][0]["code"]) == (404, "MANIFEST_UNKNOWN")


def test_a_layer_whose_files_were_said_is_there_after_a_restart_too(world, anybody, tmp_path):
    world.push_tag("iestriana", "lamp", "2.0", layers=[{"app/.env": "A=1"}, {"app/.wh..env": ""}])
    asker = puller(anybody, "iestriana/lamp")
    rows = asker.get("/v2/iestriana/lamp/manifests/2.0", Accept="application/json").json["layers"]

    answers = [asker.get(f"/v2/iestriana/lamp/blobs/{row['digest']}") for row in rows]
    stored = [anybody.get(answer.headers["Location"].removeprefix("http://localhost")) for answer in answers]

    assert [answer.status_code for answer in answers] == [307, 307]
    assert [len(one.data) for one in stored] == [row["size"] for row in rows]
    assert [digest_of(one.data) for one in stored] == [row["digest"] for row in rows]
    save(world, tmp_path / "hub.json")
    again = load(tmp_path / "hub.json")
    assert [row["digest"] in again.blobs[world.get_repository("iestriana", "lamp").id] for row in rows] == [
        True,
        True,
    ]
