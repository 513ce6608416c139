"""What is measured beside the leaks, as the chapters of the report in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from audits.analysis.gaps import Frame
from audits.analysis.measures import Capture, Named, Reaching, Value
from audits.analysis.values import Figure, Findings, Leak, NotObservable
from audits.report.actions import hidden
from audits.report.cared import care
from audits.report.chapter import Cell, Chapter, Table, TableRow, Writer, unknown
from audits.report.cover import Cover
from audits.report.evidence import Book
from audits.report.progressed import progress
from audits.report.words import because

END = (
    "Where it says “hardly”, the least change that would be noticed is larger than the share itself: even if the "
    "failing ended, the reviews could hardly tell it from chance. There your own number is the one to watch."
)


def visible(leaks: Sequence[Leak], write: Writer) -> Chapter:
    """What change the volume would let us notice, for every leak, and whether its end would be noticed at all."""
    months = next((leak.visible_months for leak in leaks if leak.visible_months), 0)
    says = []
    if months:
        spans = f"between two spans of {months} months"
        says.append(f"With the present volume a rise by so much, {spans}, would mostly be noticed.")
    if any(hidden(leak) for leak in leaks):
        says.append(END)
    columns = ("", "Now", "Rise", "Would its end be noticed?")
    rows = tuple(_visible(leak, write) for leak in leaks)
    table = Table(caption="The smallest rise that would be noticed", columns=columns, rows=rows)
    return Chapter(slug="visible", title="What we would notice", says=tuple(says), tables=(table,) if rows else ())


def _visible(leak: Leak, write: Writer) -> TableRow:
    name = write.process(leak.gap)
    rise = write.cell(leak.visible, f"The smallest rise that would be noticed: {name}")
    end = "not known" if isinstance(leak.visible, NotObservable) else "hardly" if hidden(leak) else "mostly"
    return TableRow(name=name, cells=(write.cell(leak.share, f"{name}: share of reviews"), rise, end))


def capture(found: Capture, write: Writer) -> Chapter:
    """How stars are spread, how reviews come, and what would bring a listing to its target."""
    says = [found.shape]
    tables = [write.named("How stars are spread", "Of rated reviews", found.stars)] if found.stars else []
    tables += [write.named("How reviews come", "Reviews a month", found.flow)] if found.flow else []
    if isinstance(found.asked, NotObservable):
        says.append(found.asked.reason)
    else:
        tables.append(write.named("Invited and other reviews", "How many, and their stars", found.asked))
    tables += [_reaching(found.reaching, write)] if found.reaching else []
    tables += [write.named("Who is hardly heard", "Reviews", found.unheard)] if found.unheard else []
    return Chapter(slug="capture", title="Are happy customers heard?", says=tuple(says), tables=tuple(tables))


def _reaching(found: Sequence[Reaching], write: Writer) -> Table:
    rows = []
    for each in found:
        label = f"Reaching a rating: {each.listing}"
        site = "not known" if each.site_average is None else f"{each.site_average:g}"
        ours = write.cell(each.ours, f"{label}, ours")
        rows.append(TableRow(name=each.listing, cells=(ours, site, f"{each.target:g}", *_reached(each, label, write))))
    columns = (
        "Listing",
        "Mean we hold",
        "Site’s own",
        "Aim",
        "Five-star reviews to it",
        "Months as reviews come now",
        "Note",
    )
    return Table(caption="What would reach a rating", columns=columns, rows=tuple(rows))


def _reached(each: Reaching, label: str, write: Writer) -> tuple[Cell, ...]:
    """Reviews, months and the note; one reason why neither can be told stands in the note, once."""
    if isinstance(each.five_stars, NotObservable) and each.five_stars == each.months:
        return ("–", "–", because(each.five_stars))
    five = write.cell(each.five_stars, f"{label}, five-star reviews")
    return (five, write.cell(each.months, f"{label}, months"), each.note)


def value(found: Value, write: Writer) -> Chapter:
    """Who leaves and warns, grave cases and how they went, and revenue where a study fits."""
    says = [found.revenue_says] if found.revenue_says else []
    says += [found.revenue.reason] if isinstance(found.revenue, NotObservable) else []
    says += list(found.studies)
    tables = [
        write.named("What customers say they do", "Reviews", found.voices),
        write.named("Moments of truth", "Reviews", found.moments),
        write.named("How grave cases went", "Reviews", found.outcomes),
    ]
    if not isinstance(found.revenue, NotObservable):
        rows = [Named(name="One whole star of the displayed rating", figure=found.revenue)]
        tables.append(write.named("Revenue, as a range from a study", "Of a year’s revenue", rows))
    return Chapter(slug="value", title="What is at stake", says=tuple(says), tables=tuple(tables))


def handoffs(found: tuple[Named, ...], write: Writer) -> Chapter:
    """Departments, repeat contact and channels."""
    table = write.named("Handed on and asking again", "Reviews", found)
    return Chapter(slug="hand-offs", title="Handed on and asking again", says=(), tables=(table,))


def emerging(found: tuple[Named, ...], write: Writer) -> Chapter:
    """Matters that no process of the frame takes; no quotes where the engagement is confidential."""
    rows = [Named(name=each.name, figure=each.figure, note="" if write.confidential else each.note) for each in found]
    told = "Complaints that no process of the frame takes, gathered by wording: for a person to look at."
    none = "No matter outside the frame comes up in enough reviews."
    tables = (write.named("Matters outside the frame", "Reviews", rows),) if rows else ()
    return Chapter(slug="emerging", title="What the frame does not hold", says=(told if rows else none,), tables=tables)


def corrected(found: Mapping[str, Figure], write: Writer) -> Chapter:
    """Shares as they are once the misreadings that people found at random are taken off."""
    rows = [Named(name=write.process(gap), figure=figure) for gap, figure in found.items()]
    told = "A random sample of statements was labelled by a person; these ranges hold the errors of the reading too."
    table = write.named("Shares corrected by labels", "Reviews", rows)
    return Chapter(slug="corrected", title="Allowing for misreadings", says=(told,), tables=(table,))


def chapters(findings: Findings, frame: Frame, book: Book, cover: Cover) -> tuple[Chapter, ...]:
    """Every chapter, in the order of the report; none in a reading of cases."""
    found = findings.measures
    if found is None or findings.thin:
        return ()
    write = Writer(frame=frame, book=book, confidential=cover.confidential, reply_days=cover.reply_days)

    def told(slug: str, title: str, one: object, written: Callable[..., Chapter]) -> Chapter:
        return unknown(slug, title, one) if isinstance(one, NotObservable) else written(one, write)

    return (
        progress(found.progress, write),
        visible(findings.leaks, write),
        told("care", "Care", found.care, care),
        told("capture", "Are happy customers heard?", found.capture, capture),
        told("value", "What is at stake", found.value, value),
        told("hand-offs", "Handed on and asking again", found.handoffs, handoffs),
        emerging(found.emerging, write),
        *([corrected(found.read, write)] if found.read else []),
    )
