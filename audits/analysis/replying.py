"""What replies do: what they take up, whether they own it, act and leave a way back, and how many are one template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from audits.analysis.intervals import share
from audits.analysis.measures import Family, Named
from audits.analysis.panel import Mask, Panel
from audits.analysis.phrases import stems
from audits.analysis.severity import flags
from audits.analysis.told import Example
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext, marked
from audits.checks.duplicates import originals
from audits.store.records import StoredReview

FILE = Path(__file__).with_name("replies.toml")
ACTS = ("listens", "empathises", "apologises", "acts", "name", "way back")
NAMES = {
    "listens": marked("Takes up what the review names"),
    "empathises": marked("Shows understanding"),
    "apologises": marked("Apologises"),
    "acts": marked("Says what is done about it"),
    "name": marked("Is signed with a name or an office"),
    "way back": marked("Gives a way to talk on"),
}
SIGNED = 160
"""Characters at the end of a reply in which a signature is looked for."""
TAKEN_UP = 2
"""Word stems of the complaint that a reply repeats when it takes the matter up."""
ALIKE = 0.6
"""Overlap of word triples from which two replies are one template: names and a sentence may differ."""
FAMILY, FAMILIES = 3, 5
LOW, BEST, WORST = 2, 4, 1
"""Stars up to which a rating is low; acts from which a reply is an example to follow, and up to which to avoid."""
ENOUGH = 10
KNOWN = 2_000
"""Replies that are remembered: many are sent word for word to many."""


def does(panel: Panel) -> dict[str, Mask]:
    """Act → the reviews with a complaint whose reply does it: of other replies nothing is told."""
    found = {act: np.zeros(len(panel.reviews), dtype=np.bool_) for act in ACTS}
    for row in np.flatnonzero(_to_complaints(panel)).tolist():
        for act in _does(panel, panel.reviews[row]):
            found[act][row] = True
    return found


def _does(panel: Panel, review: StoredReview) -> set[str]:
    acts = set(_says(review.reply_text or ""))
    if "listens" not in acts:
        complained = _complained(panel, review.key)
        if complained and len(complained & _matter(review.reply_text or "")) >= TAKEN_UP:
            acts.add("listens")
    return acts


@lru_cache(maxsize=KNOWN)
def _says(reply: str) -> frozenset[str]:
    """What a reply does by its own words."""
    acts = {flag for flag in flags(reply, FILE) if flag != "name"}
    return frozenset(acts | ({"name"} & {*flags(reply[-SIGNED:], FILE)}))


@lru_cache(maxsize=KNOWN)
def _matter(reply: str) -> frozenset[str]:
    return stems(reply)


def _complained(panel: Panel, key: str) -> frozenset[str]:
    return frozenset(stem for one in panel.complaints.get(key, ()) for stem in stems(one.text))


def acts(panel: Panel, done: dict[str, Mask]) -> tuple[Named, ...] | NotObservable:
    """What replies to reviews with a complaint do, as shares of those replies."""
    among = _to_complaints(panel)
    if int(among.sum()) < ENOUGH:
        return _few()
    return tuple(Named(name=gettext(NAMES[act]), figure=_of(panel, done[act], among)) for act in ACTS)


def _few() -> NotObservable:
    told = gettext("Fewer than %(n)s replies to reviews with a complaint are held.", n=ENOUGH)
    return NotObservable(reason=told)


def good(panel: Panel, done: dict[str, Mask], *, confidential: bool) -> Figure | NotObservable:
    """Replies to complaints that take the matter up or act, and own it; where the trade is confidential, those that
    give a way to talk elsewhere, for there a safe general answer is the right one in public."""
    among = _to_complaints(panel)
    if int(among.sum()) < ENOUGH:
        return _few()
    if confidential:
        return _of(panel, done["way back"], among)
    owned = done["apologises"] | done["empathises"]
    return _of(panel, (done["listens"] | done["acts"]) & owned, among)


def _to_complaints(panel: Panel) -> Mask:
    answered = panel.replied
    return np.logical_and(answered, panel.complains)


def _of(panel: Panel, rows: Mask, among: Mask) -> Figure:
    hit = rows & among
    return share(int(hit.sum()), int(among.sum()), method="reply-acts", evidence=panel.keys(hit))


def examples(panel: Panel, done: dict[str, Mask], families: Sequence[Family]) -> tuple[Example | None, Example | None]:
    """The reply to a complaint that does most, and the one to a low rating that does least.

    Of those that do least a template goes before others, for no list knows every way to say what was done; then the
    newest.
    """
    copied = {key for family in families for key in family.replies.evidence}
    rows = [int(row) for row in np.flatnonzero(_to_complaints(panel))]
    does_it = {row: tuple(act for act in ACTS if done[act][row]) for row in rows}
    low = [row for row in rows if panel.rating[row] <= LOW]

    def newness(row: int) -> tuple[str, str]:
        return panel.reviews[row].posted_on or "", panel.reviews[row].key

    best = max(
        (row for row in rows if panel.reviews[row].key not in copied and len(does_it[row]) >= BEST),
        key=lambda row: (len(does_it[row]), newness(row)),
        default=None,
    )
    worst = max(
        (row for row in low if row != best and len(does_it[row]) <= WORST),
        key=lambda row: (panel.reviews[row].key in copied, -len(does_it[row]), newness(row)),
        default=None,
    )
    first, last = (None if row is None else _example(panel, row, does_it[row]) for row in (best, worst))
    return first, last


def _example(panel: Panel, row: int, does_it: Sequence[str]) -> Example:
    review = panel.reviews[row]
    return Example(review=review.key, text=review.reply_text or "", does=tuple(gettext(NAMES[act]) for act in does_it))


def boilerplate(panel: Panel) -> tuple[Figure | NotObservable, tuple[Family, ...]]:
    """The share of replies that are near copies of others, and the largest families."""
    replied = [review for review in panel.reviews if review.reply_text]
    if len(replied) < ENOUGH:
        return NotObservable(reason=gettext("Fewer than %(least)s replies are held.", least=ENOUGH)), ()
    roots = originals([review.reply_text or "" for review in replied], ALIKE)
    sizes = Counter(roots)
    keys = [review.key for review, root in zip(replied, roots, strict=True) if sizes[root] >= FAMILY]
    whole = share(len(keys), len(replied), method="boilerplate", evidence=keys)
    largest = sorted((root for root, size in sizes.items() if size >= FAMILY), key=lambda root: (-sizes[root], root))
    found = [_family([replied[row].key for row, own in enumerate(roots) if own == root]) for root in largest[:FAMILIES]]
    examples = [replied[root].reply_text or "" for root in largest[:FAMILIES]]
    return whole, tuple(Family(example=text, replies=figure) for text, figure in zip(examples, found, strict=True))


def _family(keys: Sequence[str]) -> Figure:
    return Figure(value=float(len(keys)), unit="reviews", n=len(keys), method="boilerplate", evidence=tuple(keys))
