"""Which keys (`phrases.Key`) stand in which of many statements, as arrays: those of a large gap hold millions of them.

A key is a stem, or two stems that stand so near to each other that they may be one matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from audits.analysis.phrases import BREAKS, NOT, NOT_ALONE, Key, stem_of, words

WINDOW = 4
"""Words that a pair may span: "denied my claim" and "claim was denied" are one pair."""
DENIES = 2
"""Words after a "not" which it denies."""
AT_ONCE = 4_096
"""Texts that are read at a time."""
_BREAK, _EMPTY, _NOT = -1, 0, 1
_BITS = 22
"""A pair is the numbers of its two stems, so many bits each, the lower first; a stem alone is a pair with nothing."""

Numbers = NDArray[np.int64]


class _Stems(dict[str, int]):
    """Word → the number of its stem, _EMPTY where it carries no matter; a mark that parts clauses is a _BREAK."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(BREAKS, _BREAK))
        self.number = {"": _EMPTY, NOT: _NOT}

    def __missing__(self, word: str) -> int:
        found = self[word] = self.of(stem_of(word))
        return found

    def of(self, stem: str) -> int:
        return self.number.setdefault(stem, len(self.number))


class Keyed:
    """The keys of each text; a row is a text, in the order given. Stems of `names` (of businesses) make no key."""

    def __init__(self, texts: Sequence[str], names: Collection[str] = ()) -> None:
        stems = _Stems()
        apart = _numbered(stems, NOT_ALONE), _numbered(stems, names)
        parts = [_read(texts[at : at + AT_ONCE], stems, *apart) for at in range(0, len(texts), AT_ONCE)]
        counts = np.concatenate([np.zeros(1, np.int64), *(held for _, held in parts)])
        self._starts = counts.cumsum()
        codes = np.concatenate([np.zeros(0, np.int64), *(found for found, _ in parts)])
        self._known, held = np.unique(codes, return_inverse=True)
        self._held = held.astype(np.int32)
        self.counts = np.bincount(self._held, minlength=len(self._known))
        """In how many texts each key stands, by its number."""
        self._number = stems.number
        self._stem = list(stems.number)

    def key(self, number: int) -> Key:
        """The key with this number."""
        code = int(self._known[number])
        one, other = self._stem[code >> _BITS], self._stem[code & (1 << _BITS) - 1]
        return (one, other) if one and (one == NOT or one < other) else (other, one) if one else (other,)

    def number(self, key: Key) -> int | None:
        """The number of a key; None where it stands in no text."""
        stems = sorted(self._number.get(stem, _EMPTY) for stem in key)
        code = stems[0] << _BITS | stems[-1] if len(key) > 1 else stems[0]
        at = int(self._known.searchsorted(code))
        return at if stems[0] and at < len(self._known) and self._known[at] == code else None

    def count(self, key: Key) -> int:
        """In how many texts a key stands."""
        number = self.number(key)
        return 0 if number is None else int(self.counts[number])

    def counted(self) -> Mapping[Key, int]:
        """In how many texts each key stands."""
        return {self.key(number): count for number, count in enumerate(self.counts.tolist())}

    def tally(self, rows: Iterable[int]) -> Numbers:
        """In how many of these rows each key stands, by its number."""
        found: Numbers = np.bincount(self._held[self._places(_array(rows))], minlength=len(self._known))
        return found

    def holders(self, key: Key) -> NDArray[np.bool_]:
        """For each row whether it holds the key."""
        found = np.zeros(len(self._starts) - 1, np.bool_)
        number = self.number(key)
        if number is not None:
            found[self._starts.searchsorted(np.flatnonzero(self._held == number), "right") - 1] = True
        return found

    def shared(self, rows: Iterable[int], least: int) -> dict[Key, list[int]]:
        """Each key that stands in at least so many of these rows, with those that hold it, in their order."""
        own = _array(rows)
        held = self._held[self._places(own)]
        own = np.repeat(own, self._starts[own + 1] - self._starts[own])
        common = np.bincount(held, minlength=len(self._known))[held] >= least
        held, own = held[common], own[common]
        order = held.argsort(kind="stable")
        held, own = held[order], own[order]
        ends = np.flatnonzero(np.diff(held, append=-1)) + 1
        return {
            self.key(int(held[end - 1])): own[start:end].tolist()
            for start, end in zip([0, *ends.tolist()], ends.tolist(), strict=False)
        }

    def _places(self, rows: Numbers) -> Numbers:
        """Where the keys of the rows stand in `_held`, row by row."""
        counts = self._starts[rows + 1] - self._starts[rows]
        before = self._starts[rows] - (counts.cumsum() - counts)
        found: Numbers = np.arange(int(counts.sum())) + np.repeat(before, counts)
        return found


def _read(texts: Sequence[str], stems: _Stems, alone: Numbers, names: Numbers) -> tuple[Numbers, Numbers]:
    """The codes of the keys of some texts, row by row, and how many each row has."""
    said = [words(text) for text in texts]
    lengths = np.fromiter(map(len, said), np.int64, len(said))
    every = map(stems.__getitem__, chain.from_iterable(said))
    numbers = np.fromiter(every, np.int64, int(lengths.sum()))
    row, clause = np.repeat(np.arange(len(said)), lengths), (numbers == _BREAK).cumsum()
    stem = np.where(np.isin(numbers, names), _EMPTY, np.maximum(numbers, _EMPTY))
    single = (stem > _NOT) & ~np.isin(stem, alone)
    found = [row[single] << 2 * _BITS | stem[single]]
    for apart in range(1, WINDOW):
        one, other = stem[:-apart], stem[apart:]
        near = (one > _EMPTY) & (other > _NOT) & (one != other)
        near &= (row[:-apart] == row[apart:]) & (clause[:-apart] == clause[apart:])
        if apart > DENIES:
            near &= one != _NOT
        one, other = one[near], other[near]
        pair = np.minimum(one, other) << _BITS | np.maximum(one, other)
        found.append(row[:-apart][near] << 2 * _BITS | pair)
    codes = np.unique(np.concatenate(found))
    return codes & (1 << 2 * _BITS) - 1, np.bincount(codes >> 2 * _BITS, minlength=len(said))


def _numbered(stems: _Stems, of: Iterable[str]) -> Numbers:
    return np.array([stems.of(stem) for stem in sorted(of)], np.int64)


def _array(rows: Iterable[int]) -> Numbers:
    return np.fromiter(rows, np.int64)
