"""Statements of one gap gathered by the matter they share: a stem, or a pair of neighbouring stems.

A matter is common in the gap and rare in what else is said of the business; matters are taken greedily, each by the
reviews it adds, and each statement once. The result depends on the set of statements, not on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from audits.analysis.phrases import NOT, Key, Token, keys, tokens
from audits.analysis.values import Statement

MIN_REVIEWS, MIN_AUTHORS = 3, 2
MOST = 8
"""Themes a gap, at most: a page has room for these."""
SAMPLE = 20_000
"""Statements that are read for comparison, at most."""
MATTERS, TOO_COMMON = 0.05, 0.6
LIFT_ALONE, LIFT = log(2), log(1.5)
"""A theme is so much commoner in its gap than outside it: a single word twice, a pair by half."""
MOST_LIFT = log(6)
"""Beyond this a key is rare elsewhere by chance, not by meaning."""
SMOOTH = 2.0
TRADE = 0.04
"""A stem in so many statements outside the gap is a word of the trade (claim, room): two of them say nothing."""
PAIR = 2.0
"""A pair names a matter, a single word a topic: a pair is worth so many times its reviews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What is said of the business in all: how often each key stands in a sample, and which statements are in it."""

    counts: Mapping[Key, int]
    members: frozenset[tuple[str, str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A statement with its tokens and keys."""

    statement: Statement
    words: list[Token]
    keys: Mapping[Key, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What a key is weighed against: the reviews of the gap, how common keys are outside it, and in the gap itself."""

    reviews: Sequence[str]
    """Review of each statement."""
    authors: Mapping[str, str | None]
    total: int
    usual: Mapping[Key, float]
    """Log share of the statements outside the gap that hold the key."""
    trade: frozenset[str]
    central: Mapping[str, float]
    """Share of the gap's reviews that use a stem."""

    def spread(self, rows: Sequence[int]) -> bool:
        """Enough reviews of enough authors; an unknown author is someone else each time."""
        own = {self.reviews[row] for row in rows}
        return len(own) >= MIN_REVIEWS and len({self.authors.get(review) or review for review in own}) >= MIN_AUTHORS

    def worth(self, key: Key, rows: Sequence[int]) -> float:
        """Reviews it adds × how much commoner it is here than elsewhere × how much of the gap its words are.

        A single word must stand in a twentieth of the gap's reviews; in most it is the gap's own name.
        """
        reviews = len({self.reviews[row] for row in rows})
        if len(key) == 1 and not MATTERS * self.total <= reviews <= TOO_COMMON * max(self.total, 2 * MIN_REVIEWS):
            return 0.0
        if self.trade.issuperset(key):
            return 0.0
        lift = log((reviews + 0.5) / (len(self.reviews) + 1)) - self.usual[key]
        matter = [self.central.get(stem, 0.0) for stem in key if stem != NOT]
        pair = PAIR if len(key) == 2 and NOT not in key else 1.0
        least = LIFT_ALONE if len(key) == 1 else LIFT
        return reviews * min(lift, MOST_LIFT) * pair * (0.2 + sum(matter) / len(matter)) if lift >= least else 0.0


def background_of(statements: Iterable[Statement]) -> Background:
    """How often each key stands in a fixed sample of the statements: review keys are digests, so it is random."""
    chosen = sorted(statements, key=_place)[:SAMPLE]
    counts: Counter[Key] = Counter()
    for statement in chosen:
        counts.update(keys(tokens(statement.text)).keys())
    return Background(counts=counts, members=frozenset(_place(one) for one in chosen))


def _place(statement: Statement) -> tuple[str, str, int]:
    return statement.review, statement.field, statement.start


def read_of(statement: Statement, names: set[str]) -> Read:
    words = tokens(statement.text)
    found = {key: span for key, span in keys(words).items() if names.isdisjoint(key)}
    return Read(statement=statement, words=words, keys=found)


def picked(
    read: Sequence[Read],
    background: Background,
    authors: Mapping[str, str | None],
    stored: Mapping[Key, frozenset[str]] | None = None,
) -> list[tuple[Key, list[Read]]]:
    """Keys in the order they are taken, each with the statements that no earlier key took.

    `stored` are the keys of stored themes with their reviews: they are taken first, while enough reviews hold them,
    and each keeps what it had, so that themes stay as reviews arrive.
    """
    known = stored or {}
    owners: dict[str, set[Key]] = defaultdict(set)
    for key, reviews in known.items():
        for review in reviews:
            owners[review].add(key)
    holders: dict[Key, list[int]] = defaultdict(list)
    for row, one in enumerate(read):
        for key in one.keys:
            holders[key].append(row)
    setting = _setting(read, holders, background, authors)
    holders = {key: rows for key, rows in holders.items() if setting.spread(rows)}
    taken: set[int] = set()
    found: list[tuple[Key, list[Read]]] = []
    for key in known:
        rows = [row for row in holders.get(key, ()) if _may_take(key, read[row], owners) and row not in taken]
        if len(found) < MOST and setting.spread(rows):
            found.append((key, [read[row] for row in rows]))
            taken |= set(rows)
    if taken:
        left = {key: [row for row in rows if row not in taken] for key, rows in holders.items() if key not in known}
        holders = {key: rows for key, rows in left.items() if setting.spread(rows)}
    while holders and len(found) < MOST:
        worth = {key: setting.worth(key, rows) for key, rows in holders.items()}
        best = min(holders, key=lambda key: (-worth[key], key))
        if worth[best] <= 0:
            break
        found.append((best, [read[row] for row in holders[best]]))
        taken |= set(holders.pop(best))
        left = {key: [row for row in rows if row not in taken] for key, rows in holders.items()}
        holders = {key: rows for key, rows in left.items() if setting.spread(rows)}
    return found


def _may_take(key: Key, one: Read, owners: Mapping[str, set[Key]]) -> bool:
    """A review that stands in stored themes stays with them."""
    own = owners.get(one.statement.review)
    return own is None or key in own


def _setting(
    read: Sequence[Read],
    holders: Mapping[Key, Sequence[int]],
    background: Background,
    authors: Mapping[str, str | None],
) -> _Setting:
    reviews = [one.statement.review for one in read]
    total = len(set(reviews))
    shared = [one for one in read if _place(one.statement) in background.members]
    own = Counter(key for one in shared for key in one.keys)
    size = len(background.members) - len(shared)
    alone = {key[0]: len({reviews[row] for row in rows}) / total for key, rows in holders.items() if len(key) == 1}
    outside = {key: background.counts.get(key, 0) - own[key] for key in holders}
    usual = {key: log((count + SMOOTH) / (size + 2 * SMOOTH)) for key, count in outside.items()}
    trade = {key[0] for key, count in outside.items() if len(key) == 1 and count > max(TRADE * size, MOST)}
    return _Setting(reviews=reviews, authors=authors, total=total, usual=usual, trade=frozenset(trade), central=alone)
