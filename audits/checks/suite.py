"""The suite that every landing's staged reviews are held against.

A row-count and not-null expectations are in it always: an expectation of values passes on no rows and on no values.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from statistics import median
from typing import Any, Literal

from audits.checks import reasons
from audits.checks.frame import COLUMNS
from audits.checks.marks import MEASURED
from audits.store.records import FILLED, PastRun

SOME = 0.02
"""A rating and words in one review of fifty: with less, the parser or the mapping reads the wrong place."""
NEARLY_ALL = 0.98
"""ACCEPTANCE c25: more than 2% of a field that is always there is a change of layout, not a few odd cards."""
FELL = 0.2
"""A fill rate that falls by a fifth against earlier runs is worth a line."""
MANY = 20
"""Below this many reviews, all of them may well be stars without words."""

Consequence = Literal["drifted", "failed", "held", "noted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An expectation with its name, what its failure means for the run, and the sentence that says so."""

    name: str
    rule: Any
    consequence: Consequence
    sentence: str


def staged_suite(
    *, rows: int, minimum: int, latest: date | None, always_present: Collection[str], history: Sequence[PastRun]
) -> list[Expected]:
    """The expectations for staged reviews, in the order in which they are read."""
    suite = _mandatory(rows, minimum) + _values(always_present)
    if latest is not None:
        suite.append(_not_in_the_future(latest))
    return suite + _declared(always_present) + _as_before(history)


def _mandatory(rows: int, minimum: int) -> list[Expected]:
    gxe = rules()
    return [
        Expected(
            name="rows",
            rule=gxe.ExpectTableRowCountToBeBetween(min_value=minimum),
            consequence="failed",
            sentence=reasons.FEW_ARRIVED(n=minimum) if minimum > 1 else reasons.NONE_ARRIVED(),
        ),
        Expected(
            name="columns",
            rule=gxe.ExpectTableColumnsToMatchSet(column_set=list(COLUMNS), exact_match=True),
            consequence="failed",
            sentence=reasons.OTHER_COLUMNS(),
        ),
        expected_filled("id", 1.0, "failed", reasons.NO_ID()),
        expected_filled("rated", SOME, "drifted", reasons.UNRATED()),
        expected_filled("said", SOME, "drifted" if rows >= MANY else "noted", reasons.SILENT()),
    ]


def _values(always_present: Collection[str]) -> list[Expected]:
    gxe = rules()
    return [
        Expected(
            name="unique:id",
            rule=gxe.ExpectColumnValuesToBeUnique(column="id", mostly=0.8),
            consequence="drifted",
            sentence=reasons.SHARED_IDS(),
        ),
        Expected(
            name="range:rating",
            rule=gxe.ExpectColumnValuesToBeBetween(column="rating_value", min_value=1, max_value=5, mostly=NEARLY_ALL),
            consequence="drifted",
            sentence=reasons.OUT_OF_RANGE(),
        ),
        Expected(
            name="read:posted",
            rule=gxe.ExpectColumnValuesToBeBetween(column="posted_read", min_value=1, mostly=NEARLY_ALL),
            consequence="drifted" if "posted" in always_present else "noted",
            sentence=reasons.UNREAD_DATES(),
        ),
        Expected(
            name="range:garbled",
            rule=gxe.ExpectColumnSumToBeBetween(column="garbled", max_value=0),
            consequence="drifted",
            sentence=reasons.GARBLED(),
        ),
    ]


def _not_in_the_future(latest: date) -> Expected:
    gxe = rules()
    return Expected(
        name="past:posted",
        rule=gxe.ExpectColumnValuesToBeBetween(column="posted_day", max_value=latest.toordinal(), mostly=NEARLY_ALL),
        consequence="held",
        sentence=reasons.FROM_THE_FUTURE(),
    )


def _declared(always_present: Collection[str]) -> list[Expected]:
    return [
        expected_filled(name, NEARLY_ALL, "drifted", reasons.OFTEN_MISSING(field=name))
        if name in always_present
        else expected_filled(name, 0.0, "noted", "")
        for name in MEASURED
    ]


def _as_before(history: Sequence[PastRun]) -> list[Expected]:
    expected = []
    for name in MEASURED:
        before = [run.filled[name] for run in history[-5:] if name in run.filled]
        if before and median(before) > FELL:
            sentence = reasons.EMPTIER(field=name, part=f"{median(before):.0%}")
            rule = expected_filled(name, median(before) - FELL, "noted", sentence).rule
            expected.append(Expected(name=f"as-before:{name}", rule=rule, consequence="noted", sentence=sentence))
    return expected


def rules() -> Any:
    """The library's expectations: it takes seconds to import, so only here."""
    return import_module("great_expectations.expectations")


def expected_filled(column: str, at_least: float, consequence: Consequence, sentence: str) -> Expected:
    gxe = rules()
    rule = gxe.ExpectColumnValuesToNotBeNull(column=column, mostly=at_least)
    return Expected(name=f"{FILLED}{column}", rule=rule, consequence=consequence, sentence=sentence)
