"""Themes: what inside a gap keeps coming back, each with a name a manager would use, a typical quote and its reviews.

A theme is a stem or a pair of neighbouring stems that is common in the gap and rare in what else is said of the
business; themes are taken greedily, each by the reviews it adds. Names are the customers' own words for the pair. The
result depends on the set of statements, not on their order; ids stay where most of the reviews stay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from math import log

from audits.analysis.phrases import NOT, Key, Token, around, keys, plain, surface, tokens
from audits.analysis.values import Statement, Theme

MIN_REVIEWS, MIN_AUTHORS = 3, 2
MOST = 8
"""Themes a gap, at most: a page has room for these."""
SAME = 0.5
"""Jaccard overlap of reviews from which a theme keeps a stored id."""
BACKGROUND = 20_000
"""Other statements that are read for comparison, at most."""
MATTERS, TOO_COMMON = 0.05, 0.5
LIFT = log(1.25)
"""A theme is at least a quarter commoner in its gap than in all that is said."""
MOST_LIFT = log(6)
"""Beyond this a key is rare elsewhere by chance, not by meaning."""
SMOOTH = 2.0
PAIR = 2.0
"""A pair names a matter, a single word a topic: a pair is worth so many times its reviews."""
COMMON = 0.2
"""Part of a theme's statements that must use a longer phrase before it names the theme."""
SHORT, LONG = 6, 28
"""Tokens of a quote that says something and fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A statement with its tokens and keys."""

    statement: Statement
    words: list[Token]
    keys: Mapping[Key, tuple[int, int]]


def themes(
    *,
    gap: str,
    statements: Sequence[Statement],
    background: tuple[Mapping[Key, int], int],
    authors: Mapping[str, str | None],
    previous: Sequence[Theme] = (),
) -> tuple[Theme, ...]:
    """The themes of one gap, largest first. `background` comes from `background_of`: all that is said."""
    ordered = sorted(statements, key=lambda one: (one.text, one.review, one.field, one.start))
    read = [_read(statement) for statement in ordered]
    found = []
    for key, members in _picked(read, background, authors):
        quote = _typical(members)
        found.append(
            Theme(
                id=sha256(f"{gap}:{' '.join(key)}".encode()).hexdigest()[:12],
                gap=gap,
                name=_name(key, members),
                quote=quote.text,
                quote_review=quote.review,
                reviews=tuple(sorted({one.statement.review for one in members})),
            )
        )
    kept = _matched(found, [theme for theme in previous if theme.gap == gap])
    return tuple(sorted(kept, key=lambda theme: (-len(theme.reviews), theme.name, theme.id)))


def background_of(statements: Iterable[Statement]) -> tuple[Mapping[Key, int], int]:
    """How often each key stands in a fixed sample of the statements, and the size of the sample."""
    chosen = sorted(statements, key=lambda one: (one.review, one.field, one.start))[:BACKGROUND]
    counts: Counter[Key] = Counter()
    for statement in chosen:
        counts.update(keys(tokens(statement.text)).keys())
    return counts, len(chosen)


