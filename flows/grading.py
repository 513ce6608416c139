"""A listing's line has its grade: what the site, earlier runs, the arrival and the language of its reviews say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audits.analysis.flow import arrivals, breaks
from audits.analysis.language import analysed, of_review
from audits.catalogue import gettext
from audits.catalogue.forms import day
from audits.checks.grade import Read, graded
from audits.report.cover import SourceLine
from audits.store.records import StoredReview
from audits.store.store import Store
from flows.counted import AGGREGATE
from spiders.items import Landing

SAMPLE = 2_000
"""Texts whose language is told: of more, every second, third, … in the order of their keys. It is only a share."""
BEFORE = "as-before:"


def with_grade(
    store: Store, engagement: str, line: SourceLine, landing: Landing | None, held: Sequence[StoredReview]
) -> SourceLine:
    """The line with grade, reasons and the number of reviews held; nothing was read of a refused listing."""
    if line.verdict == AGGREGATE:
        return line
    line = _since(store, engagement, replace(line, reviews=len(held)))
    if line.refused:
        return line
    unmet = store.unmet(engagement, landing.id) if landing else []
    flow = arrivals(line.business, held, line.as_of or max((each.posted_on or "" for each in held), default=""))
    read = Read(
        verdict=line.verdict,
        scope=line.scope,
        held=line.held,
        as_of=line.as_of,
        declared_total=line.declared_total,
        average=landing.average if landing else None,
        emptier=tuple(name.removeprefix(BEFORE) for name in unmet if name.startswith(BEFORE)),
        breaks=tuple(each.sentence for each in breaks(flow)),
        foreign=_foreign(held),
    )
    found = graded(read, held)
    return replace(line, grade=found.letter, grade_reasons=found.reasons)


def _since(store: Store, engagement: str, line: SourceLine) -> SourceLine:
    """Of a listing that is not assessed now, since when; what is held of it from before is not passed off as new."""
    if line.assessed:
        return line
    last = store.assessed_on(engagement, line.listing)
    if not last:
        return replace(line, reviews=0)
    told = gettext("Not assessed since %(day)s: the reviews from before are left out.", day=day(last[:10]))
    return replace(line, reviews=0, reason=f"{line.reason} {told}")


def _foreign(held: Sequence[StoredReview]) -> float:
    said = [each for each in held if each.text]
    sample = said[:: len(said) // SAMPLE + 1]
    strange = sum(not analysed(of_review(each.title, each.text, each.language)) for each in sample)
    return strange / len(sample) if sample else 0.0
