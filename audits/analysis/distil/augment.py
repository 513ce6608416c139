"""More text for the encoder to learn from: bank and licensed sentences with words swapped, dropped, cut and joined.

The teacher says what each comes to; nothing made here is a training label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[A-Za-z]+")
NEIGHBOURS = 24
SWAPS = (0.2, 0.45)
JOINS = (", ", " and ", " but ", ", and ")


def neighbours(words: Sequence[str], vectors: NDArray[np.float32], wanted: set[str]) -> dict[str, list[str]]:
    """For each wanted word of four letters or more, the words that the teacher puts nearest to it."""
    plain = [at for at, word in enumerate(words) if word.isalpha() and len(word) >= 3]
    table = vectors[plain]
    own = [at for at, number in enumerate(plain) if words[number] in wanted and len(words[number]) > 3]
    found = {}
    for start in range(0, len(own), 512):
        part = own[start : start + 512]
        near = np.argpartition(-(table[part] @ table.T), NEIGHBOURS + 1, axis=1)[:, : NEIGHBOURS + 1]
        for at, row in zip(part, near, strict=True):
            found[words[plain[at]]] = [words[plain[other]] for other in sorted(row) if other != at]
    return found


def swapped(text: str, near: Mapping[str, Sequence[str]], share: float, chance: np.random.Generator) -> str:
    """The text with about this share of its words exchanged for neighbours."""

    def change(match: re.Match[str]) -> str:
        others = near.get(match.group().lower())
        return _one(others, chance) if others and chance.random() < share else match.group()

    return _WORD.sub(change, text)


def dropped(text: str, chance: np.random.Generator) -> str:
    """The text without about every sixth word."""
    return " ".join(word for word in text.split() if chance.random() > 0.18) or text


def _one(of: Sequence[str], chance: np.random.Generator) -> str:
    return of[int(chance.integers(len(of)))]


def augmented(
    bank: Sequence[str], other: Sequence[str], near: Mapping[str, Sequence[str]], chance: np.random.Generator
) -> list[str]:
    """Four texts or so for a line of the bank, one for every third of the others, none twice."""
    found = []
    for text in bank:
        found += [swapped(text, near, share, chance) for share in SWAPS] + [dropped(text, chance)]
        if chance.random() < 0.5:
            found.append(text.rstrip(".") + _one(JOINS, chance) + _one(bank, chance))
    found += [dropped(swapped(_one(other, chance), near, 0.3, chance), chance) for _ in range(len(other) // 3)]
    return list(dict.fromkeys(found))
