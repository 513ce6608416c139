"""The mean of a business's stars bears the range of a mean, and what is reached asks for nothing more."""

from __future__ import annotations

import numpy as np
import pytest

from audits.analysis.given import Given, Target
from audits.analysis.measures import Reaching
from audits.analysis.reaching import rated, reaching
from audits.analysis.values import Figure
from tests.audits.analysis.made import days, months, panel, review


def reach(stars: list[float], target: float, *, latest: list[float]) -> Reaching:
    """What would reach it, of reviews long before and of some in each of the last six months."""
    early = [review(at, day="2023-01-10", rating=value) for at, value in enumerate(stars)]
    dated = [day for month in months("2024-01", 6) for day in days(month, len(latest) // 6)]
    late = [review(900 + at, day=day, rating=value) for at, (day, value) in enumerate(zip(dated, latest, strict=True))]
    given = Given(targets=(Target(measure="rating", value=target, by="2025-01-01"),))
    (found,) = reaching(panel([1], {}), [*early, *late], given)
    return found


def test_the_range_of_a_mean_is_about_two_standard_errors_on_either_side() -> None:
    stars = [5.0] * 300 + [3.0] * 60 + [1.0] * 140
    found = rated(stars, ())
    error = 1.96 * np.std(stars) / np.sqrt(len(stars))
    assert found.low is not None and found.high is not None
    assert (found.value - found.low, found.high - found.value) == pytest.approx((error, error), rel=0.15)


def test_a_rating_that_is_reached_asks_for_no_review_and_no_month() -> None:
    found = reach([5.0] * 90, 4.0, latest=[4.0] * 60)
    assert isinstance(found.five_stars, Figure) and isinstance(found.months, Figure)
    assert (found.five_stars.value, found.months.value) == (0, 0)


def test_months_to_a_rating_are_what_is_missing_over_what_a_month_brings() -> None:
    found = reach([3.0] * 100, 4.0, latest=[5.0] * 60)
    assert isinstance(found.months, Figure)
    assert found.months.value == pytest.approx((4 * 160 - 600) / (10 * (5 - 4)))
