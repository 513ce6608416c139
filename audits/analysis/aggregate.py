"""Reviews that may not be stored have become counts: by gap, month and stars, with nothing else left of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import floor
from threading import Lock

from audits.analysis import language
from audits.analysis.assign import assign_texts
from audits.analysis.complaints import THRESHOLD
from audits.analysis.gaps import frame
from audits.analysis.heard import NOT_COMPLAINTS
from audits.analysis.months import UNKNOWN as NO_MONTH
from audits.analysis.months import month_name, month_number
from audits.catalogue import gettext
from audits.catalogue.forms import count
from audits.store.records import ANY, COMPLAINT, UNKNOWN, Counted
from spiders.items import Review

OFTENEST = 3
_ONE_AT_A_TIME = Lock()
"""Listings are read side by side; the model that reads their statements is one."""


def counts(reviews: Sequence[Review]) -> list[Counted]:
    """How many reviews there are, how many complain, and how many of each gap; by month and stars."""
    with _ONE_AT_A_TIME:
        found = [_gaps(review) for review in reviews]
    cells: Counter[tuple[str, str, str]] = Counter()
    for review, gaps in zip(reviews, found, strict=True):
        cells.update((name, _month(review), _stars(review)) for name in (ANY, *gaps))
    made = [Counted(gap=gap, month=month, stars=stars, reviews=n) for (gap, month, stars), n in cells.items()]
    return sorted(made, key=lambda each: (each.gap, each.month, each.stars))


def _month(review: Review) -> str:
    """YYYY-MM; what is known to the year alone is of no month."""
    number = month_number(review.posted.on, review.posted.precision)
    return UNKNOWN if number == NO_MONTH else month_name(number)


def _stars(review: Review) -> str:
    """Whole stars, halves rounded up as they are everywhere."""
    return UNKNOWN if review.rating is None else str(floor(review.rating + 0.5))


def told(counted: Sequence[Counted]) -> str:
    """What the counts of a listing say, in two sentences."""
    by_gap: Counter[str] = Counter()
    for each in counted:
        by_gap[each.gap] += each.reviews
    read, complain = by_gap.pop(ANY, 0), by_gap.pop(COMPLAINT, 0)
    titles = {gap.slug: gap.title for gap in frame().gaps}
    often = sorted(by_gap.items(), key=lambda each: (-each[1], each[0]))[:OFTENEST]
    named = ", ".join(f"{gettext(titles[gap]) if gap in titles else gap} ({count(reviews)})" for gap, reviews in often)
    kept = gettext(
        "Its reviews may not be stored: %(n)s were read in memory and only their counts are kept, outside every leak.",
        n=count(read),
    )
    if not named:
        return f"{kept} {gettext('%(n)s of them complain.', n=count(complain))}"
    return f"{kept} {gettext('%(n)s of them complain, most often of: %(what)s.', n=count(complain), what=named)}"


def _gaps(review: Review) -> set[str]:
    """COMPLAINT and the gaps of a review that complains; nothing of one that does not, or cannot be read."""
    if not language.analysed(language.of_review(review.title, review.text, review.language)):
        return set()
    (found,) = assign_texts([(review.title, review.text, review.rating)])
    complaints = [each for each in found if each.complaint >= THRESHOLD and each.outside not in NOT_COMPLAINTS]
    return {COMPLAINT, *(score.gap for each in complaints for score in each.gaps)} if complaints else set()
