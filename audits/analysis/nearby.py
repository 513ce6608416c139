"""A complaint that names no process surely has been read again with the statement before it and the one after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from audits.analysis.complaints import THRESHOLD
from audits.analysis.encoder import Floats
from audits.analysis.model import OUTSIDE, Scores, model
from audits.analysis.reader import gaps_of, mixed, reader, scores

LONGEST = 120
"""Characters of a neighbour: a longer one would push the statement itself out of what the reader takes in."""
APART = 40
"""Characters that may lie between neighbours."""


def beside(whole: str, spans: Sequence[tuple[int, int]], at: int) -> str:
    """The statement at this place with its neighbours in the text, as they stand there."""
    start, end = spans[at]
    first, last = start, end
    if at > 0 and start - spans[at - 1][1] <= APART and spans[at - 1][1] - spans[at - 1][0] <= LONGEST:
        first = spans[at - 1][0]
    if at + 1 < len(spans) and spans[at + 1][0] - end <= APART and spans[at + 1][1] - spans[at + 1][0] <= LONGEST:
        last = spans[at + 1][1]
    return whole[first:last]


def scores_beside(texts: Sequence[str], around: Sequence[str], shift: Floats) -> Scores:
    """Scores of both stages; where a complaint's gap is doubtful, what it is about with its neighbours weighs in.

    `around` holds each text with its neighbours. Whether it complains is read from the statement alone.
    """
    found = scores(texts, shift)
    rows = _doubtful(found, texts, around)
    if not rows:
        return found
    gaps = found.gaps.copy()
    gaps[rows] = mixed(found.gaps[rows], gaps_of([around[row] for row in rows]), reader().nearby_share)
    return replace(found, gaps=gaps)


def _doubtful(found: Scores, texts: Sequence[str], around: Sequence[str]) -> list[int]:
    if not len(texts):
        return []
    surest = found.gaps[:, : len(model().gaps) - len(OUTSIDE)].max(axis=1)
    complains = np.flatnonzero(found.kinds[:, 0] >= THRESHOLD).tolist()
    return [row for row in complains if surest[row] < reader().nearby_below and around[row] != texts[row]]
