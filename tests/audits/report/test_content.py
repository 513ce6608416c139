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
from audits.report.graves import graves
from audits.report.model import Report
from audits.report.told import Moments
from audits.report.words import day
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


def test_grave_cases_are_newest_first_and_the_first_page_counts_those_without_an_answer() -> None:
    rows = reviews()
    newest = sorted(of(rows, US), key=lambda row: row.posted_on or "", reverse=True)
    answered = [row._replace(reply_text="Sorry.") if row.key == newest[1].key else row for row in rows]
    report = made(rows=answered)
    assert isinstance(report.moments, Moments) and len(report.moments.newest) == 10 and report.moments.more == 2
    days = [case.posted_on or "" for case in report.moments.newest]
    assert days == sorted(days, reverse=True)
    assert [case.answered for case in report.moments.newest[:2]] == [False, True]
    told = "".join(piece.text for piece in report.first_page.graves)
    assert told.startswith("12 grave cases reported (") and ", the newest of " in told
    assert told.endswith("; 11 without a public reply.")
    text = read(screen(report)["report.html"]).text
    assert "Each is reported by a reviewer, not established." in text and "no public reply" in text


def test_the_first_page_names_the_kinds_of_all_grave_cases_and_not_of_the_newest_alone() -> None:
    found = measured()
    assert found.measures is not None
    *newer, oldest = found.measures.moments
    cases = (*newer, replace(oldest, kinds=("Discrimination",)))
    report = samples.report(found=replace(found, measures=replace(found.measures, moments=cases)))
    assert isinstance(report.moments, Moments) and report.moments.more and len(report.moments.newest) < len(cases)
    assert "(safety and discrimination)" in "".join(piece.text for piece in report.first_page.graves)


def test_a_single_grave_case_is_no_newest_and_no_they() -> None:
    found = samples.report(found=measured()).moments
    assert isinstance(found, Moments)
    one = replace(found, cases=replace(found.cases, value=1.0), newest=found.newest[:1], kinds=("Safety",), more=0)
    many = replace(found.cases, value=1.0), replace(found.cases, value=0.0), NotObservable(reason="No replies.")
    told = ["".join(piece.text for piece in graves(replace(one, unanswered=silent))) for silent in many]
    begins = f"1 grave case reported (safety), of {day(one.newest[0].posted_on)}"
    says = ("; it has no public reply.", "; it has a public reply.", ". Whether it was answered cannot be seen.")
    assert told == [begins + ending for ending in says]


def test_without_replies_in_the_sources_nobody_is_said_to_be_silent() -> None:
    report = made()
    assert isinstance(report.moments, Moments) and isinstance(report.moments.unanswered, NotObservable)
    assert "Whether they were answered cannot be seen." in "".join(piece.text for piece in report.first_page.graves)


def test_a_confidential_report_quotes_no_case() -> None:
    report = made(given=samples.cover(confidential=True))
    assert isinstance(report.moments, Moments) and all(case.quote is None for case in report.moments.newest)
    assert report.examples == ()


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


def test_a_grave_case_that_a_single_word_tells_is_quoted_with_what_its_review_says_around_it() -> None:
    found, rows = measured(), {row.key: row for row in reviews()}
    assert found.measures is not None
    case = found.measures.moments[0]
    row = rows[case.review]
    for told, quoted in (
        (case.statement._replace(field="title", text="Dangerous"), f"Dangerous: {row.text}"),
        (case.statement._replace(field="text", text="Yes.", end=4), row.text),
    ):
        held = replace(found.measures, moments=(replace(case, statement=told),))
        moments = samples.report(found=replace(found, measures=held)).moments
        assert isinstance(moments, Moments) and (quote := moments.newest[0].quote) is not None
        assert quoted is not None and quote.text.rstrip("…") in quoted and len(quote.text.split()) > 3


def test_of_two_grave_cases_in_nearly_the_same_words_one_is_quoted_and_both_are_listed_and_counted() -> None:
    found = measured()
    assert found.measures is not None
    first, second, third = (
        replace(case, statement=case.statement._replace(text=text))
        for case, text in zip(
            found.measures.moments,
            ("The rail came off in my hand.", "Plus the rail came off in my hand.", "A wire hung from the wall there."),
            strict=False,
        )
    )
    held = replace(found.measures, moments=(first, second, third))
    report = samples.report(found=replace(found, measures=held))
    assert isinstance(report.moments, Moments) and report.moments.cases.value == len(report.moments.newest) == 3
    text = read(screen(report)["report.html"]).text
    assert text.count("rail came off in my hand") == text.count("In nearly the same words as a case above.") == 1


def test_what_was_handled_well_is_told_once_a_wording_and_is_no_open_case() -> None:
    found = measured()
    assert found.measures is not None
    (first, second, *_) = found.measures.moments
    well = replace(second, kinds=(), statement=first.statement)
    report = samples.report(found=replace(found, measures=replace(found.measures, handled=(first, well))))
    assert isinstance(report.moments, Moments) and len(report.moments.handled) == 1
    plus = replace(well, statement=first.statement._replace(text=f"Plus, {first.statement.text}"))
    report = samples.report(found=replace(found, measures=replace(found.measures, handled=(first, plus))))
    assert isinstance(report.moments, Moments) and len(report.moments.handled) == 1
    only = samples.report(found=replace(found, measures=replace(found.measures, moments=(), handled=(well,))))
    assert isinstance(only.moments, Moments) and only.moments.handled[0].kinds == ("Praised",)
    assert "no public reply" not in read(screen(only)["report.html"]).text


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
    assert f"Of {kept['answers']:.0f} of its answers" in told["reading"]
    assert f"{kept[RIGHT]:.0%} named the process" in told["reading"]
    assert "if the statements were read rightly" in told["ranges"]
    cases = {line.anchor: line.text for line in samples.report(found=samples.thin_findings()).limits}
    assert "ranges" not in cases and cases["reading"] == told["reading"]


def test_where_law_is_near_it_is_no_legal_advice() -> None:
    folder = Path(screen.__code__.co_filename).parent / "templates"
    for path in folder.glob("*.j2"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"\blaw\b|\blegal\b", text, re.I):
            assert "not legal advice" in text, path.name
