"""Numbers, dates and lists as the language that is being spoken writes them: Babel's forms for its locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from math import floor
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from audits.catalogue import SOURCE, gettext, language, ngettext

SOURCE_LOCALE = "en_GB"
"""English as it is printed here: `30 June 2026`, and no comma before the last of a list."""
_YEAR, _MONTH = 4, 7


def locale() -> str:
    """The locale of the language that is being spoken."""
    return SOURCE_LOCALE if language() == SOURCE else language()


def count(number: float) -> str:
    """12,345."""
    return str(format_decimal(number, format="#,##0", locale=locale()))


def decimal(number: float, digits: int) -> str:
    """A number with exactly so many digits, a true minus sign, and no negative nought."""
    return _decimal(number, digits, locale())


@lru_cache(4096)  # an annex has many reviews of so many stars
def _decimal(number: float, digits: int, where: str) -> str:
    rounded = round(number, digits) + 0.0
    text = format_decimal(abs(rounded), format="#,##0" + ("." + "0" * digits if digits else ""), locale=where)
    return f"−{text}" if rounded < 0 else str(text)


def plain(number: float) -> str:
    """A number with the digits that it has, at most six: `4.5`, `4`."""
    return str(format_decimal(float(f"{number:g}"), format="0.######", locale=locale()))


def percent(part: float) -> str:
    """A part of a whole, 0–1, in words for running text: `34%`."""
    return str(format_percent((round(part * 100) + 0.0) / 100, locale=locale()))


def shared_out(parts: Sequence[float]) -> list[int]:
    """The parts of one whole in whole points of a hundred, rounded by largest remainder (Hamilton)."""
    points = [part * 100 for part in parts]
    whole = [floor(point) for point in points]
    short = round(sum(points)) - sum(whole)
    ranked = sorted(range(len(points)), key=lambda at: (whole[at] - points[at], at))
    return [whole[at] + (at in ranked[:short]) for at in range(len(points))]


def day(text: str | None, precision: str | None = "day") -> str:
    """An ISO date as far as it is known: `30 June 2026`, `June 2026`; `undated` where it is not."""
    if not text:
        return gettext("undated")
    return _day(text, precision or "day", language())


@lru_cache(4096)  # an annex has many reviews of one day
def _day(text: str, precision: str, _language: str) -> str:
    year, month, number = (*(int(piece) for piece in text[:10].split("-")), 1, 1)[:3]
    known = {_YEAR: "year", _MONTH: "month"}.get(len(text), precision)
    if known == "year":
        return _skeleton("y", year, month)
    if known == "month":
        return _skeleton("yMMMM", year, month)
    told = str(format_date(date(year, month, number), "long", locale=locale()))
    return gettext("week of %(day)s", day=told) if known == "week" else told


def month(text: str) -> str:
    """`March 2026` for `2026-03`."""
    return day(text[:7])


def short_span(text: str) -> str:
    """`Mar 2026` for `2026-03`, `Q1 2026` for `2026-Q1`, `2026` for itself: for an axis."""
    year, _, part = text.partition("-")
    if part.startswith("Q"):
        return _formatted("yQQQ", int(year), 3 * int(part[1:]) - 2, language())
    return _formatted("yMMM" if part else "y", int(year), int(part or 1), language())


def months(first: str, last: str) -> str:
    """`in March 2024`; `from March to August 2024`; `from September 2023 to February 2024`."""
    if first[:7] == last[:7]:
        return gettext("in %(month)s", month=month(first))
    same = first[:4] == last[:4]
    opens = format_date(date(int(first[:4]), int(first[5:7]), 1), "LLLL", locale=locale()) if same else month(first)
    return gettext("from %(first)s to %(last)s", first=opens, last=month(last))


@lru_cache(1024)
def _formatted(skeleton: str, year: int, month: int, where: str) -> str:
    return str(format_skeleton(skeleton, datetime(year, month, 1), locale=where))


def _skeleton(skeleton: str, year: int, month: int) -> str:
    return _formatted(skeleton, year, month, locale())


def marks() -> dict[str, Any]:
    """The marks of numbers, as the renderer of charts takes them for its axes."""
    symbols = Locale.parse(locale()).number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["", ""],
        "minus": "−",
    }


def plural(number: int, one: str, many: str) -> str:
    """`1 review`, `3 reviews`: both messages hold the number as `%(n)s`."""
    return ngettext(one, many, number, n=count(number))


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return str(format_list(list(names), locale=locale()))


def language_name(code: str) -> str:
    """The language's name for its code; anything that is no code as it stands."""
    return str(Locale.parse(locale()).languages.get(code, code))
