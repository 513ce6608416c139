"""One audit measured whole: the same from any order of input, honest when small, every number with its method."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from audits.analysis.values import Direction, Figure, Findings, NotObservable, Theme
from tests.audits.analysis.made import GAPS, days, measured, months, neutral, review, says
from tests.audits.analysis.made_world import RIVAL, TEXTS, world

METHOD = Path(__file__).parents[3] / "docs" / "method.md"


@pytest.fixture(scope="module")
def audit() -> Findings:
    return measured(*world(), competitors=(RIVAL,))


def figures(value: object) -> Iterator[Figure]:
    """Every figure anywhere in the findings."""
    if isinstance(value, Figure):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from figures(getattr(value, field.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from figures(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from figures(inner)


def test_the_planted_leak_is_first_rising_and_dated(audit: Findings) -> None:
    leak = audit.leaks[0]
    assert leak.gap == "booking"
    assert isinstance(leak.direction, Direction)
    assert leak.direction.trend == "rising"
    assert leak.direction.since in ("2023-11", "2023-12", "2024-01")
    assert [theme.gap for theme in leak.themes] == ["booking"] * len(leak.themes)
    assert leak.themes


def test_the_order_of_the_input_does_not_matter(audit: Findings) -> None:
    reviews, statements = world()
    shuffle = random.Random(11)  # an order, not a secret
    shuffle.shuffle(reviews)
    shuffle.shuffle(statements)
    assert measured(reviews, statements, competitors=(RIVAL,)) == audit


def test_every_method_is_explained_in_the_method_document(audit: Findings) -> None:
    anchors = set(re.findall(r'<a id="([^"]+)"></a>', METHOD.read_text(encoding="utf-8")))
    used = {figure.method for figure in figures(audit)}
    assert used <= anchors
    assert {"share", "stars-associated", "direction", "contrast", "share-at-a-location", "replied"} <= used


def test_every_figure_lies_in_its_interval_and_is_a_plain_number(audit: Findings) -> None:
    for figure in figures(audit):
        assert type(figure.value) is float, figure
        if figure.low is not None and figure.high is not None:
            assert (type(figure.low), type(figure.high)) == (float, float), figure
            assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9, figure


def test_a_share_counts_a_review_once_and_names_it(audit: Findings) -> None:
    for leak in audit.leaks:
        assert leak.share.value == pytest.approx(len(set(leak.share.evidence)) / leak.share.n)
        assert sum(count for _, count, _ in leak.monthly) == len(leak.share.evidence)
        assert {statement.review for statement in leak.statements} == set(leak.share.evidence)


def test_every_gap_of_the_frame_has_a_share_at_every_business(audit: Findings) -> None:
    for business in (audit.audited, *audit.competitors):
        assert tuple(business.shares) == GAPS


def test_how_sure_is_said_in_plain_words_with_its_figures_beside(audit: Findings) -> None:
    leak = audit.leaks[0]
    assert (
        f"{len(leak.share.evidence)} reviews report it; most say it plainly; the range that chance leaves is"
        in leak.why_sure
    )
    assert "confidence" not in leak.why_sure and "mean confidence" in leak.sure_figures


def test_complaints_that_name_no_process_have_a_share_of_all_complaints(audit: Findings) -> None:
    assert audit.vague is not None and audit.vague.n == len(audit.complaints.evidence)
    assert set(audit.vague.evidence) <= set(audit.complaints.evidence)
    assert not set(audit.vague.evidence) & {key for leak in audit.leaks for key in leak.share.evidence}


def test_vague_complaints_are_counted_beside_the_gaps(audit: Findings) -> None:
    assert audit.outside["vague"] > 0
    assert "vague" not in {leak.gap for leak in audit.leaks}


def test_a_gap_of_four_reviews_is_not_ranked() -> None:
    held = [review(at) for at in range(80)]
    statements = [neutral(one) for one in held] + [says(one, "Hidden charges.", "fees") for one in held[:4]]
    assert measured(held, statements).leaks == ()


def test_leaks_alike_in_weight_are_ties() -> None:
    held = [review(at, rating=2.0 if at % 4 < 2 else 5.0) for at in range(400)]
    statements = [neutral(one) for one in held]
    statements += [says(one, "Hidden charges.", "fees") for one in held[0::4]]
    statements += [says(one, "The lift was broken.", "premises") for one in held[1::4]]
    assert measured(held, statements).ties == (("fees", "premises"),)


def test_without_stars_leaks_are_ranked_by_share() -> None:
    held = [review(at, rating=None) for at in range(200)]
    statements = [neutral(one) for one in held]
    statements += [says(one, "Hidden charges.", "fees") for one in held[:20]]
    statements += [says(one, "The lift was broken.", "premises") for one in held[20:120]]
    found = measured(held, statements)
    assert [leak.gap for leak in found.leaks] == ["premises", "fees"]
    assert isinstance(found.decomposition, NotObservable)
    assert found.ties == ()


def test_a_campaign_that_dilutes_the_shares_gives_no_direction() -> None:
    dated = [day for month in months("2022-01", 24) for day in days(month, 60 if month < "2023-09" else 280)]
    held = [review(at, day=day, rating=5.0) for at, day in enumerate(dated)]
    monthly: dict[str, int] = {}
    statements = [neutral(one) for one in held]
    for one in held:
        month = (one.posted_on or "")[:7]
        monthly[month] = monthly.get(month, 0) + 1
        if monthly[month] <= 9:
            statements.append(says(one, "The lift was broken.", "premises"))
    (leak,) = measured(held, statements).leaks
    assert isinstance(leak.direction, NotObservable)
    assert "September 2023" in leak.direction.reason
    assert "from 9.0 to 9.0" in leak.direction.reason


def test_reviews_that_cannot_be_read_count_in_the_rating_only() -> None:
    held = [review(at) for at in range(60)]
    foreign = [
        review(100 + at, language="de", text="Das Zimmer war sehr schmutzig und laut.", rating=1.0) for at in range(5)
    ]
    silent = [review(200 + at, text=None, rating=1.0) for at in range(3)]
    found = measured([*held, *foreign, *silent], [neutral(one) for one in held])
    assert found.unread == {"de": 5, "no text": 3}
    assert found.audited.shares["fees"].n == 60
    assert isinstance(found.audited.rating, Figure) and found.audited.rating.n == 68


def test_reviews_outside_the_period_are_not_measured_and_undated_ones_are_said() -> None:
    held = [review(at) for at in range(60)]
    old, undated = review(100, day="2019-12-31"), review(101, day=None)
    found = measured([*held, old, undated], [neutral(one) for one in [*held, old, undated]])
    assert found.audited.reviews == 61
    assert any("without a date" in note for note in found.notes)


@pytest.mark.parametrize(("dated", "said"), [(0, "The reviews carry no dates."), (29, "Most of"), (30, None)])
def test_how_many_there_are_a_month_is_not_told_where_most_reviews_have_no_date(dated: int, said: str | None) -> None:
    held = [review(at, day="2023-05-04" if at < dated else None) for at in range(60)]
    spoken = [neutral(one) for one in held] + [says(one, TEXTS["booking"][0], "booking") for one in held[:20]]
    (leak,) = measured(held, spoken).leaks
    if said is None:
        assert isinstance(leak.per_month, Figure)
    else:
        assert isinstance(leak.per_month, NotObservable) and leak.per_month.reason.startswith(said)


def test_a_competitor_without_a_review_is_listed_and_not_compared() -> None:
    held = [review(at) for at in range(60)]
    found = measured(held, [neutral(one) for one in held], competitors=(RIVAL,))
    assert [(other.business, other.reviews) for other in found.competitors] == [(RIVAL, 0)]
    assert isinstance(found.competitors[0].rating, NotObservable)
    assert isinstance(found.window, NotObservable)


def test_no_review_at_all_is_a_finding_too() -> None:
    found = measured([], [])
    assert found.thin
    assert (found.audited.reviews, found.leaks, found.complaints.n) == (0, (), 0)
    assert isinstance(found.audited.rating, NotObservable)


def test_reviews_without_any_date_are_measured_and_have_no_direction() -> None:
    held = [review(at, day=None) for at in range(80)]
    statements = [neutral(one) for one in held] + [says(one, "Hidden charges.", "fees") for one in held[:20]]
    (leak,) = measured(held, statements).leaks
    assert leak.share.value == 0.25
    assert leak.monthly == ()
    assert isinstance(leak.direction, NotObservable)


def test_stored_themes_keep_their_ids(audit: Findings) -> None:
    stored = tuple(
        Theme(id=f"kept-{at}", gap=theme.gap, name="old name", quote="", quote_review="", reviews=theme.reviews)
        for at, theme in enumerate(audit.leaks[0].themes)
    )
    again = measured(*world(), competitors=(RIVAL,), previous_themes=stored)
    assert {theme.id for theme in again.leaks[0].themes} == {theme.id for theme in stored}
