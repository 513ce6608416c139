"""Holds a frame against a suite with Great Expectations: quiet, in memory, and without a value in the results."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from threading import Lock
from typing import Any

from audits.checks.suite import Expected
from audits.store.records import FILLED

_ONE_AT_A_TIME = Lock()
"""The list of warning filters and the library's current context are globals: two threads would leave them mixed."""


def met(suite: Sequence[Expected], frame: Any) -> list[bool]:
    """Whether each expectation is met, in the suite's order.

    BOOLEAN_ONLY: any other format lists unexpected values, which are what customers wrote. An expectation that the
    library could not evaluate is not met.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        batch = _batch(frame)
        return [bool(batch.validate(each.rule, result_format="BOOLEAN_ONLY").success) for each in suite]


def _batch(frame: Any) -> Any:
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("staged").add_dataframe_asset("reviews")
    return asset.add_batch_definition_whole_dataframe("landing").get_batch(batch_parameters={"dataframe": frame})


def observed(expected: Expected, frame: Any) -> float | None:
    """The number behind a result, made here: rows, or the share of rows that are as expected."""
    rows = len(frame)
    if expected.name == "rows":
        return float(rows)
    if expected.name == "columns" or not rows:
        return None
    kind, _, name = expected.name.partition(":")
    if f"{kind}:" == FILLED or kind == "as-before":
        return float(frame[name].notna().mean())
    if kind == "unique":
        return float((~frame[name].duplicated(keep=False)).mean())
    values = frame[expected.rule.column].dropna()
    if values.empty:
        return None
    low, high = expected.rule.min_value, expected.rule.max_value
    return float(values.between(float("-inf") if low is None else low, float("inf") if high is None else high).mean())
