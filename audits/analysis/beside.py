"""What is measured beside the leaks: progress, care, capture, value, hand-offs, and matters that no gap takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audits.analysis.capture import capture
from audits.analysis.caring import care
from audits.analysis.elsewhere import elsewhere, whole
from audits.analysis.given import Given
from audits.analysis.leaks import Evidence
from audits.analysis.measures import Measures, Named
from audits.analysis.moments import handled, moments
from audits.analysis.progress import progress
from audits.analysis.relabelled import relabelled
from audits.analysis.sides import Course
from audits.analysis.themes import themes
from audits.analysis.values import Figure, Leak, NotObservable, Statement
from audits.analysis.worth import grave, handoffs, value
from audits.catalogue import gettext
from audits.store.records import StoredReview

EMERGING = 5
"""Reviews from which a matter that no gap takes is named."""
MATTER = 4
"""Words from which a statement may name a matter."""


def beside(
    evidence: Evidence,
    ranked: Sequence[Leak],
    course: Course,
    given: Given,
    held: Sequence[StoredReview],
    *,
    as_of: str,
    period: tuple[str, str],
) -> Measures:
    """All measures of one audit; `ranked` are its leaks, `held` the audited business's reviews, also earlier ones."""
    panel = evidence.audited
    graves = grave(panel, given.industry)
    cases = NotObservable(reason=gettext("There are too few reviews to measure; they are read as cases."))
    read = None if evidence.thin else relabelled(panel, given.labels)
    return Measures(
        progress=replace(progress(course, given, period), answers=given.answers),
        care=cases if evidence.thin else care(panel, evidence.competitors, given, as_of),
        capture=cases if evidence.thin else capture(panel, held, given),
        value=cases if evidence.thin else value(panel, given, graves),
        handoffs=cases if evidence.thin else handoffs(panel),
        read=read,
        misread=() if evidence.thin or read is not None or not ranked else elsewhere(ranked, whole(panel)),
        emerging=() if evidence.thin else _emerging(evidence),
        moments=moments(panel, graves, given.industry),
        handled=handled(panel, graves, given.industry),
    )


def _names_a_matter(statement: Statement) -> bool:
    """Whether it may name one: "A sorry tale" and "Don't bother" are verdicts."""
    return len(statement.text.split()) >= MATTER


def _emerging(evidence: Evidence) -> tuple[Named, ...]:
    """Themes in complaints that name a matter and no gap of the frame: proposals for a person to look at."""
    panel = evidence.audited
    said = (one for own in panel.complaints.values() for one in own)
    loose = [one for one in said if not one.gaps and _names_a_matter(one)]
    found = themes(
        gap="none",
        statements=loose,
        background=evidence.background,
        authors={review.key: review.author_key for review in panel.reviews},
        names=(panel.business, *evidence.competitors),
    )
    return tuple(
        Named(
            name=theme.name,
            figure=Figure(
                value=float(len(theme.reviews)), unit="reviews", n=len(loose), method="emerging", evidence=theme.reviews
            ),
            note=theme.quote,
        )
        for theme in found
        if len(theme.reviews) >= EMERGING
    )
