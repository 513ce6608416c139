"""No more words are held and read than an audit may show and needs, and its findings are the same."""

from __future__ import annotations

import pytest

from audits.analysis import findings, matters
from audits.analysis.heard import Unquoted, heard
from audits.analysis.panel import panels
from audits.analysis.values import Statement
from tests.audits.analysis.made import BUSINESS, GAPS, measured
from tests.audits.analysis.made_world import RIVAL, world


def test_what_words_are_weighed_against_is_the_same_sample_though_no_more_is_read_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (findings, matters):
        monkeypatch.setattr(module, "SAMPLE", 40)
    reviews, statements = world()
    (panel,) = panels(
        businesses=[BUSINESS], period=("2020-01-01", "2024-12-31"), reviews=reviews, said=heard(statements, gaps=GAPS)
    ).values()
    whole = [one for own in panel.statements.values() for one in own]
    read = list(findings._first_said(panel))
    assert matters.background_of(read) == matters.background_of(whole)
    assert 40 <= len(read) < len(whole) / 2


def test_of_what_was_said_before_all_that_is_measured_no_word_is_held() -> None:
    reviews, statements = world()
    early = {one.key for one in reviews if (one.posted_on or "") < "2023-06-01"}
    counted = [
        Unquoted(one.review, one.model, [(one.complaint, one.outside, one.severity, _gaps(one))])
        if one.review in early
        else one
        for one in statements
    ]
    asked = {"competitors": [RIVAL], "period": ("2023-06-01", "2024-06-30")}
    assert early
    assert measured(reviews, counted, **asked) == measured(reviews, statements, **asked)


def _gaps(one: Statement) -> list[tuple[str, float]]:
    return [(score.gap, score.confidence) for score in one.gaps]
