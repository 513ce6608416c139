"""How many reviews there are is read as each country writes it, and a rounded number is not taken for one."""

from __future__ import annotations

import pytest

from spiders.values import count

GROUPED = [
    "4,884",
    "4.884",
    "4 884",
    "4\xa0884",
    "4\u202f884",
    "4\u2009884",
    "4'884",
    "4’884",
    "４,８８４",
    "４８８４",
    "٤٬٨٨٤",
    "4884.0",
    "4,884.00",
]
AMONG_WORDS = [
    "4,884 reviews",
    "(4.884)",
    "4’884 Bewertungen",
    "4,884 5-star reviews",
    "4,884 (12 new)",
    "Reviews: 4884. Next",
]


@pytest.mark.parametrize("written", [*GROUPED, *AMONG_WORDS, 4884, 4884.0])
def test_a_count_is_the_same_however_its_thousands_are_set_apart(written: object) -> None:
    assert count(written) == 4884


@pytest.mark.parametrize(
    "written", ["4.8K", "4,9k reviews", "12 mil opiniones", "1.2 Mio.", "1.2万", "4.5", "none", "", None, True]
)
def test_what_is_rounded_or_no_count_is_none(written: object) -> None:
    assert count(written) is None


def test_groups_of_india_and_of_millions_are_whole() -> None:
    assert (count("1,23,456"), count("1.234.567"), count("2 of 3"), count("12, 13")) == (123456, 1234567, 2, 12)
