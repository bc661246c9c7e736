"""Compose files as students write them, and as nobody should be let run them."""

import pytest

from classrooms.compose_files.reading import read_compose
from classrooms.compose_files.troubles import ComposeRefused
from classrooms.compose_files.values import Mount, PublishedPort

LIBRARY = """
x-common: &common
  restart: always
services:
  web:
    <<: *common
    image: nerea1/biblioteca:v1
    ports: ["8080:80", "127.0.0.1:9000:9000/tcp"]
    environment:
      DB_HOST: db
      DEBUG: true
      PRICE: "5$$"
    depends_on: [db]
  db:
    image: mariadb:11
    environment: ["MARIADB_ROOT_PASSWORD=clase", "EMPTY="]
    volumes: [datos:/var/lib/mysql]
    command: mariadbd --character-set-server="utf8 mb4"
volumes:
  datos:
"""


def codes(text: str) -> list[str]:
    with pytest.raises(ComposeRefused) as refusal:
        read_compose(text)
    assert all(trouble.sentence for trouble in refusal.value.troubles)
    return [trouble.code for trouble in refusal.value.troubles]


def with_service(line: str) -> str:
    return f"services:\n  web:\n    image: nginx\n    {line}\n"


def test_a_hand_in_of_two_services_is_read_as_compose_reads_it() -> None:
    web, db = read_compose(LIBRARY).services

    assert web.ports == (PublishedPort(80), PublishedPort(9000))
    assert dict(web.environment) == {"DB_HOST": "db", "DEBUG": "true", "PRICE": "5$"}
    assert web.depends_on == ("db",)
    assert dict(db.environment) == {"MARIADB_ROOT_PASSWORD": "clase", "EMPTY": ""}
    assert db.mounts == (Mount("/var/lib/mysql", "datos"),)
    assert db.command == ("mariadbd", "--character-set-server=utf8 mb4")


def test_images_and_volumes_are_named_once_in_the_order_of_the_file() -> None:
    file = read_compose(LIBRARY)
    assert (file.images, file.volumes) == (("nerea1/biblioteca:v1", "mariadb:11"), ("datos",))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("privileged: true", "privileged"),
        ("privileged: yes please", "privileged"),
        ("network_mode: host", "namespace"),
        ("network_mode: 'container:other'", "namespace"),
        ("pid: host", "namespace"),
        ("ipc: host", "namespace"),
        ("uts: host", "namespace"),
        ("userns_mode: host", "namespace"),
        ("cgroup: host", "namespace"),
        ("volumes: ['/var/run/docker.sock:/var/run/docker.sock']", "docker_socket"),
        ("volumes: ['/run/../run/docker.sock:/x']", "docker_socket"),
        ("volumes: [{type: bind, source: /run/podman/podman.sock, target: /x}]", "docker_socket"),
        ("volumes: ['/:/host']", "host_path"),
        ("volumes: ['./src:/src']", "host_path"),
        ("volumes: ['~/.ssh:/keys']", "host_path"),
        (r"volumes: ['C:\Users:/users']", "host_path"),
        ("volumes: [{type: bind, source: data, target: /x}]", "host_path"),
        ("volumes: ['datos:../etc']", "shape"),
        ("devices: ['/dev/sda:/dev/sda']", "host_key"),
        ("cap_add: [SYS_ADMIN]", "host_key"),
        ("security_opt: ['seccomp:unconfined']", "host_key"),
        ("sysctls: {net.ipv4.ip_forward: 1}", "host_key"),
        ("volumes_from: [other]", "host_key"),
        ("env_file: .env", "host_key"),
        ("extends: {file: other.yml, service: web}", "host_key"),
        ("gpus: all", "host_key"),
        ("post_start: [{command: id, privileged: true}]", "host_key"),
        ("use_api_socket: true", "host_key"),
        ("something_new: 1", "unknown_key"),
        ("command: echo ${HOME}", "variable"),
        ("command: [echo, $PATH]", "variable"),
        ("command: 'echo $$$HOME'", "variable"),
        ("environment: [AWS_SECRET_ACCESS_KEY]", "variable"),
        ("environment: {TOKEN: }", "variable"),
        ("environment: ['A B=1']", "shape"),
        ("ports: ['99999']", "shape"),
        ("ports: ['0']", "shape"),
        ("ports: [[80]]", "shape"),
        ("command: 'echo \"open'", "shape"),
        ("user: \"0\\nprivileged: true\"", "shape"),
    ],
)  # fmt: skip
def test_what_reaches_for_the_computer_or_is_not_compose_is_refused(line: str, code: str) -> None:
    assert code in codes(with_service(line))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_services"),
        ("services: {}", "no_services"),
        ("services: [web]", "no_services"),
        ("- just\n- a list", "no_services"),
        ("services:\n\tweb: 1", "not_yaml"),
        ("services: !!python/object/apply:os.system ['id']", "not_yaml"),
        ("services: {web: {image: nginx}}\n---\nservices: {}", "not_yaml"),
        ("services: {web: {build: .}}", "no_image"),
        ("services: {web: {image: Nginx Web}}", "image"),
        ("services: {web: {image: '$(id)'}}", "image"),
        ("services: {'a; rm -rf /': {image: nginx}}", "service_name"),
        ("services: {web: nginx}", "shape"),
        ("include: [other.yml]\nservices: {web: {image: nginx}}", "include"),
        ("secrets: {key: {file: /etc/shadow}}\nservices: {web: {image: nginx}}", "include"),
        (
            "volumes: {d: {driver_opts: {type: none, o: bind, device: /}}}\nservices: {web: {image: nginx}}",
            "volume_driver",
        ),
        ("#" * 70_000, "too_long"),
        ("services:\n" + "".join(f"  s{n}: {{image: nginx}}\n" for n in range(13)), "too_many_services"),
        ("a: &a [1,1]\nb: &b [*a,*a]\nservices: &s {web: *s}", "swollen"),
        ("services:\n" + "".join(" " * (2 * n) + f"a{n}:\n" for n in range(1, 60)), "swollen"),
    ],
)
def test_a_file_that_is_no_compose_file_is_refused_with_its_reason(text: str, code: str) -> None:
    assert code in codes(text)


def test_a_bomb_of_aliases_is_refused_before_it_is_built() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert codes("\n".join([*lines, "services: {web: {image: nginx}}"])) == ["swollen"]


def test_everything_that_speaks_against_a_file_is_said_at_once() -> None:
    text = with_service("privileged: true\n    pid: host\n    volumes: ['/:/host']")
    assert codes(text) == ["privileged", "namespace", "host_path"]
