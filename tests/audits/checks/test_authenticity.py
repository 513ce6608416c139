"""Signals call for a look at a review; they find planted campaigns and leave the rest alone."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from audits.checks.authenticity import parted, shares, signals
from benchmarks.evidence_authenticity import blank, measured, sandbox
from spiders.sandbox import paraphrase
from spiders.sandbox.paraphrase import Strength

FROZEN = "b63649b19efaa236f388bf7c692741a49284f04709d5096ca3e76a2398db188d"


def test_the_paraphraser_is_the_one_that_the_figures_were_made_with() -> None:
    assert sha256(Path(paraphrase.__file__).read_bytes()).hexdigest() == FROZEN


@pytest.mark.parametrize(("strength", "recall", "precision"), [("copy", 0.98, 0.98), ("light", 0.90, 0.95)])
def test_planted_campaigns_are_signalled(strength: Strength, recall: float, precision: float) -> None:
    reached = measured(sandbox(), strength)
    assert reached[0] >= precision and reached[1] >= recall


def test_the_same_customer_on_two_sites_counts_once() -> None:
    text = "We waited an hour for a table by the window and nobody came to say why it was so."
    first, second = (replace(blank(key=key, business="b", text=text), site=key, listing=key) for key in ("a", "z"))
    assert signals([second, first]) == {"z": ("copy", "reworded")}


def test_a_day_with_many_times_the_usual_reviews_is_a_burst_and_a_steady_listing_has_none() -> None:
    steady = [
        replace(blank(key=f"s{day}", business="b", text=""), posted_on=f"2024-01-{day:02}") for day in range(1, 29)
    ]
    crowd = [replace(blank(key=f"c{n}", business="b", text=""), posted_on="2024-02-01") for n in range(9)]
    assert signals(steady) == {}
    assert signals(steady + crowd) == {each.key: ("burst",) for each in crowd}
    undated = [replace(each, posted_precision="month") for each in crowd]
    assert signals(steady + undated) == {}, "a month is no day: nothing is known of the rhythm"


def test_an_authors_third_review_is_signalled_and_two_are_not() -> None:
    own = [
        replace(blank(key=f"k{n}", business="b", text=""), author_key="x", posted_on=f"2024-0{n}-01") for n in (1, 2, 3)
    ]
    assert signals(own[:2]) == {} and signals(own) == {"k3": ("author",)}


def test_a_share_is_told_with_and_without_the_signalled_reviews() -> None:
    held = [blank(key=key, business="b", text="") for key in "abcd"]
    assert [each.key for each in parted(held, {"b": ("copy",)})] == ["a", "c", "d"]
    assert shares("ab", "abcd", {"b": ("copy",)}) == (0.5, pytest.approx(1 / 3))
