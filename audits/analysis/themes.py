"""Themes: what inside a gap keeps coming back, each with a name a manager would use, a typical quote and its reviews.

Names are whole phrases (`naming`); what no good phrase tells is no theme. The result depends on the set of statements,
not on their order; ids stay where most of the reviews stay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

import numpy as np

from audits.analysis.bare import read_alone
from audits.analysis.clauses import written
from audits.analysis.clusters import Group, picked
from audits.analysis.encoder import Floats
from audits.analysis.gaps import frame
from audits.analysis.matters import Background, Gap, Read, place
from audits.analysis.meaning import middle, unpacked
from audits.analysis.naming import Phrases, name_of, phrases_of
from audits.analysis.phrases import NOT, Key, stem_of, words
from audits.analysis.reader import reader
from audits.analysis.resemblance import chances, vectored
from audits.analysis.values import Statement, Theme
from audits.analysis.wording import stem

RIGHTLY = 0.5
"""Mean chance of a theme's statements to be of the gap, under which they are no theme of it but misread together."""
LOOKED = 60
"""Statements of a theme by which that is told."""
SUREST = 5
"""Statements of a theme, the surest, of which one is its typical quote."""
TOLD_WHOLE = 2
"""Words of a name up to which its quote says all of them: who reads "sofa bed" wants to hear of one."""
ALIKE = 0.82
"""Cosine of two names that share a word from which they are one: of pairs made up for it, "late delivery" and "delivery
delayed" lie above, "app crashes" and "app freezes" or "lift broken" and "lift slow" below."""
SHORT, LONG = 5, 28
"""Tokens of a quote that says something and fits."""


def themes(
    *,
    gap: str,
    statements: Sequence[Statement],
    background: Background,
    authors: Mapping[str, str | None],
    names: Sequence[str] = (),
    previous: Sequence[Theme] = (),
    surest: Sequence[Statement] = (),
    kept: Collection[str] = (),
) -> tuple[Theme, ...]:
    """The themes of one gap, largest first. `background` comes from `background_of`.

    `authors` maps a review to who wrote it. `names` of businesses never make a theme. `previous` are stored themes, of
    which those `kept` have a name from a person. A typical quote is one of the `surest` statements where there are any.
    """
    own = {stem_of(word) for name in names for word in words(name)} - {""}
    placed = sorted(statements, key=lambda one: (*place(one), one.text))
    said = Gap(vectored(placed), background, authors, own)
    before = sorted((one for one in previous if one.gap == gap), key=lambda one: (-len(one.reviews), one.id))
    used = {one.id for one in before}
    every = picked(said, before, _known(gap, said, before))
    groups = [(group, name) for group, name in _named(said, gap, every, own, kept) if name]
    told_apart = [
        (group, name)
        for group, name in groups
        if group.stored or not name.isalpha() or said.tells(group.key, said.holders(group.key, group.members))
    ]
    sure = {place(one): rank for rank, one in enumerate(surest)}
    found = [_theme(said, gap, group, name, used, sure) for group, name in joined(told_apart)]
    return tuple(sorted(found, key=lambda theme: (-len(theme.reviews), theme.name, theme.id)))


def joined(groups: Sequence[tuple[Group, str]]) -> list[tuple[Group, str]]:
    """The groups; one that is named by the same stems as an earlier one ("deny claims", "denied a claim") joins it.

    So does one whose name means the same ("pool shut", "pool closed"). Where both carry on stored themes, two that a
    reader knows, the one that was named otherwise stays named so.
    """
    found: list[tuple[Group, str]] = []
    at: dict[frozenset[str], int] = {}
    known = {_matter(group.stored.name): group.stored.id for group, _ in groups if group.stored}
    for group, new in groups:
        taken = known.get(_matter(new))
        told = _matter(new) in at or taken not in (None, group.stored and group.stored.id)
        name = group.stored.name if group.stored and told else new
        same = () if group.stored else (number for number, (_, other) in enumerate(found) if _alike(name, other))
        first = at.setdefault(_matter(name), next(iter(same), len(found)))
        if first == len(found) or group.stored:
            found.append((group, name))
        else:
            earlier, its_name = found[first]
            found[first] = replace(earlier, members=[*earlier.members, *group.members]), its_name
    return found


