"""The leak map and the Pareto: where on the customer's way the stars go, in parts that sum to the whole shortfall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from audits.analysis.gaps import Frame
from audits.analysis.values import Decomposition, Figure, Findings, Leak, NotObservable, Trend
from audits.catalogue import gettext, marked
from audits.catalogue.forms import shared_out
from audits.report.evidence import Book, about
from audits.report.model import Bar, Kind, MapPoint, Pareto
from audits.report.words import inside, percent, plural, said, with_span

BARS = 9
"""Gaps with a bar of their own; the others share one."""
LARGE_REST = 0.25
"""From this part of the shortfall on, the unexplained rest stands on the first page."""
LITTLE = 0.05
"""Stars missing to five below which parts in hundredths of a star say nothing."""
OTHERS, UNEXPLAINED = "others", "unexplained"
"""Bars that stand for no single gap."""
OUTSIDE = {
    "vague": marked("Complaints that name no process"),
    "outside-control": marked("Outside the firm's control"),
    "other-business": marked("About another business"),
}


def points(findings: Findings, frame: Frame, book: Book) -> tuple[MapPoint, ...]:
    """Every gap that reviews report, in its stage, the heaviest on top."""
    leaks = {leak.gap: leak for leak in findings.leaks}
    shares = {slug: share for slug, share in findings.audited.shares.items() if share.value > 0 and slug in frame.slugs}
    shares |= {slug: leak.share for slug, leak in leaks.items()}
    whole = findings.decomposition
    parts = None if isinstance(whole, NotObservable) else whole.parts
    weights = {slug: _weight(slug, share, parts) for slug, share in shares.items()}
    rows: dict[str, int] = defaultdict(int)
    found = []
    for slug in sorted(shares, key=lambda slug: (slug not in leaks, -weights[slug], -shares[slug].value, slug)):
        gap = frame.gap(slug)
        part = parts.get(slug) if parts else None
        found.append(
            MapPoint(
                gap=slug,
                title=gap.title,
                stage=gap.stage,
                row=rows[gap.stage],
                weight=weights[slug],
                share=book.number(shares[slug], about(gap.title, gettext("share of reviews"))),
                stars=book.number(part, about(gap.title, gettext("stars associated"))) if part else None,
                trend=_trend(leaks.get(slug)),
                ranked=slug in leaks,
            )
        )
        rows[gap.stage] += slug in leaks
    return tuple(found)


def pareto(findings: Findings, frame: Frame, book: Book) -> Pareto | NotObservable:
    """The parts of the shortfall, largest first, then what names no process and the rest: they sum to the whole."""
    whole = findings.decomposition
    if isinstance(whole, NotObservable):
        return whole
    if whole.shortfall.value <= 0:
        return NotObservable(reason=gettext("Every rated review we hold has five stars."))
    titles = {gap.slug: gap.title for gap in frame.gaps} | {slug: gettext(name) for slug, name in OUTSIDE.items()}
    return Pareto(
        shortfall=book.number(whole.shortfall, gettext("Stars missing to five")),
        bars=_bars(whole, titles, book),
        sentence=_sentence(whole, titles),
    )


def rest_words(whole: Decomposition | NotObservable) -> str | None:
    """The sentence for the first page where the unexplained rest is more than a quarter of the shortfall."""
    if isinstance(whole, NotObservable) or whole.shortfall.value < LITTLE:
        return None
    if whole.unexplained.value <= LARGE_REST * whole.shortfall.value:
        return None
    return gettext(
        "%(part)s of the %(whole)s missing to five is not explained by any complaint we could read.",
        part=percent(_points(whole)[UNEXPLAINED] / 100),
        whole=said(whole.shortfall),
    )


def _bars(whole: Decomposition, titles: Mapping[str, str], book: Book) -> tuple[Bar, ...]:
    points = _points(whole)
    few = sum(part.value > 0 for slug, part in whole.parts.items() if slug not in OUTSIDE) - BARS
    labels = dict(titles) | {
        OTHERS: plural(few, "%(n)s other failing", "The %(n)s other failings together"),
        UNEXPLAINED: gettext("Not explained by a complaint"),
    }
    bars, so_far = [], 0
    for slug, part in _shown(whole).items():
        so_far += points[slug]
        label = labels.get(slug, slug)
        kind: Kind = "unexplained" if slug == UNEXPLAINED else "others" if slug in (OTHERS, *OUTSIDE) else "gap"
        number = book.number(part, about(label, gettext("stars associated")))
        bars.append(Bar(label=label, stars=number, so_far=so_far / 100, kind=kind))
    return tuple(bars)


def _shown(whole: Decomposition) -> dict[str, Figure]:
    """What has a bar: the heaviest gaps, the other gaps together, what lies outside the frame, and the rest."""
    named = [(slug, part) for slug, part in whole.parts.items() if slug not in OUTSIDE and part.value > 0]
    ranked = sorted(named, key=lambda part: (-part[1].value, part[0]))
    others = [part for _, part in ranked[BARS:]]
    return {
        **dict(ranked[:BARS]),
        **({OTHERS: _together(others)} if others else {}),
        **{slug: part for slug, part in whole.parts.items() if slug in OUTSIDE and part.value},
        UNEXPLAINED: whole.unexplained,
    }


def _points(whole: Decomposition) -> dict[str, int]:
    """Each bar's points of a hundred of the shortfall: what is said and what is drawn are sums of the same ones."""
    shown = _shown(whole)
    held = shared_out([part.value / whole.shortfall.value for part in shown.values()])
    return dict(zip(shown, held, strict=True))


def _together(parts: list[Figure]) -> Figure:
    total = sum(part.value for part in parts)
    return Figure(value=total, unit="stars", n=max(part.n for part in parts), method=parts[0].method)


def _sentence(whole: Decomposition, titles: Mapping[str, str]) -> str:
    first = gettext("The reviews we hold stand %(whole)s below five.", whole=with_span(whole.shortfall))
    if len(_shown(whole)) == 1:
        return first + " " + gettext("No part of it goes with a failing we could read.")
    points = _points(whole)
    heaviest = next(iter(points))
    silent = [part for slug, part in points.items() if slug in OUTSIDE and slug != heaviest]
    others = [part for slug, part in points.items() if slug not in (heaviest, UNEXPLAINED, *OUTSIDE)]
    leak = inside(titles.get(heaviest, heaviest))
    told = [first, gettext("%(part)s of that goes with %(leak)s.", part=_part(points[heaviest]), leak=leak)]
    if others:
        told.append(gettext("%(part)s goes with the other failings.", part=_part(sum(others))))
    if silent:
        told.append(gettext("%(part)s goes with complaints that name no process.", part=_part(sum(silent))))
    told.append(gettext("%(part)s is not explained by a complaint.", part=percent(points[UNEXPLAINED] / 100)))
    return " ".join(told)


def _part(points: int) -> str:
    """A part that is there, as its sentence opens with it: what rounds to no point is not said to be nothing."""
    return percent(points / 100) if points else gettext("Under 1%")


def _weight(slug: str, share: Figure, parts: Mapping[str, Figure] | None) -> float:
    if parts is None:
        return share.value
    return max(0.0, parts[slug].value) if slug in parts else 0.0


def _trend(leak: Leak | None) -> Trend | None:
    if leak is None or isinstance(leak.direction, NotObservable):
        return None
    return leak.direction.trend
