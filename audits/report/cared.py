"""The chapter on care: replies, what they do, and care in the experience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audits.analysis.care import NONE_HELD
from audits.analysis.measures import Answered, Care, Named
from audits.analysis.values import Figure, Findings, NotObservable
from audits.analysis.waiting import NOT_REACHED, NotReached
from audits.catalogue import gettext, marked, ngettext
from audits.report.chapter import Cell, Chapter, Table, TableRow, Writer
from audits.report.cover import Cover
from audits.report.evidence import about
from audits.report.quotes import cut, web_link
from audits.report.told import ReplyExample
from audits.report.words import count, day, lower_first, month
from audits.store.records import StoredReview

MONTHS = 36
"""Months that are listed one by one; more of them are gathered by year."""
LATE = marked(
    "“Not reached” means that fewer than half, or than nine in ten, of those reviews were "
    "answered in all the time that can be seen."
)
NONE = marked("“None held” means that the sources hold no replies: none were given, or the sources do not carry them.")


def care(found: Care, write: Writer) -> Chapter:
    """Who is answered and how soon, what answers do, and care as customers felt it."""
    says = []
    answered = _held([found.overall])
    if found.confidential and answered:
        says.append(
            gettext(
                "In this trade a reply must not confirm in public that somebody is a customer: a general "
                "reply with a way to talk elsewhere counts as a good one."
            )
        )
    if found.undated:
        says.append(
            ngettext(
                "The time of %(n)s reply is not known: no date, or one before the review.",
                "The time of %(n)s replies is not known: no date, or one before the review.",
                found.undated,
                n=count(found.undated),
            )
        )
    groups = (
        (gettext("Replies in all"), "", [found.overall]),
        (gettext("Replies by stars"), gettext("Stars"), found.by_stars),
        (gettext("Replies by process"), gettext("Process"), found.by_gap),
        (gettext("Replies by location"), gettext("Location"), found.by_location),
        (gettext("Replies by business"), gettext("Business"), found.by_business),
    )
    tables = [_answered(caption, column, rows, write) for caption, column, rows in groups if _held(rows)]
    if write.reply_days is not None and answered:
        tables.insert(1, _aimed(found.overall, write.reply_days, write))
    for short, meaning in ((NOT_REACHED, LATE), (NONE_HELD, NONE)):
        if any(cell == gettext(short) for table in tables for row in table.rows for cell in row.cells):
            says.append(gettext(meaning))
    if not answered:
        says.append(
            gettext("The sources hold no replies of this business: what they do and how soon they come cannot be told.")
        )
    elif isinstance(found.acts, NotObservable):
        reason = lower_first(found.acts.reason.rstrip("."))
        says.append(gettext("What replies do is not observable because %(reason)s.", reason=reason))
    else:
        rows = [*found.acts, Named(name=gettext("Good replies"), figure=found.good)]
        tables.append(write.named(gettext("What replies to complaints do"), gettext("Of those replies"), rows))
        tables.append(_families(found, write))
    tables.append(write.named(gettext("Care in the experience"), gettext("Reviews"), found.felt))
    if found.months:
        tables.append(_months(found))
    return Chapter(slug="care", title=gettext("Care"), says=tuple(says), tables=tuple(tables))


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
        name = write.process(each.name) if each.name in slugs else each.name
        what = f"{caption}: {name}"
        cells = (
            _short(write.cell(each.rate, gettext("%(what)s, rate", what=what))),
            _short(write.cell(each.median, gettext("%(what)s, half", what=what))),
            _short(write.cell(each.p90, gettext("%(what)s, nine in ten", what=what))),
        )
        found.append(TableRow(name=name, cells=(count(each.reviews), *cells)))
    columns = (column, gettext("Reviews"), gettext("Answered"), gettext("Half within"), gettext("Nine in ten within"))
    return Table(caption=caption, columns=columns, rows=tuple(found))


def _aimed(overall: Answered, target: float, write: Writer) -> Table:
    """Half and nine in ten of the reviews against the client's own target, told from the intervals."""
    aim = Figure(value=target, unit="days", n=0, method="target")
    rows = []
    for name, days in ((gettext("Half of the reviews"), overall.median), (gettext("Nine in ten"), overall.p90)):
        what = about(gettext("Replies in all"), overall.name)
        half = days is overall.median
        label = gettext("%(what)s, half", what=what) if half else gettext("%(what)s, nine in ten", what=what)
        cells = (write.cell(aim, gettext("Reply time: target")), _short(write.cell(days, label)), _met(days, target))
        rows.append(TableRow(name=name, cells=cells))
    by = write.reply_by
    yours = gettext("Your target, by %(day)s", day=day(by)) if by else gettext("Your target")
    columns = (gettext("Answered"), yours, gettext("Within"), gettext("Met?"))
    return Table(caption=gettext("Time to a reply against your target"), columns=columns, rows=tuple(rows))


def _met(days: Figure | NotObservable, target: float) -> str:
    if isinstance(days, NotObservable):
        late = isinstance(days, NotReached) and days.beyond > target
        return gettext("no") if late else gettext("cannot be told")
    if days.high is not None and days.high <= target:  # without an upper end it may take any time
        return gettext("yes")
    return gettext("no") if days.low is not None and days.low > target else gettext("cannot be told")


def _short(cell: Cell) -> Cell:
    """A part that was never reached, or a group without replies, is one short word in the table, explained once."""
    if isinstance(cell, NotObservable) and cell.brief in (NOT_REACHED, NONE_HELD):
        return gettext(cell.brief)
    return cell


def _families(found: Care, write: Writer) -> Table:
    rows = [Named(name=gettext("Replies that are near copies of others"), figure=found.boilerplate)]
    for at, each in enumerate(found.families, 1):
        text = "" if write.confidential else cut(each.example)
        rows.append(Named(name=gettext("Template %(n)s", n=at), figure=each.replies, note=text))
    return write.named(gettext("Replies from a template"), gettext("Replies"), rows)


def _months(found: Care) -> Table:
    years = len(found.months) > MONTHS
    held: dict[str, list[int]] = {}
    for name, *numbers in found.months:
        before = held.get(name[:4] if years else name, [0, 0, 0])
        held[name[:4] if years else name] = [sum(pair) for pair in zip(before, numbers, strict=True)]
    rows = tuple(TableRow(name=month(name), cells=tuple(map(count, numbers))) for name, numbers in held.items())
    columns = (
        gettext("Year") if years else gettext("Month"),
        gettext("Reviews posted"),
        gettext("Of those answered by now"),
        gettext("Replies written in the year") if years else gettext("Replies written in the month"),
    )
    caption = gettext("Reviews and replies by year") if years else gettext("Reviews and replies by month")
    return Table(caption=caption, columns=columns, rows=rows)
