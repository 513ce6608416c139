"""Shares of a business corrected by what people labelled at random, with intervals that hold the model's errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from audits.analysis.corrections import CORRECTED
from audits.analysis.heard import OUTSIDE
from audits.analysis.intervals import DRAWS, SEED, percentiles
from audits.analysis.labels import read_as
from audits.analysis.misread import corrected
from audits.analysis.panel import Panel
from audits.analysis.values import Figure

ENOUGH = 100
"""Random labels under which nothing is corrected: a gap would rest on two or three of them."""
METHOD = "corrected-share"


def relabelled(panel: Panel, labels: Sequence[tuple[str, str]]) -> dict[str, Figure] | None:
    """Gap → share of reviews, for the gaps that the model sees in any; None where too few labels are held.

    A gap's share is multiplied by how many statements truly are of it to how many are held to be. What a person said is
    held already in the statements that they read; the model's errors are those of the others.
    """
    classes = (*panel.gaps, *OUTSIDE, "praise", "neutral")
    at = {name: number for number, name in enumerate(classes)}
    pairs = [(at[read], at[said]) for read, said in labels if read in at and said in at]
    if len(pairs) < ENOUGH:
        return None
    seen = Counter((read_as(one)[0], CORRECTED in one.flags) for own in panel.statements.values() for one in own)
    read, said = (np.array([float(seen[name, known]) for name in classes]) for known in (False, True))
    told, drawn = (said + found for found in corrected(read, pairs, np.eye(len(classes))))
    counts = read + said
    n = int(panel.readable.sum())
    rng = np.random.default_rng(SEED)
    found = {}
    for gap in panel.gaps:
        rows = panel.hits[:, panel.column(gap)] & panel.readable
        hits = int(rows.sum())
        if hits and counts[at[gap]]:
            shares = rng.beta(hits + 0.5, n - hits + 0.5, DRAWS) * drawn[:, at[gap]] / counts[at[gap]]
            low, high = percentiles(np.minimum(shares, 1.0))
            value = min(1.0, float(hits / n * told[at[gap]] / counts[at[gap]]))
            found[gap] = Figure(
                value=value, unit="share", n=n, method=METHOD, low=min(low, value), high=max(high, value),
                evidence=panel.keys(rows),
            )  # fmt: skip
    return found
