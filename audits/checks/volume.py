"""How much arrived, against what the site declares and against earlier runs (ACCEPTANCE b12, b18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from audits.checks import reasons
from audits.store.records import PastRun
from spiders.items import Landing

LOOK_BACK = 5
DROP, RISE = 0.4, 5.0
"""A run that fell by 60% or grew fivefold, against the median of the runs before it, is for a person to look at."""
ENOUGH = 20
"""Below this many reviews a few more or less are a large ratio."""
DECLARED = 0.99
"""The share of the declared total that a full run must hold to be complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One comparison: what it is called, whether it is as expected, the ratio, and the sentence where it is not."""

    name: str
    success: bool
    ratio: float
    sentence: str


def against_history(landing: Landing, arrived: int, history: Sequence[PastRun]) -> Volume | None:
    """This run against the median of the last five complete ones of the same scope; None where there is none.

    Runs that read only what is new, or as far as a site lets them, are not compared: their size means nothing.
    """
    if landing.verdict.scope not in ("full", "file"):
        return None
    before = [run.reviews for run in history if run.scope == landing.verdict.scope and run.landing != landing.id]
    if not before or max(usual := median(before[-LOOK_BACK:]), arrived) < ENOUGH:
        return None
    ratio = arrived / max(usual, 1)
    sentence = reasons.UNLIKE_BEFORE(n=arrived, usual=f"{usual:,.0f}")
    return Volume(name="volume:history", success=DROP < ratio < RISE, ratio=ratio, sentence=sentence)


def against_declared(landing: Landing, unique: int) -> Volume | None:
    """A full run against the total that the site declares; None where it declares none."""
    if landing.verdict.scope != "full" or not landing.declared_total:
        return None
    ratio = unique / landing.declared_total
    sentence = reasons.FEWER_THAN_DECLARED(n=unique, total=landing.declared_total)
    return Volume(name="volume:declared", success=ratio >= DECLARED, ratio=ratio, sentence=sentence)
