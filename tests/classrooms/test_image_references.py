"""Image references: read as Docker reads them, with a proposal where it is plain what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.image_references.reading import read_reference
from classrooms.image_references.reference import ImageReference
from classrooms.image_references.troubles import REASONS, ReferenceTrouble

DIGEST = "sha256:" + "0123456789abcdef" * 4

COMPONENTS = st.from_regex(r"[a-z0-9]{1,8}((\.|__?|-{1,3})[a-z0-9]{1,8}){0,2}", fullmatch=True)
HOSTS = st.sampled_from(
    [
        "docker.io",
        "index.docker.io",
        "ghcr.io",
        "localhost",
        "localhost:5000",
        "127.0.0.1:5000",
        "[::1]:5000",
        "Registro.example",
    ]
)
PATHS = st.lists(COMPONENTS, min_size=1, max_size=3).map("/".join)
TAGS = st.just("") | st.from_regex(r":[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", fullmatch=True)
REFERENCES = st.builds(
    lambda host, path, tag, digest: f"{host}/{path}{tag}{digest}",
    HOSTS,
    PATHS,
    TAGS,
    st.sampled_from(["", f"@{DIGEST}"]),
)


def trouble_of(text: str) -> ReferenceTrouble:
    with pytest.raises(ReferenceTrouble) as caught:
        read_reference(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("nginx", ImageReference("docker.io", "library/nginx")),
        ("nginx:1.27", ImageReference("docker.io", "library/nginx", "1.27")),
        ("iestriana/lamp", ImageReference("docker.io", "iestriana/lamp")),
        ("  docker.io/iestriana/lamp:Curso_26  ", ImageReference("docker.io", "iestriana/lamp", "Curso_26")),
        ("index.docker.io/nginx", ImageReference("docker.io", "library/nginx")),
        ("docker.io/library/nginx", ImageReference("docker.io", "library/nginx")),
        (f"nginx:1.27@{DIGEST}", ImageReference("docker.io", "library/nginx", "1.27", DIGEST)),
        ("localhost/lamp", ImageReference("localhost", "lamp")),
        ("localhost:5000/a/b/c:x", ImageReference("localhost:5000", "a/b/c", "x")),
        ("GHCR.io/owner/name", ImageReference("ghcr.io", "owner/name")),
        ("[::1]:5000/lamp", ImageReference("[::1]:5000", "lamp")),
        ("iestriana/la__mp--php.8", ImageReference("docker.io", "iestriana/la__mp--php.8")),
    ],
)
def test_a_reference_is_read_as_docker_reads_it(text: str, reference: ImageReference) -> None:
    assert read_reference(text) == reference


@pytest.mark.parametrize(
    ("text", "repository", "canonical", "pulled"),
    [
        ("docker.io/library/nginx", "nginx", "docker.io/library/nginx:latest", "nginx:latest"),
        ("iestriana/lamp:1.0", "iestriana/lamp", "docker.io/iestriana/lamp:1.0", "iestriana/lamp:1.0"),
        ("ghcr.io/a/b", "ghcr.io/a/b", "ghcr.io/a/b:latest", "ghcr.io/a/b:latest"),
        (f"nginx:1@{DIGEST}", "nginx", f"docker.io/library/nginx:1@{DIGEST}", f"nginx@{DIGEST}"),
        (
            "docker.io/localhost/x",
            "docker.io/localhost/x",
            "docker.io/localhost/x:latest",
            "docker.io/localhost/x:latest",
        ),
    ],
)
def test_a_reference_is_said_for_people_in_full_and_for_pulling(
    text: str, repository: str, canonical: str, pulled: str
) -> None:
    reference = read_reference(text)

    assert (reference.repository, reference.canonical, reference.pull_argument) == (
        repository,
        canonical,
        pulled,
    )


@given(REFERENCES)
def test_what_is_said_is_read_back(text: str) -> None:
    reference = read_reference(text)

    assert read_reference(str(reference)) == reference


@given(REFERENCES)
def test_what_is_said_in_full_is_the_same_image(text: str) -> None:
    canonical = read_reference(text).canonical

    assert read_reference(canonical).canonical == canonical


@pytest.mark.parametrize(
    ("text", "code", "proposed"),
    [
        ("iestriana/Lamp", "upper_case", "iestriana/lamp"),
        ("IESTriana/lamp:V1", "upper_case", "iestriana/lamp:V1"),
        ("iestriana/mi lamp", "spaces", "iestriana/mi-lamp"),
        ("iestriana / lamp : 1.0", "spaces", "iestriana/lamp:1.0"),
        ("iestriana/práctica-1", "character", "iestriana/practica-1"),
        ("iestriana/contraseñas", "character", "iestriana/contrasenas"),
        ("iestriana/lamp..php", "separators", "iestriana/lamp.php"),
        ("iestriana/lamp___php", "separators", "iestriana/lamp_php"),
        ("iestriana/-lamp-", "separators", "iestriana/lamp"),
        ("iestriana//lamp", "empty_part", "iestriana/lamp"),
        ("iestriana/", "empty_part", None),
        ("iestriana/lamp:", "empty_tag", "iestriana/lamp"),
        ("https://hub.docker.com/r/iestriana/lamp", "web_address", "iestriana/lamp"),
        ("https://hub.docker.com/r/iestriana/lamp/tags?page=1", "web_address", "iestriana/lamp"),
        ("hub.docker.com/repository/docker/iestriana/lamp/general", "web_address", "iestriana/lamp"),
        ("https://hub.docker.com/_/nginx", "web_address", "nginx"),
        ("https://ghcr.io/owner/name", "web_address", "ghcr.io/owner/name"),
        ("https://hub.docker.com/u/iestriana", "web_address", None),
        ("https://github.com/iestriana/lamp", "web_address", None),
        ("docker pull iestriana/lamp", "command", "iestriana/lamp"),
        ("$ sudo docker image pull --platform linux/amd64 nginx:1.27", "command", "nginx:1.27"),
        ("docker pull iestriana/Lamp", "command", "iestriana/lamp"),
        ("FROM debian:12 AS build", "command", "debian:12"),
        ('image: "mariadb:11"', "command", "mariadb:11"),
        ("docker run --rm -p 80:80 nginx", "command", None),
        ("docker pull", "command", None),
        ("", "empty", None),
        ("   ", "empty", None),
        ("a" * 64, "image_id", None),
        ("a/" + "b" * 250, "too_long", None),
        ("nginx:" + "t" * 129, "tag_too_long", None),
        ("nginx:-1", "tag", None),
        ("nginx:versión", "tag", None),
        ("nginx@sha256:ab12", "digest", None),
        ("nginx@" + DIGEST.upper().replace("SHA", "sha"), "digest", f"nginx@{DIGEST}"),
        ("nginx@md5:" + "a" * 32, "digest", None),
        ("-bad.example/lamp", "host", None),
    ],
)
def test_what_is_wrong_is_named_and_what_was_meant_is_proposed(
    text: str, code: str, proposed: str | None
) -> None:
    trouble = trouble_of(text)

    assert (trouble.code, trouble.proposed) == (code, proposed)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("iestriana/Lamp", 10),
        ("  iestriana/Lamp", 12),
        ("a/b c", 3),
        ("a//b", 1),
        ("a/b/", 3),
        ("a/b..c", 3),
        ("nginx:-1", 6),
    ],
)
def test_the_place_of_the_trouble_is_told(text: str, position: int) -> None:
    assert trouble_of(text).position == position


@given(st.text(max_size=60) | st.text(alphabet="aA1./:@-_ ñ", max_size=30))
def test_any_text_is_a_reference_or_a_trouble_whose_proposal_is_one(text: str) -> None:
    try:
        proposed = str(read_reference(text))
    except ReferenceTrouble as trouble:
        assert trouble.code in REASONS
        proposed = trouble.proposed or "nginx"

    assert str(read_reference(proposed)) == proposed
