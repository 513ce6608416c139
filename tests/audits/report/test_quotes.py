"""Quotes are short, dated, linked and surely of their failing; a confidential engagement gives none."""

from __future__ import annotations

from collections import Counter

from audits.analysis.values import GapScore, Statement
from audits.report.forms import screen
from audits.report.quotes import picked, quotable
from tests.audits.report import samples
from tests.audits.report.pages import read
from tests.audits.report.test_report import report


def test_quotes_are_short_dated_linked_and_of_different_reviews() -> None:
    for leak in report().leaks:
        assert len({quote.review for quote in leak.quotes}) == len(leak.quotes) <= 6
        assert all(len(quote.text.split()) <= 25 and quote.posted_on and quote.link for quote in leak.quotes)
        assert [quote.posted_on for quote in leak.quotes] == sorted(
            (q.posted_on or "" for q in leak.quotes), reverse=True
        )


def test_a_quote_tells_something_agrees_with_the_stars_and_is_not_repeated() -> None:
    assert not quotable("Rude staff.") and not quotable("Harbour Grand Business Lounge")
    assert quotable("The lift was broken again") and quotable("WORST STAY WE EVER HAD")
    rows = {row.key: row for row in samples.reviews(each=40)}
    said = [_said(key, f"the lift on floor {at} was broken") for at, key in enumerate(rows)]
    quotes = picked(said, rows, said=["The lift on floor 3 was broken!"])
    assert len(quotes) == 6 and all(quote.stars is not None and quote.stars <= 3 for quote in quotes)
    assert "the lift on floor 3 was broken" not in [quote.text for quote in quotes]
    inside = said[0]._replace(start=7, text="stay of two nights it was")
    assert picked([inside], rows)[0].text.startswith("…stay of two nights")


def test_quotes_are_the_surest_of_many_months_and_none_where_none_is_sure() -> None:
    low = sorted((row for row in samples.reviews(each=200) if row.rating == 1), key=lambda row: row.posted_on or "")
    rows = {row.key: row for row in low}
    said = [_said(row.key, f"the lift on floor {at} was broken again") for at, row in enumerate(low)]
    quotes = picked(said, rows)
    assert len(quotes) == 6 and quotes[-1].text == said[0].text
    months = Counter((quote.posted_on or "")[:7] for quote in quotes)
    assert max(months.values()) <= 2
    assert picked([], rows) == ()


def test_half_a_sentence_and_a_question_give_way_to_what_stands_alone() -> None:
    rows = {row.key: row for row in samples.reviews(each=200) if row.rating == 1}
    lame = ("And the lift was broken on that day", "Why was the lift broken for a week?")
    whole = [f"The lift on floor {at} was broken" for at in range(4)]
    said = [_said(key, text) for key, text in zip(rows, (*lame, *whole), strict=False)]
    assert sorted(quote.text for quote in picked(said, rows)) == sorted(whole)
    assert len(picked(said[:3], rows)) == 3


def test_two_quotes_do_not_say_the_same_in_nearly_the_same_words() -> None:
    rows = {row.key: row for row in samples.reviews(each=40) if row.rating == 1}
    tiles = "the pool had cracked tiles and a plaster by the steps"
    told = (
        tiles,
        f"Plus {tiles}",
        "The lift was out for the whole of our stay",
        "Nobody had cleaned the bathroom before we came",
    )
    said = [_said(key, text) for key, text in zip(rows, told, strict=False)]
    assert sum("cracked tiles" in quote.text for quote in picked(said, rows)) == 1


def test_a_quote_says_something_and_none_repeats_what_the_page_shows_already() -> None:
    assert not quotable("For what it's worth") and quotable("Fair prices for what you get.")
    assert quotable("Nowhere near enough staff on")
    rows = {row.key: row for row in samples.reviews(each=40) if row.rating == 1}
    said = [_said(key, "Plus the pool had cracked tiles and a plaster by the steps") for key in rows]
    assert not picked(said, rows, said=["The pool had cracked tiles and a plaster by the steps."])


def _said(key: str, text: str) -> Statement:
    return Statement(
        review=key, content="c", field="text", start=0, end=len(text), text=text, complaint=0.9,
        gaps=(GapScore(gap="premises", confidence=0.9),),
    )  # fmt: skip


def test_a_confidential_engagement_is_not_quoted_and_links_to_no_review() -> None:
    secret = screen(samples.report(given=samples.cover(confidential=True)))
    for body in secret.values():
        assert b"no record of our reservation" not in body and b"127.0.0.1" not in body
    assert "This engagement is confidential: no review is quoted." in read(secret["report.html"]).text
