"""What differs between two versions of an image."""

from dataclasses import replace

from classrooms.image_checks.versions import Comparison, VersionFacts

CONFIG = {
    "os": "linux",
    "architecture": "amd64",
    "created": "2026-09-01T10:00:00Z",
    "rootfs": {"type": "layers", "diff_ids": ["sha256:base", "sha256:php"]},
    "history": [
        {"created_by": "FROM debian"},
        {"created_by": "ENV A=1", "empty_layer": True},
        {"created_by": "RUN apt-get install php"},
    ],
    "config": {
        "Env": ["PATH=/bin", "PHP_VERSION=8.2"],
        "Entrypoint": ["docker-php-entrypoint"],
        "Cmd": ["apache2-foreground"],
        "ExposedPorts": {"80/tcp": {}},
    },
}
OLD = VersionFacts.from_config("sha256:old", CONFIG, 100, ["linux/amd64", "linux/arm64"])


def test_a_configuration_is_read_as_what_people_compare() -> None:
    assert (OLD.platform, OLD.layers, OLD.ports) == (
        "linux/amd64",
        ("sha256:base", "sha256:php"),
        ("80/tcp",),
    )
    assert OLD.command == ("docker-php-entrypoint", "apache2-foreground")
    assert OLD.steps == ("FROM debian", "RUN apt-get install php")
    assert OLD.built_at is not None and OLD.built_at.year == 2026


def test_a_configuration_that_is_rubbish_is_empty() -> None:
    rubbish = {"config": [], "rootfs": "x", "history": [None], "created": "1970-01-01T00:00:00Z"}
    facts = VersionFacts.from_config("sha256:x", rubbish, None, [])

    assert (facts.layers, facts.environment, facts.command, facts.built_at) == ((), (), (), None)


def test_what_changed_is_told_and_what_did_not_is_not() -> None:
    new = replace(
        OLD,
        compressed_bytes=160,
        platforms=("linux/amd64",),
        layers=("sha256:base", "sha256:php83", "sha256:tools"),
        steps=("FROM debian", "RUN php 8.3", "RUN tools"),
        environment=("PATH=/bin", "PHP_VERSION=8.3", "TZ=Europe/Madrid"),
    )
    found = Comparison(OLD, new)

    assert (found.grown_bytes, found.shared_layers, found.new_layers) == (60, 1, 2)
    assert found.new_steps == ("RUN php 8.3", "RUN tools")
    assert found.changed_variables == (("PHP_VERSION", "8.2", "8.3"), ("TZ", None, "Europe/Madrid"))
    assert (found.lost_platforms, found.gained_platforms) == (("linux/arm64",), ())
    assert not (found.is_other_command or found.are_other_ports or found.is_other_base)


def test_another_base_shares_no_layer() -> None:
    assert Comparison(OLD, replace(OLD, layers=("sha256:alpine",))).is_other_base
    assert Comparison(OLD, replace(OLD, compressed_bytes=None)).grown_bytes is None


def test_a_change_of_size_is_told_where_it_would_be_seen() -> None:
    old, larger = replace(OLD, compressed_bytes=50_000_000), replace(OLD, compressed_bytes=50_100_000)
    grown, shrunk = Comparison(old, larger), Comparison(larger, old)
    same, unknown = (
        Comparison(old, replace(old, compressed_bytes=50_099_999)),
        Comparison(OLD, replace(OLD, compressed_bytes=None)),
    )

    assert (grown.is_larger, grown.is_smaller, shrunk.is_larger, shrunk.is_smaller) == (
        True,
        False,
        False,
        True,
    )
    assert (shrunk.shrunk_bytes, grown.shrunk_bytes) == (100_000, 0)
    assert not (same.is_larger or same.is_smaller or unknown.is_larger or unknown.is_smaller)


def test_layers_of_another_kind_of_computer_are_no_other_base() -> None:
    other = replace(OLD, platform="linux/arm64/v8", layers=("sha256:arm", "sha256:php-arm"))
    same = replace(OLD, platform="linux/amd64/v2", layers=("sha256:alpine",))

    assert Comparison(OLD, other).are_for_other_computers and not Comparison(OLD, other).is_other_base
    assert Comparison(OLD, same).is_other_base and not Comparison(OLD, same).are_for_other_computers
    assert not Comparison(OLD, replace(OLD, platform="")).are_for_other_computers
