"""How far the evidence of one listing carries, as a letter from A to D, with every reason in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from audits.store.records import StoredReview

Letter = Literal["A", "B", "C", "D"]

FEW = 50
"""Below this many reviews an audit is a reading of cases."""
SHORT = 0.9
"""Below this share of what the site declares, what is missing may well be of another kind."""
SOME, MUCH = 0.05, 0.25
"""A share of reviews with a weakness that is worth a line, and one that costs a letter more."""
APART = 0.3
"""Stars between our average and the site's own: more than rounding and weighting usually explain."""
GAP_MONTHS = 6
"""Months without one review, inside the time that the listing covers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How a listing's reading ended, and what the site says of itself."""

    verdict: str
    scope: str
    held: bool
    as_of: str | None
    declared_total: int | None
    average: float | None
    emptier: tuple[str, ...] = ()
    """Fields that are filled much less often than in earlier runs."""
    breaks: tuple[str, ...] = ()
    """Sentences, oldest first, on months from which reviews arrive differently."""
    foreign: float = 0.0
    """Share of the texts that is in a language which is not analysed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A: nothing to hold against it · B: with a reserve · C: with serious reserves · D: not to be built on."""

    letter: Letter
    reasons: tuple[str, ...]


def graded(read: Read, reviews: Sequence[StoredReview]) -> Grade:
    """The grade of a listing: each reason has a weight, and the weights add up to the letters lost."""
    if read.held or read.verdict not in ("complete", "partial", "empty"):
        return Grade(letter="D", reasons=("Its reviews were not let through.",))
    if read.verdict == "empty":
        return Grade(letter="A", reasons=("The site says that there are no reviews.",))
    if not reviews:
        return Grade(letter="D", reasons=("No review of it is held.",))
    found = [*_completeness(read, len(reviews)), *_rows(reviews), *_average(read, reviews), *_comparable(read)]
    lost = sum(weight for weight, _ in found)
    letter: Letter = "A" if lost == 0 else "B" if lost == 1 else "C" if lost <= 3 else "D"
    return Grade(letter=letter, reasons=tuple(sentence for _, sentence in found) or ("Nothing speaks against it.",))


def _completeness(read: Read, held: int) -> Iterator[tuple[int, str]]:
    if read.verdict == "partial":
        yield 1, "It was not read to its end."
    if read.declared_total and held < SHORT * read.declared_total:
        yield 1, f"{held:,} of the {read.declared_total:,} reviews that the site declares are held."
    if read.scope == "file":
        yield 0, "It is a file: what its sender left out cannot be seen."
    if read.as_of is None:
        yield 1, "Nobody knows when it was collected."
    if held < FEW:
        yield 1, f"There are only {held} reviews: a reading of cases."


def _rows(reviews: Sequence[StoredReview]) -> Iterator[tuple[int, str]]:
    yield from _shared("have an id that we had to derive", [each.weak_id for each in reviews])
    yield from _shared("have no date", [each.posted_on is None for each in reviews])
    yield from _shared("have no rating", [each.rating is None for each in reviews])
    yield from _shared("repeat the text of another review", _repeated(reviews))
    invited = [bool(each.invited) for each in reviews if each.invited is not None]
    yield from _shared("of those of which the site tells were invited", invited)
    months = sorted({each.posted_on[:7] for each in reviews if each.posted_on})
    longest = max((_months(later) - _months(earlier) - 1 for earlier, later in pairwise(months)), default=0)
    if longest >= GAP_MONTHS:
        yield 1, f"There is a gap of {longest} months without a review."


def _shared(what: str, marks: Sequence[bool]) -> Iterator[tuple[int, str]]:
    share = sum(marks) / len(marks) if marks else 0.0
    if share > SOME:
        yield 2 if share > MUCH else 1, f"{share:.0%} {what}."


def _repeated(reviews: Sequence[StoredReview]) -> list[bool]:
    seen: set[str] = set()
    marks = []
    for each in reviews:
        said = " ".join((each.text or "").casefold().split())
        marks.append(bool(said) and said in seen)
        seen.add(said)
    return marks


def _average(read: Read, reviews: Sequence[StoredReview]) -> Iterator[tuple[int, str]]:
    stars = [each.rating for each in reviews if each.rating is not None]
    if read.average is None or not stars:
        return
    ours = sum(stars) / len(stars)
    if abs(ours - read.average) > APART:
        yield 1, f"The reviews held average {ours:.1f} stars, the site says {read.average:.1f}."


def _comparable(read: Read) -> Iterator[tuple[int, str]]:
    if read.emptier:
        yield 1, f"Filled much less often than in earlier runs: {', '.join(read.emptier)}."
    if read.breaks:
        more = f" (and {len(read.breaks) - 1} earlier breaks)" if len(read.breaks) > 1 else ""
        yield 1, f"Reviews do not arrive evenly: {read.breaks[-1].rstrip('.')}{more}."
    if read.foreign > SOME:
        weight = 2 if read.foreign > MUCH else 1
        yield weight, f"{read.foreign:.0%} of the texts are in a language that is not analysed."


def _months(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])