def _matter(name: str) -> frozenset[str]:
    """The stems by which a name is the same as another."""
    return frozenset(map(stem_of, words(name))) - {""}


def _alike(name: str, other: str) -> bool:
    """Whether two names share a word and mean the same."""
    return bool((_matter(name) & _matter(other)) - {NOT}) and round(float(_meant(name) @ _meant(other)), 4) >= ALIKE


@lru_cache(maxsize=1024)
def _meant(name: str) -> Floats:
    """The vector of a name, read alone: what stands beside it in a batch could change it."""
    found: Floats = unpacked(reader().vectors([name]))[0]
    return found


def _known(gap: str, said: Gap, stored: Sequence[Theme]) -> dict[str, Key]:
    """Id of the theme that a key makes → the key, for all that is said in stored themes."""
    own = {review for theme in stored for review in theme.reviews}
    return {_id(gap, key): key for key in said.keys(own)}


def _theme(
    said: Gap, gap: str, group: Group, name: str, used: set[str], sure: Mapping[tuple[str, str, int], int]
) -> Theme:
    quote = _typical(said, group, name, sure)
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


def _named(
    said: Gap, gap: str, groups: Sequence[Group], own: set[str], kept: Collection[str]
) -> Iterator[tuple[Group, str | None]]:
    """The groups with what each is called; None for one that was misread together or that no phrase tells."""
    told = {group.stored.id: group.stored.name for group in groups if group.stored and group.stored.id in kept}
    found = [group for group in groups if not (group.stored and group.stored.id in told) and _rightly(gap, group)]
    phrases = [_untitled(phrases_of(group.members, gap, own), gap) for group in found]
    read = read_alone((name for each in phrases for _, _, name in each.shared), gap)
    names = [name_of(said, gap, group.key, each, read) for group, each in zip(found, phrases, strict=True)]
    made = {id(group): name for group, name in zip(found, names, strict=True) if name and not _titles(name, gap)}
    for group in groups:
        yield group, told[group.stored.id] if group.stored and group.stored.id in told else made.get(id(group))


def _untitled(phrases: Phrases, gap: str) -> Phrases:
    """Without what the gap itself is called: as the name of a theme of it, that says nothing more."""
    return phrases._replace(shared=[each for each in phrases.shared if not _titles(each[2], gap)])


def _titles(name: str, gap: str) -> bool:
    return gap in frame().slugs and _matter(name) == _matter(frame().gap(gap).title)


def _rightly(gap: str, group: Group) -> bool:
    """Whether most of the group was rightly read as of the gap, as far as can be told."""
    return gap not in frame().slugs or chances([one.statement for one in group.members[:LOOKED]], gap).mean() >= RIGHTLY


def _typical(gap: Gap, group: Group, name: str, sure: Mapping[tuple[str, str, int], int]) -> Statement:
    """Of the surest few that say the name, but for one word of three, the one nearest to the middle."""
    called = {stem(word) for word in written(name)} - {""}
    held = [(one, _unsaid(called, one)) for one in group.members if place(one.statement) in sure]
    held = [(one, unsaid) for one, unsaid in held if unsaid <= (len(called) > TOLD_WHOLE)]
    held.sort(key=lambda pair: (pair[1] > 0, sure[place(pair[0].statement)]))
    quotable = [one for one, _ in held[:SUREST]] or gap.holders(group.key, group.members)
    centre = middle([one.statement.vector for one in group.members])
    near = np.round(unpacked([one.statement.vector for one in quotable]) @ centre, 4).tolist()

    def rank(pair: tuple[Read, float]) -> tuple[bool, bool, float, str, str]:
        told = pair[0].statement
        short = not SHORT <= len(told.text.split()) <= LONG
        return short, _unsaid(called, pair[0]) > 0, -told.complaint * pair[1], told.text, told.review

    return min(zip(quotable, near, strict=True), key=rank)[0].statement


def _unsaid(called: Collection[str], one: Read) -> int:
    """How many of the stems of a name a statement does not hold."""
    return len(set(called) - {stem(word) for word in written(one.statement.text)})


def _free(own: str, used: set[str]) -> str:
    """An id that no stored theme bears: a theme that lost its reviews does not pass its id to another."""
    while own in used:
        own = sha256(own.encode()).hexdigest()[:12]
    return own
