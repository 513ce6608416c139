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
COMMON = 0.3
"""Part of a theme's statements that must use a longer phrase before it names the theme."""
SHORT, LONG = 6, 28
"""Tokens of a quote that says something and fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What is said of the business in all: how often each key stands in a sample, and which statements are in it."""

    counts: Mapping[Key, int]
    members: frozenset[tuple[str, str, int]]


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
    background: Background,
    authors: Mapping[str, str | None],
    names: Sequence[str] = (),
    previous: Sequence[Theme] = (),
) -> tuple[Theme, ...]:
    """The themes of one gap, largest first. `background` comes from `background_of`.

    `authors` maps a review to who wrote it. `names` of businesses never make a theme. `previous` are stored themes.
    """
    ordered = sorted(statements, key=lambda one: (one.text, one.review, one.field, one.start))
    own = {token.stem for name in names for token in tokens(name) if token.stem}
    read = [_read(statement, own) for statement in ordered]
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


def background_of(statements: Iterable[Statement]) -> Background:
    """How often each key stands in a fixed sample of the statements: review keys are digests, so it is random."""
    chosen = sorted(statements, key=_place)[:SAMPLE]
    counts: Counter[Key] = Counter()
    for statement in chosen:
        counts.update(keys(tokens(statement.text)).keys())
    return Background(counts=counts, members=frozenset(_place(one) for one in chosen))


def _place(statement: Statement) -> tuple[str, str, int]:
    return statement.review, statement.field, statement.start


def _read(statement: Statement, names: set[str]) -> _Read:
    words = tokens(statement.text)
    found = {key: span for key, span in keys(words).items() if names.isdisjoint(key)}
    return _Read(statement=statement, words=words, keys=found)


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


def _setting(
    read: Sequence[_Read],
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
    return _Setting(
        reviews=reviews,
        authors=authors,
        total=total,
        usual=usual,
        trade=frozenset(trade),
        central=alone,
    )


def _picked(
    read: Sequence[_Read], background: Background, authors: Mapping[str, str | None]
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
    """The sure complaint that shares most with the others of its theme, for its length; a whole sentence if any is."""
    common: Counter[str] = Counter()
    for one in members:
        common.update({token.stem for token in one.words if token.stem})

    def rank(one: _Read) -> tuple[bool, float, str, str]:
        stems = {token.stem for token in one.words if token.stem}
        worth = one.statement.complaint * sum(common[stem] for stem in stems) / (10 + len(one.words))
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
