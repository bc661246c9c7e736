"""Keys and tokens in files. Everything secret here is invented."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.secret_signs.files import _NEEDS, RULES, kinds_in_file, shown_path
from classrooms.secret_signs.finding import ImageTexts, find_secrets
from classrooms.secret_signs.kinds import KINDS
from classrooms.secret_signs.places import is_looked_at
from tests.classrooms.secret_signs.test_finding import INVENTED

KEY = "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEowIBAAKCAQEA" * 4 + "\n-----END RSA PRIVATE KEY-----\n"
MARKED = INVENTED | {"private_key": KEY, "url_password": "postgres://nerea:s3creto9@db.iestriana.es/app"}


def kinds(path: str, text: str | bytes) -> tuple[str, ...]:
    return kinds_in_file(path, text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(("kind", "secret"), MARKED.items())
def test_every_sign_is_found_in_a_file_of_any_name(kind: str, secret: str) -> None:
    assert kinds("app/config.php", f"<?php\n$key = '{secret}';\n") == (kind,)
    assert kinds("app/config.php", f"\ufeff$env:KEY = '{secret}'\r\n".encode("utf-16")) == (kind,)


def test_every_kind_says_what_it_needs() -> None:
    assert set(_NEEDS) == {kind.code for kind in KINDS}
    assert all(any(one in MARKED[code] for one in needed) for code, needed in _NEEDS.items())


FILES = [
    ("env_file", "app/.env", "# mine\nexport DB_PASSWORD='Tr3sTigres!'\n"),
    ("env_file", "app/.env.production", "SECRET_KEY=abcdefgh99\n"),
    ("env_file", "srv/web.env", "API_TOKEN=abcdefgh99\n"),
    ("ssh_key", "root/.ssh/id_rsa", KEY),
    ("ssh_key", "home/ana/id_ed25519", KEY),
    ("docker_login", "root/.docker/config.json", '{"auths": {"x": {"auth": "bmVyZWE6czNjcmV0bzk="}}}'),
    ("docker_login", "run/containers/auth.json", '{"auths": {"x": {"auth": "bmVyZWE6czNjcmV0bzk="}}}'),
    ("aws_login", "root/.aws/credentials", "[default]\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPx\n"),
    ("git_login", "root/.git-credentials", "https://nerea:s3creto9@git.iestriana.es\n"),
    ("git_login", "app/.git/config", "[remote]\n url = https://nerea:s3creto9@git.iestriana.es/x.git\n"),
    ("npm_login", "app/.npmrc", "//registry.npmjs.org/:_authToken=00000000-1111-2222\n"),
    ("pypi_login", "root/.pypirc", "[pypi]\nusername = nerea\npassword = s3creto9\n"),
    ("kube_login", "root/.kube/config", "users:\n- user:\n    client-key-data: LS0tLS1CRUdJTi\n"),
    ("kube_login", "etc/kubernetes/admin.conf", "    token: eyJhbGciOi99\n"),
    ("netrc_login", "root/.netrc", "machine git.example login nerea password s3creto9\n"),
    ("database_login", "root/.pgpass", "db:5432:app:nerea:s3creto9\n"),
    ("database_login", "root/.my.cnf", "[client]\npassword=s3creto9\n"),
    ("terraform_state", "infra/terraform.tfstate", '{"master_password": "s3creto99"}'),
    ("key_store", "app/server.p12", b"\x30\x82\x00\x01"),
    ("key_store", "app/contraseñas.kdbx", b"\x03\xd9\xa2\x9a"),
]


@pytest.mark.parametrize(("kind", "path", "text"), FILES)
def test_a_file_that_is_made_to_hold_a_secret_is_found_by_its_name(
    kind: str, path: str, text: str | bytes
) -> None:
    assert kinds(path, text) == (kind,)
    assert kinds(path, b"") == ()


def test_every_rule_has_an_example_here() -> None:
    assert {kind for kind, _, _ in FILES} == {rule.kind for rule in RULES}


def test_an_issuers_own_mark_says_more_than_the_name_of_the_file() -> None:
    assert kinds("app/.npmrc", f"_authToken={INVENTED['npm_token']}") == ("npm_token",)
    assert kinds("app/.env", f"DB_PASSWORD=Tr3sTigres!\nX={INVENTED['aws_key']}") == ("aws_key",)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app/.env", "MYSQL_ROOT_PASSWORD=root\nPOSTGRES_PASSWORD=clase\nDEBUG=1\n"),
        ("app/.env", "API_KEY=${API_KEY}\nTOKEN=<your token>\nDB_PASSWORD_FILE=/run/secrets/db\n"),
        ("app/.env.example", "DB_PASSWORD=Tr3sTigres!\n"),
        (
            "app/.npmrc",
            "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\nregistry=https://registry.npmjs.org\n",
        ),
        ("root/.docker/config.json", '{"auths": {"x": {}}, "credsStore": "desktop"}'),
        ("app/.git/config", "[remote]\n url = https://github.com/nerea1/web.git\n"),
        ("root/.aws/credentials", "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"),
        ("root/.my.cnf", "[client]\npassword=root\n"),
        ("root/.ssh/id_rsa.pub", "ssh-rsa AAAAB3NzaC1yc2E nerea@aula"),
        ("app/server.pem", "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBa\n"),
        ("app/README.md", "Begins with -----BEGIN RSA PRIVATE KEY----- and ends with its END.\n"),
        ("app/README.md", "psql postgres://user:password@localhost/db, or http://user:pass@example.com/\n"),
        ("app/cli.py", 'help="scheme://[user:passwd@]proxy.server:port"'),
        ("app/README.md", "https://<user>:<token>@git.iestriana.es and $DB://root:$PW@db\n"),
        ("app/style.css", ".sk-estimator-dropdown-container-with-a-very-long-name-indeed { }"),
        ("usr/bin2/ssh", b"\x7fELF\0\0" + KEY.encode()),
        ("app/notas.txt", "contraseña de clase: 1234"),
    ],
)
def test_what_is_no_secret_of_anybody_is_not_told(path: str, text: str | bytes) -> None:
    assert kinds(path, text) == ()


@pytest.mark.parametrize(
    "path",
    [
        "etc/ssl/private/ssl-cert-snakeoil.key", "etc/ssl/certs/ca.pem", "usr/share/doc/x/id_rsa",
        "usr/local/lib/python3.12/test/keycert.pem", "usr/lib/node_modules/npm/test/key.pem",
        "app/node_modules/https/test/key.pem", "app/.venv/lib/python3.12/site-packages/tornado/test/test.key",
        "root/go/pkg/mod/golang.org/x/crypto@v0/testdata/id_rsa", "usr/local/go/src/crypto/tls/testdata/example-key.pem",
        "var/www/vendor/league/oauth/tests/key.pem", "etc/ssh/ssh_host_ed25519_key", "var/lib/dpkg/info/x.list",
    ],
)  # fmt: skip
def test_what_came_with_packages_is_not_looked_at(path: str) -> None:
    assert not is_looked_at(path)


@pytest.mark.parametrize(
    "path",
    [
        "app/.env", "root/.ssh/id_rsa", "home/nerea/.aws/credentials", "usr/share/nginx/html/.git/config",
        "usr/src/app/.env", "var/www/html/wp-config.php", "usr/local/tomcat/webapps/ROOT/.env", "srv/key.pem", ".env",
        "usr/local/apache2/htdocs/.env", "etc/nginx/server.key", "opt/app/.env", "tmp/id_rsa", "run/secrets/db",
    ],
)  # fmt: skip
def test_where_students_put_their_files_is_looked_at(path: str) -> None:
    assert is_looked_at(path)


def test_a_path_is_shown_without_a_token_in_it_without_controls_and_not_endlessly() -> None:
    token = INVENTED["github_token"]
    shown = shown_path(f"app/{token}/\x1b[31m\u202e{'x' * 400}")
    assert token not in shown
    assert "ghp_…" in shown_path(f"app/{token}.txt")
    assert shown.isprintable()
    assert len(shown) <= 201


@pytest.mark.parametrize(
    "text",
    ["a." * 64_000, "a:b@" * 32_000, "://a:" * 26_000, "sk-" * 42_000, "://" * 42_000,
     "-----BEGIN A " * 10_000 + "PRIVATE KEY", "-----BEGIN PRIVATE KEY-----" * 4_700,
     "password " * 14_000, "::::" * 32_000, "ghp_" * 32_000, "1:AA" * 32_000],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    for path in ("app/x", "app/.env", "app/.git/config", "root/.netrc", "root/.pgpass", "x.tfstate"):
        kinds(path, text)
    find_secrets(ImageTexts(history=(text,)))
    assert time.process_time() - begun < 4


@given(st.binary(max_size=300), st.sampled_from([path for _, path, _ in FILES]))
def test_files_with_anything_in_them_give_kinds_and_nothing_else(head: bytes, path: str) -> None:
    known = {kind.code for kind in KINDS} | {rule.kind for rule in RULES}
    assert set(kinds_in_file(path, head)) <= known
