"""A theme is named by a whole phrase that a manager would use of the process that failed, or it is not told.

Phrases are made from its statements (`wording`), and cues of the frame whose words its customers use stand beside them.
The best is shared by many, rare outside the gap, and says the gap when the model reads it alone; praise names nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from math import log
from typing import NamedTuple

import numpy as np

from audits.analysis.bare import Says, read_alone
from audits.analysis.capitals import capitalised
from audits.analysis.clauses import HELPING, written
from audits.analysis.gaps import frame
from audits.analysis.matters import Gap, Read, place
from audits.analysis.meaning import middle, nearest
from audits.analysis.phrases import NOT, PERSONAL, Key, stem_of
from audits.analysis.resemblance import told_shortly
from audits.analysis.wording import stem, worded

Ways = Counter[str]
"""How often each way to say a phrase stands there."""

LOOKED = 150
"""Statements of a theme that are looked at, those first that lie nearest to its middle."""
LEAST, SHARE = 2, 0.15
"""Reviews that a phrase stands in, and their part of the theme, at least."""
_STOP = re.compile(r"[.?!]+\s")
_LEANS = frozenset(("and", "but", "or", "so", "because", "which", "that", "with", "then"))
_DANGLES = frozenset(("on", "in", "of", "to", "at", "for", "with", "by", "from", "the", "a", "an", "and", "or"))
"""On what no name ends; "up" and "out" may end one: "nobody turned up"."""
MOST_LIFT = log(60)
LEAST_GAP, LEAST_BARE, MOST_PRAISE = 0.4, 0.6, 0.4
"""What the model must see of the gap in a phrase and in a single word, and of praise at most."""
COMPLAINS, HARDLY = 0.7, 0.03
"""A phrase that complains so surely by itself may say the gap so faintly: "not paying" is said of many things."""
MOSTLY = 0.5
"""How far a phrase must complain by itself that under half of the theme holds: "pool area" is but where it happened."""
LEAST_DONE = 0.65
"""How surely what somebody does must be a complaint by itself: "paying claims" is none."""
BARE, VAGUE = 0.4, 0.7
"""What a single word, and one that ends in "it", is worth beside a whole phrase."""
NEAR = 0.55
"""Cosine to the middle of the theme from which a written complaint means what it means."""
MOST_OF, TOPIC = 0.5, 0.45
"""Part of the theme that a mere topic stands in, and how far it must complain: "cost" and "price" are bare topics."""
DENIED = 0.4
"""Part of a phrase's statements that may hold a "not" before it tells the opposite of what they say."""
KEYED = 1.5
"""What a phrase with the key of the theme is worth beside another."""
FEW_WORDS = 5
MOST_APART = 3
"""Stems of a phrase from which its words must stand together."""
COMMON = 0.75
"""The power of its part of the theme that a phrase counts with."""


class Phrases(NamedTuple):
    """What a theme may be called by: (part of its reviews, stems, phrase), of the statements nearest its middle."""

    near: Sequence[Read]
    shared: Sequence[tuple[float, frozenset[str], str]]


def phrases_of(members: Sequence[Read], slug: str, names: Collection[str] = ()) -> Phrases:
    """The phrases that enough reviews of a theme share; `names` are stems of businesses."""
    near = _nearest(members)
    return Phrases(near, _shared(_found(near, slug, names), near) + _written(near, slug))


def name_of(gap: Gap, slug: str, key: Key, phrases: Phrases, read: Mapping[str, Says]) -> str | None:
    """The name of a theme of the gap; None where no phrase is good enough.

    `key` tells its statements from others, `read` is what was read of its phrases alone.
    """
    near, shared = phrases
    alone = [read[name] for _, _, name in shared]
    rated = [
        (-_worth(share, gap, stems, name, says) * (KEYED if stems & {*key} else 1.0), -_topic(share, stems, says), name)
        for (share, stems, name), says in zip(shared, alone, strict=True)
        if share >= MOST_OF or slug not in frame().slugs or (says[0] >= MOSTLY and " " in name)
    ]
    worth, topic, name = min(rated, default=(0.0, 0.0, ""))
    if worth >= 0:
        name = _short(near, slug) or _thing(shared, alone, key) or (name if topic < 0 else "")
    return capitalised(name, [one.statement.text for one in near]) if name else None


