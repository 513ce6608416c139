"""Every number and date in words, by one locale: the only place where a report's numbers become text."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Protocol

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from audits.analysis.values import NotObservable

LOCALE = "en"
_DIGITS = {"stars": 2, "severity": 1, "reviews": 0}
MOST_DIGITS = 3
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_PATTERN = {"day": "d MMMM y", "week": "'week of' d MMMM y", "month": "MMMM y", "year": "y"}
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


def count(number: float) -> str:
    """12,345."""
    return format_decimal(number, format="#,##0", locale=LOCALE)


@lru_cache(4096)  # an annex has many reviews of so many stars
def decimal(number: float, digits: int) -> str:
    """A number with exactly so many digits, a true minus sign, and no negative nought."""
    rounded = round(number, digits) + 0.0
    text = format_decimal(abs(rounded), format="#,##0" + ("." + "0" * digits if digits else ""), locale=LOCALE)
    return f"−{text}" if rounded < 0 else text


def said(figure: Measured) -> str:
    """The figure's value with its unit: `12 in 100`, `14 a month`, `0.24 stars`, `+5 in 100`."""
    shown = bare(figure)
    if figure.unit == "share":
        return f"{shown} in 100"
    if figure.unit == "reviews a month":
        return f"{shown} a month"
    if figure.unit == "points":
        return f"{'+' if figure.value > 0 else ''}{shown} in 100"
    if figure.unit == "severity":
        return f"{shown} of 3"
    one = shown in ("1", "1.0", "1.00")
    return f"{shown} {figure.unit[:-1] if one else figure.unit}"


def bare(figure: Measured) -> str:
    """The value without its unit, for a column whose heading says it."""
    return _put(figure, figure.value)


def span(figure: Measured) -> str:
    """The 95% interval without its unit: `9–15`; `−2 to 5` where a sign is in it; empty where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = (_put(figure, bound) for bound in (figure.low, figure.high))
    return f"{low} to {high}" if "−" in low + high else f"{low}–{high}"


def with_span(figure: Measured) -> str:
    """Value and interval: `12 in 100 (9–15)`."""
    return f"{said(figure)} ({span(figure)})" if span(figure) else said(figure)


def percent(part: float) -> str:
    """A part of a whole, 0–1, in words for running text: `34%`."""
    return f"{decimal(part * 100, 0)}%"


@lru_cache(4096)  # an annex has many reviews of one day
def day(text: str | None, precision: str | None = "day") -> str:
    """An ISO date as far as it is known: `30 June 2026`, `June 2026`; `undated` where it is not."""
    if not text:
        return "undated"
    year, month, number = (*(int(piece) for piece in text[:10].split("-")), 1, 1)[:3]
    known = {4: "year", 7: "month"}.get(len(text), precision or "day")
    return format_date(date(year, month, number), _PATTERN.get(known, _PATTERN["day"]), locale=LOCALE)


def month(text: str) -> str:
    """`March 2026` for `2026-03`."""
    return day(text[:7])


def months(first: str, last: str) -> str:
    """`in March 2024`; `from March to August 2024`; `from September 2023 to February 2024`."""
    if first[:7] == last[:7]:
        return f"in {month(first)}"
    opens = month(first).rsplit(" ", 1)[0] if first[:4] == last[:4] else month(first)
    return f"from {opens} to {month(last)}"


def stars(rating: float | None) -> str:
    """A review's own stars: `4 stars`, `4.5 stars`, `no stars given`."""
    if rating is None:
        return "no stars given"
    shown = decimal(rating, 0 if float(rating).is_integer() else 1)
    return f"{shown} star" if shown == "1" else f"{shown} stars"


def language(code: str) -> str:
    """The language's name for its code (`reviews in German`); anything that is no code as it stands."""
    if not re.fullmatch(r"[a-z]{2,3}", code):
        return code
    return f"reviews in {Locale(LOCALE).languages.get(code, code)}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """`1 review`, `3 reviews`."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def listed(names: list[str] | tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def lower_first(text: str) -> str:
    """The sentence as it stands inside another one, unless it opens with a name."""
    opener = text.split(" ", 1)[0].rstrip(",").lower()
    return text[:1].lower() + text[1:] if opener in _OPENERS.split() else text


def shown(text: str) -> str:
    """Text without what a page cannot hold or a reader cannot see: controls, bidi overrides, broken letters."""
    return _UNSEEN.sub("", text).encode("utf-8", "replace").decode()


def because(unknown: NotObservable) -> str:
    """Why there is no figure, as a sentence."""
    return f"Not observable because {lower_first(unknown.reason.strip().rstrip('.'))}."


def _scaled(figure: Measured, value: float) -> float:
    return value * 100 if figure.unit in ("share", "points") else value


def _put(figure: Measured, bound: float) -> str:
    """A value or a bound of the figure in its digits; nothing at all is a plain 0."""
    return "0" if bound == 0 and figure.unit not in _DIGITS else decimal(_scaled(figure, bound), _digits(figure))


def _digits(figure: Measured) -> int:
    """Digits that keep value and bounds apart, and no more; an upper end that is not nought is not shown as one."""
    high = abs(_scaled(figure, figure.value if figure.high is None else figure.high))
    seen = next((digits for digits in range(MOST_DIGITS) if not high or round(high, digits)), MOST_DIGITS)
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
