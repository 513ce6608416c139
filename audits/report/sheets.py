"""What stands on each sheet of the workbook, row by row, in plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from audits.analysis.values import NotObservable
from audits.report import sheets_told
from audits.report.model import Report
from audits.report.parts import LeakPage
from audits.report.sheet import Cell, Link, Sheet, columns, three
from audits.report.words import because, day

URL_LONGEST = 2_000


def sheets(report: Report, *, audit_id: str) -> tuple[Sheet, ...]:
    """Every sheet, in the order in which a consultant reads."""
    leaks = (*report.leaks, *report.minor)
    return (
        _about(report, audit_id),
        Sheet(name="Leaks", columns=_LEAKS, rows=tuple(_leak(leak, report) for leak in leaks)),
        *sheets_told.acted(report),
        Sheet(name="Themes", columns=_THEMES, rows=tuple(_themes(leaks))),
        Sheet(name="Statements", columns=_STATEMENTS, rows=tuple(_statements(leaks, _hosts(report)))),
        Sheet(name="By month", columns=_MONTHS, rows=tuple(_months(leaks))),
        Sheet(name="Locations", columns=_PLACES, rows=tuple(_places(leaks))),
        Sheet(name="Competitors", columns=_RIVALS, rows=tuple(_rivals(leaks))),
        Sheet(name="Replies", columns=_REPLIES, rows=tuple(_replies(leaks, report))),
        *sheets_told.measured(report),
        sheets_told.runs(report),
        Sheet(name="Method", columns=_METHOD, rows=tuple(_method(report))),
    )


def _about(report: Report, audit_id: str) -> Sheet:
    first = report.first_page
    state = "draft: not checked by a person" if report.state == "draft" else report.state
    rows: list[tuple[Cell, ...]] = [
        ("Business", report.cover.business),
        ("Audit", audit_id),
        ("State", state),
        ("Period", f"{day(report.period[0])} to {day(report.period[1])}"),
        ("Evidence as of", day(report.as_of)),
        ("Verdict", first.headline),
        *(("How sure", reason) for reason in first.reasons),
        *(("Based on", line) for line in first.based_on),
        ("Frame, model, software", f"{report.frame} · {report.model} · {report.version}"),
        ("Note", "Reviewers are not a sample of customers: every share is one of the reviews we hold."),
    ]
    return Sheet(name="About", columns=columns(("What", 24, "text"), ("Says", 60, "text")), rows=tuple(rows))


_LEAKS = columns(
    ("Leak", 32, "text"), ("Gap", 16, "text"), ("Rank", 7, "count"), ("Stage", 20, "text"), ("Owner", 20, "text"),
    ("Reviews with it", 10, "count"), ("Reviews read", 10, "count"), ("Share", 9, "share"), ("Share low", 9, "share"),
    ("Share high", 9, "share"), ("A month", 9, "number"), ("A month low", 9, "number"), ("A month high", 9, "number"),
    ("Stars associated", 11, "stars"), ("Stars low", 9, "stars"), ("Stars high", 9, "stars"), ("Severity", 9, "stars"),
    ("Direction", 14, "text"), ("Direction in words", 50, "text"), ("How sure", 10, "text"), ("Why", 50, "text"),
)  # fmt: skip


def _leak(leak: LeakPage, report: Report) -> tuple[Cell, ...]:
    stars = None if isinstance(leak.stars, NotObservable) else leak.stars
    share, month = leak.share, leak.per_month
    return (
        leak.title, leak.gap, None if report.thin else leak.rank, report.stages[leak.stage], leak.owner,
        round(leak.cases.value), leak.cases.n, share.value, share.low, share.high,
        month.value, month.low, month.high, *three(stars), leak.severity.value,
        leak.course.trend or "not observable", leak.course.sentence, leak.sureness, leak.why_sure,
    )  # fmt: skip


_THEMES = columns(("Leak", 32, "text"), ("Theme", 32, "text"), ("Reviews", 9, "count"), ("Typical words", 60, "text"))


def _themes(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        for theme in leak.themes:
            yield (leak.title, theme.name, round(theme.reviews.value), theme.quote)


_STATEMENTS = columns(
    ("Leak", 28, "text"), ("Statement", 60, "text"), ("Confidence", 11, "share"), ("Severity", 9, "count"),
    ("Stars", 7, "number"), ("Posted", 16, "text"), ("Site", 14, "text"), ("Location", 20, "text"),
    ("Review", 18, "text"), ("Link", 10, "text"),
)  # fmt: skip


def _hosts(report: Report) -> frozenset[str]:
    return frozenset(host.lower() for source in report.sources for host in source.hosts)


def _link(url: str | None, hosts: frozenset[str]) -> Cell:
    """Clickable where the site itself shows its reviews; else the address as text."""
    known = url is not None and len(url) < URL_LONGEST and (urlsplit(url).hostname or "").lower() in hosts
    return Link(url=url, text="review") if url is not None and known else url


def _statements(leaks: Sequence[LeakPage], hosts: frozenset[str]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        for said in leak.statements:
            link = _link(said.link, hosts)
            posted = day(said.posted_on, said.precision)
            place = (posted, said.site, said.location, said.review, link)
            yield (leak.title, said.text, said.confidence, said.severity, said.stars, *place)


_MONTHS = columns(
    ("Leak", 32, "text"), ("Month", 10, "text"), ("Reviews with it", 10, "count"), ("Reviews read", 10, "count"),
    ("Share", 9, "share"), ("Low", 9, "share"), ("High", 9, "share"),
)  # fmt: skip


def _months(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        for one in leak.months:
            yield (leak.title, one.month, one.hits, one.reviews, one.value, one.low, one.high)


_PLACES = columns(
    ("Leak", 32, "text"), ("Location", 28, "text"), ("Reviews", 9, "count"), ("Share, shrunk", 10, "share"),
    ("Low", 9, "share"), ("High", 9, "share"), ("Why not", 40, "text"),
)  # fmt: skip


def _places(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        if isinstance(leak.places, NotObservable):
            yield (leak.title, None, None, None, None, None, because(leak.places))
            continue
        for place in leak.places:
            yield (leak.title, place.name, place.reviews, *three(place.share), None)


_RIVALS = columns(
    ("Leak", 32, "text"), ("Business", 28, "text"), ("Reviews", 9, "count"), ("Share", 9, "share"),
    ("Low", 9, "share"), ("High", 9, "share"), ("Ours minus theirs", 11, "share"), ("Low ", 9, "share"),
    ("High ", 9, "share"), ("Why not", 40, "text"),
)  # fmt: skip


def _rivals(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        if isinstance(leak.contrasts, NotObservable):
            yield (leak.title, *[None] * 8, because(leak.contrasts))
            continue
        for row in leak.contrasts:
            yield (leak.title, row.name, row.reviews, *three(row.share), *three(row.difference), None)


_REPLIES = columns(
    ("Reviews concerned", 40, "text"), ("Answered", 10, "share"), ("Low", 9, "share"), ("High", 9, "share"),
    ("Why not", 40, "text"),
)  # fmt: skip


def _replies(leaks: Sequence[LeakPage], report: Report) -> Iterator[tuple[Cell, ...]]:
    if isinstance(report.replies, NotObservable):
        yield ("All", None, None, None, because(report.replies))
        return
    named = [("All", report.replies), ("One and two stars", report.replies_low)]
    for name, found in (*named, *((leak.title, leak.replied) for leak in leaks)):
        if isinstance(found, NotObservable):
            yield (name, None, None, None, because(found))
        else:
            yield (name, *three(found), None)


_METHOD = columns(("Kind", 14, "text"), ("Name", 30, "text"), ("What it means", 60, "text"))


def _method(report: Report) -> Iterator[tuple[Cell, ...]]:
    for kind, held in (("Method", report.methods), ("Limit", report.limits), ("Word", report.glossary)):
        for line in held:
            yield (kind, line.name, line.text)
