"""Sizes and platforms in words."""

import pytest
from django.utils import translation

from classrooms.templatetags.image_words import computers, megabytes, needs_amd64_on_mac


@pytest.mark.parametrize(
    ("size_bytes", "language", "words"),
    [
        (184_300_000, "en", "184 MB"),
        (920_000, "es", "0,9 MB"),
        (1_234_567_890, "en", "1,235 MB"),
        (None, "en", ""),
        ("", "en", ""),
    ],
)
def test_a_size_is_in_megabytes_as_the_reader_writes_numbers(
    size_bytes: int | str | None, language: str, words: str
) -> None:
    with translation.override(language):
        assert megabytes(size_bytes) == words


def test_platforms_are_named_as_computers_and_none_twice() -> None:
    with translation.override("en"):
        assert computers(["linux/amd64", "linux/arm64/v8", "linux/arm64", "linux/arm/v7", "linux/s390x"]) == (
            "PC, Mac with Apple chip, Raspberry Pi, older Raspberry Pi, linux/s390x"
        )


@pytest.mark.parametrize(
    ("platforms", "needed"),
    [(["linux/amd64"], True), (["linux/amd64", "linux/arm64"], False), ([], False), (["linux/arm64"], False)],
)
def test_a_mac_with_apple_chip_asks_for_the_image_of_a_pc_where_it_has_none(
    platforms: list[str], needed: bool
) -> None:
    assert needs_amd64_on_mac(platforms) is needed
