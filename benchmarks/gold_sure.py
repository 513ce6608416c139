"""How far confidence lies from the share of right answers, trade by trade, and the number that makes it honest.

What people read are the gold set's dev part and the verdicts on audits (`gold/read_*.tsv`). One number is fitted, so
that the answers are most likely; each trade is also held against what was fitted without it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audits.analysis.confidence import EDGE, FILE, claimed
from benchmarks import gold_read
from benchmarks.calibration import apart, by_chance
from benchmarks.gold_score import Read

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One gap that was given: what the scores claimed, and whether people found it right."""

    trade: str
    source: str
    claim: float
    right: bool


def answers(gold: Sequence[Read]) -> list[Answer]:
    """Of the gold set and of the audits that were read; a gap that is a fair second of its statement is right."""
    found = [
        Answer(trade=one.set, source="gold", claim=claimed(one.confidence), right=one.right)
        for one in gold
        if one.confidence is not None
    ]
    for trade, row in gold_read.given_now():
        found.append(Answer(trade=trade, source="read", claim=float(row["confidence"]), right=gold_read.right_of(row)))
    return found


def fitted(rows: Sequence[Answer]) -> float:
    """What the claimed log-odds are multiplied by so that the answers are most likely."""
    from scipy.optimize import minimize_scalar

    odds = _odds(rows)
    right = np.array([one.right for one in rows])

    def loss(by: float) -> float:
        return float(np.logaddexp(0, np.where(right, -by, by) * odds).sum())

    return float(minimize_scalar(loss, bounds=(0.05, 3), method="bounded").x)


def confidence(rows: Sequence[Answer], by: float) -> Floats:
    """The confidence of each answer under a slope."""
    return np.asarray(1 / (1 + np.exp(-by * _odds(rows))))


def _odds(rows: Sequence[Answer]) -> Floats:
    claims = np.clip([one.claim for one in rows], EDGE, 1 - EDGE)
    return np.asarray(np.log(claims / (1 - claims)))


def calibrated(rows: Sequence[Answer]) -> list[str]:
    """Lines to print: the error as claimed, after fitting, and fitted without the trade, by trade and source."""
    whole = round(fitted(rows), 2)
    trades = sorted({one.trade for one in rows})
    without = {trade: fitted([one for one in rows if one.trade != trade]) for trade in trades}
    kinds = sorted({(one.source, one.trade) for one in rows})
    groups = {f"{trade}, {source}": [one for one in rows if (one.source, one.trade) == (source, trade)]
              for source, trade in kinds}  # fmt: skip
    groups |= {f"all, {name}": [one for one in rows if one.source == name] for name in ("gold", "read")}
    groups["all"] = list(rows)
    head = f"{'right':>8}{'claimed':>9}{'ECE':>7}{'fitted':>8}{'ECE':>7}{'without it':>12}{'by chance':>11}"
    return [
        f"slope {whole:.2f}; without each trade {min(without.values()):.2f} to {max(without.values()):.2f}",
        f"{'':44}{'n':>5}{head}",
        *(_line(name, own, whole, without) for name, own in groups.items() if own),
    ]


def _line(name: str, rows: Sequence[Answer], whole: float, without: dict[str, float]) -> str:
    right = np.array([one.right for one in rows])
    before, after = confidence(rows, 1.0), confidence(rows, whole)
    held = np.array([confidence([one], without[one.trade])[0] for one in rows])
    return (
        f"{name:44}{len(rows):5}{right.mean():8.3f}{before.mean():9.3f}{apart(before, right):7.3f}{after.mean():8.3f}"
        f"{apart(after, right):7.3f}{apart(held, right):12.3f}{by_chance(held):11.3f}"
    )


def write(rows: Sequence[Answer]) -> None:
    """Keep the slope in the package: the model's version moves with it."""
    content = {"slope": round(fitted(rows), 2), "answers": len(rows)}
    FILE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
