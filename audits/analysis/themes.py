"""Themes: what inside a gap keeps coming back, each with a name a manager would use, a typical quote and its reviews.

Names are the customers' own words for the matter. The result depends on the set of statements, not on their order; ids
stay where most of the reviews stay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from audits.analysis.clusters import SMOOTH, Background, Read, picked, read_of
from audits.analysis.phrases import NOT, Key, negated, phrases, plain, tokens, told
from audits.analysis.values import Statement, Theme

SAME = 0.5
"""Jaccard overlap of reviews from which a theme keeps a stored id."""
COMMON = 0.2
"""Part of a theme's statements that must use a longer phrase before it names the theme."""
TELLS = 60
"""Reviews of a bare word times how often it stands in its gap for once outside it, before it names a theme."""
SHORT, LONG = 6, 28
"""Tokens of a quote that says something and fits."""


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
    read = [read_of(statement, own) for statement in ordered]
    found = []
    before = [theme for theme in previous if theme.gap == gap]
    for key, members in picked(read, background, authors, _remembered(gap, read, before)):
        quote, name = _typical(members), _name(key, members, own)
        if name.isalpha() and not _tells(key, members, read, background):
            continue
        found.append(
            Theme(
                id=_id(gap, key),
                gap=gap,
                name=name,
                quote=quote.text,
                quote_review=quote.review,
                reviews=tuple(sorted({one.statement.review for one in members})),
            )
        )
    kept = _matched(found, before)
    return tuple(sorted(kept, key=lambda theme: (-len(theme.reviews), theme.name, theme.id)))


def _id(gap: str, key: Key) -> str:
    return sha256(f"{gap}:{' '.join(key)}".encode()).hexdigest()[:12]


def _remembered(gap: str, read: Sequence[Read], stored: Sequence[Theme]) -> dict[Key, frozenset[str]]:
    """The key of each stored theme, largest first: by its id, else the one that overlaps it most, by half at least."""
    wanted = {review for theme in stored for review in theme.reviews}
    held: dict[Key, set[str]] = defaultdict(set)
    for one in read:
        if one.statement.review in wanted:
            for key in one.keys:
                held[key].add(one.statement.review)
    by_id = {_id(gap, key): key for key in held} if stored else {}
    found: dict[Key, frozenset[str]] = {}
    for theme in sorted(stored, key=lambda one: (-len(one.reviews), one.id)):
        own = frozenset(theme.reviews)
        chosen = by_id.get(theme.id) or _nearest(own, held)
        if chosen is not None and len(held[chosen] & own) >= SAME * len(own):
            found.setdefault(chosen, own)
    return found


def _nearest(own: frozenset[str], held: Mapping[Key, set[str]]) -> Key | None:
    return max(held, key=lambda key: (len(held[key] & own) / len(held[key] | own), key), default=None)


def _tells(key: Key, members: Sequence[Read], read: Sequence[Read], background: Background) -> bool:
    """Whether a bare word names a matter: the fewer its reviews, the more it must be a word of this gap alone.

    "rude" says what failed, "issue" and "trust" say that something did, and their customers say it of everything.
    """
    shared = [one for one in read if _place(one.statement) in background.members]
    outside = background.counts.get(key, 0) - sum(key in one.keys for one in shared)
    usual = (outside + SMOOTH) / (len(background.members) - len(shared) + 2 * SMOOTH)
    here = sum(key in one.keys for one in read) / len(read)
    return len({one.statement.review for one in members}) * here / usual >= TELLS


def _place(statement: Statement) -> tuple[str, str, int]:
    return statement.review, statement.field, statement.start


def _name(key: Key, members: Sequence[Read], names: set[str]) -> str:
    """The commonest of the customers' own phrases for the key, the plainer one where several are common.

    A single word is named by a phrase around it that a fair part of its statements share; a negation that most of the
    statements of a pair carry stays in its name.
    """
    said = Counter(told(one.statement.text, one.words, one.keys[key]) for one in members)
    if len(key) == 1:
        return _plainest(_phrased(key, members, names) or said)
    denied = Counter(filter(None, (negated(one.statement.text, one.words, one.keys[key]) for one in members)))
    return _plainest(denied if NOT not in key and 2 * denied.total() > len(members) else said)


def _phrased(key: Key, members: Sequence[Read], names: set[str]) -> Counter[str]:
    """The forms of the phrase that most statements of a word share; nothing where no phrase is common enough."""
    forms: dict[Key, Counter[str]] = defaultdict(Counter)
    for one in members:
        for group, phrase in phrases(one.statement.text, one.words, one.keys[key][0], names).items():
            forms[group][phrase] += 1
    least = max(2, COMMON * len(members))
    common = {group: said for group, said in forms.items() if said.total() >= least}
    if not common:
        return Counter()
    return common[min(common, key=lambda group: (-common[group].total() * plain(_plainest(common[group])), group))]


def _plainest(said: Mapping[str, int]) -> str:
    return min(said, key=lambda name: (-said[name] * plain(name), len(name), name))


def _typical(members: Sequence[Read]) -> Statement:
    """The sure complaint that shares most with the others of its theme, for its length; a whole sentence if any is."""
    common: Counter[str] = Counter()
    for one in members:
        common.update({token.stem for token in one.words if token.stem})

    def rank(one: Read) -> tuple[bool, float, str, str]:
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
