"""What the sentence model reads at once while it learns: a statement alone, or the statements of a review together.

In a review each statement is read with all others of its passage and judged by its own pieces, as an audit reads it
between its neighbours. For development, beside finetune.py.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from audits.analysis.finetune_data import Example, Story, varied, written
from audits.analysis.pieces import Pieces

LONGEST_ALONE, LONGEST = 64, 96
"""Pieces of a statement alone, and of a passage."""
BREAK = 0.12
"""How often a passage ends after a statement, so that few and many neighbours are seen."""
ALONE = 0.5
"""How often a statement of a story is read alone as well."""
PIECES_AT_ONCE, AT_ONCE = 1_400, 36
"""Pieces, filling included, and statements of one batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Numbers of pieces, framed; from where to where each statement lies in them, and what it is."""

    numbers: Sequence[int]
    places: Sequence[tuple[int, int]]
    known: Sequence[Example]


def epoch(alone: Sequence[Example], stories: Sequence[Story], pieces: Pieces, draw: random.Random) -> list[Passage]:
    """Everything once, as it might have been written."""
    some = [written(each, draw) for story in stories for each in story if draw.random() < ALONE]
    single = [_single(each, pieces) for each in [*varied(alone, draw), *some]]
    return single + [passage for story in stories for passage in together(story, pieces, draw)]


def _single(example: Example, pieces: Pieces) -> Passage:
    numbers = pieces.numbers(example.text)[:LONGEST_ALONE]
    return Passage(numbers=numbers, places=[(0, len(numbers))], known=[example])


def together(story: Story, pieces: Pieces, draw: random.Random) -> Iterator[Passage]:
    """The statements of a review in passages of at most LONGEST pieces, cut at random besides."""
    first, last = pieces.numbers("")
    numbers, places, known = [first], list[tuple[int, int]](), list[Example]()
    for example in story:
        own = pieces.cut(example.text)[: LONGEST - 2]
        if not own:
            continue
        if known and (len(numbers) + len(own) >= LONGEST or draw.random() < BREAK):
            yield Passage(numbers=[*numbers, last], places=places, known=known)
            numbers, places, known = [first], [], []
        places.append((len(numbers), len(numbers) + len(own)))
        numbers += own
        known.append(example)
    if known:
        yield Passage(numbers=[*numbers, last], places=places, known=known)


def batches(passages: Sequence[Passage], draw: random.Random) -> list[list[Passage]]:
    """Passages of like length together, in random order."""
    order = sorted(passages, key=lambda passage: len(passage.numbers) + draw.random() * 4)
    found: list[list[Passage]] = [[]]
    for passage in order:
        held = found[-1]
        filled = len(passage.numbers) * (len(held) + 1)
        if held and (filled > PIECES_AT_ONCE or sum(len(each.known) for each in held) >= AT_ONCE):
            found.append([])
        found[-1].append(passage)
    draw.shuffle(found)
    return found


def marked(passages: Sequence[Passage]) -> tuple[Any, Any, Any]:
    """`ids`, `own` and `of` for `finetune_model.vectors`; a row of `own` sums to one."""
    import torch

    longest = max(len(passage.numbers) for passage in passages)
    ids = np.zeros((len(passages), longest), np.int64)
    places = [(row, place) for row, passage in enumerate(passages) for place in passage.places]
    own = np.zeros((len(places), longest), np.float32)
    for row, passage in enumerate(passages):
        ids[row, : len(passage.numbers)] = passage.numbers
    for at, (_, (start, end)) in enumerate(places):
        own[at, start:end] = 1 / (end - start)
    return torch.from_numpy(ids), torch.from_numpy(own), torch.tensor([row for row, _ in places])
