"""What customers praise: for each process, the share of reviews that praise it."""

from __future__ import annotations

from collections import defaultdict

from audits.analysis.intervals import share
from audits.analysis.panel import Panel
from audits.analysis.resemblance import praised
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
    found = []
    for gap in panel.gaps:
        reviews = sorted({statement.review for statement in praise[gap]})
        if len(reviews) >= least:
            figure = share(len(reviews), n, method="praise", evidence=reviews)
            told = telling(panel, praise[gap], gap)[:LOOKED]
            found.append(Strength(gap=gap, share=figure, statements=told[:QUOTES], surest=praised(told, gap)))
    return tuple(sorted(found, key=lambda one: -one.share.value))
