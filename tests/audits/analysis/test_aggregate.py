"""What may not be stored is counted as everything else is: whole stars, and the months that are known."""

from __future__ import annotations

from audits.analysis.aggregate import counts
from audits.store.records import ANY, UNKNOWN, Counted
from spiders.items import Dated, Review


def test_half_a_star_is_rounded_up_and_a_year_is_no_month() -> None:
    held = [
        Review(site="yelp", rating=4.5, posted=Dated(on="2024-01-01", precision="year")),
        Review(site="yelp", rating=2.5, posted=Dated(on="2024-03-01", precision="month")),
        Review(site="yelp"),
    ]
    assert counts(held) == [
        Counted(gap=ANY, month="2024-03", stars="3", reviews=1),
        Counted(gap=ANY, month=UNKNOWN, stars="5", reviews=1),
        Counted(gap=ANY, month=UNKNOWN, stars=UNKNOWN, reviews=1),
    ]
