"""A planted campaign at three strengths: the same text again, a light change of words, a retelling with other ones."""

from __future__ import annotations

from random import Random
from typing import Literal

Strength = Literal["copy", "light", "heavy"]

_PAIRS = (
    "good/fine great/splendid bad/poor awful/dreadful nice/pleasant friendly/kind rude/impolite"
    " helpful/obliging quick/fast slow/sluggish clean/spotless dirty/grubby big/large small/little waited/stood"
    " called/rang asked/enquired told/informed said/stated staff/people food/meal room/place price/cost"
    " money/cash very/really always/ever never/not-once again/anew came/arrived went/walked got/received"
    " gave/handed took/needed hour/while minutes/moments day/date week/time manager/boss waiter/server"
    " table/seat order/request phone/telephone answer/reply help/assist problem/trouble everyone/everybody"
    " nobody/no-one finally/eventually after/following before/ahead because/since also/too"
)
SYNONYMS = {word: other for pair in _PAIRS.split() for word, other in [pair.split("/")]}
_OPENERS = ("Honestly, ", "To be fair, ", "I must say: ", "Well, ", "In short: ", "")
_CLOSERS = (" That is all.", " Just my view.", " Enough said.", "")


def paraphrased(text: str, strength: Strength, draw: Random) -> str:
    """The text at that strength; the same draw gives the same words."""
    if strength == "copy":
        return text
    words = text.split()
    share = 0.5 if strength == "light" else 1.0
    changed = [_other(word) if draw.random() < share else word for word in words]
    if strength == "heavy":
        changed = [word for word in changed if draw.random() > 0.15]
        halves = " ".join(changed).split(". ")
        draw.shuffle(halves)
        changed = ". ".join(halves).split()
    return draw.choice(_OPENERS) + " ".join(changed) + draw.choice(_CLOSERS)


def _other(word: str) -> str:
    bare = word.strip(".,!?").lower()
    other = SYNONYMS.get(bare)
    return word if other is None else word.lower().replace(bare, other.replace("-", " "))
