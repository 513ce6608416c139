"""What the last audit printed, measured again today over its own period, with the model of today."""

from __future__ import annotations

import numpy as np

from audits.analysis.given import Published
from audits.analysis.intervals import share
from audits.analysis.measures import Restated
from audits.analysis.panel import Panel
from audits.catalogue import gettext

PRINTED = 0.0005
"""A share that moved by less prints the same."""


def restated(panel: Panel, last: Published | None) -> tuple[Restated, ...]:
    """What the last audit printed, measured again today over its own period."""
    if last is None:
        return ()
    dated = np.array([_dated(review.posted_on, last.period) for review in panel.reviews], dtype=np.bool_)
    found = []
    for gap, printed in last.shares.items():
        if gap in panel.gaps:
            hit = panel.readable & dated & panel.hits[:, panel.column(gap)]
            n = int((panel.readable & dated).sum())
            now = share(int(hit.sum()), n, evidence=panel.keys(hit))
            found.append(Restated(gap=gap, printed=printed, now=now, restated=abs(now.value - printed) >= PRINTED))
    return tuple(found)


def _dated(day: str | None, period: tuple[str, str]) -> bool:
    return day is None or period[0][:10] <= day[:10] <= period[1][:10]


def why(panel: Panel, last: Published | None) -> str:
    """Why a figure may print differently from the last audit's."""
    if last is None:
        return ""
    models = {one.model for own in panel.statements.values() for one in own if one.model}
    if models and models != set(last.model.split(", ")):
        return gettext("Both periods are read here with the present model, which is not the one of that audit.")
    return gettext("Reviews of that period that were added, edited, removed or corrected since change what it shows.")
