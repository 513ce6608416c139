"""Which end of a file's marks is the good one has been told by the words beside them; high is read as good."""

from __future__ import annotations

from statistics import StatisticsError, correlation

from spiders.intake.columns import number
from spiders.intake.proposal import Proposal
from spiders.intake.table import Table

FEWEST, MOST = 50, 500
"""Reviews that must have both words and a mark, and as many as are looked at: 500 take a fifth of a second."""
CLEAR = -0.2
"""Correlation of mark and polarity from which on the marks are taken to fall: on public sets with stars it lies between
0.5 and 0.8, on one whose best mark is 1 at -0.5, and words of a language that TextBlob does not know give none."""
_READ = 400
"""Characters of a review: its tone is clear by then."""


def fall(held: Table, proposal: Proposal) -> bool:
    """Whether the kinder the words are, the lower the mark is: then 1 is the best mark that can be given."""
    from audits.analysis.polarity import tone

    text, mark = (held.header.index(proposal.columns.fields[name]) for name in ("text", "rating"))
    marks, tones = list[float](), list[float]()
    for row in held.rows():
        value = None if row.problem else number(row.cells[mark].strip())
        if value is None or not row.cells[text].strip():
            continue
        marks.append(value)
        tones.append(tone(row.cells[text][:_READ]))
        if len(marks) == MOST:
            break
    try:
        return len(marks) >= FEWEST and correlation(marks, tones) < CLEAR
    except StatisticsError:  # one of the two never varies
        return False
