"""What stands on each sheet of the workbook, row by row, in plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from audits.analysis.values import NotObservable
from audits.catalogue import gettext
from audits.report import sheets_told
from audits.report.model import Report
from audits.report.parts import LeakPage
from audits.report.sheet import Cell, Link, Sheet, column, three
from audits.report.terms import told
from audits.report.words import because, caveat, day, over

URL_LONGEST = 2_000


def sheets(report: Report, *, audit_id: str) -> tuple[Sheet, ...]:
    """Every sheet, in the order in which a consultant reads."""
    leaks = (*report.leaks, *report.minor)
    return (
        _about(report, audit_id),
        Sheet(name=gettext("Leaks"), columns=_LEAKS, rows=tuple(_leak(leak, report) for leak in leaks)),
        *sheets_told.acted(report),
        Sheet(name=gettext("Themes"), columns=_THEMES, rows=tuple(_themes(leaks))),
        Sheet(name=gettext("Statements"), columns=_STATEMENTS, rows=tuple(_statements(leaks, _hosts(report)))),
        Sheet(name=gettext("By month"), columns=_MONTHS, rows=tuple(_months(leaks, thin=report.thin))),
        Sheet(name=gettext("Locations"), columns=_PLACES, rows=tuple(_places(leaks))),
        Sheet(name=gettext("Competitors"), columns=_RIVALS, rows=tuple(_rivals(leaks))),
        Sheet(name=gettext("Replies"), columns=_REPLIES, rows=tuple(_replies(leaks, report))),
        *sheets_told.measured(report),
        sheets_told.runs(report),
        Sheet(name=gettext("Method"), columns=_METHOD, rows=tuple(_method(report))),
    )


def _about(report: Report, audit_id: str) -> Sheet:
    first = report.first_page
    state = gettext("draft: not checked by a person") if report.state == "draft" else told(report.state)
    rows: list[tuple[Cell, ...]] = [
        (gettext("Business"), report.cover.business),
        (gettext("Audit"), audit_id),
        (gettext("State"), state),
        (gettext("Period"), over(report.period, dated=report.dated)),
        (gettext("Evidence as of"), day(report.as_of)),
        (gettext("Verdict"), first.headline),
        *((gettext("How sure"), reason) for reason in first.reasons),
        *((gettext("Based on"), line) for line in first.based_on),
        (gettext("Frame, model, software"), f"{report.frame} · {report.model} · {report.version}"),
        (
            gettext("Note"),
            caveat(thin=report.thin),
        ),
    ]
    return Sheet(name=gettext("About"), columns=_ABOUT, rows=tuple(rows))


_ABOUT = (
    column("What", 24, "text"), column("Says", 60, "text"),
)  # fmt: skip
_LEAKS = (
    column("Leak", 32, "text"), column("Gap", 16, "text"), column("Rank", 7, "count"), column("Stage", 20, "text"),
    column("Owner", 20, "text"), column("Reviews with it", 10, "count"), column("Reviews read", 10, "count"),
    column("Share", 9, "share"), column("Share low", 9, "share"), column("Share high", 9, "share"),
    column("A month", 9, "number"), column("A month low", 9, "number"), column("A month high", 9, "number"),
    column("Stars associated", 11, "stars"), column("Stars low", 9, "stars"), column("Stars high", 9, "stars"),
    column("Severity", 9, "stars"), column("Direction", 14, "text"), column("Direction in words", 50, "text"),
    column("How sure", 10, "text"), column("Why", 50, "text"),
)  # fmt: skip


def _leak(leak: LeakPage, report: Report) -> tuple[Cell, ...]:
    """Of cases the counts alone: a share, a rate or a severity of a handful would be ranked by."""
    stars = None if isinstance(leak.stars, NotObservable) else leak.stars
    known = (leak.title, leak.gap, None if report.thin else leak.rank, report.stages[leak.stage], leak.owner)
    rate = None if isinstance(leak.per_month, NotObservable) else leak.per_month
    measured = (*three(leak.share), *three(rate), *three(stars), leak.severity.value)
    return (
        *known, round(leak.cases.value), leak.cases.n, *([None] * len(measured) if report.thin else measured),
        told(leak.course.trend or "not observable"), leak.course.sentence,
        *((None, None) if report.thin else (told(leak.sureness), leak.why_sure)),
    )  # fmt: skip


_THEMES = (
    column("Leak", 32, "text"), column("Theme", 32, "text"), column("Reviews", 9, "count"),
    column("Typical words", 60, "text"),
)  # fmt: skip


def _themes(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        for theme in leak.themes:
            yield (leak.title, theme.name, round(theme.reviews.value), theme.quote)


_STATEMENTS = (
    column("Leak", 28, "text"), column("Statement", 60, "text"), column("Confidence", 11, "share"),
    column("Severity", 9, "count"), column("Stars", 7, "number"), column("Posted", 16, "text"),
    column("Site", 14, "text"), column("Location", 20, "text"), column("Review", 18, "text"),
    column("Link", 10, "text"),
)  # fmt: skip


def _hosts(report: Report) -> frozenset[str]:
    return frozenset(host.lower() for source in report.sources for host in source.hosts)


def _link(url: str | None, hosts: frozenset[str]) -> Cell:
    """Clickable where the site itself shows its reviews; else the address as text."""
    known = url is not None and len(url) < URL_LONGEST and (urlsplit(url).hostname or "").lower() in hosts
    return Link(url=url, text=gettext("review")) if url is not None and known else url


def _statements(leaks: Sequence[LeakPage], hosts: frozenset[str]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        for said in leak.statements:
            link = _link(said.link, hosts)
            posted = day(said.posted_on, said.precision)
            place = (posted, said.site, said.location, said.review, link)
            yield (leak.title, said.text, said.confidence, said.severity, said.stars, *place)


_MONTHS = (
    column("Leak", 32, "text"), column("Month", 10, "text"), column("Reviews with it", 10, "count"),
    column("Reviews read", 10, "count"), column("Share", 9, "share"), column("Low", 9, "share"),
    column("High", 9, "share"),
)  # fmt: skip


def _months(leaks: Sequence[LeakPage], *, thin: bool) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        for one in leak.months:
            share = (None, None, None) if thin else (one.value, one.low, one.high)
            yield (leak.title, one.month, one.hits, one.reviews, *share)


_PLACES = (
    column("Leak", 32, "text"), column("Location", 28, "text"), column("Reviews", 9, "count"),
    column("Share, shrunk", 10, "share"), column("Low", 9, "share"), column("High", 9, "share"),
    column("Why not", 40, "text"),
)  # fmt: skip


def _places(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        if isinstance(leak.places, NotObservable):
            yield (leak.title, None, None, None, None, None, because(leak.places))
            continue
        for place in leak.places:
            yield (leak.title, place.name, place.reviews, *three(place.share), None)


_RIVALS = (
    column("Leak", 32, "text"), column("Business", 28, "text"), column("Reviews", 9, "count"),
    column("Share", 9, "share"), column("Low", 9, "share"), column("High", 9, "share"),
    column("Ours minus theirs", 11, "share"), column("Low ", 9, "share"), column("High ", 9, "share"),
    column("Why not", 40, "text"),
)  # fmt: skip


def _rivals(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        if isinstance(leak.contrasts, NotObservable):
            yield (leak.title, *[None] * 8, because(leak.contrasts))
            continue
        for row in leak.contrasts:
            yield (leak.title, row.name, row.reviews, *three(row.share), *three(row.difference), None)


_REPLIES = (
    column("Reviews concerned", 40, "text"), column("Answered", 10, "share"), column("Low", 9, "share"),
    column("High", 9, "share"), column("Why not", 40, "text"),
)  # fmt: skip


def _replies(leaks: Sequence[LeakPage], report: Report) -> Iterator[tuple[Cell, ...]]:
    if isinstance(report.replies, NotObservable):
        yield (gettext("All"), None, None, None, because(report.replies))
        return
    named = [(gettext("All"), report.replies), (gettext("One and two stars"), report.replies_low)]
    for name, found in (*named, *((leak.title, leak.replied) for leak in leaks)):
        if isinstance(found, NotObservable):
            yield (name, None, None, None, because(found))
        else:
            yield (name, *three(found), None)


_METHOD = (
    column("Kind", 14, "text"), column("Name", 30, "text"), column("What it means", 60, "text"),
)  # fmt: skip


def _method(report: Report) -> Iterator[tuple[Cell, ...]]:
    for kind, held in (
        (gettext("Method"), report.methods),
        (gettext("Limit"), report.limits),
        (gettext("Word"), report.glossary),
    ):
        for line in held:
            yield (kind, line.name, line.text)
