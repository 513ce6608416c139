"""Signals that call for the platform's check, review by review: none of them is a verdict on anybody.

`copy`: the text of an earlier review, word for word or nearly. `reworded`: most of its word groups. `author`: one
author's third review of a business or a further one, or the same words on a second site. `burst`: a day on which a
listing got far more reviews than it ever does. The analysis is given reviews with and without the signalled ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from audits.checks.duplicates import copies, reworded
from audits.store.records import StoredReview

REWORDED = 0.30
"""Shared word groups of two texts, as a share of all (Jaccard); unrelated reviews of one business stay far below."""
MANY = 3
BURST_TIMES, BURST_LEAST = 8, 8
"""A day is a burst with eight times the listing's median of days with a review, and at least eight reviews."""


def signals(reviews: Sequence[StoredReview]) -> Mapping[str, tuple[str, ...]]:
    """Review key → the names of its signals, sorted; a review without any is missing."""
    found: dict[str, set[str]] = defaultdict(set)
    for own in _by_business(reviews).values():
        for key in copies(own):
            found[key].add("copy")
        for key in reworded(own, REWORDED):
            found[key].add("reworded")
        for key in _prolific(own):
            found[key].add("author")
    for key in _bursts(reviews):
        found[key].add("burst")
    return {key: tuple(sorted(names)) for key, names in sorted(found.items())}


def parted(reviews: Sequence[StoredReview], signalled: Mapping[str, Sequence[str]]) -> list[StoredReview]:
    """The reviews without the signalled ones, in their order."""
    return [review for review in reviews if review.key not in signalled]


def shares(hits: Iterable[str], readable: Iterable[str], signalled: Mapping[str, Sequence[str]]) -> tuple[float, float]:
    """A share of reviews with the signalled ones, and without them; `hits` and `readable` are review keys."""
    with_gap, whole = set(hits), set(readable)
    left = whole - signalled.keys()
    return len(with_gap & whole) / max(len(whole), 1), len(with_gap & left) / max(len(left), 1)


def _by_business(reviews: Sequence[StoredReview]) -> dict[str, list[StoredReview]]:
    held: dict[str, list[StoredReview]] = defaultdict(list)
    for review in reviews:
        held[review.business].append(review)
    return held


def _prolific(own: Sequence[StoredReview]) -> list[str]:
    """An author's third review and every later one."""
    by_author: dict[str, list[StoredReview]] = defaultdict(list)
    for review in own:
        if review.author_key:
            by_author[review.author_key].append(review)
    return [
        review.key
        for theirs in by_author.values()
        if len(theirs) >= MANY
        for review in sorted(theirs, key=lambda each: (each.posted_on or "9999", each.key))[MANY - 1 :]
    ]


def _bursts(reviews: Sequence[StoredReview]) -> list[str]:
    """Reviews of days that break their listing's own rhythm."""
    days: dict[str, Counter[str]] = defaultdict(Counter)
    for review in reviews:
        if review.posted_on and review.posted_precision in (None, "day"):
            days[review.listing][review.posted_on] += 1
    usual = {listing: median(counts.values()) for listing, counts in days.items()}
    return [
        review.key
        for review in reviews
        if review.posted_on
        and (count := days[review.listing][review.posted_on]) >= BURST_LEAST
        and count >= BURST_TIMES * usual[review.listing]
    ]
