"""Themes: what inside a gap keeps coming back, each with a name a manager would use, a typical quote and its reviews.

Names are the customers' own words for the matter. The result depends on the set of statements, not on their order; ids
stay where most of the reviews stay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from audits.analysis.clusters import Group, picked
from audits.analysis.matters import Background, Gap, Read, place, read_of
from audits.analysis.phrases import NOT, Key, negated, phrases, plain, tokens, told
from audits.analysis.reader import reader
from audits.analysis.values import Statement, Theme

COMMON = 0.2
"""Part of a theme's statements that must use a longer phrase before it names the theme."""
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
    own = {token.stem for name in names for token in tokens(name) if token.stem}
    read = [read_of(one, own) for one in _seen(sorted(statements, key=lambda one: (*place(one), one.text)))]
    said = Gap(read, background, authors)
    before = sorted((one for one in previous if one.gap == gap), key=lambda one: (-len(one.reviews), one.id))
    used = {one.id for one in before}
    groups = [
        (group, _name(group.key, group.holders, own)) for group in picked(said, before, _known(gap, read, before))
    ]
    told_apart = [
        (group, name)
        for group, name in groups
        if group.stored or not name.isalpha() or said.tells(group.key, group.holders)
    ]
    found = [_theme(gap, group, name, used) for group, name in joined(told_apart)]
    return tuple(sorted(found, key=lambda theme: (-len(theme.reviews), theme.name, theme.id)))


def joined(groups: Sequence[tuple[Group, str]]) -> list[tuple[Group, str]]:
    """The groups; one that is named by the same stems as an earlier one ("deny claims", "denied a claim") joins it."""
    found: list[tuple[Group, str]] = []
    at: dict[frozenset[str], int] = {}
    for group, name in groups:
        first = at.setdefault(frozenset(token.stem for token in tokens(name) if token.stem), len(found))
        if first == len(found) or group.stored:
            found.append((group, name))
        else:
            earlier, its_name = found[first]
            found[first] = replace(earlier, members=[*earlier.members, *group.members]), its_name
    return found


def _seen(statements: Sequence[Statement]) -> list[Statement]:
    """The statements, each with its vector; what a person called a complaint may not have been read for one."""
    missing = [one.text for one in statements if not one.vector]
    vectors = dict(zip(missing, reader().vectors(missing), strict=True))
    return [one if one.vector else replace(one, vector=vectors[one.text]) for one in statements]


def _known(gap: str, read: Sequence[Read], stored: Sequence[Theme]) -> dict[str, Key]:
    """Id of the theme that a key makes → the key, for all that is said in stored themes."""
    own = {review for theme in stored for review in theme.reviews}
    return {_id(gap, key): key for key in {key for one in read if one.statement.review in own for key in one.keys}}


def _theme(gap: str, group: Group, name: str, used: set[str]) -> Theme:
    quote = _typical(group.holders)
    return Theme(
        id=group.stored.id if group.stored else _free(_id(gap, group.key), used),
        gap=gap,
        name=name,
        quote=quote.text,
        quote_review=quote.review,
        reviews=tuple(sorted({one.statement.review for one in group.members})),
    )


def _id(gap: str, key: Key) -> str:
    return sha256(f"{gap}:{' '.join(key)}".encode()).hexdigest()[:12]


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


def _free(own: str, used: set[str]) -> str:
    """An id that no stored theme bears: a theme that lost its reviews does not pass its id to another."""
    while own in used:
        own = sha256(own.encode()).hexdigest()[:12]
    return own
