"""The items of a list that stands in one line: where each mark of it stands, so that every item is a statement.

Only what is surely a list: numbers that go on from a 1 that begins something, or dashes in a line that begins with one.
"""

from __future__ import annotations

import re
from itertools import pairwise

NEAR = 40
"""Characters before a mark that are looked at."""
Mark = tuple[int, int]
"""Where a mark and the blanks around it begin and end: they belong to no statement."""

_NUMBER = re.compile(r"(?<![^\s(])\(?([1-9])[.)][ \t]+(?=[^\W\d_])")
_BEGINS = ".!?:;,-–\n\r"
"""After these, or with the text, a list begins; a 1 after a word ("room 1.") begins none."""
_COUNTED = frozenset(
    (
        "room",
        "no",
        "number",
        "table",
        "gate",
        "terminal",
        "floor",
        "level",
        "line",
        "route",
        "bay",
        "ward",
        "unit",
        "day",
    )
)
"""A number after these is a name: "in room 2. Rude staff"."""
_LAST_WORD = re.compile(r"([^\W\d_]+)\.?$")
_DASH = re.compile(r"(?:(?<=\s)|\A)[-–*][ \t]+(?=[^\W\d_])")
_LINE = re.compile(r"[\r\n]\s*[-–*]")


def items(text: str) -> list[Mark]:
    """The marks of lists in one line, in order; none where there is no list of two items or more."""
    numbered = ("1." in text or "1)" in text) and ("2." in text or "2)" in text)
    found = _numbered(text) if numbered else []
    return found or (_dashed(text) if text[:NEAR].lstrip()[:1] in ("-", "–", "*") else [])


def _numbered(text: str) -> list[Mark]:
    marks: list[Mark] = []
    for match in _NUMBER.finditer(text):
        near = text[max(0, match.start() - NEAR) : match.start()]
        before = near.rstrip(" \t")
        word = _LAST_WORD.search(before)
        begins = not before or before[-1] in _BEGINS
        named = word is not None and word[1].lower() in _COUNTED
        if int(match[1]) == len(marks) + 1 and (begins or marks) and not named:
            marks.append((match.start() - len(near) + len(before.rstrip("; \t")), match.end()))
    return marks if len(marks) > 1 else []


def _dashed(text: str) -> list[Mark]:
    """Three items or more with one kind of mark; a dash inside of a line, where each line has its own, is none."""
    if _LINE.search(text):
        return []
    mark = text.lstrip()[0]
    marks = [(match.start(), match.end()) for match in _DASH.finditer(text) if match[0][0] == mark]
    apart = all(end < start for (_, end), (start, _) in pairwise(marks))
    return marks if len(marks) > 2 and apart else []