def _short(near: Sequence[Read], slug: str) -> str:
    """A statement of a few words that says it all, each of whose words of matter another review says too."""
    said = [({stem_of(word) for word in written(one.statement.text)} - {""}, one.statement.review) for one in near]
    found = []
    for one, (matter, _) in zip(near, said, strict=True):
        words = written(one.statement.text)
        whole = 1 < len(words) <= FEW_WORDS and words[0] not in _LEANS and matter and "?" not in one.statement.text
        others = all(len({review for own, review in said if each in own}) >= LEAST for each in matter)
        if whole and others and words[-1] not in _DANGLES and not any(map(_of_somebody, words)):
            found.append(" ".join(words))
    rated = [
        (-about * complains, name)
        for name, (complains, praises, about) in read_alone(found, slug).items()
        if praises <= MOST_PRAISE and about >= LEAST_GAP and complains >= COMPLAINS
    ]
    return min(rated, default=(0.0, ""))[1]


def _deed(name: str) -> bool:
    """Whether it tells what somebody does: "mentioning the water order"."""
    first = name.split(maxsplit=1)[0]
    return first.endswith("ing") and "-" not in first


def _of_somebody(word: str) -> bool:
    """Whether a word makes a statement part of one person's story."""
    return word in PERSONAL or word.isdigit()


def _thing(shared: Sequence[tuple[float, frozenset[str], str]], alone: Sequence[Says], key: Key) -> str:
    """What most of the theme is about, in two words or more ("front desk"), where nothing tells what failed of it.

    It must complain by itself, or the gap be heard in it: a walking frame says nothing of the staff who sighed at it.
    """
    rated = [
        (-share, len(name), name)
        for (share, stems, name), (complains, praises, about) in zip(shared, alone, strict=True)
        if share >= MOST_OF and len(stems) > 1 and NOT not in stems and stems & {*key}
        if complains >= LEAST_DONE or not _deed(name)
        if praises <= MOST_PRAISE and (about >= HARDLY or complains >= COMPLAINS)
    ]
    return min(rated, default=(0.0, 0, ""))[2]


def _found(near: Sequence[Read], slug: str, names: Collection[str]) -> dict[frozenset[str], Ways]:
    """The phrases of the statements and what the frame calls them, by the stems that ways to say the same share."""
    found: dict[frozenset[str], Ways] = defaultdict(Counter)
    for one in near:
        for stems, phrase in worded(one.statement.text, names):
            found[stems][phrase] += 1
    texts = [" ".join(written(one.statement.text)) for one in near]
    for cue in frame().gap(slug).cues_in if slug in frame().slugs else ():
        words = written(cue)
        holders = sum(f" {' '.join(words)} " in f" {text} " for text in texts)
        if holders >= LEAST:
            found[frozenset(filter(None, map(stem, words)))][cue] += holders
    return found


def _written(near: Sequence[Read], slug: str) -> list[tuple[float, frozenset[str], str]]:
    """(part of the reviews, stems, phrase) of short complaints that the project wrote for the gap.

    They mean what the theme means, its customers use each of their words, and one says all of them at once.
    """
    texts, vectors = told_shortly(slug)
    alike = np.round(vectors @ middle([one.statement.vector for one in near]), 4) if texts else np.zeros(0)
    said = [({stem(word) for word in written(one.statement.text)}, one.statement.review) for one in near]
    reviews = len({review for _, review in said})
    found = []
    for text in (texts[at] for at in np.flatnonzero(alike >= NEAR).tolist()):
        told_first = _STOP.split(text, maxsplit=1)[0]  # "pay for wifi? really?" names its theme by what it asks
        words = written(told_first)
        stems = frozenset(stem(word) for word in words if word not in HELPING) - {""}
        at_once = any(stems <= own for own, _ in said)
        told = len(stems) > 1 or (stems and len(words) == 2)
        if len(words) > 1 and told and at_once and not any(word in PERSONAL or word.isdigit() for word in words):
            least = min(len({review for own, review in said if each in own}) for each in stems)
            if least >= max(LEAST, SHARE * reviews):
                whole = " ".join(told_first.lower().strip(" .!?").split())
                found.append(
                    (least / reviews, stems, next((told for own, told in worded(told_first) if own >= stems), whole))
                )
    return found


