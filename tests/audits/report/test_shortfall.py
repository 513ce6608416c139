"""The bars of the shortfall sum to the whole, with what names no process and the rest told apart."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from audits.analysis.values import NotObservable
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
    assert "with complaints that name no process" in told.sentence


def test_the_shares_of_the_shortfall_that_are_told_make_the_whole() -> None:
    told = samples.report(found=found()).pareto
    assert not isinstance(told, NotObservable)
    assert "goes with the other failings" in told.sentence
    assert abs(sum(int(part) for part in re.findall(r"(\d+)%", told.sentence)) - 100) <= 2


def test_a_large_unexplained_rest_stands_on_the_first_page() -> None:
    whole = found().decomposition
    assert not isinstance(whole, NotObservable)
    big = replace(whole, parts={"booking": whole.parts["booking"]})
    big = replace(big, unexplained=replace(whole.unexplained, value=whole.shortfall.value - big.parts["booking"].value))
    assert report().first_page.unexplained is None
    assert "not explained by any complaint" in (
        samples.report(found=found(decomposition=big)).first_page.unexplained or ""
    )
