"""The rise that an audit says it would notice is noticed in four of five audits of that volume."""

from __future__ import annotations

import numpy as np

from audits.analysis.intervals import newcombe, z_of
from audits.analysis.values import Figure
from audits.analysis.visible import smallest_rise, visible
from tests.audits.analysis.made import panel


def test_the_rise_that_would_be_noticed_mostly_is() -> None:
    base, n, alpha = 0.05, 600, 0.001
    rise = smallest_rise(base, n, alpha)
    rng = np.random.default_rng(11)
    before, after = rng.binomial(n, base, 1000), rng.binomial(n, base + rise, 1000)
    seen = [newcombe(int(k), n, int(j), n, z_of(1 - alpha))[0] > 0 for k, j in zip(after, before, strict=True)]
    assert 0.72 < float(np.mean(seen)) < 0.88


def test_more_reviews_show_smaller_rises_and_the_months_are_those_of_the_windows() -> None:
    many, months = visible(panel([100] * 24, {"queue": [5] * 24}))
    few, longer = visible(panel([10] * 24, {"queue": [1] * 24}))
    assert (months, longer) == (6, 12)
    assert isinstance(many["queue"], Figure) and isinstance(few["queue"], Figure)
    assert many["queue"].value < 0.1 < few["queue"].value
