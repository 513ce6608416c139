"""Competitors are compared over one window that all of them cover, or it is said why not."""

from __future__ import annotations

from audits.analysis.values import Contrast, Findings, NotObservable
from tests.audits.analysis.made import days, measured, months, neutral, review, says

US, THEM, SMALL = "Alder Inn", "Birch Lodge", "Cedar House"


def business(name: str, first: str, count: int, a_month: int, every: int) -> tuple[list, list]:
    """Reviews over months, every so-manyth with a complaint of fees."""
    dated = [day for month in months(first, count) for day in days(month, a_month)]
    reviews = [review(at, business=name, day=day) for at, day in enumerate(dated)]
    statements = [neutral(one) for one in reviews]
    return reviews, statements + [says(one, "The minibar charge was hidden.", "fees") for one in reviews[::every]]


def audit(*businesses: tuple[list, list]) -> Findings:
    reviews = [one for held, _ in businesses for one in held]
    statements = [one for _, said in businesses for one in said]
    names = sorted({one.business for one in reviews} - {US})
    return measured(reviews, statements, competitors=names)


def first_contrasts(found: Findings) -> tuple[Contrast, ...]:
    contrasts = found.leaks[0].contrasts
    assert not isinstance(contrasts, NotObservable), contrasts
    return contrasts


def test_the_window_is_where_all_have_reviews() -> None:
    found = audit(business(US, "2022-01", 24, 30, 5), business(THEM, "2022-07", 24, 30, 20))
    assert found.window == ("2022-07-01", "2023-12-31")
    (contrast,) = first_contrasts(found)
    assert contrast.ours.n == contrast.theirs.n == 18 * 30
    assert contrast.difference.low is not None and contrast.difference.low > 0


def test_a_short_listing_does_not_shorten_the_comparison_with_the_others() -> None:
    found = audit(
        business(US, "2022-01", 24, 30, 5), business(THEM, "2022-01", 24, 30, 20), business(SMALL, "2023-10", 3, 5, 5)
    )
    assert found.window == ("2022-01-01", "2023-12-31")
    assert [contrast.competitor for contrast in first_contrasts(found)] == [THEM]
    assert any(note.startswith("Cedar House is not compared: with it,") for note in found.notes)


def test_nobody_to_compare_with_is_said() -> None:
    found = audit(business(US, "2022-01", 12, 30, 5), business(SMALL, "2022-01", 12, 2, 5))
    assert isinstance(found.window, NotObservable)
    assert "50 readable reviews" in found.window.reason
    assert isinstance(found.leaks[0].contrasts, NotObservable)


def test_a_break_of_flow_inside_the_window_is_named_beside_the_contrast() -> None:
    reviews, statements = business(THEM, "2022-01", 12, 30, 20)
    more, _ = business(THEM, "2023-01", 6, 120, 20)
    renamed = {one.key: review(5000 + at, business=THEM, day=one.posted_on) for at, one in enumerate(more)}
    later = [neutral(one) for one in renamed.values()]
    found = audit(business(US, "2022-01", 18, 30, 5), ([*reviews, *renamed.values()], [*statements, *later]))
    (contrast,) = first_contrasts(found)
    assert contrast.caveat is not None and "January 2023" in contrast.caveat
    assert found.weakened == (contrast.caveat,)


def test_only_reviews_of_the_same_sites_are_compared() -> None:
    held, said = business(US, "2022-01", 24, 30, 5)
    theirs, words = business(THEM, "2022-01", 24, 30, 20)
    ours = [one._replace(site="google" if at % 2 else "sandbox") for at, one in enumerate(held)]
    (contrast,) = first_contrasts(audit((ours, said), (theirs, words)))
    assert (contrast.ours.n, contrast.theirs.n) == (360, 720)


def test_the_window_is_that_of_the_sites_which_both_have() -> None:
    held, said = business(US, "2022-01", 24, 30, 5)
    ours = [one._replace(site="google" if (one.posted_on or "") < "2023-07" else "sandbox") for one in held]
    found = audit((ours, said), business(THEM, "2022-01", 24, 30, 20))
    (contrast,) = first_contrasts(found)
    assert found.window == ("2023-07-01", "2023-12-31") and contrast.ours.n == contrast.theirs.n == 6 * 30


def test_without_a_common_site_or_product_it_is_said_why_nothing_compares() -> None:
    held, said = business(US, "2022-01", 24, 30, 5)
    theirs, words = business(THEM, "2022-01", 24, 30, 20)
    elsewhere = audit((held, said), ([one._replace(site="google") for one in theirs], words))
    assert isinstance(elsewhere.window, NotObservable)
    assert "not comparable because no site is common to both (sandbox here, google there)" in elsewhere.window.reason
    cats = [one._replace(attributes={"product": "cats"}) for one in held]
    dogs = [one._replace(attributes={"product": "dogs"}) for one in theirs]
    small, few = business(SMALL, "2022-01", 24, 30, 20)
    found = audit((cats, said), (dogs, words), ([one._replace(attributes={"product": "cats"}) for one in small], few))
    assert [contrast.competitor for contrast in first_contrasts(found)] == [SMALL]
    assert any("no product is common to both" in note for note in found.notes)
