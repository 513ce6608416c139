"""Statements that stand together are read together, each judged by its own words among those of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LONGEST = 380
"""Characters of a passage, as many as fill the pieces that are read at once; a longer text is parted evenly."""
APART = 40
"""Characters that may lie between neighbours."""


def joined(whole: str, spans: Sequence[tuple[int, int]]) -> list[str | None]:
    """What stands between each statement and the one before it in its passage; None where a passage begins."""
    found: list[str | None] = []
    for run in _runs(spans):
        began = before = 0
        limit = 0.0
        for at, (start, end) in enumerate(run):
            if at and start + end < limit and end - began <= LONGEST:
                found.append(whole[before:start])
            else:
                found.append(None)
                began, limit = start, _limit(run[at:])
            before = end
    return found


def passages(wanted: Iterable[int], between: Sequence[str | None]) -> list[list[int]]:
    """Rows to read at once, in order: those wanted, and of each the neighbours in its passage (`joined`)."""
    near: set[int] = set()
    for row in wanted:
        near.add(row)
        if between[row] is not None:
            near.add(row - 1)
        if row + 1 < len(between) and between[row + 1] is not None:
            near.add(row + 1)
    found: list[list[int]] = []
    for row in sorted(near):
        if found and found[-1][-1] == row - 1 and between[row] is not None:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _limit(run: Sequence[tuple[int, int]]) -> float:
    """Twice the place before which the middle of a statement must lie, so that the passages are of like length."""
    length = run[-1][1] - run[0][0]
    return 2 * (run[0][0] + length / max(1, -(-length // LONGEST)))


def _runs(spans: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Statements between which little lies."""
    found: list[list[tuple[int, int]]] = []
    for span in spans:
        if found and span[0] - found[-1][-1][1] <= APART:
            found[-1].append(span)
        else:
            found.append([span])
    return found
