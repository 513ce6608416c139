"""What may be a complaint is read again between the statement before it and the one after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from audits.analysis.encoder import Floats
from audits.analysis.model import Scores, model
from audits.analysis.pieces import Within
from audits.analysis.reader import mixed, of_both, reader, scores

LONGEST = 120
"""Characters of a neighbour: a longer one would push the statement itself out of what the reader takes in."""
APART = 40
"""Characters that may lie between neighbours."""


def beside(whole: str, spans: Sequence[tuple[int, int]], at: int) -> Within:
    """The statement at this place between its neighbours in the text, as they stand there."""
    start, end = spans[at]
    first, last = start, end
    if at > 0 and start - spans[at - 1][1] <= APART and spans[at - 1][1] - spans[at - 1][0] <= LONGEST:
        first = spans[at - 1][0]
    if at + 1 < len(spans) and spans[at + 1][0] - end <= APART and spans[at + 1][1] - spans[at + 1][0] <= LONGEST:
        last = spans[at + 1][1]
    return Within(whole[first:start], whole[start:end], whole[end:last])


def scores_beside(texts: Sequence[str], around: Sequence[Within], shift: Floats) -> Scores:
    """Scores of both stages; what may complain is read between its neighbours, too.

    `around` holds each text between its neighbours. What it is about is then told by that reading; whether it
    complains by both, the other being of the statement alone.
    """
    found = scores(texts, shift)
    rows = _doubtful(found, around)
    if not rows:
        return found
    first = model().scores([texts[row] for row in rows], shift[rows])
    kinds, gaps = found.kinds.copy(), found.gaps.copy()
    read, gaps[rows] = of_both(first, [around[row] for row in rows], shift[rows])
    kinds[rows] = np.round(mixed(found.kinds[rows], read, reader().nearby_share), 4)
    return replace(found, kinds=kinds, gaps=gaps)


def _doubtful(found: Scores, around: Sequence[Within]) -> list[int]:
    """Rows that may complain and have neighbours."""
    if not around:
        return []
    rows = np.flatnonzero(found.kinds[:, 0] >= reader().nearby_from).tolist()
    return [row for row in rows if around[row].before or around[row].after]
