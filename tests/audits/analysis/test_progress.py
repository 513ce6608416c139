"""A dated change is told by before and after, against competitors where they suffice, never across a break."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from audits.analysis.differences import Counts, beyond, large, own, pooled
from audits.analysis.given import Given, Intervention, Published, Target
from audits.analysis.measures import Aim, Measures, Progress, Silent, Step
from audits.analysis.months import month_number
from audits.analysis.panel import Panel
from audits.analysis.progress import progress, reach
from audits.analysis.sides import Course
from audits.analysis.values import Figure, FlowBreak, NotObservable, Statement
from audits.store.records import StoredReview
from tests.audits.analysis.made import BUSINESS, measured, months, neutral, panel, review, says

PERIOD = ("2022-01-01", "2023-12-31")
FIX = Intervention(date="2023-01-01", what="A second receptionist", gap="queue")


def ours(before: int = 6, after: int = 2, volume: int = 50, months: int = 24) -> Panel:
    return panel([volume] * months, {"queue": [before] * 12 + [after] * (months - 12)})


def rival(name: str, before: int = 10, after: int = 10, volume: int = 100) -> Panel:
    return replace(panel([volume] * 24, {"queue": [before] * 12 + [after] * 12}), business=name)


def told(*panels: Panel, breaks: dict[str, list[FlowBreak]] | None = None, **given: object) -> Progress:
    course = Course(panels={one.business: one for one in panels}, audited=BUSINESS, breaks=breaks or {})
    return progress(course, Given(**{"interventions": (FIX,)} | given), PERIOD)  # type: ignore[arg-type]


def step(found: Progress) -> Step:
    (only,) = found.interventions
    assert isinstance(only, Step)
    return only


def test_a_share_that_fell_after_the_change_and_not_elsewhere_worked() -> None:
    found = step(told(ours(), rival("Birch Inn"), rival("Cedar Inn")))
    assert (found.before.value, found.after.value) == (0.12, 0.04)
    assert found.verdict == "worked" and not isinstance(found.others, NotObservable)
    assert found.effect.high is not None and found.effect.high < 0
    assert found.months == (("2022-01", "2022-12"), ("2023-01", "2023-12"))


def test_a_fall_that_the_competitors_had_as_well_is_not_called_a_success() -> None:
    found = step(told(ours(), rival("Birch Inn", 12, 4), rival("Cedar Inn", 12, 4)))
    assert found.change.value < -0.05 and found.verdict == "cannot tell"


def test_small_competitors_are_not_held_against_us_and_the_caveat_says_so() -> None:
    found = step(told(ours(), rival("Birch Inn", volume=5, before=1, after=0)))
    assert isinstance(found.others, NotObservable) and "too few beside ours" in found.others.reason
    assert any("the season or the market" in caveat for caveat in found.caveats)
    assert found.effect.value == found.change.value and found.verdict == "worked"


def test_at_a_small_volume_nothing_can_be_told_and_the_visible_change_is_named() -> None:
    found = step(told(panel([6] * 24, {"queue": [1, 0] * 6 + [0, 0, 1] * 4})))
    assert found.verdict == "cannot tell" and found.visible.value > 0.05


def test_what_got_worse_is_called_worse() -> None:
    assert step(told(ours(2, 8), rival("Birch Inn"), rival("Cedar Inn"))).verdict == "worse"


def test_across_a_break_of_flow_nothing_is_told() -> None:
    broken = FlowBreak(month="2023-03", kind="volume", before=50, after=300, sentence="Many more came from March.")
    (found,) = told(ours(), breaks={BUSINESS: [broken]}).interventions
    assert isinstance(found, Silent) and "Many more came" in found.reason
    at_once = replace(broken, month="2023-01")
    (found,) = told(ours(), breaks={BUSINESS: [at_once]}).interventions
    assert isinstance(found, Silent)


def test_a_break_before_the_day_cuts_off_what_lies_before_it() -> None:
    broken = FlowBreak(month="2022-07", kind="volume", before=10, after=50, sentence="More came from July.")
    assert step(told(ours(), breaks={BUSINESS: [broken]})).months[0] == ("2022-07", "2022-12")


def test_a_competitor_whose_flow_breaks_is_not_in_the_pool() -> None:
    broken = FlowBreak(month="2023-03", kind="volume", before=50, after=300, sentence="Many more came.")
    found = step(told(ours(), rival("Birch Inn", 12, 4), breaks={"Birch Inn": [broken]}))
    assert isinstance(found.others, NotObservable)
    assert found.others.reason.startswith("No competitor holds enough reviews that compare")


def test_a_change_at_one_location_is_not_held_against_reviews_that_name_none() -> None:
    places = ["Quay", None, None, "Park"]
    held = replace(
        ours(), reviews=tuple(row._replace(location=places[at % 4]) for at, row in enumerate(ours().reviews))
    )
    found = step(told(held, interventions=(replace(FIX, location="Quay"),)))
    assert found.before.n == 150 and isinstance(found.others, NotObservable)


def test_a_share_that_was_falling_before_the_day_is_said_so() -> None:
    falling = panel([50] * 24, {"queue": [9] * 6 + [3] * 6 + [1] * 12})
    assert any("already falling" in caveat for caveat in step(told(falling)).caveats)


def test_the_month_of_the_day_counts_on_neither_side() -> None:
    found = step(told(ours(), interventions=(replace(FIX, date="2023-01-17"),)))
    assert found.months == (("2022-01", "2022-12"), ("2023-02", "2023-12"))


def test_an_intervention_after_the_period_is_not_judged_yet_and_is_said_to_be_still_to_come() -> None:
    later = replace(FIX, date="2024-05-01")
    (alone,) = told(ours(), interventions=(later,)).interventions
    assert isinstance(alone, Silent) and "still to come, and nothing of it is counted" in alone.reason
    first, second = told(ours(), interventions=(later, FIX)).interventions
    assert isinstance(first, Step) and first == step(told(ours())), "what is planned widens no range of what was done"
    assert second == alone


def test_history_before_the_period_is_asked_for_where_a_step_needs_it() -> None:
    assert reach(Given(interventions=(replace(FIX, date="2022-03-10"),)), PERIOD) == "2021-03-01"
    assert reach(Given(), PERIOD) == "2022-01-01"


def test_since_the_last_audit_every_gap_is_measured_again_and_what_reads_differently_is_marked() -> None:
    last = Published(
        audit="a", as_of="2022-12-31", period=("2022-01-01", "2022-12-31"), model="test-0",
        shares={"queue": 0.12, "fees": 0.05},
    )  # fmt: skip
    dated = ours()
    rows = tuple(
        row._replace(posted_on=f"{month // 12}-{month % 12 + 1:02d}-10")
        for row, month in zip(dated.reviews, dated.month.tolist(), strict=True)
    )
    found = told(replace(dated, reviews=rows), last=last)
    assert not isinstance(found.since, NotObservable)
    assert [(one.gap, one.verdict) for one in found.since] == [("queue", "worked")]
    assert {one.gap: one.restated for one in found.restated} == {"queue": False, "fees": True}
    assert found.since[0].months == (("2022-01", "2022-12"), ("2023-01", "2023-12")), "its last month was before"
    monthly = told(replace(dated, reviews=rows), last=replace(last, period=("2022-01-01", "2023-01-01"))).since
    assert not isinstance(monthly, NotObservable)
    assert monthly[0].months == found.since[0].months, "of an audit on the first of a month that month comes after"


def test_without_an_earlier_audit_it_is_said_that_there_is_none() -> None:
    found = told(ours()).since
    assert isinstance(found, NotObservable) and "no earlier audit" in found.reason


def test_a_target_is_reached_only_where_the_whole_interval_says_so() -> None:
    rows = ours(volume=100)
    dated = replace(
        rows,
        reviews=tuple(
            row._replace(posted_on=f"{month // 12}-{month % 12 + 1:02d}-10")
            for row, month in zip(rows.reviews, rows.month.tolist(), strict=True)
        ),
    )
    targets = (
        Target(gap="queue", value=0.10, by="2024-06-30"),
        Target(gap="queue", value=0.02, by="2023-12-31"),
        Target(gap="queue", value=0.005, by="2023-12-31"),
        Target(measure="rating", value=3.9, by="2023-12-31"),
        Target(measure="speed", value=3.9, by="2023-12-31"),
    )
    found = {(aim.gap or aim.name, aim.target.value): aim.reach for aim in told(dated, targets=targets).targets}
    assert found["queue", 0.10] == "reached" and found["queue", 0.02] == "cannot tell"
    assert found["queue", 0.005] == "not reached" and found["Rating", 3.9] == "reached"
    assert found["speed", 3.9] == "cannot tell"


def test_a_rating_target_is_not_reached_by_the_one_review_that_has_stars() -> None:
    rows = [review(number, day="2024-05-10", rating=None if number else 5.0) for number in range(60)]
    (aim,) = aimed(rows, Target(measure="rating", value=4.8, by="2024-06-30"))
    assert aim.reach == "cannot tell" and isinstance(aim.now, NotObservable)
    assert aim.now.reason == "Only 1 review of its last 6 months is held."


def test_a_target_is_held_against_six_months_also_where_its_day_is_early_in_one() -> None:
    days = [f"{month}-{day}" for month in months("2023-11", 8) for day in ("01", "02", "20") for _ in range(10)]
    rows = [review(number, day=day) for number, day in enumerate(days)]
    seen = {by: aimed(rows, Target(measure="rating", value=4.0, by=by))[0].now for by in ("2024-06-01", "2024-06-30")}
    assert [figure.n for figure in seen.values() if isinstance(figure, Figure)] == [180, 180]


def test_a_review_that_is_dated_to_its_year_is_in_no_last_six_months() -> None:
    lately = [review(number, day="2024-05-10") for number in range(60)]
    some_day = [review(60 + number, day="2024-01-01", posted_precision="year") for number in range(60)]
    failing = [says(one, "Nobody was at the desk.", "queue") for one in some_day]
    (aim,) = aimed([*lately, *some_day], Target(gap="queue", value=0.1, by="2024-06-30"), *failing)
    assert aim.reach == "reached" and isinstance(aim.now, Figure) and aim.now.n == 60


def aimed(rows: list[StoredReview], target: Target, *failing: Statement) -> tuple[Aim, ...]:
    found = measured(rows, [*map(neutral, rows), *failing], given=Given(targets=(target,)))
    assert isinstance(found.measures, Measures)
    return found.measures.progress.targets


def test_a_competitor_that_grows_does_not_pose_as_a_change() -> None:
    high = Counts(hits_before=20, before=100, hits_after=200, after=1000)
    low = Counts(hits_before=20, before=1000, hits_after=2, after=100)
    assert abs(pooled([high, low], 1.96)[0].value) < 1e-9


def test_competitors_that_change_each_their_own_way_widen_the_interval() -> None:
    mine = Counts(hits_before=48, before=400, hits_after=16, after=400)
    alike = [Counts(hits_before=60, before=1000, hits_after=60, after=1000)] * 4
    apart = [replace(one, hits_after=at) for one, at in zip(alike, (20, 100, 25, 95), strict=True)]
    calm, restless = beyond(mine, alike, 1.96), beyond(mine, apart, 1.96)
    assert restless.high - restless.low > 1.5 * (calm.high - calm.low)


def test_the_pool_must_be_twice_as_large_as_we_are() -> None:
    mine = Counts(hits_before=4, before=400, hits_after=4, after=400)
    assert not large(mine, [Counts(hits_before=0, before=700, hits_after=0, after=900)])
    assert large(mine, [Counts(hits_before=0, before=500, hits_after=0, after=500)] * 2)


def test_the_visible_change_is_seen_in_four_of_five_draws() -> None:
    plan = Counts(hits_before=32, before=400, hits_after=32, after=400)
    fall = own(plan, 1.96).visible
    rng = np.random.default_rng(3)
    before, after = rng.binomial(400, 0.10, 800), rng.binomial(400, 0.10 - fall, 800)
    plan = Counts(hits_before=40, before=400, hits_after=40, after=400)
    seen = [
        own(replace(plan, hits_before=int(one), hits_after=int(other)), 1.96).high < 0
        for one, other in zip(before, after, strict=True)
    ]
    assert 0.72 < float(np.mean(seen)) < 0.95


def test_months_are_counted_from_the_year_nought() -> None:
    assert month_number("2023-01-01") == 2023 * 12
