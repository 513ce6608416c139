"""Statements of one gap gathered by what they mean, each group told from all else by the words its statements share.

A group is found in the vectors of the sentence model, so that a matter told in many words stays together; it is a theme
only where a stem or a pair of stems tells it. The result depends on the set of statements, not on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from audits.analysis.encoder import Floats
from audits.analysis.matters import MIN_REVIEWS, Gap, Read
from audits.analysis.meaning import grouped, middle, nearest
from audits.analysis.phrases import Key
from audits.analysis.values import Theme

MOST = 8
"""Themes a gap, at most: a page has room for these."""
GROUPS, FEWEST, FINEST = 0.6, 3, 24
"""So many groups for the root of the statements; found on questions of banks, whose matters people have named."""
NEAR, NEAR_HOLDER = 0.6, 0.3
"""Cosine to the middle of those that hold a group's key from which a statement belongs to it, and from which one that
holds the key as well."""
HELD, ONE = 0.5, 0.8
"""Part of a group that holds another's key, and cosine between their middles, from which the two are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements that mean the same, the key that tells them from all else, and the stored theme that they carry on."""

    key: Key
    members: list[Read]
    stored: Theme | None = None


def picked(gap: Gap, stored: Sequence[Theme], known: Mapping[str, Key]) -> list[Group]:
    """The groups of the gap, MOST at most: those that carry a stored theme on first, then the largest.

    `known` has the keys of stored themes by their ids.
    """
    every = range(len(gap.read))
    found, carried = _carried(gap, stored, known)
    _take_in(gap, _left(every, found), found)
    if len(found) < MOST:
        _group(gap, _left(every, found), found)
        _take_in(gap, _left(every, found), found)
        found = {key: rows for key, rows in found.items() if gap.spread(rows)}
        _gather(gap, _left(every, found), found)
    groups = [
        Group(key=key, members=[gap.read[row] for row in sorted(rows)], stored=carried.get(key))
        for key, rows in found.items()
    ]
    return sorted(groups, key=lambda one: (one.stored is None, -len(one.members), one.key))[:MOST]


def _left(rows: Iterable[int], found: Mapping[Key, Iterable[int]]) -> list[int]:
    taken = {row for own in found.values() for row in own}
    return [row for row in rows if row not in taken]


def _carried(
    gap: Gap, stored: Sequence[Theme], known: Mapping[str, Key]
) -> tuple[dict[Key, list[int]], dict[Key, Theme]]:
    """The rows and the theme of each stored theme that goes on: the statements of its own reviews stay with it."""
    found: dict[Key, list[int]] = {}
    carried: dict[Key, Theme] = {}
    for number, rows in sorted(_standing(gap, stored).items()):
        old = known.get(stored[number].id)
        key = old if old is not None and gap.holding(old, rows) else gap.key(rows)
        if key is not None and key not in found and gap.spread(rows):
            found[key], carried[key] = rows, stored[number]
    return found, carried


def _standing(gap: Gap, stored: Sequence[Theme]) -> dict[int, list[int]]:
    """Number of a stored theme → the rows of its reviews; where a review stands in several, those that are nearest."""
    owners: dict[str, list[int]] = defaultdict(list)
    for number, theme in enumerate(stored):
        for review in theme.reviews:
            owners[review].append(number)
    own = [owners.get(one.statement.review, []) for one in gap.read]
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, each in enumerate(own):
        for number in each:
            rows_of[number].append(row)
    middles = {number: middle([gap.vectors[row] for row in rows]) for number, rows in rows_of.items()}
    found: dict[int, list[int]] = defaultdict(list)
    for row, each in enumerate(own):
        if len(each) > 1:
            labels, _ = nearest([gap.vectors[row]], np.stack([middles[number] for number in each]))
            each = [each[labels[0]]]
        for number in each:
            found[number].append(row)
    return found


def _group(gap: Gap, loose: Sequence[int], found: dict[Key, list[int]]) -> None:
    """Add what the loose rows group to, the largest group first: of each those that hold its key."""
    labels, _ = grouped([gap.vectors[row] for row in loose], _count(len(loose)))
    groups = [
        [loose[at] for at in np.flatnonzero(labels == label).tolist()]
        for label in range(int(labels.max(initial=-1)) + 1)
    ]
    for rows in sorted(groups, key=lambda rows: (-len(rows), rows)):
        key = _shared(gap, rows, found) or gap.key(rows)
        if key is not None:
            found.setdefault(key, []).extend(gap.holding(key, rows))


def _shared(gap: Gap, rows: Sequence[int], found: Mapping[Key, Sequence[int]]) -> Key | None:
    """The key of a group already found that most of these statements hold, and that means what they mean."""
    held = [key for key in found if len(gap.holding(key, rows)) > HELD * len(rows)]
    if not held:
        return None
    own = np.stack([_middle(gap, key, found[key]) for key in held]) @ middle([gap.vectors[row] for row in rows])
    return held[int(own.argmax())] if own.max() >= ONE else None


def _middle(gap: Gap, key: Key, rows: Sequence[int]) -> Floats:
    """The middle of the rows that hold the key."""
    return middle([gap.vectors[row] for row in gap.holding(key, rows)])


def _take_in(gap: Gap, left: Sequence[int], found: dict[Key, list[int]]) -> None:
    """A row goes with those that it is near to, else with those whose key it holds where it means nearly the same."""
    if not found or not left:
        return
    ordered = sorted(found, key=lambda key: (-len(found[key]), key))
    middles = np.stack([_middle(gap, key, found[key]) for key in ordered])
    labels, near = nearest([gap.vectors[row] for row in left], middles)
    holds = [gap.holds(key) for key in ordered]
    for at, row in enumerate(left):
        held = [] if near[at] >= NEAR else [number for number, own in enumerate(holds) if own[row]]
        number = int(labels[at]) if near[at] >= NEAR else _holder(gap.vectors[row], held, middles)
        if number is not None:
            found[ordered[number]].append(row)


def _holder(vector: str, held: Sequence[int], middles: Floats) -> int | None:
    """The nearest of the groups whose key a statement holds, by number, unless it means something else there."""
    if not held:
        return None
    label, near = nearest([vector], middles[held])
    return held[label[0]] if near[0] >= NEAR_HOLDER else None


def _gather(gap: Gap, left: Sequence[int], found: dict[Key, list[int]]) -> None:
    """Add what shares a key but no group: in a small gap that is much."""
    held = gap.held(left) if len(found) < MOST else {}
    while len(found) < MOST and (key := gap.common(held)):
        rows = held.pop(key)
        if key not in found:
            found[key] = rows
            held = {other: own for other, each in held.items() if gap.spread(own := _left(each, {key: rows}))}


def _count(statements: int) -> int:
    """How many groups so many statements are parted into, before groups with one key are one: three in each or more."""
    return min(FINEST, statements // MIN_REVIEWS, max(FEWEST, round(GROUPS * sqrt(statements)))) or 1
