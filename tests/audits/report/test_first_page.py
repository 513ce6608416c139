"""The first page: up to three leaks in plain words, the verdict, and what must stand on it whatever its size."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audits.analysis.values import Figure, NotObservable
from audits.report.forms import screen
from tests.audits.report import samples
from tests.audits.report.pages import read
from tests.audits.report.test_report import found, page, report


def test_the_first_page_names_up_to_three_leaks_with_interval_month_owner_and_fix() -> None:
    head = page().text.split("Where it leaks")[0]
    for leak in report().leaks[:3]:
        assert leak.title in head and leak.owner in head and leak.fix in head
    assert "12 in 100 reviews we hold (9–15), 3 a month" in head
    assert "too close to call by the stars that go with them" in head and "cannot be told apart in size" not in head
    far = samples.report(found=found(ties=(("premises", "queue"),)))
    assert far.first_page.ties == (
        "“Dirty, broken or uncomfortable place” and “Waiting in line” cannot be told apart in size; "
        "their order may be chance.",
    )
    assert "Courtesy and care of staff" in head
    assert "Draft." in head


def test_without_stars_a_tie_is_one_of_how_often_leaks_are_reported() -> None:
    none = NotObservable(reason="The sources of this business hold no star ratings.")
    leaks = tuple(replace(leak, stars=none) for leak in found().leaks)
    head = samples.report(found=found(leaks=leaks, decomposition=none)).first_page.headline
    assert "too close to call by how often they are reported" in head and "stars" not in head


def test_a_break_of_flow_is_the_short_reason_on_the_first_page_and_the_long_one_on_the_leaks() -> None:
    broken = found().audited.breaks[0]
    brief = "Not observable: reviews arrive differently from March 2025"
    why = NotObservable(reason=f"{broken.sentence} Shares before and after do not compare.", brief=brief)
    told = samples.report(found=found(leaks=tuple(replace(leak, direction=why) for leak in found().leaks)))
    assert told.leaks[0].course.brief == brief
    assert (
        told.leaks[0].course.sentence
        == f"Not observable because from{broken.sentence[4:]} Shares before and after do not compare."
    )
    assert broken.sentence in told.first_page.reasons


def test_one_clear_leak_is_the_verdict() -> None:
    headline = samples.report(found=found(ties=())).first_page.headline
    assert headline == (
        "The biggest leak at Harbour Hotels: bookings lost or wrong. "
        "12 in 100 reviews we hold report it (9–15), about 3 a month."
    )


def test_reviews_without_dates_are_of_no_period_and_of_no_number_a_month() -> None:
    why = NotObservable(reason="The reviews carry no dates.")
    ours = replace(found().audited, first=None, last=None, breaks=())
    leaks = tuple(replace(leak, per_month=why) for leak in found().leaks)
    told = samples.report(found=found(audited=ours, leaks=leaks, ties=()))
    assert told.first_page.headline.endswith("12 in 100 reviews we hold report it (9–15).")
    html = read(screen(told)["report.html"]).text
    head, rest = html.split("Contents", 1)
    assert "reviews without dates" in head and "1 July 2024 to" not in head
    assert "reviews we hold (9–15)" in head and "a month" not in head
    assert "Not observable because the reviews carry no dates." in rest


def test_a_number_on_the_first_page_counts_the_reviews_of_its_set() -> None:
    leak = report().leaks[0]
    held = {one.id: one.reviews for one in report().evidence}
    assert len(held[leak.share.evidence or ""]) == round(leak.share.value * leak.share.n)


def test_every_number_of_the_first_page_leads_to_the_reviews_it_counts() -> None:
    held = {one.id: one.reviews for one in report().evidence}
    page = report().leaks[0]
    piece = next(piece for piece in report().first_page.verdict if piece.evidence)
    assert piece.text == "12 in 100" and len(held[piece.evidence or ""]) == round(page.share.value * page.share.n)
    assert not isinstance(page.stars, NotObservable)
    assert {page.share.evidence, page.per_month.evidence, page.stars.evidence} == {piece.evidence}


def test_a_rising_leak_stands_on_the_first_page_and_has_a_page_whatever_its_size() -> None:
    leaks = found().leaks
    later = (*[one for one in leaks if one.gap != "booking"], *[one for one in leaks if one.gap == "booking"])
    told = samples.report(found=found(leaks=later, ties=()))
    assert "booking" not in told.first_page.leaks and "booking" in [one.gap for one in told.leaks]
    head = read(screen(told)["report.html"]).text.split("The leaks that matter most")[0]
    assert "Rising: bookings lost or wrong, from 6 in 100 to 13 in 100 since March 2026." in " ".join(
        head.split()
    ).replace(" ,", ",")
    assert [move.trend for move in told.first_page.moves] == ["rising", "falling"]


def test_a_commercial_leak_is_called_so_and_the_first_process_stands_beside_it() -> None:
    queue, *others = sorted(found().leaks, key=lambda leak: leak.gap != "queue")
    named = ("price-level", "conduct", "digital")
    leaks = tuple(replace(leak, gap=gap) for leak, gap in zip(others, named, strict=False))
    told = samples.report(found=found(leaks=(*leaks, queue), ties=()))
    assert told.first_page.leaks == ("price-level", "conduct", "queue")
    assert "(commercial, not a process)" in told.first_page.headline
    assert "The biggest leak in a process" in "".join(piece.text for piece in told.first_page.lead[0])
    assert next(page for page in told.leaks if page.gap == "queue").rank == 4


@pytest.mark.parametrize(("below", "words"), [(0.004, "less than 0.01 below five"), (0.02, "0.02 below five stars")])
def test_a_mean_near_five_is_told_in_words_and_not_as_nought_of_nought_stars(below: float, words: str) -> None:
    whole = samples.findings().decomposition
    assert not isinstance(whole, NotObservable)

    def tiny(figure: Figure) -> Figure:
        return replace(figure, value=figure.value / whole.shortfall.value * below)

    parts = {gap: tiny(part) for gap, part in whole.parts.items()}
    near = replace(whole, shortfall=tiny(whole.shortfall), parts=parts, unexplained=tiny(whole.shortfall))
    first = samples.report(found=samples.findings(decomposition=near)).first_page
    told = " ".join(piece.text for line in first.lead for piece in line)
    assert words in told and "associated with" not in told and first.unexplained is None


def test_leaks_with_which_next_to_nothing_goes_are_not_told_as_nought_stars_together() -> None:
    found = samples.findings()
    leaks = [
        leak if isinstance(leak.stars, NotObservable) else replace(leak, stars=replace(leak.stars, value=0.0004))
        for leak in found.leaks
    ]
    first = samples.report(found=replace(found, leaks=tuple(leaks))).first_page
    assert "0.00 of" not in "".join(piece.text for line in first.lead for piece in line)
