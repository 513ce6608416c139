"""Statements that mean the same are grouped whatever their words, in any order, and vectors survive being kept."""

from __future__ import annotations

import random

import numpy as np

from audits.analysis.meaning import SAMPLE, grouped, middle, nearest, packed, unit, unpacked
from audits.analysis.reader import reader

HOLD = (
    "Nobody picked up the phone for an hour.",
    "I rang nine times and the line was never answered.",
    "Could not get through to anyone by telephone.",
    "Waited forty minutes on the line before being cut off.",
)
DIRT = (
    "There was mould all over the bathroom.",
    "The sheets had stains and hair on them.",
    "The floor was filthy and sticky.",
    "Our room had not been cleaned for days.",
)
BILL = (
    "They took the payment out of my account twice.",
    "I was charged double on my card.",
    "The same amount was debited two times.",
    "My card was billed again for the same thing.",
)


def clouds(count: int, size: int, seed: int = 3) -> tuple[np.ndarray, list[int]]:
    """`size` vectors about each of `count` random middles, mixed, and which middle each is about."""
    rng = np.random.default_rng(seed)
    about = rng.permutation(np.repeat(np.arange(count), size))
    middles = rng.normal(size=(count, 64))
    return (0.3 * (middles[about] + 0.4 * rng.normal(size=(count * size, 64)))).astype(np.float32), about.tolist()


def parts(labels: list[int], names: list[str]) -> set[frozenset[str]]:
    return {frozenset(name for name, own in zip(names, labels, strict=True) if own == label) for label in set(labels)}


def test_a_kept_vector_points_where_the_vector_did() -> None:
    vectors, _ = clouds(5, 20)
    cosines = (unpacked(packed(vectors)) * unit(vectors)).sum(axis=1)
    assert cosines.min() > 0.98


def test_statements_are_grouped_by_what_they_mean_whatever_their_words() -> None:
    texts = [*HOLD, *DIRT, *BILL]
    labels, _ = grouped(reader().vectors(texts), 3)
    assert parts(labels.tolist(), texts) == {frozenset(HOLD), frozenset(DIRT), frozenset(BILL)}


def test_the_order_of_statements_makes_no_other_groups() -> None:
    texts = [*HOLD, *DIRT, *BILL]
    mixed = random.Random(5).sample(texts, len(texts))  # an order, not a secret
    found, again = (grouped(reader().vectors(each), 5)[0].tolist() for each in (texts, mixed))
    assert parts(found, texts) == parts(again, mixed)


def test_what_comes_after_the_sample_goes_to_the_nearest_group() -> None:
    vectors, about = clouds(6, SAMPLE // 2)
    labels, near = grouped(packed(vectors), 6)
    names = [str(at) for at in range(len(about))]
    assert parts(labels.tolist(), names) == parts(about, names)
    assert near.min() > 0.5


def test_nothing_has_no_groups_and_one_statement_is_one() -> None:
    assert len(grouped([], 4)[0]) == 0
    assert grouped(packed(clouds(1, 1)[0]), 4)[0].tolist() == [0]


def test_the_middle_of_a_group_is_nearest_to_its_own() -> None:
    vectors, about = clouds(2, 30)
    held = packed(vectors)
    centres = [middle([one for one, own in zip(held, about, strict=True) if own == label]) for label in (0, 1)]
    assert nearest(held, np.stack(centres))[0].tolist() == about
