"""A review's title and text become statements: sentences or clauses, as exact slices of the stored text."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Literal, NamedTuple

from audits.analysis.itemised import items

Field = Literal["title", "text"]

LONGEST = 600
"""Characters of one statement: what runs on further without a mark is cut at a space."""
RUN_ON_WORDS = 22
"""From this length a sentence may be cut at "and", "so" or "then" where a new clause begins."""

EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d"
_ALWAYS_JOINED = frozenset(re.findall(r"\S+", "mr mrs ms dr prof st e.g i.e eg ie vs no nos approx tel ext"))
_ABBREVIATIONS = _ALWAYS_JOINED | frozenset(
    re.findall(
        r"\S+",
        "rs rd ave blvd ltd inc co corp dept apt est etc a.m p.m am pm fig mins min hrs hr sec secs jr sr u.s u.k "
        "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun",
    )
)

_QUOTED = re.compile(r'"[^"\n]{1,200}"|“[^”\n]{1,200}”')
_BOUNDARY = re.compile(
    rf"""
    (?P<line>[\r\n]\s*(?:[-*•●▪◦·–+]+[ \t]*|\(?\d{{1,2}}[.)][ \t]+)?)  # a new line, with its bullet
  | (?P<bullet>[•●▪◦][ \t]*|(?<=\s)\(?[1-9][)][ \t]+(?=[A-Za-z])|(?<=[.!?,;:]\s)[1-9]\.[ \t]+(?=[A-Za-z]))
  | (?P<dots>(?:\.{{2,}}|…)[.…!?]*["'”’)\]]*\s*)
  | (?P<stop>[.!?]+["'”’)\]]*(?:\s*[{EMOJI}]+)?(?:\s+|(?=[A-Z"“(])|(?<=[!?])(?=[a-z])|$))
  | (?P<emoji>[{EMOJI}]+\s*)
  | (?P<bare>(?<=[a-z])\s+(?=(?:The|They|We|She|He|My|Our|There|This|It|When|After|Also|But|Staff|Food)\s+[a-z]))
  | (?P<soft>;\s+|(?<=\s)[-–]+\s+|—\s*|(?<=[a-z]):\s+(?=[A-Z]))
    """,
    re.VERBOSE,
)
_CLAUSE = re.compile(
    r"(?:[,;]\s*|(?<![\s,;])\s+)"
    r"(?=(?:but|however|although|even though|though|whereas|unfortunately|sadly|on the other hand)\b[, ])"
    r"|,\s*(?=(?:and|so|then|yet|plus|also|so then|and then)\s+(?:i|we|he|she|they|it|there|the|my|our|their|this|that|"
    r"when|after|no|nobody|then|you|your|a|staff|still|not|never|had|was|were|is|are)\b)",
    re.IGNORECASE,
)
_RUN_ON = re.compile(
    r"(?<!\s)\s+(?=(?:and|so|then|and then|so then)\s+"
    r"(?:i|we|he|she|they|it|there|nobody|no one|when|after|then|my|our|the)\b)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[\"”’']")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]")
_LAST_WORD = re.compile(r"([^\W\d_][\w.]{0,8})$")
_PLAIN = re.compile(r"[\W_]+")


class Span(NamedTuple):
    """Where a statement stands: `text[start:end]` of the field."""

    field: Field
    start: int
    end: int


def spans(title: str | None, text: str | None) -> list[Span]:
    """The statements of a review, the title first unless it only repeats how the text begins."""
    found: list[Span] = []
    if title and not repeats(title, text or ""):
        found += [Span("title", start, end) for start, end in split(title)]
    if text:
        found += [Span("text", start, end) for start, end in split(text)]
    return found


def repeats(title: str, text: str) -> bool:
    """Whether a title says nothing that the beginning of the text does not: many sites cut it from there."""
    short = _PLAIN.sub(" ", title).strip().casefold()
    if not short:
        return True
    begins = _PLAIN.sub(" ", text[: 2 * len(title) + 40]).strip().casefold()
    if begins.startswith(short):
        return True
    kept = int(len(short) * 0.9)
    return len(short) >= 20 and begins.startswith(short[:kept])


def split(text: str) -> list[tuple[int, int]]:
    """Offsets of the statements of one field, in order and without overlap; what holds no letter is left out."""
    quoted = [match.span() for match in _QUOTED.finditer(text)] if '"' in text or "“" in text else []
    found: list[tuple[int, int]] = []
    start = 0
    for at, after in (*items(text), (len(text), len(text))):
        _sentences(text, start, at, quoted, found)
        start = after
    return found


def _sentences(text: str, start: int, stop: int, quoted: list[tuple[int, int]], found: list[tuple[int, int]]) -> None:
    """Add the statements of a text, or of one item of a list in it."""
    for match in _BOUNDARY.finditer(text, start, stop):
        if match.end() > start and _ends(text, start, match, quoted):
            _clauses(text, start, _said_until(match), found)
            start = match.end()
    _clauses(text, start, stop, found)


def _said_until(match: re.Match[str]) -> int:
    """Full stops belong to the statement before them; line breaks, bullets and dashes belong to nobody."""
    if match.lastgroup in ("line", "bullet", "soft", "bare"):
        return match.start()
    return match.end()


def _ends(text: str, start: int, match: re.Match[str], quoted: list[tuple[int, int]]) -> bool:
    """Whether a statement ends at this mark."""
    kind, at, end = match.lastgroup, match.start(), match.end()
    if kind in ("line", "bullet"):
        return True
    if quoted and _inside(quoted, at, end):
        return False
    if kind == "stop":
        if text[end - 1 : end].isspace() and text[end : end + 1].islower() and _CLOSING.search(text, at, end):
            return False
        return text[at] != "." or end >= len(text) or not _abbreviated(text, start, at, end)
    if kind == "emoji":
        return _words(text, start, at) >= 1
    following = text[end : end + 1]
    if kind == "dots":
        return _words(text, start, at) >= 3 and (following.isupper() or _words(text, end, end + 60) >= 3)
    return _words(text, start, at) >= 3 and _words(text, end, end + 60) >= 3


def _inside(quoted: list[tuple[int, int]], at: int, end: int) -> bool:
    """Whether a mark stands within a quotation, before its closing mark."""
    before = bisect_left(quoted, (at, 0)) - 1
    return before >= 0 and end < quoted[before][1]


def _abbreviated(text: str, start: int, at: int, end: int) -> bool:
    """Whether the full stop at `at` closes an abbreviation or an initial, not a sentence."""
    last = _LAST_WORD.search(text, max(start, at - 10), at)
    if not last:
        return False
    word = last.group(1).lower()
    following = text[end : end + 1]
    if len(word) == 1 and word != "i":
        return last.group(1).isupper() or following.islower()
    if word in _ALWAYS_JOINED:
        return word not in ("no", "st") or following.isdigit() or (following.isupper() and word == "st")
    return word in _ABBREVIATIONS and not following.isupper()


def _words(text: str, start: int, end: int) -> int:
    """Words between two places, at most some dozen: the answer is only compared with a few."""
    return len(_WORD.findall(text, max(start, end - 60), min(end, len(text))))


def _clauses(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    """Cut a sentence at "but" and its like, and a run-on where a new clause begins; then add what was said."""
    length = text.count(" ", start, end) + 1
    if length >= 5:
        start = _cut(text, start, end, _CLAUSE, 2, found)
        if length > RUN_ON_WORDS:
            start = _cut(text, start, end, _RUN_ON, 6, found) if end - start > 100 else start
    _add(text, start, end, found)


def _cut(text: str, start: int, end: int, pattern: re.Pattern[str], least: int, found: list[tuple[int, int]]) -> int:
    """Add the clauses before the last cut; both sides of a cut have at least `least` words."""
    for match in pattern.finditer(text, start, end):
        at = match.end()
        if text.count(" ", start, match.start()) + 1 >= least and text.count(" ", at, end) + 1 > least:
            _add(text, start, match.start(), found)
            start = at
    return start


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    """Trim blanks; cut what has no mark for LONGEST characters; leave out what holds no letter."""
    while start < end:
        while start < end and (text[start].isspace() or text[start] in "-*•●▪◦·,;"):
            start += 1
        stop = end
        if end - start > LONGEST:
            space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            stop = space if space > 0 else start + LONGEST
        tail = stop
        while tail > start and text[tail - 1].isspace():
            tail -= 1
        if tail > start and _LETTERS.search(text, start, tail):
            found.append((start, tail))
        start = stop
