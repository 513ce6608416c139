"""A published report is read back from its JSON without the words of erased reviews, and can be rendered again."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from audits.analysis.gaps import frame
from audits.report.model import Report
from audits.report.typed import read
from spiders.mentions import masked


def without(
    report: Mapping[str, Any], gone: Collection[str], said: Sequence[str], names: re.Pattern[str] | None
) -> Any:
    """The report's JSON without quotes and links of the reviews `gone`, quotes of what was `said`, and `names`.

    Numbers and the ids behind them stay: they were counted when it was published, and no id leads to a text any more.
    """
    return _cleaned(report, frozenset(gone), tuple(said), names)


def _cleaned(value: Any, gone: frozenset[str], said: tuple[str, ...], pattern: re.Pattern[str] | None) -> Any:
    if isinstance(value, str):
        return masked(value, pattern)
    if isinstance(value, list):
        return [_cleaned(each, gone, said, pattern) for each in value if not _quotes(each, gone)]
    if not isinstance(value, dict):
        return value
    kept = {name: None if _quotes(each, gone) else _cleaned(each, gone, said, pattern) for name, each in value.items()}
    if value.get("key") in gone and "link" in value:
        kept |= {"link": None, "row": None}
    quote = value.get("quote")
    if isinstance(quote, str) and any(_bare(quote) in _bare(each) for each in said):
        kept["quote"] = None
    return kept


def _quotes(value: Any, gone: frozenset[str]) -> bool:
    return isinstance(value, dict) and value.get("review") in gone and "text" in value


def _bare(text: str) -> str:
    return " ".join(text.replace("…", " ").split())


def reread(plain: Mapping[str, Any]) -> Report:
    """The `Report` that a JSON form was written from; raises `ShapeError` for one of another version."""
    value = read(Report, plain)
    assert isinstance(value, Report)
    # JSON is written with sorted keys: the customer's way, from before buying to leaving, has its own order.
    order = [*frame().stages, *value.stages]
    return replace(value, stages={stage: value.stages[stage] for stage in order if stage in value.stages})
