"""Without labels, ranges hold how far such readings were off in the trades that people have judged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audits.analysis import elsewhere
from audits.analysis.elsewhere import Whole, beyond_chance, misreading, readings, spread, whole
from audits.analysis.gaps import frame
from audits.analysis.given import Given
from audits.analysis.intervals import share
from audits.analysis.measures import Misread
from audits.analysis.values import Figure, Findings, NotObservable
from benchmarks import findings, gold_elsewhere, gold_parts
from benchmarks.gold_score import Read
from tests.audits.analysis.made import days, measured, months, neutral, panel, review, says
from tests.audits.analysis.test_proofs import percents

GAPS = ("queue", "fees")
HALF = Whole(complaining=0.5, shortfall=1.5)
"""A business of which half of the reviews complain."""


def misread(found: Findings) -> tuple[Misread, ...]:
    assert found.measures is not None
    return found.measures.misread


def audited(labels: int = 0) -> Findings:
    """Twenty-four months of 20 reviews, of which 2, and 8 from the nineteenth on, waited in line."""
    held, said = [], []
    for at, month in enumerate(months("2022-01", 24)):
        for number, day in enumerate(days(month, 20)):
            waits = number < (8 if at >= 18 else 2)
            one = review(at * 20 + number, day=day, rating=2.0 if waits else 5.0)
            held.append(one)
            said.append(says(one, "We waited an hour.", "queue") if waits else neutral(one))
    return measured(held, said, given=Given(labels=(("queue", "queue"),) * labels))


def test_a_leak_is_told_with_ranges_that_hold_chance_and_misreading() -> None:
    found = audited()
    (told,), (leak,) = misread(found), found.leaks
    assert told.gap == "queue"
    for wide, narrow in ((told.share, leak.share), (told.stars, leak.stars)):
        assert isinstance(wide, Figure) and isinstance(narrow, Figure)
        assert wide.value == narrow.value and wide.evidence == narrow.evidence
        assert (wide.low or 0) < (narrow.low or 0) < (narrow.high or 0) <= (wide.high or 0)
        assert wide.method == f"{narrow.unit}-as-elsewhere"


def test_misreading_alike_before_and_after_turns_no_rise_into_a_fall() -> None:
    (told,) = misread(audited())
    assert isinstance(told.change, Figure) and told.change.low is not None and told.change.low > 0


def test_what_a_person_labelled_here_takes_the_place_of_what_was_misread_elsewhere() -> None:
    found = audited(labels=100)
    assert found.measures is not None and found.measures.read and not misread(found)


def test_a_reading_of_cases_has_no_ranges() -> None:
    held = [review(at) for at in range(20)]
    assert misread(measured(held, [says(one, "We waited an hour.", "queue") for one in held])) == ()


def test_no_gap_is_in_more_reviews_than_complain_or_costs_more_stars_than_are_missing() -> None:
    of = Whole(complaining=0.3, shortfall=0.9)
    stars = Figure(value=0.7, unit="stars", n=400, method="stars", low=0.5, high=0.8)
    assert beyond_chance("policy", share(100, 400), 0.25, of)[1] <= 0.3
    assert beyond_chance("policy", stars, 0.25, of)[1] <= 0.9
    assert beyond_chance("policy", share(119, 400), 0.2975, of)[1] == share(119, 400).high


def test_a_process_hardly_labelled_is_not_said_to_be_all_that_customers_complain_of() -> None:
    for gap in frame().slugs:
        low, high = beyond_chance(gap, share(32, 400), 0.08, HALF)
        assert 0.01 < low < 0.08 < high < 0.36, gap


def test_what_no_gap_exceeds_is_told_by_the_reviews_of_the_business() -> None:
    quarter = panel([40, 40], {"queue": [10, 10]})
    rated = replace(quarter, rating=np.where(quarter.complains, 2.0, np.nan))
    assert whole(rated) == Whole(complaining=0.25, shortfall=3.0)


def test_why_a_figure_is_not_observable_is_said_in_its_place() -> None:
    held = [review(at, rating=None) for at in range(80)]
    said = [says(one, "We waited an hour.", "queue") if at < 20 else neutral(one) for at, one in enumerate(held)]
    (told,) = misread(measured(held, said))
    assert isinstance(told.stars, NotObservable) and isinstance(told.change, NotObservable)
    assert told.share.value == 0.25


def test_a_gap_that_people_found_misread_more_often_may_be_less_than_is_read() -> None:
    seldom, often = (beyond_chance(gap, share(40, 400), 0.1, HALF) for gap in ("reachability", "notice"))
    assert often[0] < seldom[0]


def test_no_share_is_more_than_all_or_less_than_nothing() -> None:
    low, high = beyond_chance("reachability", share(398, 400), 0.995, Whole(complaining=1.0, shortfall=4.0))
    assert low >= 0 and 0.995 < high <= 1
    assert beyond_chance("fees", share(1, 400), 0.0025, HALF)[0] >= 0
    change = Figure(value=0.1, unit="points", n=400, method="direction", low=-0.5, high=0.7)
    assert all(-1 <= end <= 1 for end in beyond_chance("policy", change, 0.1, HALF))


def test_the_ranges_hold_the_truth_of_trades_that_are_misread_like_those_that_were_judged() -> None:
    rng = np.random.default_rng(3)
    factors = rng.choice(misreading("conduct", 0.16), 400)
    held = []
    for factor in factors:
        true = min(0.5, 0.08 * factor)
        low, high = beyond_chance("conduct", share(int(rng.binomial(600, true / factor)), 600), 0.08, HALF)
        held.append(low <= true <= high)
    assert 0.93 <= np.mean(held) <= 0.98


@pytest.mark.slow
def test_through_the_assigner_they_hold_the_truth_of_the_sandbox_in_more_than_85_of_100() -> None:
    truth, seen = findings.sandbox()[0]["sandbox through the assigner"]
    for line in findings.coverage(truth, seen, 300, widened=True)[1:]:
        assert percents(line)[0] >= 85, line


def test_the_package_knows_every_gap_of_the_frame() -> None:
    told = readings()
    assert set(told.precision) == set(told.recall) == set(frame().slugs)
    assert told.answers >= 650 and told.labels >= 1_800 and told.trades == 8 and told.businesses >= 25
    low, high = spread()
    assert 0 < low < 1 < high


def read(trade: str, label: str, said: str, beside: frozenset[str] = frozenset()) -> Read:
    return Read(set=trade, label=(label,), said=(said,), confidence=0.7, beside=beside)


def test_a_complaint_is_read_where_any_statement_of_its_review_is(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [read("inns", "queue", "none", frozenset({"queue"})), read("inns", "queue", "fees", frozenset({"fees"}))]
    assert gold_elsewhere.recall(rows, GAPS, {}) == {("inns", "queue"): (1, 1)}
    assert gold_elsewhere.recall(rows, GAPS, {("inns", "queue"): (2, 3), ("bars", "fees"): (1, 0)}) == {
        ("inns", "queue"): (3, 4),
        ("bars", "fees"): (1, 0),
    }
    monkeypatch.setattr("benchmarks.gold_read.given_now", lambda: iter(()))
    assert gold_elsewhere.precision(rows, GAPS) == {("inns", "fees"): (0, 1)}


def test_trades_that_differ_make_a_wide_expectation_and_few_answers_draw_a_gap_to_the_others() -> None:
    alike = {(f"trade {at}", "queue"): (14, 6) for at in range(8)}
    apart = {(f"trade {at}", "queue"): ((20, 0) if at % 2 else (8, 12)) for at in range(8)}
    one = {("inns", "fees"): (0, 1)}
    (a, b), (c, d) = (gold_elsewhere.fitted(cells, GAPS)["queue"] for cells in (alike, apart))
    assert a + b > 2 * (c + d)
    assert abs(a / (a + b) - 0.7) < 0.05
    fees = gold_elsewhere.fitted(alike | one, GAPS)["fees"]
    assert fees[0] / sum(fees) > 0.4


def test_what_is_kept_is_what_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "elsewhere.json"
    monkeypatch.setattr(gold_elsewhere, "FILE", file)
    monkeypatch.setattr(elsewhere, "FILE", file)
    monkeypatch.setattr("benchmarks.gold_read.given_now", lambda: iter(()))
    rows = [read("inns", "queue", "queue"), read("bars", "fees", "queue")]
    cells = gold_elsewhere.precision(rows, GAPS), gold_elsewhere.recall(rows, GAPS, {})
    parts = [0.06, 0.08, 0.1, 0.12, 0.2, 0.4]
    gold_elsewhere.write(gold_elsewhere.Told(precision=cells[0], recall=cells[1], parts=parts, businesses=3), GAPS)
    readings.cache_clear()
    try:
        told = readings()
    finally:
        monkeypatch.undo()
        readings.cache_clear()
    assert (told.answers, told.labels, told.trades) == (2, 2, 2) and set(told.recall) == set(GAPS)
    assert (told.usual, told.businesses) == (gold_parts.usual(parts), 3)


def test_the_density_of_parts_is_the_one_that_they_were_drawn_from() -> None:
    rng = np.random.default_rng(5)
    drawn = rng.choice(gold_parts.POINTS, 4_000, p=(weight := (1 - gold_parts.POINTS) ** 3) / weight.sum())
    a, b = gold_parts.usual(drawn.tolist())
    assert abs(a - 1) < 0.15 and abs(b - 4) < 0.4
