"""A statement stands between the one before it and the one after."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.pieces import Within

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
