"""Dates as far as they are known: ISO with a precision, the raw text beside it, and no guess about the order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from spiders.items import Dated, Precision
from spiders.parse import shown
from spiders.words import (
    AGO,
    AGO_BESIDE,
    BARE,
    COUNTED_UNITS,
    ERAS,
    MONTHS,
    NUMBERS,
    SHORT_UNITS,
    SOME,
    UNITS,
    UNITS_EAST_ASIAN,
)

FIRST = date(1995, 1, 1)
"""No rating site is older: an earlier date is an epoch of 0 or a slip."""

_ISO = re.compile(r"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]\d{1,2}:\d{2}.*)?$")
_DIGITS = re.compile(r"^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:,?\s+\d{1,2}[:.]\d{2}.*)?$")
_COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:T\d{4,6}\S{0,6})?$")
_EPOCH = re.compile(r"^([1-3]\d{9})(?:\d{3}|\.\d{1,9})?$")
"""Seconds or milliseconds since 1970, from 2001 to 2096."""
_ERA = re.compile(rf"^({'|'.join(ERAS)})\s?(元|\d{{1,2}})\s?年")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?")
_SHORT = re.compile(r"^(\d{1,2})[ ./-]([^\W\d_]{3,10})\.?[ ./-](\d{2})$")
"""How a spreadsheet writes a day: "05-Mar-24"."""
_WORDED = re.compile(r"[^\W\d_]+|\d+")
_RELATIVE = re.compile(r"(\d{1,3}|[^\W\d_]+)\s+(?:de\s+)?(?=([^\W\d_]+))|(\d{1,2})(?=(mo|[hdwy])\b)")
_RELATIVE_EAST_ASIAN = re.compile(rf"(\d{{1,3}})?\s?({'|'.join(UNITS_EAST_ASIAN)})\s?(?:[前전]|ที่แล้ว|ที่ผ่านมา|ก่อน)")
_TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
_NOISE = re.compile(
    r"^\s*(?:edited|updated|reviewed|posted|published|written|date of experience|on|bearbeitet|modifié)\b[:\s]*", re.I
)


def dated(
    raw: object, *, order: str | None = None, fetched_at: str | None = None, zone: str = "UTC", later: bool = False
) -> tuple[Dated, str | None]:
    """What a date says and None, or a `Dated` with the raw text alone and what is wrong with it.

    `fetched_at` (ISO, UTC) is what "3 weeks ago" counts from, in the site's `zone`, and what "in the future" means.
    `later` keeps dates after it: a file may be newer than the day it is audited for.
    """
    if raw is None or not str(raw).strip():
        return Dated(), None
    text = " ".join(str(raw).split())
    now = _moment(fetched_at, zone)
    found = _read(text, order, now)
    if isinstance(found, str):
        return Dated(raw=text[:80]), found
    day, precision = found
    if day < FIRST or (now is not None and not later and day > now.date() + timedelta(days=1)):
        return Dated(raw=text[:80]), f"date {shown(text)} is {'in the future' if day > FIRST else 'before 1995'}"
    return Dated(on=day.isoformat(), precision=precision, raw=text[:80]), None


def since_epoch(
    raw: object, *, ticks: int, fetched_at: str | None = None, zone: str = "UTC"
) -> tuple[Dated, str | None]:
    """The day of a count since 1970, `ticks` to a second, in the site's zone; else as `dated`."""
    if raw is None or not str(raw).strip():
        return Dated(), None
    text = str(raw).strip()
    try:
        moment = datetime.fromtimestamp(int(float(text)) / ticks, ZoneInfo(zone))
    except (ValueError, OverflowError, OSError):
        return Dated(raw=text[:80]), f"date {shown(text)} is not a count since 1970"
    found, problem = dated(moment.isoformat(), fetched_at=fetched_at, zone=zone)
    return replace(found, raw=text[:80]), problem and f"date {shown(text)}: {problem}"


def _moment(fetched_at: str | None, zone: str) -> datetime | None:
    if fetched_at is None:
        return None
    moment = datetime.fromisoformat(fetched_at)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))


def _read(text: str, order: str | None, now: datetime | None) -> tuple[date, Precision] | str:
    bare = _NOISE.sub("", text)
    if found := _ISO.match(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]) if found[3] else None, text)
    if found := _DIGITS.match(bare):
        return _ordered(found[1], found[3], found[4], order, text)
    if found := _COMPACT.match(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    if found := _EPOCH.match(bare):
        return datetime.fromtimestamp(int(found[1]), UTC).date(), "day"
    bare = _ERA.sub(lambda era: f"{ERAS[era[1]] + (1 if era[2] == '元' else int(era[2]))}年", bare)
    if found := _EAST_ASIAN.search(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]) if found[3] else None, text)
    if re.fullmatch(r"(19|20)\d{2}", bare):
        return date(int(bare), 1, 1), "year"
    if (found := _SHORT.match(bare)) and (month := MONTHS.get(found[2].casefold())):
        return _day(2000 + int(found[3]), month, int(found[1]), text)
    return _worded(bare, text) or _relative(bare, now) or _other_language(bare) or f"date {shown(text)} is not read"


