"""Stars associated: the parts and the unexplained rest are the shortfall, and overlap is shared."""

from __future__ import annotations

from time import process_time

import numpy as np
import pytest

from audits.analysis.heard import heard
from audits.analysis.panel import panels
from audits.analysis.stars import Attribution, attribute, decomposition
from audits.analysis.values import Decomposition, NotObservable, Statement
from audits.store.records import StoredReview
from tests.audits.analysis.made import BUSINESS, GAPS, neutral, review, says

PERIOD = ("2020-01-01", "2024-12-31")


def attributed(reviews: list[StoredReview], statements: list[Statement]) -> Attribution:
    held = panels(businesses=[BUSINESS], period=PERIOD, reviews=reviews, said=heard(statements, gaps=GAPS))
    found = attribute(held[BUSINESS])
    assert isinstance(found, Attribution)
    return found


def business(n: int, seed: int = 0) -> tuple[list[StoredReview], list[Statement]]:
    """Reviews where a queue costs two stars, conduct three, and a quarter of the unhappy name nothing."""
    rng = np.random.default_rng(seed)
    reviews, statements = [], []
    for number in range(n):
        queue, conduct, vague = (int(one) for one in rng.random(3) < (0.2, 0.1, 0.05))
        rating = max(1.0, 5.0 - int(rng.random() < 0.3) - 2 * queue - 3 * conduct - 2 * vague)
        one = review(number, rating=rating)
        reviews.append(one)
        statements.append(neutral(one))
        statements += [says(one, "We waited an hour.", "queue")] * queue
        statements += [says(one, "He was rude.", "conduct")] * conduct
        statements += [says(one, "Awful.", outside="vague")] * vague
    return reviews, statements


def total(found: Decomposition) -> float:
    return sum(part.value for part in found.parts.values()) + found.unexplained.value


def test_no_part_has_the_last_digits_that_depend_on_how_many_processors_share_its_sums() -> None:
    found = attributed(*business(400))
    assert np.array_equal(found.parts, np.round(found.parts, 12))
    assert np.array_equal(found.drawn_parts, np.round(found.drawn_parts, 12))


@pytest.mark.parametrize("seed", range(5))
def test_parts_and_the_rest_sum_to_the_shortfall(seed: int) -> None:
    reviews, statements = business(300, seed)
    found = decomposition(attributed(reviews, statements))
    mean = sum(one.rating or 0.0 for one in reviews) / len(reviews)
    assert found.shortfall.value == pytest.approx(5 - mean, abs=1e-9)
    assert total(found) == pytest.approx(found.shortfall.value, abs=1e-9)


def test_a_review_with_two_gaps_shares_its_loss_between_them() -> None:
    happy = [review(number, rating=5.0) for number in range(3)]
    both = review(9, rating=1.0)
    statements = [neutral(one) for one in happy] + [says(both, "Rude, and slow.", "conduct", "queue")]
    found = decomposition(attributed([*happy, both], statements))
    assert {name: part.value for name, part in found.parts.items()} == pytest.approx({"conduct": 0.5, "queue": 0.5})
    assert found.unexplained.value == pytest.approx(0.0)


def test_what_reviews_without_a_complaint_lose_stays_unexplained() -> None:
    quiet = [review(number, rating=4.0) for number in range(4)]
    loud = review(9, rating=1.0)
    found = decomposition(attributed([*quiet, loud], [*map(neutral, quiet), says(loud, "We queued.", "queue")]))
    assert found.parts["queue"].value == pytest.approx((4 - 1) / 5)
    assert found.unexplained.value == pytest.approx(1.0)


def test_a_complaint_that_names_no_process_has_a_part_of_its_own() -> None:
    happy, cross = review(1, rating=5.0), review(2, rating=1.0)
    found = decomposition(attributed([happy, cross], [neutral(happy), says(cross, "Awful.", outside="vague")]))
    assert found.parts["vague"].value == pytest.approx(2.0)


def test_a_gap_whose_reviews_lose_nothing_has_no_part() -> None:
    quiet, mild = review(1, rating=4.0), review(2, rating=5.0)
    found = decomposition(attributed([quiet, mild], [neutral(quiet), says(mild, "Parking is tight.", "premises")]))
    assert "premises" not in found.parts
    assert total(found) == pytest.approx(0.5, abs=1e-9)


def test_a_rated_review_without_text_counts_in_the_shortfall_and_in_no_part() -> None:
    silent, cross = review(1, rating=3.0, text=None), review(2, rating=1.0)
    found = decomposition(attributed([silent, cross], [says(cross, "We queued.", "queue")]))
    assert found.shortfall.value == pytest.approx(3.0)
    assert found.unexplained.value == pytest.approx(1.0)


def test_the_interval_covers_the_part_of_the_whole_population() -> None:
    whole = attributed(*business(40_000, 99)).part("queue").value
    covered = 0
    for seed in range(40):
        part = attributed(*business(400, seed)).part("queue")
        covered += (part.low or 0.0) <= whole <= (part.high or 0.0)
    assert covered >= 35


def test_parts_that_differ_are_told_apart_and_equal_ones_are_tied() -> None:
    found = attributed(*business(2000))
    assert not found.tied("queue", "fees")
    assert found.tied("fees", "promise")


def test_a_business_without_ratings_has_no_stars() -> None:
    one = review(1, rating=None)
    held = panels(businesses=[BUSINESS], period=PERIOD, reviews=[one], said=heard([neutral(one)], gaps=GAPS))
    assert isinstance(attribute(held[BUSINESS]), NotObservable)


def test_three_thousand_reviews_take_less_than_two_seconds() -> None:
    reviews, statements = business(3000)
    held = panels(businesses=[BUSINESS], period=PERIOD, reviews=reviews, said=heard(statements, gaps=GAPS))
    start = process_time()
    attribute(held[BUSINESS])
    assert process_time() - start < 2
