"""Text becomes word pieces as BERT's uncased models read them: plain Python, each word cut once and remembered.

The vocabulary is MiniLM's without what English reviews never hold (letters beyond ASCII, unused places).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from audits.analysis.words import MOST_CHARS, UNREAD

FILE = Path(__file__).parent / "data" / "vocab.txt"
LONGEST = 96
"""Pieces that are read at once, the two that frame them included."""
_LONGEST_WORD = 60
_MOST_CUT = 200_000
"""Words that are remembered before the memory of them is emptied."""

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "#": " "})


Passage = tuple[str, ...]
"""What is read at once: in turn what stands before a statement and is none, and a statement."""


class Framed(NamedTuple):
    """The numbers of a passage's pieces, framed, and from where to where those of each statement lie."""

    numbers: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


class Pieces:
    """The vocabulary and the words that were cut with it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._first, self._last = self._numbers["[CLS]"], self._numbers["[SEP]"]
        self._unknown = self._numbers["[UNK]"]
        self._cut: dict[str, tuple[int, ...]] = {}

    def numbers(self, text: str) -> tuple[int, ...]:
        """The pieces of one text, framed, at most LONGEST."""
        return (self._first, *self.cut(text)[: LONGEST - 2], self._last)

    def framed(self, passage: Passage) -> Framed:
        """The pieces of a passage, at most LONGEST."""
        numbers = [self._first]
        places = []
        for between, words in zip(passage[::2], passage[1::2], strict=True):
            numbers += self.cut(between)
            start = len(numbers)
            numbers += self.cut(words)
            places.append((start, min(len(numbers), LONGEST - 1)))
        numbers = [*numbers[: LONGEST - 1], self._last]
        # A statement of signs alone, or beyond the limit, has no pieces of its own: all that is read judges it. One
        # that is alone is judged by its frame, too.
        if len(places) == 1 and not passage[0]:
            return Framed(tuple(numbers), ((0, len(numbers)),))
        return Framed(tuple(numbers), tuple(each if each[0] < each[1] else (0, len(numbers)) for each in places))

    def cut(self, text: str) -> list[int]:
        """The pieces of a text without a frame, a few more than LONGEST of them at most."""
        found: list[int] = []
        for word in _TOKEN.findall(_folded(text)):
            pieces = self._cut.get(word)
            found += self._learn(word) if pieces is None else pieces
            if len(found) >= LONGEST:
                break
        return found

    def _learn(self, word: str) -> tuple[int, ...]:
        if len(self._cut) >= _MOST_CUT:
            self._cut.clear()
        pieces = self._cut[word] = self._pieces(word)
        return pieces

    def _pieces(self, word: str) -> tuple[int, ...]:
        """The longest known beginning, then the longest known continuation, and so on; else the word is unknown."""
        pieces: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(min(len(word), start + _LONGEST_WORD), start, -1):
                number = self._numbers.get(prefix + word[start:end])
                if number is not None:
                    break
            else:
                return (self._unknown,)
            pieces.append(number)
            start = end
        return tuple(pieces)


def _folded(text: str) -> str:
    """Lower case without accents, links, handles or what stands where personal data was taken out."""
    short = UNREAD.sub(" ", text[:MOST_CHARS]).translate(_PLAIN).lower()
    if short.isascii():
        return short
    parted = unicodedata.normalize("NFD", short)
    return "".join(letter for letter in parted if unicodedata.category(letter) != "Mn")


@lru_cache(maxsize=1)
def pieces() -> Pieces:
    """The vocabulary in the package, read once."""
    return Pieces(FILE.read_text(encoding="utf-8").splitlines())
