"""How sure a leak is, in a word, a plain sentence and its figures: how many reviews, how wide, how sure the model."""

from __future__ import annotations

from audits.analysis.months import month_number, month_words
from audits.analysis.values import Figure, FlowBreak, Sureness
from audits.catalogue import gettext
from audits.catalogue.forms import decimal, percent, plural

MANY, FEW = 30, 10
TIGHT, WIDE = 0.4, 0.8
"""Half the width of the share's interval, as a part of the share."""
BROAD = 0.1
"""Half the width itself, in points: from 40 to 70 in 100 is no narrow range, whatever part of the share it is."""
CONFIDENT, DOUBTFUL = 0.565, 0.475
"""Mean confidence of the model in the gap."""


def sureness(
    share: Figure, confidence: float, broken: FlowBreak | None, *, thin: bool = False
) -> tuple[Sureness, str, str]:
    """High: many reviews, a tight interval, a confident model, an unbroken flow. Low: one of the first three is bad."""
    hits = len(share.evidence)
    half = ((share.high or 0.0) - (share.low or 0.0)) / 2
    relative = half / share.value if share.value else 1.0
    tight = relative <= TIGHT and half <= BROAD
    words = _sentence(hits, tight, relative, confidence, broken)
    figures = gettext(
        "Half the range is %(relative)s of the share; mean confidence of the model %(confidence)s.",
        relative=percent(relative),
        confidence=decimal(confidence, 2),
    )
    if thin or hits < FEW or relative > WIDE or confidence < DOUBTFUL:
        return "low", words, figures
    if hits >= MANY and tight and confidence >= CONFIDENT and broken is None:
        return "high", words, figures
    return "medium", words, figures


def _sentence(hits: int, tight: bool, relative: float, confidence: float, broken: FlowBreak | None) -> str:
    """The three measures and the break, in plain words."""
    number = plural(hits, "%(n)s review reports it", "%(n)s reviews report it")
    if hits < FEW:
        number = plural(hits, "%(n)s review reports it, which is few", "%(n)s reviews report it, which is few")
    told = {"number": number, "wording": _wording(confidence), "range": _range(tight, relative)}
    words = gettext("%(number)s; %(wording)s; %(range)s.", **told)
    if broken is None:
        return words
    mixed = gettext(
        "Reviews arrive differently from %(month)s, so the share mixes two kinds of reviews.",
        month=month_words(month_number(broken.month)),
    )
    return f"{words} {mixed}"


def _wording(confidence: float) -> str:
    if confidence >= CONFIDENT:
        return gettext("most say it plainly")
    if confidence >= DOUBTFUL:
        return gettext("some could also be read as another failing")
    return gettext("many could also be read as another failing")


def _range(tight: bool, relative: float) -> str:
    if tight:
        return gettext("the range that chance leaves is narrow")
    return (
        gettext("the range that chance leaves is wide")
        if relative <= WIDE
        else gettext("the range that chance leaves is very wide")
    )
