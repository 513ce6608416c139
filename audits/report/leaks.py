"""A page for each leak: its measures with their evidence, its words from the frame, its quotes from the reviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from audits.analysis.gaps import Frame
from audits.analysis.intervals import wilson
from audits.analysis.values import Direction, Figure, FlowBreak, Leak, NotObservable, Theme
from audits.report.cover import Cover
from audits.report.evidence import Book
from audits.report.parts import Course, LeakPage, MonthShare, Number, Row, ThemeLine
from audits.report.quotes import cut, picked
from audits.report.words import because, listed, month, plural, said, span, with_span
from audits.store.records import StoredReview

THEMES = 6
PLACES = 12
THIN = NotObservable(reason="Fewer than 50 reviews are held.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every page is written from."""

    cover: Cover
    frame: Frame
    reviews: Mapping[str, StoredReview]
    book: Book
    thin: bool
    praise: Mapping[str, Figure]
    """Gap → share of reviews that praise the process."""
    breaks: Sequence[FlowBreak]


def page(leak: Leak, desk: Desk) -> LeakPage:
    """One leak as it is printed."""
    gap = desk.frame.gap(leak.gap)
    title, book = gap.title, desk.book
    industry = desk.frame.industry(desk.cover.industry)
    contrasts = THIN if desk.thin else _contrasts(leak, title, desk)
    return LeakPage(
        gap=gap.slug,
        code=gap.code,
        title=title,
        stage=gap.stage,
        failed=gap.failed,
        alias=gap.aliases[industry] if industry else None,
        owner=gap.owner,
        factor=gap.factor,
        kpi=gap.kpi,
        fix=gap.fix,
        share=book.number(leak.share, f"{title}: share of reviews"),
        cases=_cases(leak, title, book),
        per_month=book.number(leak.per_month, f"{title}: reviews a month"),
        stars=THIN if desk.thin else book.known(leak.stars, f"{title}: stars associated"),
        severity=book.number(leak.severity, f"{title}: severity"),
        course=_course(THIN if desk.thin else leak.direction, title, desk),
        months=tuple(_month(*counted) for counted in leak.monthly),
        places=THIN if desk.thin else _places(leak, title, book),
        contrasts=contrasts,
        contrast_words=None if isinstance(contrasts, NotObservable) else _contrast_words(contrasts),
        praised=_praised(leak, title, desk),
        themes=tuple(_theme(theme, title, desk) for theme in leak.themes[:THEMES]),
        quotes=() if desk.cover.confidential else picked(leak.statements, desk.reviews),
        replied=book.known(leak.replied, f"{title}: answered by the owner"),
        sureness=leak.sureness,
        why_sure=leak.why_sure,
        playbook=asdict(gap.playbook),
        records=asdict(gap.records),
    )


def _praised(leak: Leak, title: str, desk: Desk) -> Number | None:
    figure = desk.praise.get(leak.gap)
    return None if figure is None or desk.thin else desk.book.number(figure, f"{title}: praised instead")


def _cases(leak: Leak, title: str, book: Book) -> Number:
    reviews = round(leak.share.value * leak.share.n)
    evidence = book.hold(leak.share.evidence, f"{title}: share of reviews")
    return Number(value=reviews, unit="reviews", n=leak.share.n, method=leak.share.method, evidence=evidence)


def _course(direction: Direction | NotObservable, title: str, desk: Desk) -> Course:
    book, breaks = desk.book, desk.breaks
    if isinstance(direction, NotObservable):
        return Course(sentence=because(direction), brief=_why_none(direction, breaks))
    since = f" since {month(direction.since)}" if direction.since else ""
    now, before = with_span(direction.now), with_span(direction.before)
    word, doubt = _steady(direction) if direction.trend == "steady" else (direction.trend.capitalize() + since, "")
    return Course(
        sentence=f"{word}{doubt}: {now} in the latest months, {before} before.",
        brief=f"{word}: {said(direction.now)}, before {said(direction.before)}",
        trend=direction.trend,
        now=book.number(direction.now, f"{title}: latest months"),
        before=book.number(direction.before, f"{title}: months before"),
        change=book.number(direction.change, f"{title}: change"),
        since=direction.since,
    )


