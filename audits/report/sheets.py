"""What stands on each sheet of the workbook, row by row, in plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from audits.analysis.values import NotObservable
from audits.report.model import Report
from audits.report.parts import LeakPage, Number
from audits.report.words import because, day

URL_LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address in the link column; nothing else in a workbook is one."""

    url: str
    text: str


Cell = str | int | float | Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's heading, its width in characters, and how its numbers look."""

    title: str
    width: int = 14
    look: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def _columns(*given: tuple[str, int, str]) -> tuple[Column, ...]:
    return tuple(Column(title=title, width=width, look=look) for title, width, look in given)


def sheets(report: Report, *, audit_id: str) -> tuple[Sheet, ...]:
    """Every sheet, in the order in which a consultant reads."""
    leaks = (*report.leaks, *report.minor)
    return (
        _about(report, audit_id),
        Sheet(name="Leaks", columns=_LEAKS, rows=tuple(_leak(leak, report) for leak in leaks)),
        Sheet(name="Actions", columns=_ACTIONS, rows=tuple(_actions(leaks))),
        Sheet(name="Themes", columns=_THEMES, rows=tuple(_themes(leaks))),
        Sheet(name="Statements", columns=_STATEMENTS, rows=tuple(_statements(leaks, _hosts(report)))),
        Sheet(name="By month", columns=_MONTHS, rows=tuple(_months(leaks))),
        Sheet(name="Locations", columns=_PLACES, rows=tuple(_places(leaks))),
        Sheet(name="Competitors", columns=_RIVALS, rows=tuple(_rivals(leaks))),
        Sheet(name="Replies", columns=_REPLIES, rows=tuple(_replies(leaks, report))),
        Sheet(name="Sources", columns=_SOURCES, rows=tuple(_sources(report))),
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
    return Sheet(name="About", columns=_columns(("What", 24, "text"), ("Says", 60, "text")), rows=tuple(rows))


_LEAKS = _columns(
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
        month.value, month.low, month.high, *_three(stars), leak.severity.value,
        leak.course.trend or "not observable", leak.course.sentence, leak.sureness, leak.why_sure,
    )  # fmt: skip


def _three(number: Number | None) -> tuple[Cell, Cell, Cell]:
    return (None, None, None) if number is None else (number.value, number.low, number.high)


_ACTIONS = _columns(
    ("Leak", 32, "text"), ("Owner", 20, "text"), ("This week", 50, "text"), ("This quarter", 50, "text"),
    ("For good", 50, "text"), ("Pull from your records", 50, "text"), ("What would confirm it", 50, "text"),
    ("What would prove us wrong", 50, "text"), ("Your own number", 24, "text"),
)  # fmt: skip


def _actions(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        book, records = leak.playbook, leak.records
        steps = (book["first"], book["next"], book["structural"])
        yield (leak.title, leak.owner, *steps, records["pull"], records["confirm"], records["refute"], leak.kpi)


_THEMES = _columns(("Leak", 32, "text"), ("Theme", 32, "text"), ("Reviews", 9, "count"), ("Typical words", 60, "text"))


def _themes(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        for theme in leak.themes:
            yield (leak.title, theme.name, round(theme.reviews.value), theme.quote)


_STATEMENTS = _columns(
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


_MONTHS = _columns(
    ("Leak", 32, "text"), ("Month", 10, "text"), ("Reviews with it", 10, "count"), ("Reviews read", 10, "count"),
    ("Share", 9, "share"), ("Low", 9, "share"), ("High", 9, "share"),
)  # fmt: skip


def _months(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        for one in leak.months:
            yield (leak.title, one.month, one.hits, one.reviews, one.value, one.low, one.high)


_PLACES = _columns(
    ("Leak", 32, "text"), ("Location", 28, "text"), ("Reviews", 9, "count"), ("Share, shrunk", 10, "share"),
    ("Low", 9, "share"), ("High", 9, "share"), ("Why not", 40, "text"),
)  # fmt: skip


def _places(leaks: Sequence[LeakPage]) -> Iterator[tuple[Cell, ...]]:
    for leak in leaks:
        if isinstance(leak.places, NotObservable):
            yield (leak.title, None, None, None, None, None, because(leak.places))
            continue
        for place in leak.places:
            yield (leak.title, place.name, place.reviews, *_three(place.share), None)


_RIVALS = _columns(
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
            yield (leak.title, row.name, row.reviews, *_three(row.share), *_three(row.difference), None)


_REPLIES = _columns(
    ("Reviews concerned", 40, "text"), ("Answered", 10, "share"), ("Low", 9, "share"), ("High", 9, "share"),
    ("Why not", 40, "text"),
)  # fmt: skip


def _replies(leaks: Sequence[LeakPage], report: Report) -> Iterator[tuple[Cell, ...]]:
    named = [("All", report.replies), ("One and two stars", report.replies_low)]
    for name, found in (*named, *((leak.title, leak.replied) for leak in leaks)):
        if isinstance(found, NotObservable):
            yield (name, None, None, None, because(found))
        else:
            yield (name, *_three(found), None)


_SOURCES = _columns(
    ("Listing", 24, "text"), ("Business", 24, "text"), ("Site", 14, "text"), ("Way in", 10, "text"),
    ("Basis", 28, "text"), ("Verdict", 12, "text"), ("Why", 50, "text"), ("Reviews", 9, "count"),
    ("Declared by the site", 10, "count"), ("Rejects", 9, "count"), ("Quarantined", 10, "count"),
    ("Read on", 16, "text"),
)  # fmt: skip


def _sources(report: Report) -> Iterator[tuple[Cell, ...]]:
    for one in report.sources:
        verdict = "refused" if one.refused else f"{one.verdict} (held)" if one.held else one.verdict
        counts = (one.reviews, one.declared_total, one.rejects, one.quarantined)
        read = day(one.as_of[:10]) if one.as_of else None
        yield (one.listing, one.business, one.site, one.way, one.basis, verdict, one.reason, *counts, read)


_METHOD = _columns(("Kind", 14, "text"), ("Name", 30, "text"), ("What it means", 60, "text"))


def _method(report: Report) -> Iterator[tuple[Cell, ...]]:
    for kind, held in (("Method", report.methods), ("Limit", report.limits), ("Word", report.glossary)):
        for line in held:
            yield (kind, line.name, line.text)
