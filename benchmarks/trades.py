"""What knowing the trade would add to the reading: `python -m benchmarks.trades REVIEWS_DIR`.

Nothing that ships does this. The log-odds of each gap get a strength times the logarithm of how much commoner the gap
is in the invented reviews of the trade than in all of them; the counts of a trade are drawn to those of all. No label
of the public sets is used. Printed: compatible with the human label on the development halves, over rows and as a mean
over labels, for each strength.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audits.analysis import encoder
from audits.analysis.model import OUTSIDE, model
from audits.analysis.train import told
from benchmarks.assign import gap_scores
from benchmarks.assign_sets import gap_rows

Floats = NDArray[np.float64]
TRADES = {
    "twitter_us_airline": ("airline",),
    "nhs_pxtextmining": ("hospital", "clinic", "care"),
    "fabsa": ("app", "software"),
    "oats_absa": ("hotel",),
    "semeval2016_restaurants": ("restaurant",),
    "cfpb_payday_personal_loans": ("lender",),
    "banking77": ("bank",),
}
"""Set → the trades of the invented reviews that are like it."""
STRENGTHS = (0.0, 0.15, 0.3, 0.5, 0.75, 1.0)
DRAWN = 20.0
"""Complaints that the shares over all trades are worth in a trade's own."""


def main() -> None:
    """Print a line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", type=Path)
    folder = parser.parse_args().reviews
    print(f"{'strength':28}" + "".join(f"{strength:15.2f}" for strength in STRENGTHS))
    for name, accepts, everything in gap_rows(folder):
        rows = [row for row in everything if not row.test]
        scores = gap_scores([row.text for row in rows])
        told_of = [_right(scores, [row.label for row in rows], accepts, at * levels(TRADES[name])) for at in STRENGTHS]
        print(f"{name:28}" + "".join(f"{over:9.3f}/{by:.3f}" for over, by in told_of), flush=True)


def levels(trades: Sequence[str]) -> Floats:
    """How much commoner each gap of the model is in these trades' invented reviews than in all, as logarithms."""
    own, whole = Counter[str](), Counter[str]()
    for review in told():
        gaps = [gap for row in review if row.kind == "complaint" for gap in row.gaps]
        whole.update(gaps)
        own.update(gaps if review[0].industry in trades else ())
    names = model().gaps[: -len(OUTSIDE)]
    shares = np.array([whole[name] for name in names], float)
    shares /= shares.sum()
    here = np.array([own[name] for name in names]) + DRAWN * shares
    return np.asarray(np.log(here / here.sum() / shares))


def _right(
    scores: Sequence[tuple[encoder.Floats, encoder.Floats]],
    labels: Sequence[str],
    accepts: dict[str, list[str]],
    moved: Floats,
) -> tuple[float, float]:
    """The share compatible, over rows and over labels; a row's gap is that of its statements together."""
    hits = defaultdict(list)
    for label, (gaps, complains) in zip(labels, scores, strict=True):
        there = gaps * np.exp(moved)
        there *= gaps.sum(axis=1, keepdims=True) / np.maximum(there.sum(axis=1, keepdims=True), 1e-9)
        hits[label].append(model().gaps[int((complains @ there).argmax())] in accepts[label])
    return float(np.mean([hit for own in hits.values() for hit in own])), float(
        np.mean([np.mean(own) for own in hits.values()])
    )


if __name__ == "__main__":
    main()
