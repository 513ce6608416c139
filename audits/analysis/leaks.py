"""Every gap of the audited business that its reviews can show, with all that is measured of it, in order of weight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace

import numpy as np

from audits.analysis.around import Segments, by_segment, factor_signs, recovered, righted, segments, without
from audits.analysis.care import reply_rate
from audits.analysis.contrasts import Window, contrasts
from audits.analysis.encoder import alone
from audits.analysis.flow import inside
from audits.analysis.intervals import percentiles, resamples, share
from audits.analysis.matters import Background
from audits.analysis.pace import exposure, monthly, per_month
from audits.analysis.panel import Mask, Panel, is_case
from audits.analysis.places import places
from audits.analysis.reader import THREADS
from audits.analysis.resemblance import CASE, SURELY, rightly, surely
from audits.analysis.stars import Attribution
from audits.analysis.sureness import sureness
from audits.analysis.telling import outspoken, telling
from audits.analysis.themes import themes
from audits.analysis.told import Around
from audits.analysis.values import Direction, Figure, FlowBreak, Leak, NotObservable, Statement, Theme
from audits.analysis.visible import Visible
from audits.analysis.windows import SERIES

MIN_REVIEWS = 5
MIN_SHARE = 0.005
"""A gap is ranked from MIN_REVIEWS reviews on, and only where the interval of its share lies above MIN_SHARE."""
GRAVEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the leaks of one audited business are measured from."""

    audited: Panel
    competitors: Mapping[str, Panel]
    breaks: Mapping[str, Sequence[FlowBreak]]
    window: Window | NotObservable
    stars: Attribution | NotObservable
    directions: Mapping[str, Direction | NotObservable]
    visible: Visible
    background: Background
    """What the reviews of the audited business say in all."""
    previous_themes: Sequence[Theme]
    thin: bool
    theme_names: Mapping[str, str] = field(default_factory=dict)
    """Theme id → the name that a person gave it."""
    signalled: frozenset[str] = frozenset()
    """Reviews of any business that a signal of authenticity points to."""


def leaks(evidence: Evidence) -> tuple[Leak, ...]:
    """Ranked by stars associated (else by share); in thin mode every gap that shows, in the frame's order."""
    panel = evidence.audited
    shown = [gap for gap in panel.gaps if _shows(_share(panel, gap), evidence.thin)]
    said = _complaints(panel, cases=evidence.thin)
    looks = len(shown) * (0 if isinstance(evidence.window, NotObservable) else len(evidence.window.competitors))
    beside = _Beside(
        righted=righted(panel),
        segments=segments(panel),
        signalled=panel.among(lambda review: review.key in evidence.signalled),
        authors={review.key: review.author_key for review in panel.reviews},
        exposure=exposure(panel),
    )

    def found(gap: str) -> Leak:
        leak = _leak(evidence, gap, said[gap], beside, len(shown), looks)
        return replace(leak, around=_around(evidence, gap, said[gap], beside))

    with alone(), ThreadPoolExecutor(THREADS) as threads:  # most of it is arithmetic, which leaves Python free
        asked = [threads.submit(copy_context().run, found, gap) for gap in shown]
        every = [each.result() for each in asked]
    return tuple(every) if evidence.thin else tuple(sorted(every, key=_rank))


def _shows(figure: Figure, thin: bool) -> bool:
    if thin:
        return bool(figure.evidence)
    return len(figure.evidence) >= MIN_REVIEWS and (figure.low or 0.0) > MIN_SHARE


def _rank(leak: Leak) -> tuple[float, float, str]:
    stars = 0.0 if isinstance(leak.stars, NotObservable) else leak.stars.value
    return -stars, -leak.share.value, leak.gap


def _complaints(panel: Panel, *, cases: bool) -> Mapping[str, list[Statement]]:
    """Complaint statements by gap; where cases are told, those alone that were read plainly."""
    said: dict[str, list[Statement]] = defaultdict(list)
    for own in panel.complaints.values():
        for statement in own:
            for score in statement.gaps:
                if not cases or is_case(statement, score):
                    said[score.gap].append(statement)
    return said