def _read(statement: Statement) -> _Read:
    words = tokens(statement.text)
    return _Read(statement=statement, words=words, keys=keys(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What a key is weighed against: the reviews of the gap, how common keys are outside it, and in the gap itself."""

    reviews: Sequence[str]
    """Review of each statement."""
    authors: Mapping[str, str | None]
    total: int
    usual: Mapping[Key, float]
    """Log share of all statements that hold the key."""
    central: Mapping[str, float]
    """Share of the gap's reviews that use a stem."""

    def spread(self, rows: Sequence[int]) -> bool:
        """Enough reviews of enough authors; an unknown author is someone else each time."""
        own = {self.reviews[row] for row in rows}
        return len(own) >= MIN_REVIEWS and len({self.authors.get(review) or review for review in own}) >= MIN_AUTHORS

    def worth(self, key: Key, rows: Sequence[int]) -> float:
        """Reviews it adds × how much commoner it is here than elsewhere × how much of the gap its words carry.

        A single word must stand in a twentieth of the gap's reviews, and one in half of a gap is the gap's own name.
        """
        reviews = len({self.reviews[row] for row in rows})
        if len(key) == 1 and not MATTERS * self.total <= reviews <= TOO_COMMON * max(self.total, 2 * MIN_REVIEWS):
            return 0.0
        lift = log((reviews + 0.5) / (len(self.reviews) + 1)) - self.usual[key]
        matter = [self.central.get(stem, 0.0) for stem in key if stem != NOT]
        pair = PAIR if len(key) == 2 and NOT not in key else 1.0
        return reviews * min(lift, MOST_LIFT) * pair * (0.2 + sum(matter) / len(matter)) if lift >= LIFT else 0.0


def _setting(
    read: Sequence[_Read],
    holders: Mapping[Key, Sequence[int]],
    background: tuple[Mapping[Key, int], int],
    authors: Mapping[str, str | None],
) -> _Setting:
    reviews = [one.statement.review for one in read]
    total = len(set(reviews))
    counts, size = background
    alone = {key[0]: len({reviews[row] for row in rows}) / total for key, rows in holders.items() if len(key) == 1}
    usual = {key: log((counts.get(key, 0) + SMOOTH) / (size + 2 * SMOOTH)) for key in holders}
    return _Setting(reviews=reviews, authors=authors, total=total, usual=usual, central=alone)


def _picked(
    read: Sequence[_Read], background: tuple[Mapping[Key, int], int], authors: Mapping[str, str | None]
) -> list[tuple[Key, list[_Read]]]:
    """Keys in the order they are taken, each with the statements that no earlier key took."""
    holders: dict[Key, list[int]] = defaultdict(list)
    for row, one in enumerate(read):
        for key in one.keys:
            holders[key].append(row)
    setting = _setting(read, holders, background, authors)
    holders = {key: rows for key, rows in holders.items() if setting.spread(rows)}
    taken: set[int] = set()
    picked: list[tuple[Key, list[_Read]]] = []
    while holders and len(picked) < MOST:
        worth = {key: setting.worth(key, rows) for key, rows in holders.items()}
        best = min(holders, key=lambda key: (-worth[key], key))
        if worth[best] <= 0:
            break
        picked.append((best, [read[row] for row in holders[best]]))
        taken |= set(holders.pop(best))
        left = {key: [row for row in rows if row not in taken] for key, rows in holders.items()}
        holders = {key: rows for key, rows in left.items() if setting.spread(rows)}
    return picked


def _name(key: Key, members: Sequence[_Read]) -> str:
    """The commonest of the customers' own phrases for the key, the plainer one where several are common."""
    said = Counter(surface(one.statement.text, one.words, one.keys[key]) for one in members)
    if len(key) == 1:
        longer: Counter[str] = Counter()
        for one in members:
            longer.update(around(one.statement.text, one.words, one.keys[key][0]))
        common = {name: count for name, count in longer.items() if count >= max(2, COMMON * len(members))}
        said = Counter(common) or said
    return min(said, key=lambda name: (-said[name] * plain(name), len(name), name))


def _typical(members: Sequence[_Read]) -> Statement:
    """The statement that shares most with the others of its theme, for its length; a whole sentence if there is one."""
    common: Counter[str] = Counter()
    for one in members:
        common.update({token.stem for token in one.words if token.stem})

    def rank(one: _Read) -> tuple[bool, float, str, str]:
        stems = {token.stem for token in one.words if token.stem}
        worth = sum(common[stem] for stem in stems) / (10 + len(one.words))
        return not SHORT <= len(one.words) <= LONG, -worth, one.statement.text, one.statement.review

    return min(members, key=rank).statement


def _matched(found: Sequence[Theme], previous: Sequence[Theme]) -> list[Theme]:
    """The found themes, each under the stored id of the theme that it overlaps most; an id is given once."""
    pairs = [(_overlap(new, old), new.name, old.id, at) for at, new in enumerate(found) for old in previous]
    named: dict[int, str] = {}
    for overlap, _, stored, at in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if overlap >= SAME and at not in named and stored not in named.values():
            named[at] = stored
    fresh = {old.id for old in previous}
    return [
        replace(theme, id=named[at]) if at in named else replace(theme, id=_free(theme.id, fresh))
        for at, theme in enumerate(found)
    ]


def _overlap(new: Theme, old: Theme) -> float:
    shared = len(set(new.reviews) & set(old.reviews))
    return shared / (len(new.reviews) + len(old.reviews) - shared)


def _free(own: str, used: set[str]) -> str:
    """An id that no stored theme bears: a theme that lost its reviews does not pass its id to another."""
    while own in used:
        own = sha256(own.encode()).hexdigest()[:12]
    return own
