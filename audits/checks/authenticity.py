"""Signals that call for the platform's check, review by review: none of them is a verdict on anybody.

`copy`: the text of an earlier review, word for word or nearly. `reworded`: many of its word groups. `template`: three
authors and more with texts that are so alike. `author`: one author's third review of a business or a further one.
`burst`: a day on which a listing got far more reviews than it ever does. `campaign`: weeks of many more reviews, and of
another kind. `elsewhere`: the words of a review of another business. What the statements tell is added by the analysis,
which measures with and without the signalled reviews.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from statistics import median

import numpy as np

from audits.checks.campaigns import campaigned
from audits.checks.duplicates import ALIKE, Grouped, grouped, likenesses
from audits.checks.minhash import MIN_WORDS, unspaced
from audits.store.records import StoredReview

REWORDED = 0.30
"""Shared word groups of two texts, as a share of all (Jaccard); unrelated reviews of one business stay far below."""
MANY = 3
BURST_TIMES, BURST_LEAST = 8, 8
"""A day is a burst with eight times the listing's median of days with a review, and at least eight reviews."""
AROUND = 182
"""Days on either side that tell what is usual."""


def signals(
    reviews: Sequence[StoredReview], business: str | None = None, read: Grouped | None = None
) -> Mapping[str, tuple[str, ...]]:
    """Review key → the names of its signals, sorted; a review without any is missing.

    With a `business` only its reviews are looked at, and the others' for what stands there in the same words; `read`
    are then the word groups of its reviews, where they are known.
    """
    found: dict[str, set[str]] = defaultdict(set)
    told_of = [review for review in reviews if business in (None, review.business)]
    for own in _by_business(told_of).values():
        copied, alike = likenesses(read or grouped(own), (ALIKE, REWORDED))
        named = {"copy": copied, "reworded": alike, "template": _families(own, alike), "author": _prolific(own)}
        for name, keys in named.items():
            for key in keys:
                found[key].add(name)
    wanted = {review.key for review in told_of}
    told = {"burst": _bursts(told_of), "campaign": campaigned(told_of), "elsewhere": _twice(reviews, wanted)}
    for name, keys in told.items():
        for key in wanted & set(keys):
            found[key].add(name)
    return {key: tuple(sorted(names)) for key, names in sorted(found.items())}


def without(reviews: Iterable[StoredReview], signalled: Iterable[str]) -> list[StoredReview]:
    """The reviews without the signalled ones, in their order."""
    left_out = set(signalled)
    return [review for review in reviews if review.key not in left_out]


def _by_business(reviews: Sequence[StoredReview]) -> dict[str, list[StoredReview]]:
    held: dict[str, list[StoredReview]] = defaultdict(list)
    for review in reviews:
        held[review.business].append(review)
    return held


def _families(own: Sequence[StoredReview], alike: Mapping[str, str]) -> list[str]:
    """Texts that are alike, the first among them, where at least three authors are behind them."""
    author = {review.key: review.author_key or review.key for review in own}
    families: dict[str, list[str]] = defaultdict(list)
    for key, first in alike.items():
        families[first].append(key)
    whole = [[first, *keys] for first, keys in families.items()]
    return [key for family in whole if len({author[key] for key in family}) >= MANY for key in family]


def _twice(reviews: Sequence[StoredReview], wanted: Container[str]) -> list[str]:
    """Reviews whose very words stand under another business: one of the two does not speak of its own."""
    near = _seemingly_twice(reviews, wanted)
    said = [_words(review.text or "") for review in near]
    first: dict[str, str] = {}
    shared = {
        words
        for review, words in zip(near, said, strict=True)
        if words and first.setdefault(words, review.business) != review.business
    }
    return [review.key for review, words in zip(near, said, strict=True) if words in shared]


def _seemingly_twice(reviews: Sequence[StoredReview], wanted: Container[str]) -> list[StoredReview]:
    """Reviews whose letters have the number of another business's, where one of the two is wanted: hardly any other.

    A million texts are not held a second time, and few of them are compared word by word.
    """
    told = np.fromiter((hash(unspaced(review.text or "")) for review in reviews), np.int64, len(reviews))
    rows = np.flatnonzero(told != hash(b""))
    rows = rows[np.argsort(told[rows], kind="stable")]
    starts = np.flatnonzero(np.concatenate([[True], told[rows][1:] != told[rows][:-1]])[: len(rows)])
    if not len(rows):
        return []
    numbers: dict[str, int] = {}
    business = np.array([numbers.setdefault(reviews[row].business, len(numbers)) for row in rows.tolist()], np.int64)
    asked = np.array([reviews[row].key in wanted for row in rows.tolist()], np.bool_)
    several = np.minimum.reduceat(business, starts) != np.maximum.reduceat(business, starts)
    several &= np.logical_or.reduceat(asked, starts)
    near = rows[np.repeat(several, np.diff(starts, append=len(rows)))]
    return [reviews[row] for row in np.sort(near).tolist()]


def _words(text: str) -> str:
    """What is equal where the words are; empty where they are few."""
    words = text.casefold().split()
    return " ".join(words) if len(words) >= MIN_WORDS else ""


def _prolific(own: Sequence[StoredReview]) -> list[str]:
    """An author's third review and every later one."""
    written = Counter(review.author_key for review in own if review.author_key)
    by_author: dict[str, list[StoredReview]] = defaultdict(list)
    for review in own:
        if review.author_key and written[review.author_key] >= MANY:
            by_author[review.author_key].append(review)
    return [
        review.key
        for theirs in by_author.values()
        for review in sorted(theirs, key=lambda each: (each.posted_on or "9999", each.key))[MANY - 1 :]
    ]


def _bursts(reviews: Sequence[StoredReview]) -> list[str]:
    """Reviews of days that break their listing's own rhythm."""
    days: dict[str, Counter[str]] = defaultdict(Counter)
    for review in reviews:
        if review.posted_on and review.posted_precision in (None, "day"):
            days[review.listing][review.posted_on] += 1
    crowded = {(listing, day) for listing, counts in days.items() for day in _crowded(counts)}
    return [review.key for review in reviews if review.posted_on and (review.listing, review.posted_on) in crowded]


def _crowded(counts: Mapping[str, int]) -> list[str]:
    """Days far above the median of the half year on either side; a listing that grew is measured by what it became."""
    ordered = sorted((date.fromisoformat(day[:10]).toordinal(), day) for day in counts)
    numbers = [number for number, _ in ordered]
    found = []
    for number, day in ordered:
        if counts[day] >= BURST_LEAST:
            near = ordered[bisect_left(numbers, number - AROUND) : bisect_right(numbers, number + AROUND)]
            if counts[day] >= BURST_TIMES * median(counts[other] for _, other in near):
                found.append(day)
    return found
