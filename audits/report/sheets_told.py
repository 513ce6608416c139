"""The sheets on what to do, on grave cases, on all that is measured beside the leaks, and on how it was read."""

from __future__ import annotations

from collections.abc import Iterator

from audits.analysis.values import NotObservable
from audits.report.model import Report
from audits.report.parts import Number
from audits.report.sheet import Cell, Sheet, columns
from audits.report.told import Action, Case
from audits.report.words import because, day


def acted(report: Report) -> tuple[Sheet, ...]:
    """The action table with each playbook beside it, then the moments of truth."""
    cases = report.moments
    told = [] if isinstance(cases, NotObservable) else [*_cases(cases.newest, False), *_cases(cases.handled, True)]
    return (
        Sheet(name="Actions", columns=_ACTIONS, rows=tuple(_actions(report))),
        Sheet(name="Moments of truth", columns=_CASES, rows=tuple(told)),
    )


_ACTIONS = columns(
    ("Leak", 32, "text"), ("Owner", 20, "text"), ("Start", 16, "text"), ("Review on", 16, "text"),
    ("Review signal to watch", 50, "text"), ("Your own number", 30, "text"), ("This week", 50, "text"),
    ("This quarter", 50, "text"), ("For good", 50, "text"), ("Pull from your records", 50, "text"),
    ("What would confirm it", 50, "text"), ("What would prove us wrong", 50, "text"),
)  # fmt: skip


def _actions(report: Report) -> Iterator[tuple[Cell, ...]]:
    dated = {} if isinstance(report.actions, NotObservable) else {one.gap: one for one in report.actions}
    for leak in (*report.leaks, *report.minor):
        book, records = leak.playbook, leak.records
        steps = (book["first"], book["next"], book["structural"])
        checks = (records["pull"], records["confirm"], records["refute"])
        yield (leak.title, leak.owner, *_dated(dated.get(leak.gap), leak.kpi), *steps, *checks)


def _dated(one: Action | None, kpi: str) -> tuple[Cell, ...]:
    return (None, None, None, kpi) if one is None else (day(one.start), day(one.review_on), one.watch, one.own)


_CASES = columns(
    ("What is reported (not established)", 30, "text"), ("Posted", 16, "text"), ("Stars", 7, "number"),
    ("Site", 14, "text"), ("Location", 20, "text"), ("Public reply", 14, "text"), ("Handled well", 12, "text"),
    ("In their words", 60, "text"), ("Review", 18, "text"),
)  # fmt: skip


def _cases(found: tuple[Case, ...], well: bool) -> Iterator[tuple[Cell, ...]]:
    for one in found:
        answered = "cannot be seen" if one.answered is None else "yes" if one.answered else "none"
        place = (day(one.posted_on, one.precision), one.stars, one.site, one.location, answered)
        words = one.quote.text if one.quote else None
        yield (", ".join(one.kinds), *place, "yes" if well else None, words, one.review)


def measured(report: Report) -> tuple[Sheet, ...]:
    """Every table of every chapter, a cell a row; and the rating by month."""
    months = tuple((one.month, one.reviews, one.mean) for one in report.rating.months)
    return (
        Sheet(name="Measures", columns=_MEASURES, rows=tuple(_measures(report))),
        Sheet(name="Rating by month", columns=_RATING, rows=months),
    )


_MEASURES = columns(
    ("Chapter", 26, "text"), ("Table", 34, "text"), ("Row", 34, "text"), ("Column", 24, "text"),
    ("Value", 11, "plain"), ("Low", 11, "plain"), ("High", 11, "plain"), ("Unit", 16, "text"), ("Of", 9, "count"),
    ("In words", 50, "text"),
)  # fmt: skip
_RATING = columns(("Month", 10, "text"), ("Reviews", 9, "count"), ("Mean stars", 10, "stars"))


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
        return (cell.value, cell.low, cell.high, cell.unit, cell.n, None)
    return (None, None, None, None, None, because(cell) if isinstance(cell, NotObservable) else cell)


_RUNS = columns(
    ("Listing", 24, "text"), ("Business", 24, "text"), ("Site", 14, "text"), ("Way in", 10, "text"),
    ("Basis", 28, "text"), ("Scope", 12, "text"), ("Verdict", 12, "text"), ("Why", 50, "text"),
    ("Evidence grade", 10, "text"), ("Reasons for the grade", 50, "text"), ("Reviews", 9, "count"),
    ("Declared by the site", 10, "count"), ("Rejects", 9, "count"), ("Quarantined", 10, "count"),
    ("Read on", 16, "text"),
)  # fmt: skip


def runs(report: Report) -> Sheet:
    """How each listing was read and how that ended."""
    return Sheet(name="Runs", columns=_RUNS, rows=tuple(_runs(report)))


def _runs(report: Report) -> Iterator[tuple[Cell, ...]]:
    for one in report.sources:
        verdict = "refused" if one.refused else f"{one.verdict} (held)" if one.held else one.verdict
        counts = (one.reviews, one.declared_total, one.rejects, one.quarantined)
        read = day(one.as_of[:10]) if one.as_of else None
        graded = (one.grade, " ".join(one.grade_reasons))
        yield (
            one.listing,
            one.business,
            one.site,
            one.way,
            one.basis,
            one.scope,
            verdict,
            one.reason,
            *graded,
            *counts,
            read,
        )
