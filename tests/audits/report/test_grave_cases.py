"""Grave cases are told once each, newest first, and quoted so that they say what happened."""

from __future__ import annotations

from dataclasses import replace

from audits.analysis.values import NotObservable
from audits.report.forms import screen
from audits.report.graves import graves
from audits.report.told import Moments
from audits.report.words import day
from tests.audits.report import samples
from tests.audits.report.made import US, of, reviews
from tests.audits.report.pages import read
from tests.audits.report.test_content import made, measured


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


def test_a_public_reply_is_asked_for_only_where_a_case_is_seen_to_have_none() -> None:
    answered = [row._replace(reply_text="Sorry.") for row in reviews()]
    silent = [answered[0]._replace(reply_text="Sorry."), *reviews()[1:]]
    asked = [
        "one that says so" in read(screen(made(rows=rows))["report.html"]).text for rows in (None, answered, silent)
    ]
    assert asked == [False, False, True]


def test_a_confidential_report_quotes_no_case() -> None:
    report = made(given=samples.cover(confidential=True))
    assert isinstance(report.moments, Moments) and all(case.quote is None for case in report.moments.newest)
    assert report.examples == ()


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
