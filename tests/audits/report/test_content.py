"""The sections stand in their order, each says what it knows, and nothing is asked for that harms."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from audits.analysis.gaps import frame
from audits.analysis.measures import Measures, Progress
from audits.analysis.resemblance import RIGHT, weights
from audits.analysis.told import Moment
from audits.analysis.values import Findings, NotObservable
from audits.report.actions import monday_after
from audits.report.cover import OwnNumber
from audits.report.doubts import apart
from audits.report.forms import screen
from audits.report.model import Report
from tests.audits.report import samples
from tests.audits.report.made import US, of, reviews
from tests.audits.report.made_leaks import _statement
from tests.audits.report.pages import read

ORDER = (
    "progress", "moments", "actions", "map", "leak-booking", "locations", "rating", "businesses", "replies",
    "strengths", "voices", "evidence", "method",
)  # fmt: skip
NONE = NotObservable(reason="Not measured.")


def measured(**changes: object) -> Findings:
    rows = of(reviews(), US)
    cases = tuple(
        Moment(
            review=row.key, kinds=("Safety",), righted=False, statement=_statement("safety", row, at),
        )
        for at, row in enumerate(sorted(rows, key=lambda row: row.posted_on or "", reverse=True)[:12])
    )  # fmt: skip
    progress = Progress(interventions=(), targets=(), last=None, since=NONE, restated=(), why_restated="")
    found = Measures(
        progress=progress, care=NONE, capture=NONE, value=NONE, handoffs=NONE, moments=cases,
        signalled={"copy": 3},
    )  # fmt: skip
    return samples.findings(measures=found, **changes)


def made(**changes: object) -> Report:
    return samples.report(found=measured(), **changes)  # type: ignore[arg-type]  # arguments of `report`


def test_the_sections_stand_in_their_order() -> None:
    ids = list(read(screen(made())["report.html"]).values("id"))
    places = [ids.index(name) for name in ORDER]
    assert places == sorted(places)


def test_three_actions_for_monday_name_an_owner_and_a_first_step_of_a_process() -> None:
    page = made().first_page
    leaks = {leak.gap: leak for leak in made().leaks}
    assert [one.gap for one in page.mondays] == ["booking", "premises", "queue"]
    for one in page.mondays:
        assert leaks[one.gap].playbook["first"].startswith(one.step[:-1]) and one.owner == leaks[one.gap].owner


def test_actions_start_on_a_monday_a_week_after_the_evidence_and_are_reviewed_months_later() -> None:
    assert not isinstance(made().actions, NotObservable)
    for action in made().actions:
        start = date.fromisoformat(action.start)
        assert start.weekday() == 0 and (start - date(2026, 6, 30)).days in range(7, 14)
        assert (date.fromisoformat(action.review_on) - start).days > 85
    assert monday_after(date(2026, 6, 29)) == date(2026, 7, 6)


def test_an_action_names_what_customers_name_most_where_it_is_worst_and_how_it_stands_of_late() -> None:
    report = made()
    assert not isinstance(report.actions, NotObservable)
    pages = {page.gap: page for page in report.leaks}
    for action in report.actions:
        page = pages[action.gap]
        assert action.named == tuple(theme.name for theme in page.themes[:3])
        assert action.place == (page.spot.name if page.spot and page.spot.worse else None)
        assert action.moving == (page.course.trend in ("rising", "falling"))
        assert action.now == (page.course.now if action.moving else page.share)
    assert {True, False} == {action.moving for action in report.actions}
    text = read(screen(report)["report.html"]).text
    assert "Of late" in text and "Over the period" in text


def test_an_owner_is_called_as_the_trade_calls_it() -> None:
    def owners(industry: str) -> set[str]:
        told = samples.report(given=samples.cover(industry=industry))
        return {page.owner for page in told.leaks if page.gap == "premises"}

    assert owners("Boutique hotel") == {"Housekeeping and maintenance"}
    assert owners("software") == owners("a trade of its own") == {"Facilities"}


def test_the_count_of_copies_says_what_it_counts_beside_the_reviews_whose_words_repeat() -> None:
    names = [row.name for row in samples.report().counts]
    assert f"Extra copies of a text of 10 words or more at {US} in the period, left out" in names


def test_reviews_that_carry_a_signal_are_counted_together_last_and_told_where_they_move_the_first_leak() -> None:
    found = measured()
    assert found.measures is not None
    signals = {"any": 9, "author": 4, "copy": 7}
    report = samples.report(found=replace(found, measures=replace(found.measures, signalled=signals)))
    assert [line.count for line in report.signalled] == [4, 7, 9]
    assert report.signalled[-1].name.startswith("Any of these")
    page = made().leaks[0]
    assert page.share.high is not None
    moved = replace(page, without_signalled=replace(page.share, value=page.share.high + 0.02))
    assert apart(replace(page, without_signalled=page.share)) == []
    assert apart(moved)[0].startswith("Without the reviews that a signal points to")


def test_a_title_that_begins_with_the_business_does_not_say_it_twice() -> None:
    plain = samples.cover()
    assert plain.heading == f"{plain.business}: {plain.title}"
    titled = replace(plain, title=f"{plain.business} and its competitors")
    assert titled.heading == titled.title


def test_the_clients_own_number_stands_where_it_is_given_and_is_named_where_not() -> None:
    own = OwnNumber(gap="queue", name="Median wait", value=14, unit="minutes", as_of="2026-05-31")
    report = made(given=samples.cover(kpis=(own,)))
    assert not isinstance(report.actions, NotObservable)
    told = {action.gap: action for action in report.actions}
    assert told["queue"].own == "Median wait: 14 minutes (31 May 2026)" and told["queue"].own_given
    assert told["booking"].own == frame().gap("booking").kpi and not told["booking"].own_given


def test_the_median_of_competitors_is_arithmetic_and_says_so() -> None:
    page = next(leak for leak in made().leaks if leak.gap == "booking")
    rates = sorted(one.share.value for one in page.contrasts if not one.ours)  # type: ignore[union-attr]
    if isinstance(page.arithmetic, NotObservable):
        ours = next(one.share.value for one in page.contrasts if one.ours)  # type: ignore[union-attr]
        assert ours <= rates[1]
    else:
        assert page.arithmetic.median.value == rates[1]
    told = [leak.arithmetic for leak in made().leaks if not isinstance(leak.arithmetic, NotObservable)]
    assert told and all("not a forecast" in one.sentence for one in told if one.fewer.value >= 0.1)


def test_what_stands_under_a_location_and_the_words_frame_and_grade_are_explained() -> None:
    report = made()
    told = {line.name: line.text for line in report.glossary}
    assert {"Frame", "Evidence grade"} <= set(told) and "D not to be built on" in told["Evidence grade"]
    assert "its reviews whose words could be read" in read(screen(report)["report.html"]).text


def test_locations_are_shaded_by_classes_and_small_ones_are_marked() -> None:
    page = read(screen(made())["report.html"])
    assert any("heat4" in name for name in page.values("class")) and not list(page.values("style"))
    assert "none can be told" in page.text


WORDS = re.compile(
    r"\bfake\b|140%|more likely to (buy|spend)|only ask (the )?(happy|pleased)|ask (only )?(happy|satisfied) customers|"
    r"(remove|suppress|hide|delete|bury) (the )?(bad|negative|low) reviews|buy reviews|reward(s)? for (a )?review|"
    r"incentive|discount for (a )?review|gift for (a )?review",
    re.I,
)


def test_no_playbook_or_template_says_fake_or_advises_to_choose_hide_or_buy_reviews() -> None:
    texts = {gap.slug: " ".join([*map(str, vars_of(gap.playbook)), *map(str, vars_of(gap.records)), gap.fix])
             for gap in frame().gaps}  # fmt: skip
    folder = Path(screen.__code__.co_filename).parent
    texts |= {path.name: path.read_text(encoding="utf-8") for path in folder.glob("templates/*.j2")}
    texts["lines.toml"] = (folder / "lines.toml").read_text(encoding="utf-8")
    allowed = "No discount, no draw, no gift for a review"
    assert not {name: found[0] for name, text in texts.items() if (found := WORDS.search(text.replace(allowed, "")))}


def test_shared_advice_speaks_of_renewals_only_beside_what_trades_without_them_have() -> None:
    said = [text for gap in frame().gaps for part in (gap.playbook, gap.records) for text in map(str, vars_of(part))]
    told = [one for text in said for one in re.split(r"(?<=[.;])\s", text) if re.search(r"\brenew", one, re.I)]
    assert told and all(re.search(r"\b(or|where)\b", one) for one in told)


def vars_of(value: object) -> list[object]:
    return [getattr(value, name) for name in value.__slots__]  # type: ignore[attr-defined]


def test_a_report_says_how_often_people_found_the_reading_right_and_that_its_ranges_do_not_hold_misreading() -> None:
    told = {line.anchor: line.text for line in samples.report().limits}
    kept = weights()
    assert f"Of {kept['answers']:.0f} statements of other businesses" in told["reading"]
    assert f"it sorted {kept[RIGHT]:.0%} into the process" in told["reading"]
    assert "if the statements were read rightly" in told["ranges"]
    cases = {line.anchor: line.text for line in samples.report(found=samples.thin_findings()).limits}
    assert "ranges" not in cases and cases["reading"] == told["reading"]


def test_where_law_is_near_it_is_no_legal_advice() -> None:
    folder = Path(screen.__code__.co_filename).parent / "templates"
    for path in folder.glob("*.j2"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"\blaw\b|\blegal\b", text, re.I):
            assert "not legal advice" in text, path.name
