"""A worse location stands out; a small one is drawn towards the rest and says how little it knows."""

from __future__ import annotations

import numpy as np
import pytest

from audits.analysis.places import shrunk
from audits.analysis.values import NotObservable
from tests.audits.analysis.made import measured, neutral, review, says


def test_a_large_location_keeps_its_own_share() -> None:
    worse = shrunk(np.array([300, 60, 66]), np.array([1000, 1000, 1100]))[0]
    assert worse[0] == pytest.approx(0.3, abs=0.01)


def test_a_small_location_is_drawn_towards_the_rest() -> None:
    mean, low, high = shrunk(np.array([2, 60, 66, 70]), np.array([5, 1000, 1100, 1200]))[0]
    assert mean < 0.2
    assert low < 0.06 < high


def test_the_intervals_cover_the_truth() -> None:
    rng = np.random.default_rng(8)
    covered = count = 0
    for _ in range(100):
        shares = rng.beta(4, 46, size=8)
        n = rng.integers(5, 200, size=8)
        for truth, (_, low, high) in zip(shares, shrunk(rng.binomial(n, shares), n), strict=True):
            covered += low <= truth <= high
            count += 1
    assert covered / count >= 0.92


def test_places_are_listed_worst_first_with_their_reviews() -> None:
    reviews = [review(at, location="Quay" if at % 2 else "Park") for at in range(120)]
    statements = [neutral(one) for one in reviews]
    statements += [says(one, "The lift was broken.", "premises") for one in reviews[1:60:2]]
    (leak,) = measured(reviews, statements).leaks
    assert not isinstance(leak.places, NotObservable)
    assert [(place.location, place.reviews, len(place.share.evidence)) for place in leak.places] == [
        ("Quay", 60, 30),
        ("Park", 60, 0),
    ]


def test_one_location_is_no_comparison() -> None:
    reviews = [review(at, location="Quay") for at in range(60)]
    statements = [says(one, "The lift was broken.", "premises") for one in reviews]
    (leak,) = measured(reviews, statements).leaks
    assert isinstance(leak.places, NotObservable)


def test_a_location_stands_out_only_where_it_differs_from_all_others_together() -> None:
    names = ("Quay", "Park", "Mill", "Hut")
    reviews = [review(at, location="Hut" if at < 8 else names[at % 3]) for at in range(308)]
    statements = [neutral(one) for one in reviews]
    statements += [says(one, "The lift was broken.", "premises") for one in reviews if one.location == "Hut"]
    statements += [says(one, "The lift was broken.", "premises") for one in reviews[8:150] if one.location == "Quay"]
    statements += [says(one, "The lift was broken.", "premises") for one in reviews[150::10] if one.location != "Quay"]
    (leak,) = measured(reviews, statements).leaks
    assert not isinstance(leak.places, NotObservable)
    stands = {place.location: place.stands for place in leak.places}
    assert (stands["Quay"], stands["Hut"]) == ("worse", None)
    quay = next(place for place in leak.places if place.location == "Quay")
    assert quay.elsewhere is not None and quay.elsewhere.n == 308 - quay.reviews
