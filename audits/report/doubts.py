"""What may make the figure of the first leak another one: reviews that carry a signal, and words that were misread."""

from __future__ import annotations

from audits.analysis.values import Findings
from audits.catalogue import gettext
from audits.report.parts import LeakPage
from audits.report.words import span, with_span


def apart(first: LeakPage) -> list[str]:
    """What its share is without the reviews that carry a signal, where that is out of its range."""
    other = first.without_signalled
    low, high = first.share.low, first.share.high
    if other is None or low is None or high is None or low <= other.value <= high:
        return []
    return [
        gettext(
            "Without the reviews that a signal points to, such as templates or many at once, it is %(share)s.",
            share=with_span(other),
        )
    ]


def misread(findings: Findings, gap: str) -> str | None:
    """The range of its share that holds misreading too; None where that is not told."""
    told = findings.measures.misread if findings.measures else ()
    found = next((each.share for each in told if each.gap == gap), None)
    if found is None or found.low is None or found.high is None:
        return None
    return gettext("%(range)s in 100", range=span(found))
