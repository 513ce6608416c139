"""The bars of the shortfall sum to the whole, with what names no process and the rest told apart."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from audits.analysis.values import NotObservable
from audits.report import plots
from tests.audits.report import samples
from tests.audits.report.test_report import found, report


def test_the_bars_sum_to_the_whole_shortfall_with_the_rest_last() -> None:
    pareto = report().pareto
    assert not isinstance(pareto, NotObservable)
    assert sum(bar.stars.value for bar in pareto.bars) == pytest.approx(pareto.shortfall.value)
    assert pareto.bars[-1].kind == "unexplained" and pareto.bars[-1].so_far == pytest.approx(1)


def test_what_names_no_process_has_a_bar_of_its_own_before_the_rest() -> None:
    whole = found().decomposition
    assert not isinstance(whole, NotObservable)
    part = replace(whole.parts["safety"], value=0.001)
    parts = replace(whole, parts={**whole.parts, "vague": part})
    told = samples.report(found=found(decomposition=parts)).pareto
    assert not isinstance(told, NotObservable)
    assert [bar.label for bar in told.bars[-2:]] == ["Complaints that name no process", "Not explained by a complaint"]
    assert "Under 1% goes with complaints that name no process." in told.sentence


@pytest.mark.parametrize("rest", [0.1131, 0.1265, 0.1349, 0.3333])
def test_the_parts_of_the_missing_stars_make_the_whole_as_they_are_printed(rest: float) -> None:
    whole = found().decomposition
    assert not isinstance(whole, NotObservable)
    size = whole.shortfall.value
    parts = {
        name: replace(whole.shortfall, value=size * part) for name, part in (("safety", 0.1534), ("vague", 0.0334))
    }
    left = 1 - rest - 0.1534 - 0.0334
    held = {
        "booking": replace(whole.shortfall, value=size * left / 2),
        "fees": replace(whole.shortfall, value=size * left / 2),
    }
    told = samples.report(
        found=found(
            decomposition=replace(
                whole, parts={**parts, **held}, unexplained=replace(whole.shortfall, value=size * rest)
            )
        )
    )
    assert not isinstance(told.pareto, NotObservable)
    printed = re.findall(r"(\d+)%", told.pareto.sentence)
    assert len(printed) == 4 and sum(map(int, printed)) == 100
    assert told.first_page.unexplained is None or f"{printed[-1]}%" in told.first_page.unexplained


def test_the_running_share_steps_by_what_the_sentence_says_of_each_part() -> None:
    whole = found().decomposition
    assert not isinstance(whole, NotObservable)
    held = {"safety": 0.254, "booking": 0.2145, "fees": 0.104, "queue": 0.054, "vague": 0.0347}
    parts = {name: replace(whole.shortfall, value=whole.shortfall.value * part) for name, part in held.items()}
    rest = replace(whole.shortfall, value=whole.shortfall.value * (1 - sum(held.values())))
    told = samples.report(found=found(decomposition=replace(whole, parts=parts, unexplained=rest))).pareto
    assert not isinstance(told, NotObservable)
    steps = [plots.barred(bar)["text"].rsplit("  ", 1)[1].split("%")[0] for bar in told.bars]
    risen = [int(now) - int(before) for before, now in zip(["0", *steps], steps, strict=False)]
    assert [risen[0], sum(risen[1:4]), *risen[4:]] == [int(one) for one in re.findall(r"(\d+)%", told.sentence)]


def test_the_unexplained_rest_on_the_first_page_is_told_by_no_figures_that_divide_to_another_part() -> None:
    whole = found().decomposition
    assert not isinstance(whole, NotObservable)
    size, rest = 0.4404, 0.2243  # 51%, but 0.22 of 0.44 is half
    parts = {"booking": replace(whole.shortfall, value=size - rest)}
    shortfall, rests = (replace(whole.shortfall, value=value) for value in (size, rest))
    told = samples.report(
        found=found(decomposition=replace(whole, shortfall=shortfall, parts=parts, unexplained=rests))
    )
    sentence = told.first_page.unexplained
    assert sentence == "51% of the 0.44 stars missing to five is not explained by any complaint we could read."


def test_a_large_unexplained_rest_stands_on_the_first_page() -> None:
    whole = found().decomposition
    assert not isinstance(whole, NotObservable)
    big = replace(whole, parts={"booking": whole.parts["booking"]})
    big = replace(big, unexplained=replace(whole.unexplained, value=whole.shortfall.value - big.parts["booking"].value))
    assert report().first_page.unexplained is None
    assert "not explained by any complaint" in (
        samples.report(found=found(decomposition=big)).first_page.unexplained or ""
    )
