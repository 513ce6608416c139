"""Of replies a client reads what there is: a reason once, months that fit a page, and her own target."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook  # type: ignore[import-untyped]

from audits.analysis.care import none_held
from audits.analysis.intervals import share
from audits.analysis.measures import Answered, Care, Named
from audits.analysis.told import Example
from audits.analysis.values import Figure, NotObservable
from audits.analysis.waiting import NOT_REACHED, NotReached
from audits.report import xlsx
from audits.report.cared import _months
from audits.report.chapter import Chapter
from audits.report.model import Report
from tests.audits.report import samples
from tests.audits.report.measured import chapter_of, measures, text_of

REASON = "sources hold no replies"


def _silent(name: str, reviews: int) -> Answered:
    return Answered(name=name, reviews=reviews, rate=none_held(), median=none_held(), p90=none_held())


def _heard(name: str, reviews: int) -> Answered:
    days = Figure(value=3.0, unit="days", n=reviews, method="reply-days")
    return Answered(
        name=name, reviews=reviews, rate=share(reviews // 2, reviews, method="replied"), median=days, p90=days
    )


def _care(*others: Answered) -> Care:
    return Care(
        confidential=False, overall=_silent("All reviews", 1600), by_stars=(), by_gap=(), by_location=(),
        by_business=(_silent(samples.US, 1600), *others), months=(), undated=0, acts=none_held(), good=none_held(),
        boilerplate=none_held(), families=(), felt=(Named(name="Listened: praised", figure=share(20, 1600)),),
    )  # fmt: skip


def _unanswered(*others: Answered) -> Report:
    found = samples.findings(
        measures=measures(care=_care(*others)), replies=none_held(), replies_low=none_held(), reply_days=none_held()
    )
    leaks = tuple(replace(leak, replied=none_held()) for leak in found.leaks)
    return samples.report(found=replace(found, leaks=leaks))


def test_where_no_source_holds_a_reply_it_is_said_once_and_no_table_repeats_it() -> None:
    report = _unanswered(_silent("Quayside Inn", 600))
    assert [table.caption for table in chapter_of(report, "care").tables] == ["Care in the experience"]
    text = text_of(report)
    assert text.count(REASON) <= 2 and "One reply to follow" not in text


def test_where_one_reply_alone_is_told_no_other_is_announced() -> None:
    short = Example(review=samples.reviews()[0].key, text="We are sorry that you feel so.", does=("apologises",))
    told = replace(_care(), overall=_heard("All reviews", 1600), worst=short)
    text = text_of(samples.report(found=samples.findings(measures=measures(care=told))))
    assert "A reply to avoid" in text and "to follow" not in text
    assert "To avoid, for all that it does is this: apologises." in text


def test_a_reason_after_a_colon_or_a_because_opens_in_small_letters() -> None:
    few = NotObservable(reason="Fewer than 20 replies to reviews with a complaint are held.")
    care = replace(_care(), overall=_heard("All reviews", 1600), acts=few)
    stars = NotObservable(reason="The sources of this business hold no star ratings.")
    text = text_of(samples.report(found=samples.findings(measures=measures(care=care), decomposition=stars)))
    assert "What replies do is not observable because fewer than 20 replies" in text
    assert "Stars associated: not observable because the sources" in text
    assert not re.findall(r": (?:Not observable|Fewer|There are|The sources)[^.]*", text)


def test_the_workbook_says_once_that_no_reply_is_held() -> None:
    book = load_workbook(BytesIO(xlsx.render(_unanswered(), audit_id="a")))
    assert [row[0].value for row in book["Replies"].iter_rows(min_row=2)] == ["All"]
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len([cell for cell in cells if REASON in cell]) <= 2


def test_where_only_competitors_are_answered_the_table_stays_and_a_word_stands_for_the_reason() -> None:
    chapter = chapter_of(_unanswered(_heard("Quayside Inn", 1234)), "care")
    table = next(table for table in chapter.tables if table.caption == "Replies by business")
    assert table.rows[0].cells == ("1,600", "none held", "none held", "none held")
    assert table.rows[1].cells[0] == "1,234"
    assert len([sentence for sentence in chapter.says if sentence.startswith("“None held”")]) == 1


def test_many_months_of_replies_are_gathered_by_year() -> None:
    months = tuple((f"{2019 + at // 12}-{at % 12 + 1:02}", 2, 1, at % 3) for at in range(40))
    table = _months(replace(_care(), months=months))
    assert table.caption == "Reviews and replies by year" and table.rows[0].name == "2019"
    assert table.rows[0].cells == ("24", "12", "12")
    assert _months(replace(_care(), months=months[:36])).rows[0].name == "January 2019"


def _timed(low: float, high: float | None, days: float = 3.0, beyond: float = 90.0) -> Chapter:
    half = Figure(value=days, unit="days", n=400, method="reply-days", low=low, high=high)
    late = NotReached(reason="Under nine in ten were answered.", brief=NOT_REACHED, beyond=beyond)
    overall = Answered(name="All reviews", reviews=600, rate=share(180, 600, method="replied"), median=half, p90=late)
    found = samples.findings(measures=measures(care=replace(_care(), overall=overall)))
    return chapter_of(samples.report(given=samples.cover(reply_days=2.5), found=found), "care")


def test_the_time_to_a_reply_is_held_against_the_clients_target_by_its_interval() -> None:
    def told(chapter: Chapter) -> list[object]:
        return [row.cells[-1] for row in chapter.tables[1].rows]

    assert _timed(2.6, 4.0).tables[1].caption == "Time to a reply against your target"
    assert told(_timed(2.6, 4.0)) == ["no", "no"]
    assert told(_timed(1.0, 4.0)) == ["cannot be told", "no"]
    assert told(_timed(1.0, 2.5)) == ["yes", "no"]


def test_a_target_for_a_reply_names_its_day_and_is_no_missing_target_of_the_progress() -> None:
    given = samples.cover(reply_days=3.0, reply_by="2026-01-31")
    care = replace(_care(), overall=_heard("All reviews", 600))
    report = samples.report(given=given, found=samples.findings(measures=measures(care=care)))
    assert chapter_of(report, "care").tables[1].columns[1] == "Your target, by 31 January 2026"
    first, *others = chapter_of(report, "progress").says
    assert first == "Your target for a reply, 3 days by 31 January 2026, is held against the replies in “Care”."
    assert not any("no target" in one for one in others)


def test_a_part_not_reached_in_fewer_days_than_the_target_is_not_said_to_miss_it() -> None:
    for beyond, met in ((1.0, "cannot be told"), (2.5, "cannot be told"), (3.0, "no")):
        _, most = _timed(2.6, 4.0, beyond=beyond).tables[1].rows
        assert most.cells[1:] == ("not reached", met)


def test_a_time_to_a_reply_without_an_upper_end_is_not_said_to_meet_the_target() -> None:
    half, _ = _timed(1.0, None, days=1.0).tables[1].rows
    assert half.cells[-1] == "cannot be told"
