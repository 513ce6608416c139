"""What is shown of a gap complains by its own words, not only by the stars of its review."""

from __future__ import annotations

from audits.analysis.telling import outspoken
from audits.analysis.values import GapScore
from tests.audits.analysis.made import review, says


def test_praise_inside_a_bad_review_is_not_shown_as_its_complaint() -> None:
    bad = review(0, rating=1.0)
    kind = says(bad, "The lovely garden was beautifully kept.", "premises")
    plain = says(bad, "The carpet was filthy and the lift was broken.", "premises")
    assert outspoken([kind, plain]) == (plain,)
    read = kind._replace(gaps=(GapScore(gap="premises", confidence=1.0),))
    assert outspoken([read]) == (read,), "what a person read is what it is"
    assert outspoken([]) == ()


def test_a_plain_fact_of_a_bad_review_is_not_shown_as_its_complaint() -> None:
    bad = review(0, rating=1.0)
    fact = says(bad, "The pool is on the second floor beside the lift.", "premises")
    plain = says(bad, "The pool was filthy and closed at six.", "premises")
    assert outspoken([fact, plain]) == (plain,)
