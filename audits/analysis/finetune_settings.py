"""What makes the sentence model's scores honest, found on trades that it was not shown. For development."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.finetune_data import Example
from audits.analysis.model import KINDS, OUTSIDE, softmax
from audits.analysis.train import temperature

Array = NDArray[Any]
RIGHT = 0.73
"""Share of right answers among complaints that are given a gap: under it the reader abstains. Chosen on the development
halves, where what stands beside a statement makes more of the answers right than a line of the bank has to show."""
SCREEN = 0.25
"""Student's probability of a complaint from which the reader reads. On the development halves of the public sets 98%
of what both together call a complaint stands above it."""
CAUTION = 0.6
"""Taken from the reader's log-odds of complaint, set there too: the bank holds far more complaints than reviews do."""
KIND_SHARE, GAP_SHARE = 0.5, 0.8
"""The reader's part in what both say, set there too: the student knows complaints as well, the reader knows gaps."""
SECOND, FIRST_SURE = 0.30, 0.70
"""Of a second gap, and of the first from which there is no second: on held-out trades more second gaps are right than
wrong, where the text joins two things."""


def settings(kinds: Array, gaps: Array, rows: Sequence[Example], names: Sequence[str]) -> dict[str, Any]:
    """The content of reader.json from the logits of held-out lines."""
    truth = np.array([KINDS.index(row.kind) for row in rows])
    complaints = [at for at, row in enumerate(rows) if row.kind == "complaint"]
    first = np.array([names.index(rows[at].gaps[0]) for at in complaints])
    gap_temperature = temperature(gaps[complaints], first, np.ones(len(first)))
    sure = softmax((gaps[complaints] / gap_temperature).astype(np.float32))
    accepted = [{names.index(gap) for gap in rows[at].gaps} for at in complaints]
    abstain = abstention(sure, accepted, len(names) - len(OUTSIDE))
    return {
        "kinds": list(KINDS),
        "gaps": list(names),
        "kind_temperature": round(temperature(kinds, truth, np.ones(len(truth))), 4),
        "gap_temperature": round(gap_temperature, 4),
        "caution": CAUTION,
        "screen": SCREEN,
        "kind_share": KIND_SHARE,
        "gap_share": GAP_SHARE,
        "abstain": abstain,
        "second": SECOND,
        "first_sure": FIRST_SURE,
    }


def abstention(sure: Array, accepted: Sequence[set[int]], inside: int) -> float:
    """The lowest confidence from which RIGHT of the answers are right."""
    best, most = sure.argmax(axis=1), sure.max(axis=1)
    right = np.array([first in gaps for first, gaps in zip(best, accepted, strict=True)])
    for least in np.arange(0.1, 0.9, 0.01):
        answered = (most >= least) & (best < inside)
        if right[answered].mean() >= RIGHT:
            return round(float(least), 2)
    return 0.9
