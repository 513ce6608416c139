"""The sheets on what to do, on grave cases, on all that is measured beside the leaks, and on how it was read."""

from __future__ import annotations

from collections.abc import Iterator

from audits.analysis.values import NotObservable
from audits.catalogue import gettext
from audits.report.actions import named, worst
from audits.report.model import Report
from audits.report.parts import Number
from audits.report.sheet import Cell, Sheet, column
from audits.report.terms import told
from audits.report.told import Action, Case
from audits.report.words import because, day


def acted(report: Report) -> tuple[Sheet, ...]:
    """The action table with each playbook beside it, then the moments of truth."""
    cases = report.moments
    found = [] if isinstance(cases, NotObservable) else [*_cases(cases.newest, False), *_cases(cases.handled, True)]
    return (
        Sheet(name=gettext("Actions"), columns=_ACTIONS, rows=tuple(_actions(report))),
        Sheet(name=gettext("Moments of truth"), columns=_CASES, rows=tuple(found)),
    )


_ACTIONS = (
    column("Leak", 32, "text"), column("Owner", 20, "text"), column("Start", 16, "text"),
    column("Review on", 16, "text"), column("Review signal to watch", 50, "text"),
    column("Your own number", 30, "text"), column("Named most", 40, "text"), column("Worst at", 24, "text"),
    column("This week", 50, "text"), column("This quarter", 50, "text"), column("For good", 50, "text"),
     column("Pull from your records", 50, "text"),
    column("What would confirm it", 50, "text"), column("What would prove us wrong", 50, "text"),
)  # fmt: skip


def _actions(report: Report) -> Iterator[tuple[Cell, ...]]:
    dated = {} if isinstance(report.actions, NotObservable) else {one.gap: one for one in report.actions}
    for leak in (*report.leaks, *report.minor):
        book, records = leak.playbook, leak.records
        steps = (book["first"], book["next"], book["structural"])
        checks = (records["pull"], records["confirm"], records["refute"])
        said = (", ".join(named(leak)) or None, worst(leak))
        yield (leak.title, leak.owner, *_dated(dated.get(leak.gap), leak.kpi), *said, *steps, *checks)


def _dated(one: Action | None, kpi: str) -> tuple[Cell, ...]:
    return (None, None, None, kpi) if one is None else (day(one.start), day(one.review_on), one.watch, one.own)


_CASES = (
    column("What is reported (not established)", 30, "text"), column("Posted", 16, "text"),
    column("Stars", 7, "number"), column("Site", 14, "text"), column("Location", 20, "text"),
    column("Public reply", 14, "text"), column("Handled well", 12, "text"), column("In their words", 60, "text"),
    column("Review", 18, "text"),
)  # fmt: skip


def _cases(found: tuple[Case, ...], well: bool) -> Iterator[tuple[Cell, ...]]:
    for one in found:
        known = gettext("yes") if one.answered else gettext("none")
        answered = gettext("cannot be seen") if one.answered is None else known
        place = (day(one.posted_on, one.precision), one.stars, one.site, one.location, answered)
        words = one.quote.text if one.quote else None
        yield (", ".join(one.kinds), *place, gettext("yes") if well else None, words, one.review)


def measured(report: Report) -> tuple[Sheet, ...]:
    """Every table of every chapter, a cell a row; and the rating by month."""
    months = tuple((one.month, one.reviews, None if report.thin else one.mean) for one in report.rating.months)
    return (
        Sheet(name=gettext("Measures"), columns=_MEASURES, rows=tuple(_measures(report))),
        Sheet(name=gettext("Rating by month"), columns=_RATING, rows=months),
    )


_MEASURES = (
    column("Chapter", 26, "text"), column("Table", 34, "text"), column("Row", 34, "text"),
    column("Column", 24, "text"), column("Value", 11, "plain"), column("Low", 11, "plain"),
    column("High", 11, "plain"), column("Unit", 16, "text"), column("Of", 9, "count"), column("In words", 50, "text"),
)  # fmt: skip
_RATING = (
    column("Month", 10, "text"), column("Reviews", 9, "count"), column("Mean stars", 10, "stars"),
)  # fmt: skip


def _measures(report: Report) -> Iterator[tuple[Cell, ...]]:
    for chapter in report.chapters:
        for said in chapter.says:
            yield (chapter.title, None, None, None, None, None, None, None, None, said)
        for table in chapter.tables:
            for row in table.rows:
                for head, cell in zip(table.columns[1:], row.cells, strict=True):
                    yield (chapter.title, table.caption, row.name, head or None, *_cell(cell))


def _cell(cell: Number | NotObservable | str) -> tuple[Cell, ...]:
    if isinstance(cell, Number):
        return (cell.value, cell.low, cell.high, told(cell.unit), cell.n, None)
    return (None, None, None, None, None, because(cell) if isinstance(cell, NotObservable) else cell)


_RUNS = (
    column("Listing", 24, "text"), column("Business", 24, "text"), column("Site", 14, "text"),
    column("Way in", 10, "text"), column("Basis", 28, "text"), column("Scope", 12, "text"),
    column("Verdict", 12, "text"), column("Why", 50, "text"), column("Evidence grade", 10, "text"),
    column("Reasons for the grade", 50, "text"), column("Reviews", 9, "count"),
    column("Declared by the site", 10, "count"), column("Rejects", 9, "count"), column("Set aside", 10, "count"),
    column("Read on", 16, "text"),
)  # fmt: skip


def runs(report: Report) -> Sheet:
    """How each listing was read and how that ended."""
    return Sheet(name=gettext("Runs"), columns=_RUNS, rows=tuple(_runs(report)))


def _runs(report: Report) -> Iterator[tuple[Cell, ...]]:
    for one in report.sources:
        verdict = told("refused" if one.refused else one.verdict)
        if one.held and not one.refused:
            verdict += " " + gettext("(held)")
        counts = (one.reviews, one.declared_total, one.rejects, one.quarantined)
        read = day(one.as_of[:10]) if one.as_of else None
        graded = (one.grade, " ".join(one.grade_reasons))
        yield (
            one.listing,
            one.business,
            one.site,
            told(one.way),
            told(one.basis),
            told(one.scope),
            verdict,
            one.reason,
            *graded,
            *counts,
            read,
        )
