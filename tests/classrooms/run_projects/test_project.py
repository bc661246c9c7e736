"""The project that runs handed-in work: bounded, by digest, and nothing of a student's in it but values."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from classrooms.compose_files.reading import read_compose
from classrooms.compose_files.troubles import ComposeRefused
from classrooms.compose_files.values import Mount, PublishedPort, Service
from classrooms.run_projects.project import NoPortsLeft, compose_project, doors_of
from classrooms.run_projects.values import Limits, Work

DIGEST = "sha256:" + "ab" * 32
WEB = Service("web", f"nerea1/web@{DIGEST}", ports=(PublishedPort(80),), depends_on=("db", "nobody"))
DB = Service("db", f"mariadb@{DIGEST}", mounts=(Mount("/var/lib/mysql", "datos"),))


DEFAULT = Limits()


def project(*works: Work, limits: Limits = DEFAULT) -> dict[str, Any]:
    found = yaml.safe_load(compose_project("aulahub-7", works, doors_of(works), limits))
    assert isinstance(found, dict)
    return found


def test_two_hand_ins_stand_side_by_side_each_with_its_own_port_network_and_volume() -> None:
    found = project(Work("s1", (WEB, DB)), Work("s2", (WEB, DB)))
    assert set(found["services"]) == {"s1-web", "s1-db", "s2-web", "s2-db"}
    assert found["services"]["s1-web"]["ports"] == ["127.0.0.1:20000:80"]
    assert found["services"]["s2-web"]["ports"] == ["127.0.0.1:20001:80"]
    assert set(found["volumes"]) == {"s1-datos", "s2-datos"}
    shared = set(found["services"]["s1-web"]["networks"]) & set(found["services"]["s2-web"]["networks"])
    assert shared == set()


def test_services_of_one_hand_in_find_each_other_by_the_names_they_were_written_with() -> None:
    found = project(Work("s1", (WEB, DB)))
    assert found["services"]["s1-db"]["networks"]["s1-inside"] == {"aliases": ["db"]}
    assert found["services"]["s1-web"]["depends_on"] == ["s1-db"]


def test_every_container_is_bounded() -> None:
    for service in project(Work("s1", (WEB, DB)), limits=Limits(256, 0.5, 100))["services"].values():
        assert (service["mem_limit"], service["memswap_limit"], service["cpus"]) == ("256m", "256m", 0.5)
        assert (service["pids_limit"], service["cap_drop"]) == (100, ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "SYS_ADMIN" not in service["cap_add"]
        assert "NET_RAW" not in service["cap_add"]


def test_nothing_has_a_way_out() -> None:
    networks = project(Work("s1", (WEB, DB)))["networks"]
    assert networks["s1-inside"] == {"internal": True}
    assert networks["s1-door"]["driver_opts"] == {"com.docker.network.bridge.enable_ip_masquerade": "false"}
    assert len(networks) == 2


def test_what_has_no_port_stands_on_the_inner_network_only() -> None:
    assert set(project(Work("s1", (WEB, DB)))["services"]["s1-db"]["networks"]) == {"s1-inside"}


def test_a_teacher_may_let_them_out() -> None:
    found = project(Work("s1", (WEB, DB)), limits=Limits(reaches_out=True))
    assert found["networks"]["s1-outside"] == {}
    assert "s1-outside" in found["services"]["s1-db"]["networks"]


def test_ports_answer_on_the_teachers_own_computer_only() -> None:
    doors = doors_of([Work("s1", (WEB,))])
    assert [door.url for door in doors] == ["http://127.0.0.1:20000/"]


def test_a_work_that_is_not_by_digest_is_not_run() -> None:
    with pytest.raises(ValueError, match="not by digest"):
        Work("s1", (Service("web", "nginx:latest"),))


@pytest.mark.parametrize("key", ["", "S1", "s1; id", "../s1", "s" * 25, "ñ"])
def test_a_key_is_ours(key: str) -> None:
    with pytest.raises(ValueError, match="not a key of ours"):
        Work(key, (WEB,))


def test_ports_end_somewhere() -> None:
    many = Service("web", WEB.image, ports=tuple(PublishedPort(port) for port in range(1, 6001)))
    with pytest.raises(NoPortsLeft):
        doors_of([Work("s1", (many,)), Work("s2", (many,)), Work("s3", (many,))])


hostile = st.one_of(
    st.sampled_from(
        [
            "$(id)",
            "${HOME}",
            "$$HOME",
            "`id`",
            "'\n  privileged: true\n",
            "!!python/object:os.system",
            "*a",
            "&a",
        ]
    ),
    st.text(max_size=30),
)


@given(value=hostile, word=hostile)
def test_whatever_a_student_wrote_is_the_same_value_again_and_nothing_more(value: str, word: str) -> None:
    service = Service(
        "web", WEB.image, environment=(("A", value),), command=(word,), user=value, working_dir=word
    )
    harmless = Service("web", WEB.image, environment=(("A", "x"),), command=("x",), user="x", working_dir="x")
    found = project(Work("s1", (service,)))["services"]["s1-web"]
    plain = project(Work("s1", (harmless,)))["services"]["s1-web"]
    assert found["environment"]["A"].replace("$$", "$") == value
    assert found["command"][0].replace("$$", "$") == word
    assert {
        key: found.get(key) for key in plain if key not in ("environment", "command", "user", "working_dir")
    } == {key: plain[key] for key in plain if key not in ("environment", "command", "user", "working_dir")}
    assert set(found) <= set(plain)


@given(st.dictionaries(st.text(max_size=12), hostile, max_size=6))
def test_a_file_that_was_taken_makes_a_project_that_asks_for_nothing_of_the_computer(
    extra: dict[str, str],
) -> None:
    text = yaml.safe_dump({"services": {"web": {"image": "nginx", **extra}}})
    try:
        (service,) = read_compose(text).services
    except ComposeRefused:
        return
    pinned = Service(**{**vars(service), "image": WEB.image})
    found = project(Work("s1", (pinned,)))["services"]["s1-web"]
    for key in (
        "privileged",
        "devices",
        "pid",
        "ipc",
        "network_mode",
        "userns_mode",
        "extra_hosts",
        "env_file",
    ):
        assert key not in found
    assert found["cap_drop"] == ["ALL"]
