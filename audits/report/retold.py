"""How a run ended, told in the language of the report, though COLLECT and CHECK kept it as English text.

Every sentence of theirs was made from a message with named values. The message is found again by its words, the values
are what stands in its holes; numbers and days among them are written as the language writes them. What an operating
system or a library said stays as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audits.catalogue import SOURCE, gettext, language
from audits.catalogue.forms import count, day, percent
from audits.checks import reasons as checked
from audits.engagement import register
from spiders import reasons as collected

_HOLE = re.compile(r"%\((\w+)\)s")
_NUMBERS = frozenset(["n", "total", "held", "rejects", "skipped", "most", "status", "pages"])
"""Holes that only a number fits: two messages that differ by a number alone are told apart by it."""
_END = re.compile(r"[.:?](?=\s|$)|$")
_NUMBER, _PART, _DAY = re.compile(r"\d+(?:,\d{3})*"), re.compile(r"(\d+)%"), re.compile(r"\d{4}-\d\d-\d\d")


def retold(reason: str) -> str:
    """The reason in the language that is being spoken; a sentence that nobody here wrote as it stands."""
    return reason if language() == SOURCE else " ".join(_sentences(reason.strip()))


def _sentences(text: str) -> Iterator[str]:
    while text:
        found = _first(text)
        told, ends = found or _foreign(text)
        yield told
        text = text[ends:].lstrip()


def _first(text: str) -> tuple[str, int] | None:
    """The sentence that the text begins with, told, and where it ends."""
    for pattern, message in _known():
        if found := pattern.match(text):
            return _told(message, found), found.end()
    return None


def _foreign(text: str) -> tuple[str, int]:
    found = _END.search(text)
    ends = len(text) if found is None else max(found.end(), 1)
    return _value(text[:ends]), ends


def _told(message: str, found: re.Match[str]) -> str:
    return gettext(message, **{name: _value(value) for name, value in found.groupdict().items()})


def _value(text: str) -> str:
    """What stood in a hole: a number, a day, a phrase of our own, a list of such phrases, or what it was."""
    if _NUMBER.fullmatch(text):
        return count(int(text.replace(",", "")))
    if part := _PART.fullmatch(text):
        return percent(int(part[1]) / 100)
    if _DAY.fullmatch(text):
        return day(text)
    for pattern, message in _known():
        if found := pattern.fullmatch(text):
            return _told(message, found)
    parts = text.split(", ")
    return gettext(text) if len(parts) == 1 else ", ".join(map(_value, parts))


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every message as a pattern, those with the most words of their own first."""
    messages = {each.message for each in (*collected.ALL, *checked.ALL, *register.ALL)}
    longest = sorted(messages, key=lambda message: (-len(_HOLE.sub("", message)), message))
    return tuple((_pattern(message), message) for message in longest)


def _pattern(message: str) -> re.Pattern[str]:
    """The message with a group in the place of each hole; it ends where a sentence may end."""
    words = iter(_HOLE.split(message))
    written = _plain(next(words), message)
    for hole in words:
        fits = r"\d+(?:,\d{3})*" if hole in _NUMBERS else r"(?:(?!\. ).)+?"
        written += f"(?P<{hole}>{fits}){_plain(next(words), message)}"
    if written.endswith(r"\."):
        written = written.removesuffix(r"\.") + r"(?:\.|$)"  # a reason of an older run may lack its stop
    return re.compile(rf"{written}(?=\s|$)", re.DOTALL)


def _plain(words: str, message: str) -> str:
    return re.escape(words.replace("%%", "%") if _HOLE.search(message) else words)