def _why_none(direction: NotObservable, breaks: Sequence[FlowBreak]) -> str:
    """A break is named by its month, for its sentence stands elsewhere; any other reason is said in full."""
    parting = [one for one in breaks if one.sentence in direction.reason]
    return (
        f"Not observable: reviews arrive differently from {month(parting[-1].month)}" if parting else because(direction)
    )


def _steady(direction: Direction) -> tuple[str, str]:
    """Two ranges that lie apart need a word, for the test that finds no change is the stricter one."""
    now, before = direction.now, direction.before
    if (now.high or 0) < (before.low or 0) or (now.low or 0) > (before.high or 0):
        word = "Lower" if now.value < before.value else "Higher"
        return f"{word} lately, but not surely", " (of many gaps and uneven months, some differ this much by chance)"
    return "No change that can be told", ""


def _month(name: str, hits: int, reviews: int) -> MonthShare:
    low, high = wilson(hits, reviews) if reviews else (None, None)
    value = hits / reviews if reviews else None
    return MonthShare(month=name, hits=hits, reviews=reviews, value=value, low=low, high=high)


def _places(leak: Leak, title: str, book: Book) -> tuple[Row, ...] | NotObservable:
    if isinstance(leak.places, NotObservable):
        return leak.places
    rows = [
        Row(name=place.location, share=book.number(place.share, f"{title}: {place.location}"), reviews=place.reviews)
        for place in leak.places
    ]
    return tuple(sorted(rows, key=lambda row: (-row.share.value, row.name))[:PLACES])


def _contrasts(leak: Leak, title: str, desk: Desk) -> tuple[Row, ...] | NotObservable:
    if isinstance(leak.contrasts, NotObservable):
        return leak.contrasts
    if not leak.contrasts:
        return NotObservable(reason="No competitor is named in the engagement.")
    book, us = desk.book, desk.cover.business
    ours = book.number(leak.contrasts[0].ours, f"{title}: {us}, common window")
    rows = [Row(name=us, share=ours, reviews=ours.n, ours=True)]
    for contrast in leak.contrasts:
        theirs = book.number(contrast.theirs, f"{title}: {contrast.competitor}")
        difference = book.number(contrast.difference, f"{title}: {us} against {contrast.competitor}")
        rows.append(
            Row(name=contrast.competitor, share=theirs, reviews=theirs.n, difference=difference, caveat=contrast.caveat)
        )
    return tuple(sorted(rows, key=lambda row: (-row.share.value, row.name)))


def _contrast_words(rows: tuple[Row, ...]) -> str:
    """Which competitors the intervals tell apart from us; a difference is ours minus theirs."""
    ours = next(row for row in rows if row.ours)
    told = [(row, row.difference) for row in rows if row.difference]
    better = [row.name for row, gap in told if gap.low is not None and gap.low > 0]
    worse = [row.name for row, gap in told if gap.high is not None and gap.high < 0]
    parts = [f"Clearly less often at {listed(better)}."] if better else []
    parts += [f"Clearly more often at {listed(worse)}."] if worse else []
    even = len(told) - len(better) - len(worse)
    if even:
        parts.append(f"{plural(even, 'competitor')} cannot be told apart from {ours.name} here.")
    return f"{ours.name}: {with_span(ours.share)}. " + " ".join(parts)


def _theme(theme: Theme, title: str, desk: Desk) -> ThemeLine:
    evidence = desk.book.hold(theme.reviews, f"{title}: theme “{theme.name}”")
    reviews = len(set(theme.reviews))
    number = Number(value=reviews, unit="reviews", n=reviews, method="themes", evidence=evidence)
    desk.book.methods.setdefault("themes")
    return ThemeLine(name=theme.name, reviews=number, quote=None if desk.cover.confidential else cut(theme.quote))


def top_words(leak: LeakPage) -> str:
    """The leak in half a sentence: how many in 100, with interval, and how many a month."""
    within = f" ({span(leak.share)})" if span(leak.share) else ""
    return f"{said(leak.share)} reviews we hold report it{within}, about {said(leak.per_month)}"
