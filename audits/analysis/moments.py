"""The rare and grave cases one by one, newest first, and those that were handled well: as told, not established."""

from __future__ import annotations

from collections.abc import Iterable

from audits.analysis.complaints import THRESHOLD
from audits.analysis.panel import Panel, is_complaint
from audits.analysis.told import Moment
from audits.analysis.values import Statement
from audits.analysis.worth import kinds

RIGHTED, HANDLED = "recovery", "handled"


def moments(panel: Panel) -> tuple[Moment, ...]:
    """One case a review with a grave complaint, told by its gravest statement."""
    found = []
    for review in panel.reviews:
        own = panel.statements[review.key]
        grave = [one for one in own if is_complaint(one, THRESHOLD) and any(kinds(one))]
        if grave:
            righted = any(RIGHTED in one.flags or HANDLED in one.flags for one in own)
            found.append(_case(review.key, grave, righted=righted))
    return _newest(panel, found)


def handled(panel: Panel) -> tuple[Moment, ...]:
    """One case a review that praises how something grave was handled, where no grave complaint stands beside it."""
    grave = {case.review for case in moments(panel)}
    found = []
    for review in panel.reviews:
        praised = [one for one in panel.statements[review.key] if HANDLED in one.flags]
        if praised and review.key not in grave:
            found.append(_case(review.key, praised, righted=True))
    return _newest(panel, found)


def _case(review: str, said: list[Statement], *, righted: bool) -> Moment:
    gravest = max(said, key=lambda one: (one.severity, one.complaint, -one.start))
    named = sorted({kind for one in said for kind in kinds(one)})
    return Moment(review=review, kinds=tuple(named), statement=gravest, righted=righted)


def _newest(panel: Panel, found: Iterable[Moment]) -> tuple[Moment, ...]:
    days = {review.key: review.posted_on or "" for review in panel.reviews}
    return tuple(sorted(sorted(found, key=lambda case: case.review), key=lambda case: days[case.review], reverse=True))
