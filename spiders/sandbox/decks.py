"""Statements are dealt, not drawn: every one of a pile is used before any is used again."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from spiders.sandbox.wording import Kind, Line, complaints, lines, titles


class Deck:
    """A shuffled pile that reshuffles itself when it is empty."""

    def __init__(self, cards: Iterable[Line], rng: Random) -> None:
        self._cards = tuple(cards)
        self._rng = rng
        self._left: list[Line] = []

    def deal(self) -> Line:
        """The next statement; an empty pile of cards is an IndexError."""
        if not self._left:
            self._left = list(self._cards)
            self._rng.shuffle(self._left)
        return self._left.pop()


class Decks:
    """Everything that customers of one industry may say."""

    def __init__(self, industry: str, rng: Random) -> None:
        self._rng = rng
        self._fits = (industry, "any")
        self._decks: dict[tuple[str, str], Deck] = {}

    def complaint(self, gap: str) -> Line:
        """A complaint whose first gap is `gap`."""
        return self._deck("complaint", gap, complaints()).deal()

    def praise(self, gap: str) -> Line:
        """Praise of one gap; of anything where the industry has no such praise."""
        pile = lines("praise")
        named = any(line.gaps[:1] == (gap,) and line.industry in self._fits for line in pile)
        return self._deck("praise", gap if named else "", pile).deal()

    def other(self, kind: Kind) -> Line:
        """A statement of a kind that has no gap."""
        return self._deck(kind, "", lines(kind)).deal()

    def title(self, kind: Kind, gap: str) -> Line | None:
        """A heading of this kind: about the gap, or about nothing in particular."""
        fitting = [line for line in titles() if line.kind == kind and line.gaps in ((), (gap,))]
        return self._rng.choice(fitting) if fitting else None

    def _deck(self, kind: str, gap: str, pile: Iterable[Line]) -> Deck:
        key = (kind, gap)
        if key not in self._decks:
            cards = [line for line in pile if line.industry in self._fits and (not gap or line.gaps[:1] == (gap,))]
            self._decks[key] = Deck(cards, self._rng)
        return self._decks[key]