def _ordered(first: str, second: str, third: str, order: str | None, text: str) -> tuple[date, Precision] | str:
    if len(first) == 4:
        return _day(int(first), int(second), int(third), text)
    if order == "YMD" and len(first) == 2 and len(third) <= 2:
        return _day(2000 + int(first), int(second), int(third), text)
    if order not in ("DMY", "MDY") or len(third) == 3:
        return f"date {shown(text)} has no declared order of day and month"
    day, month = (first, second) if order == "DMY" else (second, first)
    year = int(third) if len(third) == 4 else 2000 + int(third)
    return _day(year, int(month), int(day), text)


def _day(year: int, month: int, day: int | None, text: str) -> tuple[date, Precision] | str:
    try:
        return date(year, month, day or 1), "day" if day else "month"
    except ValueError:
        return f"date {shown(text)} does not exist"


def _worded(bare: str, text: str) -> tuple[date, Precision] | str | None:
    """ "3 March 2024", "Oct 29, 2019", "mars 2024": a month by its name, so the order does not matter."""
    words = _WORDED.findall(_TIME.sub("", bare.casefold().split(" at ")[0]))
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [int(word) for word in words if word.isdecimal()]
    years = [number for number in numbers if 1900 <= number <= 2100]
    days = [number for number in numbers if 1 <= number <= 31]
    if len(months) != 1 or len(years) != 1:
        return None
    return _day(years[0], months[0], days[0] if days else None, text)


def _relative(bare: str, now: datetime | None) -> tuple[date, Precision] | None:
    words = bare.casefold()
    if now is None:
        return None
    if words in BARE:
        return now.date() - timedelta(days=BARE[words]), "day"
    if found := _RELATIVE_EAST_ASIAN.search(words):
        return _back(now, int(found[1] or 1), UNITS_EAST_ASIAN[found[2]])
    held = words.split()
    if not any(word in held for word in AGO):
        return None
    for spaced, unit, joined, short in _RELATIVE.findall(words):
        if joined:
            return _back(now, int(joined), SHORT_UNITS[short])
        if unit in UNITS:
            number = int(spaced) if spaced.isdecimal() else NUMBERS.get(spaced, 1)
            return None if spaced in SOME else _back(now, number, UNITS[unit])
    counted = [COUNTED_UNITS[word] for word in held if word in COUNTED_UNITS]
    alone = [(1, UNITS[word]) for word in _beside(held) if word in UNITS]
    return next((_back(now, *each) for each in (*counted, *alone)), None)


def relative(text: str) -> bool:
    """Whether a text says how long ago something was."""
    return _relative(text, datetime(FIRST.year, 1, 1, tzinfo=UTC)) is not None


def _beside(held: list[str]) -> Iterator[str]:
    """The words around one that says "ago"; Hungarian's says of what as well."""
    for at, word in enumerate(held):
        if word in AGO_BESIDE:
            yield from held[max(at - 1, 0) : at + 2]


def _back(now: datetime, count: int, unit: str) -> tuple[date, Precision]:
    if unit in ("second", "minute", "hour", "day"):
        return (now - timedelta(**{f"{unit}s": count})).date(), "day"
    if unit == "week":
        return (now - timedelta(weeks=count)).date(), "week"
    months = count * (12 if unit == "year" else 1)
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return date(year, month + 1, min(now.day, 28)), "year" if unit == "year" else "month"


# Of all that dateparser knows: a date that none of them reads would load some two hundred, for seconds.
_KNOWN = "en de fr es it pt nl pl sv da nb fi cs sk hu ro hr bg tr el ru uk ja zh ko ar he id vi th"
_LANGUAGES = _KNOWN.split()


@lru_cache(maxsize=4096)
def _other_language(bare: str) -> tuple[date, Precision] | None:
    """Month names of other languages, by dateparser; only where letters make the order plain."""
    if len(bare) > 60 or not re.search(r"[^\W\d_]{3}", bare) or not re.search(r"\b(19|20)\d{2}\b", bare):
        return None
    from dateparser.date import DateDataParser

    settings = {"STRICT_PARSING": False, "REQUIRE_PARTS": ["month", "year"], "PREFER_DAY_OF_MONTH": "first"}
    found = DateDataParser(languages=_LANGUAGES, settings=settings).get_date_data(bare)
    if found.date_obj is None or found.period not in ("day", "month"):
        return None
    return found.date_obj.date(), "day" if found.period == "day" else "month"
