"""Every number and date in words: what a report prints is looked up in the catalogue and formed by its locale."""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil
from typing import Protocol

from audits.analysis.values import NotObservable
from audits.catalogue import SOURCE, gettext, language, ngettext
from audits.catalogue.forms import (
    count,
    day,
    decimal,
    language_name,
    listed,
    month,
    months,
    percent,
    plain,
    plural,
    short_span,
)

__all__ = [
    "bare", "because", "between", "count", "day", "decimal", "digits", "inside", "listed", "lower_first", "month",
    "months", "of_language", "percent", "plain", "plural", "reviews", "said", "short_span", "shown",
    "span", "stars", "with_span",
]  # fmt: skip

_DIGITS = {"stars": 2, "severity": 1, "reviews": 0}
WIDE = 4
"""Points between the ends of an interval from which a difference takes no digits behind the point."""
MOST_DIGITS = 3
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_OPENERS = """
the there no not none nothing neither fewer less few many most some all reviews replies dates stars under only this
these its it a an too in on across both between from where what with without rising falling
"""


class Measured(Protocol):
    """What a figure must have to be printed."""

    @property
    def value(self) -> float: ...
    @property
    def unit(self) -> str: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


def said(figure: Measured) -> str:
    """The figure's value with its unit: `12 in 100`, `14 a month`, `0.24 stars`, `+5 in 100`."""
    shown = bare(figure)
    if figure.unit == "points" and figure.value > 0 and shown != "0":
        shown = f"+{shown}"
    number = _number(figure.value, shown)
    units = {
        "share": lambda: gettext("%(n)s in 100", n=shown),
        "points": lambda: gettext("%(n)s in 100", n=shown),
        "reviews a month": lambda: gettext("%(n)s a month", n=shown),
        "severity": lambda: gettext("%(n)s of 3", n=shown),
        "stars": lambda: ngettext("%(n)s star", "%(n)s stars", number, n=shown),
        "reviews": lambda: ngettext("%(n)s review", "%(n)s reviews", number, n=shown),
        "days": lambda: ngettext("%(n)s day", "%(n)s days", number, n=shown),
        "months": lambda: ngettext("%(n)s month", "%(n)s months", number, n=shown),
    }
    return units[figure.unit]()


def _number(value: float, shown: str) -> int:
    """The number that a plural form goes with: one is only what is printed as one."""
    if re.fullmatch(r"1(?:\D0+)?", shown):
        return 1
    return int(value) if float(value).is_integer() and value != 1 else ceil(abs(value)) + 1


def bare(figure: Measured) -> str:
    """The value without its unit, for a column whose heading says it."""
    return _put(figure, figure.value)


def span(figure: Measured) -> str:
    """The 95% interval without its unit: `9–15`; `−2 to 5` where a sign is in it; empty where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = (_put(figure, bound) for bound in (figure.low, figure.high))
    return gettext("%(low)s to %(high)s", low=low, high=high) if "−" in low + high else f"{low}–{high}"


def with_span(figure: Measured) -> str:
    """Value and interval: `12 in 100 (9–15)`."""
    return f"{said(figure)} ({span(figure)})" if span(figure) else said(figure)


def stars(rating: float | None) -> str:
    """A review's own stars: `4 stars`, `4.5 stars`, `no stars given`."""
    if rating is None:
        return gettext("no stars given")
    return _stars(rating, language())


@lru_cache(256)  # an annex has many reviews of so many stars
def _stars(rating: float, _language: str) -> str:
    shown = decimal(rating, 0 if float(rating).is_integer() else 1)
    return ngettext("%(n)s star", "%(n)s stars", _number(float(rating), shown), n=shown)


def reviews(number: int) -> str:
    """`1 review`, `3 reviews`."""
    return plural(number, "%(n)s review", "%(n)s reviews")


def between(first: str | None, last: str | None) -> str:
    """`1 July 2024 to 30 June 2026`, from two ISO dates; one that is both stands alone."""
    if first == last:
        return day(first)
    return gettext("%(first)s to %(last)s", first=day(first), last=day(last))


def over(period: tuple[str, str], *, dated: bool) -> str:
    """The audit period in words, which no review without a date can be said to be of."""
    return between(*period) if dated else gettext("reviews without dates")


def of_language(code: str) -> str:
    """The language's name for its code (`reviews in German`); anything that is no code as it stands."""
    if not re.fullmatch(r"[a-z]{2,3}", code):
        return gettext(code)
    return gettext("reviews in %(language)s", language=language_name(code))


def inside(text: str) -> str:
    """A heading as it stands inside a sentence: in small letters in English; other languages keep their own."""
    return text.lower() if language() == SOURCE else text


def lower_first(text: str) -> str:
    """The sentence as it stands inside another one, unless it opens with a name."""
    opener = text.split(" ", 1)[0].rstrip(",").lower()
    known = language() == SOURCE and opener in _OPENERS.split()
    return text[:1].lower() + text[1:] if known else text


def shown(text: str) -> str:
    """Text without what a page cannot hold or a reader cannot see: controls, bidi overrides, broken letters."""
    return _UNSEEN.sub("", text).encode("utf-8", "replace").decode()


def caveat(*, thin: bool) -> str:
    """What every form ends with; a reading of cases has no share of which it could be said."""
    if thin:
        return gettext(
            "Reviewers are not a sample of customers: what a few of them report need not be what most customers meet."
        )
    return gettext(
        "Reviewers are not a sample of customers: every share is one of the reviews we hold. “Associated with” is not "
        "“caused by”."
    )


def because(unknown: NotObservable) -> str:
    """Why there is no figure, as a sentence."""
    return gettext("Not observable because %(reason)s.", reason=lower_first(unknown.reason.strip().rstrip(".")))


def _scaled(figure: Measured, value: float) -> float:
    return value * 100 if figure.unit in ("share", "points") else value


def _put(figure: Measured, bound: float) -> str:
    """A value or a bound of the figure in its digits; nothing at all is a plain 0."""
    return "0" if bound == 0 and figure.unit not in _DIGITS else decimal(_scaled(figure, bound), digits(figure))


def digits(figure: Measured) -> int:
    """Digits that keep value and bounds apart, and no more; an upper end that is not nought is not shown as one.

    A difference whose interval is WIDE is said in whole numbers, though its value may then be nought.
    """
    within = None if figure.low is None or figure.high is None else figure.high - figure.low
    if figure.unit == "points" and within is not None and _scaled(figure, within) >= WIDE:
        return 0
    high = abs(_scaled(figure, figure.value if figure.high is None else figure.high))
    seen = next((few for few in range(MOST_DIGITS) if not high or round(high, few)), MOST_DIGITS)
    return max(_apart(figure), seen) if figure.unit != "reviews" else 0


def _apart(figure: Measured) -> int:
    """Whole numbers where value and bounds stay apart in them."""
    shown = [_scaled(figure, bound) for bound in (figure.low, figure.value, figure.high) if bound is not None]
    if figure.unit in _DIGITS:
        return _DIGITS[figure.unit]
    size = abs(_scaled(figure, figure.value))
    whole = [round(bound) for bound in shown]
    apart = len(set(whole)) == len(set(shown)) and (0 in shown or 0 not in whole)
    if size == 0 or (size >= 1 and apart):
        return 0
    return 1 if size >= 0.1 else 2
