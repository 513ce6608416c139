"""The rare and grave cases one by one, newest first, and those that were handled well: as told, not established."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audits.analysis.gaps import frame
from audits.analysis.panel import Panel
from audits.analysis.told import Moment
from audits.analysis.values import Statement
from audits.analysis.worth import ORDINARY, Graves, kinds

RIGHTED, HANDLED = "recovery", "handled"
TELLS = 4
"""Words from which a statement says what happened: "Dangerous" alone says that something did."""


def moments(panel: Panel, graves: Graves, industry: str = "") -> tuple[Moment, ...]:
    """One case a review with a grave complaint, told by its gravest statement."""
    found = []
    for review, said in graves.items():
        righted = any(RIGHTED in one.flags or HANDLED in one.flags for one in panel.statements[review])
        found.append(_case(review, said, industry, righted=righted))
    return _newest(panel, found)


def handled(panel: Panel, graves: Graves, industry: str = "") -> tuple[Moment, ...]:
    """One case a review that praises how something grave was handled, where no grave complaint stands beside it.

    Where misfortune is what the trade serves, serving it is no case: something must have gone wrong and been put right.
    """
    ordinary = frame().industry(industry) in {*ORDINARY, "clinic"}
    found = []
    for review in panel.reviews:
        praised = [one for one in panel.statements[review.key] if HANDLED in one.flags]
        if ordinary:
            praised = [one for one in praised if RIGHTED in one.flags]
        if praised and review.key not in graves:
            righted = any(RIGHTED in one.flags for one in panel.statements[review.key])
            found.append(_case(review.key, praised, industry, righted=righted))
    return _newest(panel, found)


def _case(review: str, said: Sequence[Statement], industry: str, *, righted: bool) -> Moment:
    gravest = max(said, key=lambda one: (one.severity, len(one.text.split()) >= TELLS, one.complaint, -one.start))
    named = sorted({kind for one in said for kind in kinds(one, industry)})
    return Moment(review=review, kinds=tuple(named), statement=gravest, righted=righted)


def _newest(panel: Panel, found: Iterable[Moment]) -> tuple[Moment, ...]:
    days = {review.key: review.posted_on or "" for review in panel.reviews}
    return tuple(sorted(sorted(found, key=lambda case: case.review), key=lambda case: days[case.review], reverse=True))
