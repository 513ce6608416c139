"""Signals call for a look at a review; they find planted campaigns and leave the rest alone."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from audits.checks.authenticity import signals, without
from audits.store.records import StoredReview
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
    first, second = (blank(key=key, business="b", text=text)._replace(site=key, listing=key) for key in ("a", "z"))
    assert signals([second, first]) == {"z": ("copy", "reworded")}


def test_a_day_with_many_times_the_usual_reviews_is_a_burst_and_a_steady_listing_has_none() -> None:
    steady = [
        blank(key=f"s{day}", business="b", text="")._replace(posted_on=f"2024-01-{day:02}") for day in range(1, 29)
    ]
    crowd = [blank(key=f"c{n}", business="b", text="")._replace(posted_on="2024-02-01") for n in range(9)]
    assert signals(steady) == {}
    assert signals(steady + crowd) == {each.key: ("burst",) for each in crowd}
    undated = [each._replace(posted_precision="month") for each in crowd]
    assert signals(steady + undated) == {}, "a month is no day: nothing is known of the rhythm"


def test_an_authors_third_review_is_signalled_and_two_are_not() -> None:
    own = [
        blank(key=f"k{n}", business="b", text="")._replace(author_key="x", posted_on=f"2024-0{n}-01") for n in (1, 2, 3)
    ]
    assert signals(own[:2]) == {} and signals(own) == {"k3": ("author",)}


def test_three_authors_on_one_template_are_signalled_with_the_first_of_them_and_one_author_is_not() -> None:
    told = "We took a table in {} and {} looked after us so very well that we shall come back here for {} next year."
    slots = [("May", "Ann", "lunch"), ("June", "Tom", "dinner"), ("April", "Eve", "drinks")]
    own = [
        blank(key=f"t{n}", business="b", text=told.format(*words))._replace(author_key=f"a{n}", posted_on="2024-01-01")
        for n, words in enumerate(slots)
    ]
    assert {key for key, names in signals(own).items() if "template" in names} == {"t0", "t1", "t2"}
    same = [each._replace(author_key="a0") for each in own]
    assert not any("template" in names for names in signals(same).values())


def _months(count: int) -> list[StoredReview]:
    """A review every third day, one in ten of them invited."""
    days = [(date(2023, 1, 1) + timedelta(days=3 * at)).isoformat() for at in range(count)]
    return [
        blank(key=f"m{at}", business="b", text="")._replace(posted_on=day, invited=at % 10 == 0, rating=4.0)
        for at, day in enumerate(days)
    ]


def _crowd() -> list[StoredReview]:
    """Sixty five-star reviews in four weeks."""
    days = [f"2024-02-{1 + n % 28:02}" for n in range(60)]
    return [blank(key=f"c{n}", business="b", text="")._replace(posted_on=day, rating=5.0) for n, day in enumerate(days)]


def test_weeks_of_many_invited_reviews_are_a_campaign_and_weeks_of_many_uninvited_ones_are_not() -> None:
    usual = _months(200)
    crowd = [each._replace(invited=True) for each in _crowd()]
    found = signals(usual + crowd)
    assert sum("campaign" in found.get(each.key, ()) for each in crowd) >= 0.8 * len(crowd), "but for its edges"
    assert sum("campaign" in found.get(each.key, ()) for each in usual) <= 4
    wondered = [each._replace(invited=False) for each in crowd]
    assert not any("campaign" in names for names in signals(usual + wondered).values())


def test_where_a_site_marks_no_invitation_five_stars_tell_a_campaign() -> None:
    usual = [each._replace(invited=None) for each in _months(200)]
    crowd = _crowd()
    found = signals(usual + crowd)
    assert sum("campaign" in found.get(each.key, ()) for each in crowd) >= 0.8 * len(crowd)


def test_the_same_words_under_two_businesses_are_signalled_at_both() -> None:
    text = "The mechanic had my car for nine days and sent it back with a new scratch on the left door."
    held = [blank(key="a", business="one", text=text), blank(key="b", business="two", text=text.upper())]
    assert signals(held) == {"a": ("elsewhere",), "b": ("elsewhere",)}
    assert signals(held, "two") == {"b": ("elsewhere",)}


def test_words_under_another_business_are_the_same_however_they_are_spaced_and_few_words_are_nobodys() -> None:
    text = "The mechanic had my car for nine days and\u2003sent it back with a new scratch on the left door."
    spaced = "  ".join(text.upper().split())
    held = [
        blank(key="a", business="one", text=text),
        blank(key="b", business="two", text=f"\n{spaced}"),
        blank(key="c", business="two", text=f"{text} Twice."),
        *(blank(key=f"short {name}", business=name, text="Great service, thank you.") for name in ("one", "two")),
        *(blank(key=f"other {name}", business=name, text=f"Elsewhere. {text}") for name in ("two", "three")),
    ]
    found = signals(held, "one")
    assert found == {"a": ("elsewhere",)}
    assert "elsewhere" in signals(held)["other three"]


def test_where_no_review_has_many_words_nothing_stands_twice() -> None:
    assert signals([blank(key=key, business=key, text="Fine.") for key in "ab"]) == signals([]) == {}


def test_the_reviews_without_the_signalled_ones_keep_their_order() -> None:
    held = [blank(key=key, business="b", text="") for key in "abcd"]
    assert [each.key for each in without(held, {"b"})] == ["a", "c", "d"]
