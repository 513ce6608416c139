"""ACCEPTANCE b17 for every suite, and what stops an audit between the store and its report."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import audits.checks
from audits.checks.frame import as_frame
from audits.checks.stages import (
    CheckError,
    Measured,
    analysed,
    analysed_frame,
    analysed_suite,
    stored,
    stored_frame,
    stored_suite,
)
from audits.checks.suite import Expected, staged_suite
from audits.checks.validate import met
from tests.audits.checks.test_grade import many, review

FIGURE = Measured(
    name="queue: share", method="share", unit="share", value=0.2, low=0.1, high=0.3, n=120, evidence=(review(1).key,)
)


def staged() -> list[Expected]:
    return staged_suite(rows=0, minimum=1, latest=None, always_present=(), history=())


SUITES: dict[str, tuple[Callable[[], list[Expected]], Callable[[], Any]]] = {
    "staged_suite": (staged, lambda: as_frame([])),
    "stored_suite": (stored_suite, lambda: stored_frame([], frozenset())),
    "analysed_suite": (analysed_suite, lambda: analysed_frame([], frozenset())),
}


def test_every_suite_there_is_is_looked_at_here() -> None:
    there = set()
    for module in pkgutil.iter_modules(audits.checks.__path__):
        names = vars(importlib.import_module(f"audits.checks.{module.name}"))
        there |= {name for name in names if name.endswith("_suite")}
    assert there == set(SUITES)


@pytest.mark.parametrize("name", SUITES)
def test_every_suite_counts_rows_and_columns_and_demands_values(name: str) -> None:
    suite, _ = SUITES[name]
    rules = [type(each.rule).__name__ for each in suite() if each.consequence == "failed"]
    assert "ExpectTableRowCountToBeBetween" in rules
    assert "ExpectTableColumnsToMatchSet" in rules
    assert "ExpectColumnValuesToNotBeNull" in rules


@pytest.mark.parametrize("name", SUITES)
def test_no_rows_fail_every_suite(name: str) -> None:
    suite, frame = SUITES[name]
    found = dict(zip([each.name for each in suite()], met(suite(), frame()), strict=True))
    assert found["rows"] is False


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "No review is held"),
        (many(key="5a" * 8), "held twice"),
        (many(rating=9.0), "outside 1–5"),
        (many(listing="another"), "does not name"),
        (many(content_hash=""), "no version"),
        (many(rating=None, text=None), "Next to no review"),
        (many(first_seen="2024-02-01", last_seen="2024-01-01"), "before they were first seen"),
        (many(last_seen="2020-01-01"), "dated after they were seen"),
    ],
)
def test_a_store_that_does_not_hold_together_stops_the_audit(rows: list[Any], says: str) -> None:
    with pytest.raises(CheckError, match=says):
        stored(rows, ["b"])


def test_a_store_that_holds_together_says_what_was_seen() -> None:
    results = stored(many(last_seen="2024-02-01"), ["b"])
    assert all(success for _, success, _ in results)
    assert ("stored:rows", True, 120.0) in results


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ([], "Nothing was measured"),
        ([FIGURE, FIGURE], "there twice"),
        ([replace(FIGURE, value=1.4, low=None, high=None)], "outside 0–100%"),
        ([replace(FIGURE, unit="severity", value=7.0, low=None, high=None)], "outside 0–3"),
        ([replace(FIGURE, value=0.4)], "outside their interval"),
        ([replace(FIGURE, n=-1)], "fewer than no reviews"),
        ([replace(FIGURE, method="")], "how they were made"),
        ([replace(FIGURE, value=float("nan"))], "no value"),
        ([replace(FIGURE, evidence=("0" * 16, "gone"))], "not held"),
    ],
)
def test_a_figure_that_cannot_be_stops_the_report(figures: list[Measured], says: str) -> None:
    with pytest.raises(CheckError, match=says):
        analysed(figures, {review(1).key, "0" * 16})


def test_figures_that_can_be_are_let_through() -> None:
    results = analysed([FIGURE], {review(1).key})
    assert ("analysed:rows", True, 1.0) in results
