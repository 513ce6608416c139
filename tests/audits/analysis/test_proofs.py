"""The proofs by simulation hold: coverage, planted rises, audits in which nothing changed, and mended processes."""

from __future__ import annotations

import re

import numpy as np
import pytest

from audits.analysis.misread import corrected
from benchmarks import findings


def percents(line: str) -> list[float]:
    return [float(number) for number in re.findall(r"(\d+(?:\.\d+)?)%", line)]


def test_a_mended_process_is_called_so_and_an_unchanged_one_is_not() -> None:
    plain, _, small, least, pooled, drifting, *_ = findings.mended(300)
    assert percents(plain)[0] == percents(small)[0] == 0
    assert percents(least)[0] == percents(pooled)[0] == 100
    assert percents(least)[1] >= 75
    for line in (plain, pooled):
        assert percents(line)[1] >= 80 and percents(line)[2] <= 5
    assert percents(drifting)[1] >= 70 and percents(drifting)[2] <= 6


def test_a_campaign_of_invitations_silences_every_gap() -> None:
    (line,) = findings.invitations(30)
    assert percents(line) == [100.0, 0.0]


def test_a_rise_is_ranked_first_and_dated() -> None:
    _, found, dated = findings.rises(20)
    assert min(percents(found)) >= 90 and percents(dated)[0] >= 85


@pytest.mark.slow
def test_over_two_hundred_seeds_a_rise_is_ranked_first_called_and_dated() -> None:
    _, found, dated = findings.rises(200)
    assert min(percents(found)) >= 95 and percents(dated)[0] >= 90


@pytest.mark.slow
def test_where_nothing_changed_few_businesses_get_a_false_direction() -> None:
    for line in findings.stillness(200):
        assert all(percent <= 5 for percent in percents(line)[-2:]), line


@pytest.mark.slow
def test_intervals_cover_the_truth() -> None:
    truth, seen = findings.invented()
    for line in findings.coverage(truth, seen, 1000)[1:]:
        assert 93 <= percents(line)[0] <= 97, line


def test_labels_correct_the_counts_of_a_model_that_confuses_two_classes() -> None:
    rng = np.random.default_rng(4)
    true = rng.random(4000) < 0.2
    model = np.where(true, rng.random(4000) < 0.5, rng.random(4000) < 0.2).astype(int)
    counts = np.bincount(model, minlength=2)
    chosen = rng.choice(4000, 300, replace=False)
    pairs = [(int(model[at]), int(true[at])) for at in chosen]
    told, drawn = corrected(counts, pairs, np.eye(2))
    low, high = np.percentile(drawn[:, 1], [2.5, 97.5])
    assert abs(told[1] - true.sum()) < abs(counts[1] - true.sum())
    assert low < true.sum() < high
    assert np.isclose(told.sum(), 4000)
