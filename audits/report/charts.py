"""Every chart of a report, drawn from its values: name → inline SVG with alt text that states the finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from audits.analysis.values import NotObservable
from audits.catalogue import gettext, ngettext, speaking
from audits.report import narrow, overtime, plots, svg
from audits.report.bins import ratings
from audits.report.model import Break, MapPoint, Report
from audits.report.parts import LeakPage, Row
from audits.report.words import count, decimal, inside, month, said, with_span

LEAST_MONTHS = 3


class Hand(NamedTuple):
    """Who draws each kind of chart."""

    leak_map: Callable[..., Any]
    pareto: Callable[..., Any]
    rating: Callable[..., Any]
    monthly: Callable[..., Any]
    contrast: Callable[..., Any]
    left: int
    """Empty space before the chart, for a label that hangs over."""


WIDE = Hand(plots.leak_map, plots.pareto, overtime.rating, overtime.monthly, plots.contrast, left=26)
NARROW = Hand(narrow.leak_map, narrow.pareto, narrow.rating, narrow.monthly, narrow.contrast, left=4)


def charts(report: Report) -> dict[str, str]:
    """All charts that this report's values allow."""
    with speaking(report.cover.language):
        return _drawn(report, WIDE)


def narrow_charts(report: Report) -> dict[str, str]:
    """The same for a telephone, each under its name with `-narrow` behind it."""
    with speaking(report.cover.language):
        return _drawn(report, NARROW, "-narrow")


def _drawn(report: Report, hand: Hand, behind: str = "") -> dict[str, str]:
    return {
        f"{key}{behind}": svg.drawn(chart, key=f"c-{key}{behind}", title=title, described=described, left=hand.left)
        for key, chart, title, described in _charts(report, hand)
    }


def _charts(report: Report, hand: Hand) -> Iterator[tuple[str, Any, str, str]]:
    leaks = [] if isinstance(report.points, NotObservable) else [point for point in report.points if point.ranked]
    if leaks:
        yield "map", hand.leak_map(leaks, report.stages), gettext("Leak map"), _map_words(leaks, report)
    if not isinstance(report.pareto, NotObservable):
        yield (
            "pareto",
            hand.pareto(report.pareto),
            gettext("Stars missing to five, by failing"),
            report.pareto.sentence,
        )
    if len(report.rating.months) >= LEAST_MONTHS and not report.thin:
        yield (
            "rating",
            hand.rating(report.rating),
            gettext("Rating and number of reviews over time"),
            _rating_words(report),
        )
    for leak in () if report.thin else report.leaks:
        yield from _leak(leak, report, hand)


def _leak(leak: LeakPage, report: Report, hand: Hand) -> Iterator[tuple[str, Any, str, str]]:
    if len(leak.months) >= LEAST_MONTHS:
        turn = leak.course.since
        level = (Break(month=turn, kind="level", sentence=leak.course.sentence),) if turn else ()
        drawn = hand.monthly(leak.months, (*report.rating.breaks, *level))
        yield f"months-{leak.gap}", drawn, gettext("%(title)s over time", title=leak.title), leak.course.sentence
    if not isinstance(leak.contrasts, NotObservable):
        words = leak.contrast_words or ""
        yield (
            f"contrast-{leak.gap}",
            hand.contrast(leak.contrasts),
            gettext("%(title)s against competitors", title=leak.title),
            words,
        )
    if not isinstance(leak.places, NotObservable) and len(leak.places) > 1:
        yield (
            f"places-{leak.gap}",
            hand.contrast(leak.places),
            gettext("%(title)s by location", title=leak.title),
            _row_words(leak.places),
        )


def _row_words(rows: tuple[Row, ...]) -> str:
    most, least = rows[0], rows[-1]
    return gettext(
        "Most often at %(most)s: %(share)s; least often at %(least)s: %(low)s.",
        most=most.name,
        share=with_span(most.share),
        least=least.name,
        low=with_span(least.share),
    )


def _map_words(leaks: list[MapPoint], report: Report) -> str:
    first = leaks[0]
    size = gettext("%(stars)s associated", stars=said(first.stars)) if first.stars else said(first.share)
    return ngettext(
        "%(n)s leak on the customer's way. The largest is %(leak)s, %(stage)s: %(size)s.",
        "%(n)s leaks on the customer's way. The largest is %(leak)s, %(stage)s: %(size)s.",
        len(leaks),
        n=count(len(leaks)),
        leak=inside(first.title),
        stage=inside(report.stages[first.stage]),
        size=size,
    )


def _rating_words(report: Report) -> str:
    months = [one for one in report.rating.months if one.mean is not None]
    means = [one.mean for one in ratings(months) if one.mean is not None]
    if not means:
        return gettext("No month has a rating.")
    breaks = "; ".join(one.sentence for one in report.rating.breaks)
    told = gettext(
        "From %(first)s to %(last)s the drawn means lie between %(low)s and %(high)s stars.",
        first=month(months[0].month),
        last=month(months[-1].month),
        low=decimal(min(means), 1),
        high=decimal(max(means), 1),
    )
    return f"{told} {breaks}".strip()
