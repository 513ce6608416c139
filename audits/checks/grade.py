"""How far the evidence of one listing carries, as a letter from A to D, with every reason in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from audits.catalogue import gettext, marked
from audits.catalogue.forms import count, decimal, months, percent, plural
from audits.checks.minhash import unspaced
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
        return Grade(letter="D", reasons=(gettext("Its reviews were not let through."),))
    if read.verdict == "empty":
        return Grade(letter="A", reasons=(gettext("The site says that there are no reviews."),))
    if not reviews:
        return Grade(letter="D", reasons=(gettext("No review of it is held."),))
    found = [*_completeness(read, len(reviews)), *_rows(reviews), *_average(read, reviews), *_comparable(read)]
    found.sort(key=lambda reason: -reason[0])  # where one reason alone is printed, it is the weightiest
    lost = sum(weight for weight, _ in found)
    letter: Letter = "A" if lost == 0 else "B" if lost == 1 else "C" if lost <= 3 else "D"
    none = (gettext("Nothing speaks against it."),)
    return Grade(letter=letter, reasons=tuple(sentence for _, sentence in found) or none)


def _completeness(read: Read, held: int) -> Iterator[tuple[int, str]]:
    if read.verdict == "partial":
        yield 1, gettext("It was not read to its end.")
    if read.declared_total and held < SHORT * read.declared_total:
        told = {"held": count(held), "total": count(read.declared_total)}
        yield 1, gettext("%(held)s of the %(total)s reviews that the site declares are held.", **told)
    if read.scope == "file":
        yield 0, gettext("It is a file: what its sender left out cannot be seen.")
    if read.as_of is None:
        yield 1, gettext("Nobody knows when it was collected.")
    if held < FEW:
        yield (
            1,
            plural(
                held,
                "There is only %(n)s review: a reading of cases.",
                "There are only %(n)s reviews: a reading of cases.",
            ),
        )


REPEATS = marked("%(part)s of its reviews, of any date, repeat another’s words, also such short ones as “Great”.")
"""No count of the copies that are left out, which are of the period and long enough to be no chance."""

INVITED = marked("%(part)s of its reviews were invited, as the site marks them.")
INVITED_OF_SOME = marked("The site tells of %(n)s of its reviews whether they were invited: %(part)s of these were.")


def _rows(reviews: Sequence[StoredReview]) -> Iterator[tuple[int, str]]:
    derived = marked("%(part)s of its reviews came without an id of the site’s own; ours is made from author and date.")
    yield from _shared(derived, [each.weak_id for each in reviews])
    yield from _shared(marked("%(part)s of its reviews have no date."), [each.posted_on is None for each in reviews])
    yield from _shared(marked("%(part)s of its reviews have no rating."), [each.rating is None for each in reviews])
    yield from _shared(REPEATS, _repeated(reviews))
    invited = [bool(each.invited) for each in reviews if each.invited is not None]
    yield from _shared(INVITED if len(invited) == len(reviews) else INVITED_OF_SOME, invited)
    seen = sorted({_number(each.posted_on) for each in reviews if each.posted_on})
    longest, begins = max(((later - earlier - 1, earlier + 1) for earlier, later in pairwise(seen)), default=(0, 0))
    if longest >= GAP_MONTHS:
        span = months(_name(begins), _name(begins + longest - 1))
        yield 1, gettext("No review of it is held %(months)s.", months=span)


def _shared(what: str, marks: Sequence[bool]) -> Iterator[tuple[int, str]]:
    share = sum(marks) / len(marks) if marks else 0.0
    if share > SOME:
        yield 2 if share > MUCH else 1, gettext(what, part=percent(share), n=count(len(marks)))


def _repeated(reviews: Sequence[StoredReview]) -> list[bool]:
    """Which say the same words as one before them, in whatever capitals and with whatever blanks between them.

    Most texts are told apart by what is left of them without any blank, which is made sooner.
    """
    told = np.fromiter((hash(unspaced(each.text or "")) for each in reviews), np.int64, len(reviews))
    _, at, times = np.unique(told, return_inverse=True, return_counts=True)
    several = times[at] > 1
    seen: set[str] = set()
    marks = [False] * len(reviews)
    for row in np.flatnonzero(several).tolist():
        said = " ".join((reviews[row].text or "").casefold().split())
        marks[row] = bool(said) and said in seen
        seen.add(said)
    return marks


def _average(read: Read, reviews: Sequence[StoredReview]) -> Iterator[tuple[int, str]]:
    stars = [each.rating for each in reviews if each.rating is not None]
    if read.average is None or not stars:
        return
    ours = sum(stars) / len(stars)
    if abs(ours - read.average) > APART:
        told = {"ours": decimal(ours, 1), "site": decimal(read.average, 1)}
        yield 1, gettext("The reviews held average %(ours)s stars, the site says %(site)s.", **told)


def _comparable(read: Read) -> Iterator[tuple[int, str]]:
    if read.emptier:
        yield 1, gettext("Filled much less often than in earlier runs: %(fields)s.", fields=", ".join(read.emptier))
    if read.breaks:
        more = len(read.breaks) - 1
        last = read.breaks[-1].rstrip(".")
        if more:
            last += " " + plural(more, "(and %(n)s earlier break)", "(and %(n)s earlier breaks)")
        yield 1, gettext("Reviews do not arrive evenly. %(last)s.", last=last)
    if read.foreign > SOME:
        weight = 2 if read.foreign > MUCH else 1
        told = gettext("%(part)s of the texts are in a language that is not analysed.", part=percent(read.foreign))
        yield weight, told


def _number(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _name(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