def _shared(found: Mapping[frozenset[str], Ways], near: Sequence[Read]) -> list[tuple[float, frozenset[str], str]]:
    """(part of the reviews, stems, commonest way to say it) of the phrases that enough reviews share.

    Two words may stand apart in a statement, but for a "not", which would then be another word's. What is shared with
    a "no" is told with it: "no value for money".
    """
    said = [({stem(word) for word in written(one.statement.text)}, one) for one in near]
    reviews = len({one.statement.review for one in near})
    shared = []
    for stems, ways in sorted(found.items(), key=lambda pair: sorted(pair[0])):
        loose = NOT not in stems and len(stems) < MOST_APART
        held = [one for words, one in said if stems <= words and (loose or _says(one, stems, ways))]
        holders = {one.statement.review for one in held}
        name = min(ways, key=lambda way: (-ways[way], len(way), way))
        if len(holders) >= max(LEAST, SHARE * reviews) and not _belied(name, ways, held):
            shared.append((len(holders) / reviews, stems, name))
    denied = {stems - {NOT} for _, stems, _ in shared if NOT in stems}
    return [each for each in shared if each[1] not in denied]


def _belied(name: str, ways: Ways, held: Sequence[Read]) -> bool:
    """Whether it tells of doing something ("covering claims") that only one says, or that many say was not done."""
    denied = sum(any(stem(word) == NOT for word in written(one.statement.text)) for one in held)
    return _deed(name) and (ways.total() < LEAST or denied > DENIED * len(held))


def _says(one: Read, stems: frozenset[str], ways: Ways) -> bool:
    """Whether the statement holds the phrase as such."""
    text = f" {' '.join(written(one.statement.text))} "
    return any(own == stems for own, _ in worded(one.statement.text)) or any(f" {way} " in text for way in ways)


def _nearest(members: Sequence[Read]) -> list[Read]:
    held = [one.statement.vector for one in members]
    _, near = nearest(held, middle(held)[None, :])
    rows = sorted(range(len(members)), key=lambda row: (-near[row], place(members[row].statement)))
    return [members[row] for row in rows[:LOOKED]]


def _worth(share: float, gap: Gap, stems: frozenset[str], name: str, says: Says) -> float:
    """How good a name the phrase is; nought for one that would mislead."""
    complains, praises, about = says
    words = name.split()
    bare = len(words) == 1
    enough = about >= LEAST_BARE if bare else about >= LEAST_GAP or (complains >= COMPLAINS and about >= HARDLY)
    if praises > MOST_PRAISE or not enough or (complains < LEAST_DONE and (bare or _deed(name))):
        return 0.0
    lift = min(log(max(share / _usual(gap, stems), 1.0)), MOST_LIFT)
    form: float = (BARE if bare else 1.0) * (VAGUE if words[-1] == "it" else 1.0)
    return round(float(share**COMMON) * (0.2 + lift) * (0.15 + about) * (0.4 + complains) * form, 4)


def _topic(share: float, stems: frozenset[str], says: Says) -> float:
    """How good a single word is where no phrase is: what most of the theme is about, and what might fail."""
    complains, praises, about = says
    if len(stems) > 1 or NOT in stems or praises > MOST_PRAISE or share < MOST_OF:
        return 0.0
    if about < LEAST_GAP or complains < TOPIC:
        return 0.0
    return round(share * about, 4)


def _usual(gap: Gap, stems: frozenset[str]) -> float:
    """The share of statements outside the gap that hold the phrase, by its rarest pair of words."""
    said = sorted(stems - {NOT})
    if NOT in stems and len(said) == 1:
        return gap.usual((NOT, said[0]))
    pairs = [(one, other) for at, one in enumerate(said) for other in said[at + 1 :]]
    return min((gap.usual(pair) for pair in pairs), default=gap.usual((said[0],)) if said else 1.0)
