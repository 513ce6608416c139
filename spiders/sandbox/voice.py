"""How one customer types: joins statements to a body and keeps, for each, the exact text that stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

# Only these are lowered after a connecting word: a statement may begin with a name or an abbreviation.
_LOWERABLE = frozenset({
    "The", "They", "We", "My", "Our", "No", "Not", "It", "Its", "It's", "There", "Two", "Three", "Four",
    "Five", "Six", "Nobody", "Then", "When", "Had", "Was", "Were", "Been", "A", "An", "After", "Every",
    "Everything", "Everyone", "Got", "Took", "Told", "Asked", "Still", "Somebody", "Someone", "She", "He",
    "You", "Your", "This", "That", "These", "What", "Apparently", "Having", "Each", "Both", "Once", "All",
    "Only", "Waited", "Paid", "Rang", "Called", "Ordered", "Booked", "Arrived", "Came", "One",
})  # fmt: skip
_TURNS = ("But ", "However, ", "Mind you, ", "That said, ", "Unfortunately ", "On the other hand ", "Yet ")
_BACK = ("To be fair, ", "In fairness, ", "On the plus side, ", "Credit where due: ", "At least ", "That said, ")
_MORE_BAD = ("Also, ", "On top of that, ", "And ", "To cap it all, ", "Plus ", "Then ", "Worse, ")
_MORE_GOOD = ("Also, ", "And ", "Plus, ", "Best of all, ")
_SEPARATORS = {"plain": " ", "lines": "\n\n", "lower": " ", "fragments": " - ", "typos": " ", "loud": " "}


def manner(rng: Random) -> str:
    """One way of typing for one review."""
    return rng.choices(tuple(_SEPARATORS), weights=(70, 8, 9, 3, 8, 2))[0]


def spoken(text: str, how: str, rng: Random) -> str:
    """A statement as this customer types it."""
    if how == "lower":
        return text.replace("’", "").rstrip(".").lower() if rng.random() < 0.5 else text.lower()
    if how == "fragments":
        return text.rstrip(".")
    if how == "loud" and rng.random() < 0.4:
        return text.upper()
    return _misspelt(text, rng) if how == "typos" else text


def link(before: str, now: str, rng: Random) -> str:
    """The connecting words between two statements, each called good, bad or other; often there are none."""
    if rng.random() > 0.38:
        return ""
    choices = {
        ("good", "bad"): _TURNS,
        ("bad", "good"): _BACK,
        ("bad", "bad"): _MORE_BAD,
        ("good", "good"): _MORE_GOOD,
    }.get((before, now), ("",))
    return rng.choice(choices)


def lowered(text: str) -> str | None:
    """The text with a small first letter, or None where that would be wrong."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first in _LOWERABLE else None


def joined(parts: Sequence[tuple[str, str]], how: str) -> str:
    """(connecting words, statement) pairs as one body."""
    pieces = [f"{words}{text}" for words, text in parts]
    if how == "lower":
        return " ".join(piece if piece[-1] in ".!?…" or piece is pieces[-1] else f"{piece}." for piece in pieces)
    return _SEPARATORS[how].join(pieces)


def _misspelt(text: str, rng: Random) -> str:
    """Two neighbouring letters of one long word change places; the word keeps its first and last letter."""
    words = text.split(" ")
    long = [index for index, word in enumerate(words) if len(word) > 6 and word.isalpha() and word.islower()]
    if not long:
        return text
    index = rng.choice(long)
    word = words[index]
    at = rng.randrange(1, len(word) - 2)
    words[index] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)
