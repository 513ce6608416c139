"""The years of each location are of the reviews that all other figures are of."""

from __future__ import annotations

from dataclasses import replace

from audits.analysis.values import Figure
from audits.report.sides import years
from tests.audits.report import samples
from tests.audits.report.made import US, of, reviews


def test_a_copy_counts_in_no_year_as_it_counts_in_no_mean() -> None:
    rows = reviews()
    found = samples.findings(rows)
    rating = found.audited.rating
    assert isinstance(rating, Figure)
    copies = {row.key for row in of(rows, US)[:100]}
    kept = replace(rating, evidence=tuple(key for key in rating.evidence if key not in copies))
    told = years(rows, replace(found, audited=replace(found.audited, rating=kept)))
    assert sum(one.reviews for one in years(rows, found)) == 600
    assert sum(one.reviews for one in told) == 500
