"""What a person said of a statement wins over the model, wherever the statement still stands.

A correction belongs to a review and a span. It holds where a statement of the review has its words, whatever their
case, blanks and punctuation. Else, where the review says what it said then and only is cut or masked otherwise, it
holds where one overlaps it by half of the longer of the two. One that finds none is an orphan and is listed: what a
person said of some words is not true of those that a customer put in their place (decision 0028).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import category, normalize

from audits.analysis.model import OUTSIDE
from audits.analysis.severity import severity
from audits.analysis.values import GapScore, Statement
from audits.store.records import StoredCorrection

HALF = 0.5
_WITHIN = "'’‘"
"""Marks inside a word: "dont" is "don't"."""
CORRECTED = "corrected"
"""Flag of a statement whose label is a person's."""
Place = tuple[str, str, int, int]
"""Review, field and offsets of a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The statements with what people said, the corrections that hold with the statement they fell on, and orphans."""

    statements: tuple[Statement, ...]
    held: tuple[tuple[StoredCorrection, Statement], ...]
    """With the statement as the model read it."""
    orphans: tuple[StoredCorrection, ...]


def place(statement: Statement) -> Place:
    """Where a statement stands."""
    return statement.review, statement.field, statement.start, statement.end


def spoken_of(each: StoredCorrection) -> Place:
    """Where the statement stood of which something was said."""
    return each.review or "", each.field or "", each.start or 0, each.end or 0


def digest(words: str) -> str:
    """SHA-256 of a statement's words, in hex; case, blanks and punctuation do not count."""
    plain = normalize("NFKC", words).casefold()
    kept = "".join(" " if category(letter)[0] == "P" and letter not in _WITHIN else letter for letter in plain)
    return _exactly(" ".join("".join(letter for letter in kept if letter not in _WITHIN).split()))


def _exactly(words: str) -> str:
    """The digest of earlier versions: of every letter as it stands."""
    return sha256(words.encode()).hexdigest()


def applied(statements: Iterable[Statement], corrections: Sequence[StoredCorrection]) -> Applied:
    """The statements in their order; on one statement a `correct` wins over labels, then the latest wins."""
    ordered = list(statements)
    said = [each for each in corrections if each.review is not None]
    if not said:
        return Applied(statements=tuple(ordered), held=(), orphans=())
    wanted = {each.review for each in said}
    own: dict[str, list[int]] = defaultdict(list)
    for row, statement in enumerate(ordered):
        if statement.review in wanted:
            own[statement.review].append(row)
    held: list[tuple[StoredCorrection, Statement]] = []
    orphans: list[StoredCorrection] = []
    last: dict[int, StoredCorrection] = {}
    for each in sorted(said, key=lambda one: (one.part == "correct", one.at)):
        at = found(each, ordered, own[each.review or ""])
        if at is None:
            orphans.append(each)
            continue
        held.append((each, ordered[at]))
        last[at] = each
    changed = {row: corrected(ordered[row], each.label) for row, each in last.items()}
    rows = tuple(changed.get(row, statement) for row, statement in enumerate(ordered))
    return Applied(statements=rows, held=tuple(held), orphans=tuple(orphans))


def found(each: StoredCorrection, statements: Sequence[Statement], rows: Iterable[int]) -> int | None:
    """The row of the statement that a correction falls on."""
    same = [row for row in rows if statements[row].field == each.field]
    exact = [row for row in same if says(each, statements[row].text)]
    if exact:
        return min(exact, key=lambda row: abs(statements[row].start - (each.start or 0)))
    unedited = [row for row in same if statements[row].content == each.content_hash]
    best = max(unedited, key=lambda row: _overlap(each, statements[row]), default=None)
    return best if best is not None and _overlap(each, statements[best]) >= HALF else None


def says(each: StoredCorrection, words: str) -> bool:
    """Whether these are the words of which something was said."""
    return each.text_sha256 in (digest(words), _exactly(words))


def _overlap(each: StoredCorrection, statement: Statement) -> float:
    start, end = each.start or 0, each.end or 0
    shared = min(end, statement.end) - max(start, statement.start)
    return shared / max(end - start, statement.end - statement.start, 1)


def corrected(statement: Statement, label: Mapping[str, object]) -> Statement:
    """The statement as a person reads it: one gap or two, a complaint of no process, praise, or neutral."""
    given = label.get("gaps")
    names = [str(gap) for gap in given] if isinstance(given, list) else []
    outside = label.get("outside")
    kind = None if outside is None else str(outside)
    complaint = 1.0 if names or kind in OUTSIDE else 0.0
    return statement._replace(
        complaint=complaint,
        gaps=tuple(GapScore(gap=gap, confidence=1.0) for gap in names),
        outside=None if names else kind,
        severity=severity(complaint, tuple(names), statement.flags),
        flags=(*(flag for flag in statement.flags if flag != CORRECTED), CORRECTED),
    )


def theme_names(corrections: Iterable[StoredCorrection]) -> dict[str, str]:
    """Theme id → the name that a person gave it last."""
    return {each.theme: str(each.label.get("name")) for each in corrections if each.theme is not None}
