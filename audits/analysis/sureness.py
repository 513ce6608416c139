"""How sure a leak is, in a word and a sentence: how many reviews, how wide the interval, how sure the model."""

from __future__ import annotations

from audits.analysis.values import Figure, FlowBreak, Sureness

MANY, FEW = 30, 10
TIGHT, WIDE = 0.4, 0.8
"""Half the width of the share's interval, as a part of the share."""
CONFIDENT, DOUBTFUL = 0.6, 0.45
"""Mean confidence of the model in the gap."""


def sureness(share: Figure, confidence: float, broken: FlowBreak | None, *, thin: bool = False) -> tuple[Sureness, str]:
    """High: many reviews, a tight interval, a confident model, an unbroken flow. Low: one of the first three is bad."""
    hits = len(share.evidence)
    half = ((share.high or 0.0) - (share.low or 0.0)) / 2
    relative = half / share.value if share.value else 1.0
    words = [
        f"{hits} of {share.n} reviews",
        f"between {share.low or 0.0:.1%} and {share.high or 0.0:.1%} of such reviews",
        f"mean confidence of the reading {confidence:.2f}",
    ]
    if broken is not None:
        words.append(f"reviews arrive differently from {broken.month}")
    sentence = "; ".join(words) + "."
    if thin or hits < FEW or relative > WIDE or confidence < DOUBTFUL:
        return "low", sentence
    if hits >= MANY and relative <= TIGHT and confidence >= CONFIDENT and broken is None:
        return "high", sentence
    return "medium", sentence
