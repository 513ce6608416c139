"""How precise statements are that are shown by themselves, and the weights that say which are.

What people read are the gold set's dev part and the verdicts on audits (`gold/read_*.tsv`). Each trade is ranked by
weights that were fitted without it, beside the rule that multiplies confidence and complaint.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from audits.analysis.confidence import claimed, honest
from audits.analysis.resemblance import OF_GAP, RIGHT, SURELY, WEIGHTS, odds
from benchmarks import gold_read
from benchmarks.gold_read import TRADES
from benchmarks.gold_score import Read

Floats = NDArray[np.float64]
BEST, LEAST = (0.1, 0.2, 0.3), 4
"""Parts of a trade's statements that are looked at; and statements of a gap of which the best fifth is."""
FROM = (0.7, 0.75, SURELY, 0.85)
PARTS = ("claim", "complaint")
APART = 0.4
"""How far the gaps lie apart, in log-odds; from .3 to .6 the chances of a trade that was left out are as good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One gap that was given: what speaks for it, and whether people found it right."""

    trade: str
    gap: str
    parts: tuple[float, float]
    """What the scores claim of the gap and of the complaint."""
    right: bool


def answers(gold: Sequence[Read]) -> list[Answer]:
    """Of the gold set and of the audits that were read."""
    found = [
        Answer(trade=one.set, gap=one.said[0], parts=(claimed(one.confidence), one.complaint), right=one.right)
        for one in gold
        if one.confidence is not None
    ]
    for trade, row in gold_read.given_now():
        parts = (float(row["confidence"]), float(row["complaint"]))
        found.append(Answer(trade=trade, gap=row["now"].split()[0], parts=parts, right=gold_read.right_of(row)))
    return found


class Fit(NamedTuple):
    """The weights of the log-odds of the parts, the intercept, and what each gap adds to it."""

    weights: Floats
    intercept: float
    gaps: dict[str, float]

    def chance(self, rows: Sequence[Answer]) -> Floats:
        """How likely each is right."""
        gaps = np.array([self.gaps.get(one.gap, 0.0) for one in rows])
        found: Floats = 1 / (1 + np.exp(-self.intercept - _odds(rows) @ self.weights - gaps))
        return found


def fitted(rows: Sequence[Answer]) -> Fit:
    """A logistic regression with a ridge, which draws the gaps together where verdicts are few."""
    from sklearn.linear_model import LogisticRegression

    gaps = sorted({one.gap for one in rows})
    told = APART * np.array([[one.gap == gap for gap in gaps] for one in rows])
    head = LogisticRegression(C=1.0, max_iter=1000).fit(np.hstack([_odds(rows), told]), [one.right for one in rows])
    found = np.round(head.coef_[0] * np.array([1.0] * len(PARTS) + [APART] * len(gaps)), 2)
    own = dict(zip(gaps, found[len(PARTS) :].tolist(), strict=True))
    return Fit(found[: len(PARTS)], round(float(head.intercept_[0]), 2), own)


def _odds(rows: Sequence[Answer]) -> Floats:
    return np.asarray(odds(np.array([one.parts for one in rows])), np.float64)


def held_out(rows: Sequence[Answer]) -> Floats:
    """The chance of each by weights that were fitted on the other trades."""
    found = np.zeros(len(rows))
    for trade in {one.trade for one in rows}:
        own = [at for at, one in enumerate(rows) if one.trade == trade]
        found[own] = fitted([one for one in rows if one.trade != trade]).chance([rows[at] for at in own])
    return found


def measured(rows: Sequence[Answer]) -> list[str]:
    """Lines to print."""
    right = np.array([one.right for one in rows])
    rules = {
        "confidence x complaint": np.array([honest(one.parts[0]) * one.parts[1] for one in rows]),
        "surely, fitted without the trade": held_out(rows),
    }
    weights, intercept, _ = fitted(rows)
    head = "".join(f"{f'best {part:.0%}':>10}" for part in BEST) + f"{'fifth a gap':>13}"
    lines = [f"{len(rows)} answers, {right.mean():.3f} right; weights {weights} {intercept}", "", f"{'':34}{head}"]
    for name, values in rules.items():
        best = "".join(f"{_best(rows, values, part):10.3f}" for part in BEST)
        lines.append(f"{name:34}{best}{_by_gap(rows, values):13.3f}")
    lines += ["", f"{'':34}{'from':>6}{'shown':>8}{'right':>8}"]
    for name, values in rules.items():
        for least in FROM if "surely" in name else (0.45, 0.55, 0.6) if "x" in name.split() else ():
            own = values >= least
            mean = f"{right[own].mean():8.3f}" if own.any() else f"{'–':>8}"
            lines.append(f"{name:34}{least:6.2f}{own.sum():8}{mean}")
    return lines


def _best(rows: Sequence[Answer], values: Floats, part: float) -> float:
    """The share right of the best part of each trade that an audit was read of, as a mean over them."""
    shares = []
    for trade in TRADES.values():
        own = [at for at, one in enumerate(rows) if one.trade == trade]
        own.sort(key=lambda at: -values[at])
        shares.append(np.mean([rows[at].right for at in own[: round(part * len(own))]]))
    return float(np.mean(shares))


def _by_gap(rows: Sequence[Answer], values: Floats) -> float:
    """The share right of the best fifth, one at least, of each gap of a trade."""
    hits = []
    for trade, gap in sorted({(one.trade, one.gap) for one in rows}):
        own = [at for at, one in enumerate(rows) if (one.trade, one.gap) == (trade, gap)]
        own.sort(key=lambda at: -values[at])
        if len(own) >= LEAST:
            hits += [rows[at].right for at in own[: max(1, round(0.2 * len(own)))]]
    return float(np.mean(hits))


def write(rows: Sequence[Answer]) -> None:
    """Keep the weights in the package."""
    weights, intercept, gaps = fitted(rows)
    kept = {"intercept": intercept, **dict(zip(PARTS, weights.tolist(), strict=True))}
    kept |= {f"{OF_GAP}{gap}": worth for gap, worth in gaps.items()}
    kept |= {"answers": len(rows), RIGHT: round(float(np.mean([one.right for one in rows])), 2)}
    WEIGHTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
