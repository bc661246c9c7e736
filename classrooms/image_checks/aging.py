"""Official images whose version is no longer cared for, with the day on which that ended and what to use instead.

Days are those of each project's own calendar, as gathered by endoflife.date; looked at in November 2026. A version that
is not in here is not judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_VERSION = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Aged:
    """`ended_on`: the last day with security updates. `instead`: a tag of the same repository that is cared for."""

    ended_on: date
    instead: str


# Repository → version as a tag begins → (end, instead). A major version stands for all of its minor ones.
_ENDED: dict[str, dict[str, tuple[str, str]]] = {
    "ubuntu": {
        "14.04": ("2019-04-25", "24.04"), "16.04": ("2021-04-30", "24.04"), "18.04": ("2023-05-31", "24.04"),
        "20.04": ("2025-05-31", "24.04"),
    },
    "debian": {
        "8": ("2020-06-30", "12"), "9": ("2022-06-30", "12"), "10": ("2024-06-30", "12"), "11": ("2026-08-31", "12"),
    },
    "centos": {"6": ("2020-11-30", ""), "7": ("2024-06-30", ""), "8": ("2021-12-31", "")},
    "php": {
        "5": ("2018-12-31", "8.3"), "7": ("2022-11-28", "8.3"), "8.0": ("2023-11-26", "8.3"),
        "8.1": ("2025-12-31", "8.3"),
    },
    "python": {
        "2": ("2020-01-01", "3.13"), "3.6": ("2021-12-23", "3.13"), "3.7": ("2023-06-27", "3.13"),
        "3.8": ("2024-10-07", "3.13"), "3.9": ("2025-10-31", "3.13"),
    },
    "node": {
        "10": ("2021-04-30", "22"), "12": ("2022-04-30", "22"), "14": ("2023-04-30", "22"), "16": ("2023-09-11", "22"),
        "18": ("2025-04-30", "22"), "20": ("2026-04-30", "22"),
    },
    "mysql": {"5": ("2023-10-31", "8.4"), "8.0": ("2026-04-30", "8.4")},
    "mariadb": {"10.3": ("2023-05-25", "11.4"), "10.4": ("2024-06-18", "11.4"), "10.5": ("2025-06-24", "11.4")},
    "postgres": {
        "10": ("2022-11-10", "17"), "11": ("2023-11-09", "17"), "12": ("2024-11-21", "17"), "13": ("2025-11-13", "17"),
    },
    "mongo": {"4": ("2024-02-29", "8"), "5": ("2024-10-31", "8"), "6": ("2025-07-31", "8")},
    "tomcat": {"7": ("2021-03-31", "10.1"), "8": ("2024-03-31", "10.1")},
}  # fmt: skip
# Debian and Ubuntu are asked for by name as often as by number.
_NAMES = {
    "jessie": "8", "stretch": "9", "buster": "10", "bullseye": "11",
    "trusty": "14.04", "xenial": "16.04", "bionic": "18.04", "focal": "20.04",
}  # fmt: skip

# What takes the place of a whole repository: a distribution that ended, and the images that Bitnami took away.
_OTHERS = {
    "centos": "almalinux:9", "bitnami/apache": "httpd:2.4", "bitnami/mariadb": "mariadb:11.4",
    "bitnami/memcached": "memcached:1.6", "bitnami/mongodb": "mongo:8", "bitnami/mysql": "mysql:8.4",
    "bitnami/nginx": "nginx:stable", "bitnami/node": "node:22", "bitnami/php-fpm": "php:8.3-fpm",
    "bitnami/phpmyadmin": "phpmyadmin:5", "bitnami/postgresql": "postgres:17", "bitnami/python": "python:3.13",
    "bitnami/rabbitmq": "rabbitmq:4", "bitnami/redis": "redis:7", "bitnami/tomcat": "tomcat:10.1",
    "bitnami/wordpress": "wordpress:6",
}  # fmt: skip


def other_image(repository: str) -> str:
    """An official image that can be used in place of the whole repository; "" where none is known."""
    return _OTHERS.get(repository.removeprefix("docker.io/").removeprefix("library/"), "")


def find_aged(repository: str, tag: str, on: date) -> Aged | None:
    """What is known of an official image ("php", "7.4-apache") that is past its end on that day; else None."""
    versions = _ENDED.get(repository.removeprefix("docker.io/").removeprefix("library/"), {})
    first = tag.partition("-")[0]
    found = _VERSION.match(_NAMES.get(first, first))
    if not found:
        return None
    whole = found[0]
    ended = versions.get(whole) or versions.get(whole.partition(".")[0])
    if not ended or date.fromisoformat(ended[0]) >= on:
        return None
    return Aged(date.fromisoformat(ended[0]), ended[1])
