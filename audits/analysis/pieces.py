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
"""Pieces of a statement that are read, the two that frame it included."""
BEFORE, AFTER = 14, 10
"""Pieces of what stands before and after a statement that are read with it. On the development halves of public sets
those tell as much as whole neighbours, which take a third more time."""
_LONGEST_WORD = 60
_MOST_CUT = 200_000
"""Words that are remembered before the memory of them is emptied."""

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "#": " "})


class Within(NamedTuple):
    """A statement and what stands before and after it, which is read with it and is not it."""

    before: str
    words: str
    after: str


class Framed(NamedTuple):
    """The numbers of pieces, framed, and from where to where those of the statement itself lie."""

    numbers: tuple[int, ...]
    start: int
    end: int


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

    def framed(self, within: Within) -> Framed:
        """The pieces of a statement with the nearest BEFORE and AFTER of its neighbours, at most LONGEST in all."""
        before, own, after = (self.cut(text) for text in within)
        own = own[: LONGEST - 2]
        room = LONGEST - 2 - len(own)
        before = before[-min(BEFORE, room) :] if room else []
        after = after[: min(AFTER, room - len(before))]
        numbers = (self._first, *before, *own, *after, self._last)
        # A statement of signs alone has no pieces of its own: it is judged by all that is read with it.
        return Framed(numbers, 1 + len(before), 1 + len(before) + len(own)) if own else Framed(numbers, 0, len(numbers))

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
