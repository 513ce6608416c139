"""Text becomes word numbers: one vocabulary, one way of reading words, for training and for use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PAD = 0
"""Stands between statements, and for the words before the first and after the last."""
MOST_CHARS = 700
"""Characters of a statement that are read."""

TOKEN = re.compile(r"\n|[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,:]\d+)*|[!?£$€%]")
UNREAD = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@\w+|\[[a-z -]{2,24}\]|&[a-z]{2,5};")
"""Not the customer's words: links, handles, what stands where personal data was taken out, remains of markup."""
_THRICE = re.compile(r"(.)\1{2,}")
_LONGEST_WORD = 40
_MOST_NEW = 50_000
"""New words that are remembered before the memory of them is emptied."""


class Vocabulary:
    """Known words by number. A word that is not known is read as its pieces, each a known word or a known ending."""

    def __init__(self, words: Sequence[str]) -> None:
        self.size = len(words)
        self._known = {word: number for number, word in enumerate(words)}
        self._known["\n"] = PAD
        self._cache = dict(self._known)
        self._pieces: list[tuple[int, ...]] = []

    def numbers(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], list[tuple[int, ...]]]:
        """All words of the texts, one PAD before, between and after; numbers from `size` on index the pieces beside."""
        if len(self._pieces) > _MOST_NEW:
            self._cache, self._pieces = dict(self._known), []
        joined = "\n".join([text[:MOST_CHARS].replace("\n", " ") for text in texts])
        if "@" in joined or "[" in joined or "&" in joined or "www." in joined or "http" in joined:
            joined = UNREAD.sub(" ", joined)
        tokens = TOKEN.findall(f"\n{joined}\n".lower().replace("’", "'"))
        cache = self._cache
        try:
            found = [cache[token] for token in tokens]
        except KeyError:
            found = [cache[token] if token in cache else self._learn(token) for token in tokens]
        return np.array(found, dtype=np.int64), self._pieces

    def _learn(self, token: str) -> int:
        """Remember how an unknown word is read."""
        number = self._plain(token)
        if number is None:
            number = self.size + len(self._pieces)
            self._pieces.append(self._cut(token))
        self._cache[token] = number
        return number

    def _plain(self, token: str) -> int | None:
        """The known word that this one is a spelling of, if there is one."""
        if token[0].isdigit():
            return self._known["0"]
        folded = unicodedata.normalize("NFKD", token).encode("ascii", "ignore").decode() or token
        stem, _, ending = folded.partition("'")
        for form in (folded, stem + ending if ending in ("t", "ve", "m", "ll", "re") else stem):
            if form in self._known:
                return self._known[form]
        for keep in (r"\1\1", r"\1"):
            short = _THRICE.sub(keep, stem)
            if short in self._known:
                return self._known[short]
        return None

    def _cut(self, token: str) -> tuple[int, ...]:
        """Longest known beginnings, again and again; a letter that nobody knows is skipped."""
        rest = unicodedata.normalize("NFKD", token).encode("ascii", "ignore").decode()[:_LONGEST_WORD]
        pieces: list[int] = []
        prefix = ""
        while rest:
            for length in range(len(rest), 1 if not prefix else 0, -1):
                number = self._known.get(prefix + rest[:length])
                if number is not None:
                    pieces.append(number)
                    break
            else:
                length = 1
            rest, prefix = rest[length:], "##"
        return tuple(pieces) or (PAD,)
