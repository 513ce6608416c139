"""What tells the statements of a group from all else that is said: a stem, or a pair of neighbouring stems.

It is common in the group and rare elsewhere, in the gap and outside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from audits.analysis.keyed import Keyed
from audits.analysis.phrases import NOT, Key
from audits.analysis.values import Statement

MIN_REVIEWS, MIN_AUTHORS = 3, 2
SAMPLE = 20_000
"""Statements that are read for comparison, at most."""
COMMON, HOLDERS = 0.2, 2
"""Part of a group's statements that hold its key, and how many at least."""
LEAST, TOO_COMMON = 0.05, 0.6
"""Part of the gap's statements that hold a single word without a group, at least; in more it is the gap's own name."""
LIFT_ALONE, LIFT = log(1.7), log(1.5)
"""How much commoner a key is in its group than elsewhere, in and outside the gap."""
MOST_LIFT = log(6)
"""Beyond this a key is rare elsewhere by chance, not by meaning."""
SMOOTH = 2.0
TRADE = 0.04
"""A stem in so many statements outside the gap is a word of the trade (claim, room): two of them say nothing."""
FEW = 8
"""Statements outside the gap up to which no stem is a word of the trade."""
TELLS = 60
"""Reviews of a bare word times how often it stands in its gap for once outside it, before it names a theme."""
PAIR = 1.5
"""A pair names a matter, a single word a topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What is said of the business in all: how often each key stands in a sample, and which statements are in it."""

    counts: Mapping[Key, int]
    members: frozenset[tuple[str, str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A statement, and its row in its gap."""

    statement: Statement
    row: int = 0


def background_of(statements: Iterable[Statement]) -> Background:
    """How often each key stands in a fixed sample of the statements: review keys are digests, so it is random."""
    chosen = sorted(statements, key=place)[:SAMPLE]
    counts = Keyed([one.text for one in chosen]).counted()
    return Background(counts=counts, members=frozenset(place(one) for one in chosen))


def place(statement: Statement) -> tuple[str, str, int]:
    """Where a statement stands: an order that says nothing about what it means."""
    return statement.review, statement.field, statement.start


class Gap:
    """The statements of one gap, in the order of their places, and what they are weighed against."""

    def __init__(
        self,
        statements: Sequence[Statement],
        background: Background,
        authors: Mapping[str, str | None],
        names: Collection[str] = (),
    ) -> None:
        self.read = [Read(statement=one, row=row) for row, one in enumerate(statements)]
        self.vectors = [one.vector for one in statements]
        self._authors, self._background = authors, background
        self._keyed = Keyed([one.text for one in statements], names)
        shared = [row for row, one in enumerate(statements) if place(one) in background.members]
        self._own = self._keyed.tally(shared)
        self._outside = len(background.members) - len(shared)
        self._holds: dict[Key, bytes] = {}

    def outside(self, key: Key) -> int:
        """Statements of the sample outside the gap that hold the key."""
        number = self._keyed.number(key)
        return self._background.counts.get(key, 0) - (0 if number is None else int(self._own[number]))

    def usual(self, key: Key) -> float:
        """Share of the statements outside the gap that hold the key."""
        return (self.outside(key) + SMOOTH) / (self._outside + 2 * SMOOTH)

    def spread(self, rows: Sequence[int]) -> bool:
        """Enough reviews of enough authors; an unknown author is someone else each time."""
        own = {self.read[row].statement.review for row in rows}
        return len(own) >= MIN_REVIEWS and len({self._authors.get(review) or review for review in own}) >= MIN_AUTHORS

    def key(self, rows: Sequence[int]) -> Key | None:
        """What tells these statements from all others; None where nothing does."""
        held = self._keyed.tally(rows)
        common = np.flatnonzero(held >= max(HOLDERS, COMMON * len(rows))).tolist()
        counts = {self._keyed.key(number): int(held[number]) for number in common}
        worth = {key: self._worth(key, count, len(rows)) for key, count in counts.items()}
        best = min(worth, key=lambda key: (-worth[key], key), default=None)
        return best if best is not None and worth[best] > 0 else None

    def held(self, rows: Iterable[int]) -> dict[Key, list[int]]:
        """Each key that enough reviews hold in these rows, with the rows that hold it."""
        found = self._keyed.shared(rows, MIN_REVIEWS)
        return {key: own for key, own in found.items() if self.spread(own)}

    def common(self, held: Mapping[Key, Sequence[int]]) -> Key | None:
        """The key that tells most statements from what is said outside the gap; None where none does."""
        worth = {key: self._common(key, rows) for key, rows in held.items()}
        best = min(worth, key=lambda key: (-worth[key], key), default=None)
        return best if best is not None and worth[best] > 0 else None

    def _common(self, key: Key, rows: Sequence[int]) -> float:
        """Statements × how much commoner the key is in the gap than outside it."""
        share = (self._keyed.count(key) + 0.5) / (len(self.read) + 1)
        if self._empty(key) or (len(key) == 1 and share < LEAST):
            return 0.0
        lift = log(share / self.usual(key))
        return len(rows) * min(lift, MOST_LIFT) * _weight(key) if lift >= _least_lift(key) else 0.0

    def _worth(self, key: Key, count: int, size: int) -> float:
        """Share of the group that holds it × how much commoner it is there than elsewhere, by half in the gap."""
        if self._empty(key):
            return 0.0
        beside = len(self.read) - size
        elsewhere = (self._keyed.count(key) - count + 0.5) / (beside + 1) if beside else 0.0
        lift = log(2 * count / size / (elsewhere + self.usual(key)))
        return count / size * min(lift, MOST_LIFT) * _weight(key) if lift >= _least_lift(key) else 0.0

    def _empty(self, key: Key) -> bool:
        """Whether it is the gap's own name or made of words of the trade."""
        if len(key) == 1 and self._keyed.count(key) > TOO_COMMON * max(len(self.read), 2 * MIN_REVIEWS):
            return True
        most = max(TRADE * self._outside, FEW)
        return all(self.outside((stem,)) > most for stem in key if stem != NOT)

    def holding(self, key: Key, rows: Iterable[int]) -> list[int]:
        """The rows that hold the key."""
        holds = self.holds(key)
        return [row for row in rows if holds[row]]

    def holders(self, key: Key, members: Iterable[Read]) -> list[Read]:
        """Those of its statements that hold the key."""
        holds = self.holds(key)
        return [one for one in members if holds[one.row]]

    def holds(self, key: Key) -> bytes:
        """For each row 1 where it holds the key, else 0."""
        found = self._holds.get(key)
        if found is None:
            found = self._holds[key] = self._keyed.holders(key).tobytes()
        return found

    def keys(self, reviews: Collection[str]) -> list[Key]:
        """Every key that a statement of these reviews holds."""
        held = self._keyed.tally(one.row for one in self.read if one.statement.review in reviews)
        return [self._keyed.key(number) for number in np.flatnonzero(held).tolist()]

    def tells(self, key: Key, holders: Sequence[Read]) -> bool:
        """Whether a bare word names a matter: the fewer its reviews, the more it must be a word of this gap alone.

        "rude" says what failed, "issue" and "trust" say that something did, and their customers say it of everything.
        """
        here = self._keyed.count(key) / len(self.read)
        reviews = len({one.statement.review for one in holders})
        return reviews * here / self.usual(key) >= TELLS


def _weight(key: Key) -> float:
    return PAIR if len(key) == 2 and NOT not in key else 1.0


def _least_lift(key: Key) -> float:
    return LIFT_ALONE if len(key) == 1 else LIFT
