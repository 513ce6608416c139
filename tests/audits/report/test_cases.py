"""Of few reviews a report is a reading of cases in all its forms: counts and words, and nothing that ranks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO

from openpyxl import load_workbook  # type: ignore[import-untyped]

from audits.analysis.values import NotObservable
from audits.report import mail, xlsx
from audits.report.model import Report
from tests.audits.report import samples
from tests.audits.report.measured import text_of


@cache
def cases() -> Report:
    return samples.report(found=samples.thin_findings())


def test_cases_stand_in_the_order_of_the_customers_way() -> None:
    way = list(cases().stages)
    stages = [way.index(leak.stage) for leak in cases().leaks]
    assert len(set(stages)) > 2 and stages == sorted(stages)


def test_a_reading_of_cases_has_no_empty_heading_no_link_to_no_case_and_no_talk_of_shares() -> None:
    text = text_of(cases())
    assert "Over time" not in text and "every share is one of the reviews we hold" not in text
    assert "No case was read. The cases" not in text


def test_only_what_a_reading_of_cases_prints_is_explained() -> None:
    told = {line.name for line in (*cases().methods, *cases().limits, *cases().glossary)}
    assert {"n reviews of those we hold", "Read by a model", "Reviewers are not a sample of customers"} <= told
    assert not told & {"n in 100 reviews we hold", "Severity", "Rating", "Range in brackets", "Leak"}


def test_the_mail_says_nothing_of_shares() -> None:
    text = mail.message(cases(), audit_id="a").get_body(("plain",))
    assert text is not None and "every share" not in text.get_content()
    assert "what a few of them report need not be what most customers meet" in " ".join(text.get_content().split())


def test_the_workbook_ranks_nothing() -> None:
    book = load_workbook(BytesIO(xlsx.render(cases(), audit_id="a")))
    head, *rows = [[cell.value for cell in row] for row in book["Leaks"].iter_rows()]
    held = [dict(zip(head, row, strict=True)) for row in rows]
    assert held and all(row["Reviews with it"] for row in held)
    for name in ("Rank", "Share", "A month low", "Stars associated", "Severity", "How sure"):
        assert not [row[name] for row in held if row[name] is not None], name
    assert not [row[4].value for row in book["By month"].iter_rows(min_row=2) if row[4].value is not None]
    assert not [row[2].value for row in book["Rating by month"].iter_rows(min_row=2) if row[2].value is not None]


def test_what_one_reviewer_praised_is_no_strength_on_the_first_page() -> None:
    found = samples.thin_findings()
    (first, *_) = found.strengths
    for reviews, stands in ((1, False), (2, True)):
        praised = replace(first, share=replace(first.share, value=reviews / first.share.n))
        told = samples.report(found=replace(found, strengths=(praised,)))
        assert [line.gap for line in told.strengths] == [first.gap]
        assert isinstance(told.first_page.strength, NotObservable) != stands


def test_nobody_is_promised_a_check_that_cases_do_not_get() -> None:
    text = text_of(cases())
    assert "30 random statements" not in text and "read every case in its review" in text
