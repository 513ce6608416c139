"""How sure a leak is, in a word, a plain sentence and its figures: how many reviews, how wide, how sure the model."""

from __future__ import annotations

from audits.analysis.months import month_number, month_words
from audits.analysis.values import Figure, FlowBreak, Sureness

MANY, FEW = 30, 10
TIGHT, WIDE = 0.4, 0.8
"""Half the width of the share's interval, as a part of the share."""
CONFIDENT, DOUBTFUL = 0.6, 0.45
"""Mean confidence of the model in the gap."""


def sureness(
    share: Figure, confidence: float, broken: FlowBreak | None, *, thin: bool = False
) -> tuple[Sureness, str, str]:
    """High: many reviews, a tight interval, a confident model, an unbroken flow. Low: one of the first three is bad."""
    hits = len(share.evidence)
    half = ((share.high or 0.0) - (share.low or 0.0)) / 2
    relative = half / share.value if share.value else 1.0
    words = _sentence(hits, relative, confidence, broken)
    figures = f"Half the range is {relative:.0%} of the share; mean confidence of the model {confidence:.2f}."
    if thin or hits < FEW or relative > WIDE or confidence < DOUBTFUL:
        return "low", words, figures
    if hits >= MANY and relative <= TIGHT and confidence >= CONFIDENT and broken is None:
        return "high", words, figures
    return "medium", words, figures


def _sentence(hits: int, relative: float, confidence: float, broken: FlowBreak | None) -> str:
    """The three measures and the break, in plain words."""
    number = f"{hits:,} review reports it" if hits == 1 else f"{hits:,} reviews report it"
    width = "narrow" if relative <= TIGHT else "wide" if relative <= WIDE else "very wide"
    few = ", which is few" if hits < FEW else ""
    wording = (
        "most say it plainly"
        if confidence >= CONFIDENT
        else "some could also be read as another failing"
        if confidence >= DOUBTFUL
        else "many could also be read as another failing"
    )
    words = f"{number}{few}; {wording}; the range is {width}."
    if broken is None:
        return words
    since = month_words(month_number(broken.month))
    return f"{words} Reviews arrive differently from {since}, so the share mixes two kinds of reviews."
