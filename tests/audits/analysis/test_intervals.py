"""The intervals are those of the books."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from audits.analysis.intervals import newcombe, percentiles, poisson, resamples, share, wilson, z_of


@pytest.mark.parametrize(("hits", "n"), [(0, 5), (1, 9), (12, 100), (50, 50), (210, 4346)])
@pytest.mark.parametrize("level", [0.95, 0.999])
def test_wilson_is_the_wilson_of_statsmodels(hits: int, n: int, level: float) -> None:
    assert wilson(hits, n, z_of(level)) == pytest.approx(_wilson(hits, n, level), abs=1e-9)


@pytest.mark.parametrize(("hits", "n", "before", "m"), [(12, 100, 4, 110), (0, 40, 5, 40), (30, 31, 1, 200)])
def test_newcombe_is_the_newcombe_of_statsmodels(hits: int, n: int, before: int, m: int) -> None:
    expected = confint_proportions_2indep(hits, n, before, m, method="newcomb", compare="diff")
    assert newcombe(hits, n, before, m) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("events", [0, 1, 7, 300])
def test_a_rate_has_the_exact_interval_of_its_count(events: int) -> None:
    low, high = poisson(events, 6.0)
    assert high == pytest.approx(chi2.ppf(0.975, 2 * events + 2) / 2 / 6)
    assert low == pytest.approx(chi2.ppf(0.025, 2 * events) / 2 / 6 if events else 0.0)


def test_no_review_knows_nothing() -> None:
    figure = share(0, 0)
    assert (figure.low, figure.high, figure.n) == (0.0, 1.0, 0)


def test_a_resample_draws_every_review_again_and_is_the_same_each_time() -> None:
    first, second = resamples([30, 10, 1]), resamples([30, 10, 1])
    assert np.array_equal(first, second)
    assert (first.sum(axis=1) == 41).all()


def test_the_bootstrap_of_a_mean_agrees_with_its_standard_error() -> None:
    counts, values = np.array([400, 600]), np.array([0.0, 1.0])
    low, high = percentiles(resamples(counts, 4000) @ values / 1000)
    assert (high - low) / 2 == pytest.approx(1.96 * np.sqrt(0.6 * 0.4 / 1000), rel=0.08)


def _wilson(hits: int, n: int, level: float) -> tuple[float, float]:
    low, high = proportion_confint(hits, n, alpha=1 - level, method="wilson")
    return float(low), float(high)
