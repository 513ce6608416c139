"""Each gap here and at each competitor, over the one window in which all of them have reviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from audits.analysis.comparable import comparable
from audits.analysis.flow import inside
from audits.analysis.intervals import LEVEL, newcombe, share, z_of
from audits.analysis.months import first_day, last_day
from audits.analysis.panel import Mask, Panel, covered
from audits.analysis.values import Contrast, Figure, FlowBreak, NotObservable
from audits.catalogue import gettext

MIN_MONTHS = 3
MIN_REVIEWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Whole months, both included, and the competitors that are compared over them."""

    first: int
    last: int
    competitors: tuple[str, ...]
    left_out: tuple[str, ...]
    alike: Mapping[str, tuple[Mask, Mask]] = field(default_factory=dict)
    """Competitor → our rows and theirs that are of the same sites and the same product."""
    unlike: Mapping[str, str] = field(default_factory=dict)
    """Competitor → why nothing of it compares."""

    @property
    def days(self) -> tuple[str, str]:
        return first_day(self.first), last_day(self.last)


def common_window(audited: Panel, competitors: Sequence[Panel]) -> Window | NotObservable:
    """The longest window over which the audited business and as many competitors as possible are covered.

    A competitor with too few reviews in the window is left out, the one with the shortest coverage first, because one
    short listing must not shorten the comparison with all others.
    """
    if not competitors:
        return NotObservable(reason=gettext("No competitor is named in the engagement."))
    found = {panel.business: comparable(audited, panel) for panel in competitors}
    unlike = {name: why for name, why in found.items() if isinstance(why, str)}
    alike = {name: rows for name, rows in found.items() if not isinstance(rows, str)}
    if len(unlike) == len(competitors):
        return NotObservable(reason=" ".join(unlike.values()))
    spans = {one.business: _span(audited, one, alike[one.business]) for one in competitors if one.business in alike}
    kept = sorted((panel for panel in competitors if spans.get(panel.business)), key=lambda panel: panel.business)
    while kept:
        both = [span for panel in kept if (span := spans[panel.business])]
        first, last = max(span[0] for span in both), min(span[1] for span in both)
        if all(_enough(audited, panel, alike[panel.business], first, last) for panel in kept):
            names = tuple(panel.business for panel in kept)
            left_out = tuple(name for name in alike if name not in names)
            return Window(first=first, last=last, competitors=names, left_out=left_out, alike=alike, unlike=unlike)
        kept.remove(min(kept, key=lambda panel: (_months(spans[panel.business]), panel.business)))
    return NotObservable(
        reason=gettext(
            "No competitor shares %(months)s whole months with %(reviews)s readable reviews on each side.",
            months=MIN_MONTHS,
            reviews=MIN_REVIEWS,
        )
    )


def _enough(audited: Panel, other: Panel, rows: tuple[Mask, Mask], first: int, last: int) -> bool:
    if last - first + 1 < MIN_MONTHS:
        return False
    sides = zip((audited, other), rows, strict=True)
    return all(int((panel.within(first, last) & at).sum()) >= MIN_REVIEWS for panel, at in sides)


def _span(audited: Panel, other: Panel, rows: tuple[Mask, Mask]) -> tuple[int, int] | None:
    """The months that the reviews which compare cover whole on both sides; None where one side covers none."""
    ours, theirs = (
        panel.whole if at.all() else covered([panel.reviews[row] for row in np.flatnonzero(at)])
        for panel, at in zip((audited, other), rows, strict=True)
    )
    return (max(ours[0], theirs[0]), min(ours[1], theirs[1])) if ours and theirs else None


def _months(span: tuple[int, int] | None) -> int:
    return span[1] - span[0] + 1 if span else 0


def contrasts(
    *,
    gap: str,
    audited: Panel,
    competitors: Mapping[str, Panel],
    window: Window | NotObservable,
    breaks: Mapping[str, Sequence[FlowBreak]],
    looks: int,
) -> tuple[Contrast, ...] | NotObservable:
    """One gap against every competitor of the window; `looks` is how many such comparisons the audit makes."""
    if isinstance(window, NotObservable):
        return window
    return tuple(
        _contrast(
            name,
            _share(audited, gap, window, window.alike[name][0]),
            _share(competitors[name], gap, window, window.alike[name][1]),
            z_of(1 - (1 - LEVEL) / max(1, looks)),
            _caveat(breaks.get(name, ()), window),
        )
        for name in window.competitors
    )


def _contrast(name: str, ours: Figure, theirs: Figure, z: float, caveat: str | None) -> Contrast:
    k, j = len(ours.evidence), len(theirs.evidence)
    low, high = newcombe(k, ours.n, j, theirs.n, z)
    difference = Figure(
        value=ours.value - theirs.value,
        unit="points",
        n=ours.n + theirs.n,
        method="contrast",
        low=low,
        high=high,
    )
    return Contrast(competitor=name, ours=ours, theirs=theirs, difference=difference, caveat=caveat)


def _share(panel: Panel, gap: str, window: Window, alike: Mask) -> Figure:
    rows = panel.within(window.first, window.last) & alike
    with_gap = np.logical_and(rows, panel.hits[:, panel.column(gap)])
    return share(int(with_gap.sum()), int(rows.sum()), method="share", evidence=panel.keys(with_gap))


def weakened(
    audited: str, breaks: Mapping[str, Sequence[FlowBreak]], window: Window | NotObservable
) -> tuple[str, ...]:
    """A sentence for every business whose flow breaks inside the window, the audited one first."""
    if isinstance(window, NotObservable):
        return ()
    found = (_caveat(breaks.get(name, ()), window) for name in (audited, *window.competitors))
    return tuple(sentence for sentence in found if sentence)


def _caveat(own: Sequence[FlowBreak], window: Window) -> str | None:
    """The last break of flow inside the window, in words, or None."""
    found = inside(own, window.first, window.last)
    return None if found is None else found.sentence
