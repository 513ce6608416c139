"""What customers praise: for each process, the share of reviews that praise it."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain

from audits.analysis.intervals import share
from audits.analysis.panel import Panel
from audits.analysis.resemblance import praised, vectored
from audits.analysis.telling import telling
from audits.analysis.values import Statement, Strength

MIN_REVIEWS = 5
QUOTES, LOOKED = 12, 40
SURE = 0.6
"""Score from which praise counts for a process: a general compliment is nobody's strength."""
SURELY = 0.85
"""Score from which praise is told by itself, as a case: a plain sentence that is taken for praise lies below."""


def strengths(panel: Panel, *, cases: bool = False) -> tuple[Strength, ...]:
    """Processes that enough reviews praise, most praised first; of `cases` one is enough where it says so plainly."""
    least, sure = (1, SURELY) if cases else (MIN_REVIEWS, SURE)
    praise: dict[str, list[Statement]] = defaultdict(list)
    for review in panel.reviews:
        for statement in panel.statements[review.key]:
            if statement.outside == "praise":
                for score in statement.gaps:
                    if score.confidence >= sure:
                        praise[score.gap].append(statement)
    n = int(panel.readable.sum())
    by_gap = {gap: sorted({statement.review for statement in praise[gap]}) for gap in panel.gaps}
    told = {gap: telling(panel, praise[gap], gap)[:LOOKED] for gap, own in by_gap.items() if len(own) >= least}
    vectored(list(chain.from_iterable(told.values())))  # together: a few at a time are read far more slowly
    found = []
    for gap, shown in told.items():
        figure = share(len(by_gap[gap]), n, method="praise", evidence=by_gap[gap])
        found.append(Strength(gap=gap, share=figure, statements=shown[:QUOTES], surest=praised(shown, gap)))
    return tuple(sorted(found, key=lambda one: -one.share.value))