def _leak(
    evidence: Evidence,
    gap: str,
    said: Sequence[Statement],
    beside: _Beside,
    ranked: int,
    looks: int,
) -> Leak:
    panel = evidence.audited
    with_gap = panel.hits[:, panel.column(gap)] & panel.readable
    figure = _share(panel, gap)
    confidence = float(panel.confidence[with_gap, panel.column(gap)].mean())
    broken = _recent(panel, evidence.breaks[panel.business])
    days = {one.review: panel.by_key[one.review].posted_on or "" for one in said}
    surest = outspoken(surely(said, gap, CASE if evidence.thin else SURELY, days))
    confidence = min(confidence, rightly(said, gap))  # of some gaps the scores are surer than people found right
    sure, why, figures = sureness(figure, confidence, broken, thin=evidence.thin)
    return Leak(
        gap=gap,
        share=figure,
        per_month=per_month(panel, with_gap, beside.exposure),
        stars=evidence.stars if isinstance(evidence.stars, NotObservable) else evidence.stars.part(gap),
        severity=_severity(panel, gap, with_gap),
        direction=evidence.directions[gap],
        monthly=monthly(panel, with_gap),
        places=places(panel, gap, leaks=ranked),
        contrasts=contrasts(
            gap=gap,
            audited=panel,
            competitors=evidence.competitors,
            window=evidence.window,
            breaks=evidence.breaks,
            looks=looks,
        ),
        themes=_themes(evidence, gap, said, beside.authors, surest),
        statements=telling(panel, said, gap),
        surest=surest,
        replied=reply_rate(panel, with_gap),
        sureness=sure,
        why_sure=why,
        sure_figures=figures,
        visible=evidence.visible.rises[gap],
        visible_months=evidence.visible.months,
        end_visible=gap in evidence.visible.ends,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What is the same for every leak."""

    righted: Mask
    segments: Segments
    signalled: Mask
    authors: Mapping[str, str | None]
    """Review key → its author."""
    exposure: float | NotObservable
    """Months from the first dated review to the last."""


def _around(evidence: Evidence, gap: str, said: Sequence[Statement], beside: _Beside) -> Around:
    panel = evidence.audited
    with_gap = panel.hits[:, panel.column(gap)] & panel.readable
    return Around(
        recovered=recovered(panel, with_gap, beside.righted),
        factors=factor_signs(said, gap),
        segments=() if evidence.thin else by_segment(panel, with_gap, beside.segments),
        without_signalled=None if evidence.thin else without(panel, with_gap, beside.signalled),
    )


def _themes(
    evidence: Evidence,
    gap: str,
    said: Sequence[Statement],
    authors: Mapping[str, str | None],
    surest: Sequence[Statement],
) -> tuple[Theme, ...]:
    """The themes of one gap; one that a person has named bears that name."""
    found = themes(
        gap=gap,
        statements=said,
        background=evidence.background,
        authors=authors,
        names=(evidence.audited.business, *evidence.competitors),
        previous=evidence.previous_themes,
        surest=surest,
        kept=evidence.theme_names,
    )
    return tuple(replace(theme, name=evidence.theme_names.get(theme.id, theme.name)) for theme in found)


def _recent(panel: Panel, breaks: Sequence[FlowBreak]) -> FlowBreak | None:
    """The break of flow inside the last two years, which makes one share of two kinds of reviews."""
    if panel.whole is None:
        return None
    return inside(breaks, panel.whole[1] - SERIES, panel.whole[1])


def _share(panel: Panel, gap: str) -> Figure:
    with_gap = panel.hits[:, panel.column(gap)] & panel.readable
    return share(int(with_gap.sum()), int(panel.readable.sum()), evidence=panel.keys(with_gap))


def _severity(panel: Panel, gap: str, with_gap: Mask) -> Figure:
    """Mean of the gravest statement of each review with the gap, 0–3."""
    levels = np.bincount(panel.severity[with_gap, panel.column(gap)], minlength=GRAVEST + 1)
    scale = np.arange(len(levels), dtype=np.float64)
    total = int(levels.sum())
    low, high = percentiles(resamples(levels) @ scale / total)
    value = float(levels @ scale / total)
    return Figure(value=value, unit="severity", n=total, method="severity", low=low, high=high)
