"""The chapter on care: replies, what they do, and care in the experience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audits.analysis.caring import SILENT
from audits.analysis.measures import Answered, Care, Named
from audits.analysis.values import Figure, Findings, NotObservable
from audits.report.chapter import Cell, Chapter, Table, TableRow, Writer
from audits.report.cover import Cover
from audits.report.quotes import cut, web_link
from audits.report.told import ReplyExample
from audits.report.words import count, month
from audits.store.records import StoredReview

LATE = (
    "“Not reached” means that fewer than half, or than nine in ten, of those reviews were answered in all the time "
    "that can be seen."
)
NOT_REACHED, NONE_HELD = "not reached", "none held"
NONE = "“None held” means that the sources hold no replies: none were given, or the sources do not carry them."


def care(found: Care, write: Writer) -> Chapter:
    """Who is answered and how soon, what answers do, and care as customers felt it."""
    says = []
    answered = _held([found.overall])
    if found.confidential and answered:
        says.append(
            "In this trade a reply must not confirm in public that somebody is a customer: a general reply with a way "
            "to talk elsewhere counts as a good one."
        )
    if found.undated:
        says.append(f"The time of {found.undated} replies is not known: no date, or one before the review.")
    groups = (
        ("Replies in all", "", [found.overall]),
        ("Replies by stars", "Stars", found.by_stars),
        ("Replies by process", "Process", found.by_gap),
        ("Replies by location", "Location", found.by_location),
        ("Replies by business", "Business", found.by_business),
    )
    tables = [_answered(caption, column, rows, write) for caption, column, rows in groups if _held(rows)]
    if write.reply_days is not None and answered:
        tables.insert(1, _aimed(found.overall, write.reply_days, write))
    for short, meaning in ((NOT_REACHED, LATE), (NONE_HELD, NONE)):
        if any(cell == short for table in tables for row in table.rows for cell in row.cells):
            says.append(meaning)
    if not answered:
        says.append("The sources hold no replies of this business: what they do and how soon they come cannot be told.")
    elif isinstance(found.acts, NotObservable):
        says.append(f"What replies do is not observable: {found.acts.reason}")
    else:
        rows = [*found.acts, Named(name="Good replies", figure=found.good)]
        tables.append(write.named("What replies to complaints do", "Of those replies", rows))
        tables.append(_families(found, write))
    tables.append(write.named("Care in the experience", "Reviews", found.felt))
    if found.months:
        tables.append(_months(found))
    return Chapter(slug="care", title="Care", says=tuple(says), tables=tuple(tables))


def _held(rows: Sequence[Answered]) -> bool:
    """Whether anything is known of any of these groups: a table of nothing but reasons is left out."""
    return any(not isinstance(each.rate, NotObservable) for each in rows)


def reply_examples(findings: Findings, reviews: Mapping[str, StoredReview], cover: Cover) -> tuple[ReplyExample, ...]:
    """The reply that does most and the one that does least; none where the engagement is confidential."""
    found = None if findings.measures is None else findings.measures.care
    if not isinstance(found, Care) or cover.confidential:
        return ()
    return tuple(
        ReplyExample(
            good=good,
            text=cut(each.text),
            review=each.review,
            link=web_link(reviews[each.review].url) if each.review in reviews else None,
            does=each.does,
        )
        for good, each in ((True, found.best), (False, found.worst))
        if each is not None
    )


def _answered(caption: str, column: str, rows: Sequence[Answered], write: Writer) -> Table:
    slugs = set(write.frame.slugs)
    found = []
    for each in rows:
        name = write.process(each.name) if caption == "Replies by process" and each.name in slugs else each.name
        label = f"{caption}: {name}"
        cells = (
            _short(write.cell(each.rate, f"{label}, rate")),
            _short(write.cell(each.median, f"{label}, half")),
            _short(write.cell(each.p90, f"{label}, nine in ten")),
        )
        found.append(TableRow(name=name, cells=(count(each.reviews), *cells)))
    columns = (column, "Reviews", "Answered", "Half within", "Nine in ten within")
    return Table(caption=caption, columns=columns, rows=tuple(found))


def _aimed(overall: Answered, target: float, write: Writer) -> Table:
    """Half and nine in ten of the reviews against the client's own target, told from the intervals."""
    aim = Figure(value=target, unit="days", n=0, method="target")
    rows = []
    for name, days in (("Half of the reviews", overall.median), ("Nine in ten", overall.p90)):
        label = f"Replies in all: All reviews, {'half' if days is overall.median else 'nine in ten'}"
        cells = (write.cell(aim, "Reply time: target"), _short(write.cell(days, label)), _met(days, target))
        rows.append(TableRow(name=name, cells=cells))
    columns = ("Answered", "Your target", "Within", "Met?")
    return Table(caption="Time to a reply against your target", columns=columns, rows=tuple(rows))


def _met(days: Figure | NotObservable, target: float) -> str:
    if isinstance(days, NotObservable):
        return "no" if days.reason.startswith("Under ") else "cannot be told"
    low, high = (days.value if bound is None else bound for bound in (days.low, days.high))
    return "yes" if high <= target else "no" if low > target else "cannot be told"


def _short(cell: Cell) -> Cell:
    """A part that was never reached, or a group without replies, is one short word in the table, explained once."""
    if not isinstance(cell, NotObservable):
        return cell
    if cell.reason.startswith("Under "):
        return NOT_REACHED
    return NONE_HELD if cell == SILENT else cell


def _families(found: Care, write: Writer) -> Table:
    rows = [Named(name="Replies that are near copies of others", figure=found.boilerplate)]
    for at, each in enumerate(found.families, 1):
        text = "" if write.confidential else cut(each.example)
        rows.append(Named(name=f"Template {at}", figure=each.replies, note=text))
    return write.named("Replies from a template", "Replies", rows)


def _months(found: Care) -> Table:
    rows = tuple(
        TableRow(name=month(name), cells=(count(posted), count(answered), count(written)))
        for name, posted, answered, written in found.months
    )
    columns = ("Month", "Reviews posted", "Of those answered by now", "Replies written in the month")
    return Table(caption="Reviews and replies by month", columns=columns, rows=rows)
