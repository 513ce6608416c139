"""What is measured beside the leaks, as the chapters of the report in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from audits.analysis.elsewhere import readings, spread
from audits.analysis.gaps import Frame
from audits.analysis.measures import Capture, Misread, Named, Reaching, Value
from audits.analysis.values import Figure, Findings, Leak, NotObservable
from audits.catalogue import gettext, marked, ngettext
from audits.catalogue.forms import percent
from audits.report.actions import hidden
from audits.report.cared import care
from audits.report.chapter import Cell, Chapter, Table, TableRow, Writer, unknown
from audits.report.cover import Cover
from audits.report.evidence import Book, about
from audits.report.progressed import progress
from audits.report.words import because, count, digits, plain

END = marked(
    "Where it says “not surely”, the reviews might not tell it from chance if the failing ended. There your own number "
    "is the one to watch."
)

SAME = 0.005
"""Hundredths that two sums of printed shares may lie apart in a computer."""


def visible(leaks: Sequence[Leak], write: Writer) -> Chapter:
    """What change the volume would let us notice, for every leak, and whether its end would be noticed at all."""
    months = next((leak.visible_months for leak in leaks if leak.visible_months), 0)
    says = []
    if months:
        says.append(
            ngettext(
                "With the present volume a rise by so much would mostly be noticed once it has lasted %(n)s month.",
                "With the present volume a rise by so much would mostly be noticed once it has lasted %(n)s months.",
                months,
                n=count(months),
            )
        )
    if any(hidden(leak) for leak in leaks):
        says.append(gettext(END))
    reasons = {leak.visible for leak in leaks if isinstance(leak.visible, NotObservable)}
    title = gettext("What we would notice")
    if len(reasons) == 1 and all(isinstance(leak.visible, NotObservable) for leak in leaks):
        return unknown("visible", title, *reasons)
    columns = ("", gettext("Now"), gettext("Rise"), gettext("Would its end be noticed?"))
    rows = tuple(_visible(leak, write) for leak in leaks)
    table = Table(caption=gettext("The smallest rise that would be noticed"), columns=columns, rows=rows)
    return Chapter(slug="visible", title=title, says=tuple(says), tables=(table,) if rows else ())


def _visible(leak: Leak, write: Writer) -> TableRow:
    name = write.process(leak.gap)
    rise = write.cell(leak.visible, gettext("The smallest rise that would be noticed: %(name)s", name=name))
    known = gettext("not surely") if hidden(leak) else gettext("mostly")
    end = gettext("not known") if isinstance(leak.visible, NotObservable) else known
    return TableRow(name=name, cells=(write.cell(leak.share, about(name, gettext("share of reviews"))), rise, end))


def capture(found: Capture, write: Writer) -> Chapter:
    """How stars are spread, how reviews come, and what would bring a listing to its target."""
    says = [found.shape, *_rounded(found.stars)]
    tables = (
        [write.named(gettext("How stars are spread"), gettext("Of rated reviews"), found.stars)] if found.stars else []
    )
    tables += [write.named(gettext("How reviews come"), gettext("Reviews a month"), found.flow)] if found.flow else []
    if isinstance(found.asked, NotObservable):
        says.append(found.asked.reason)
    else:
        tables.append(
            write.named(gettext("Invited and other reviews"), gettext("How many, and their stars"), found.asked)
        )
    tables += [_reaching(found.reaching, write)] if found.reaching else []
    tables += [write.named(gettext("Who is hardly heard"), gettext("Reviews"), found.unheard)] if found.unheard else []
    return Chapter(slug="capture", title=gettext("Are happy customers heard?"), says=tuple(says), tables=tuple(tables))


def _rounded(stars: Sequence[Named]) -> list[str]:
    """Why the printed shares of the stars come to 99 or 101 in 100, where they do."""
    held = [each.figure for each in stars if not isinstance(each.figure, NotObservable)]
    printed = sum(round(100 * each.value, digits(each)) for each in held)
    if not held or abs(printed - 100) < SAME:
        return []
    return [gettext("The shares of the stars are rounded each by itself, so that they need not come to 100 together.")]


def _reaching(found: Sequence[Reaching], write: Writer) -> Table:
    rows = []
    for each in found:
        label = each.listing
        site = gettext("not known") if each.site_average is None else plain(each.site_average)
        ours = write.cell(each.ours, gettext("Reaching a rating: %(listing)s, ours", listing=label))
        rows.append(TableRow(name=each.listing, cells=(ours, site, plain(each.target), *_reached(each, label, write))))
    columns = (
        gettext("Listing"),
        gettext("Mean we hold"),
        gettext("Site’s own"),
        gettext("Aim"),
        gettext("Five-star reviews to it"),
        gettext("Months as reviews come now"),
        gettext("Note"),
    )
    return Table(caption=gettext("What would reach a rating"), columns=columns, rows=tuple(rows))


def _reached(each: Reaching, label: str, write: Writer) -> tuple[Cell, ...]:
    """Reviews, months and the note; one reason why neither can be told stands in the note, once."""
    if isinstance(each.five_stars, NotObservable) and each.five_stars == each.months:
        return ("–", "–", because(each.five_stars))
    five = write.cell(each.five_stars, gettext("Reaching a rating: %(listing)s, five-star reviews", listing=label))
    months = write.cell(each.months, gettext("Reaching a rating: %(listing)s, months", listing=label))
    return (five, (months.brief or months) if isinstance(months, NotObservable) else months, each.note)


def value(found: Value, write: Writer) -> Chapter:
    """Who leaves and warns, grave cases and how they went, and revenue where a study fits, else one line."""
    says = [found.revenue.reason] if isinstance(found.revenue, NotObservable) else [found.revenue_says, *found.studies]
    tables = [
        write.named(gettext("What customers say they do"), gettext("Reviews"), found.voices),
        write.named(gettext("Moments of truth"), gettext("Reviews"), found.moments),
        write.named(gettext("How grave cases went"), gettext("Reviews"), found.outcomes),
    ]
    if not isinstance(found.revenue, NotObservable):
        rows = [Named(name=gettext("One whole star of the displayed rating"), figure=found.revenue)]
        tables.append(write.named(gettext("Revenue, as a range from a study"), gettext("Of a year’s revenue"), rows))
    return Chapter(slug="value", title=gettext("What is at stake"), says=tuple(says), tables=tuple(tables))


def handoffs(found: tuple[Named, ...], write: Writer) -> Chapter:
    """Departments, repeat contact and channels."""
    table = write.named(gettext("What complaints tell of it"), gettext("Reviews"), found)
    told = gettext(
        "Read from the words of complaints: several departments, a story told again, asking more than once, two "
        "channels for one matter. A review may be in several lines."
    )
    return Chapter(slug="hand-offs", title=gettext("Handed on and asking again"), says=(told,), tables=(table,))


def emerging(found: tuple[Named, ...], write: Writer) -> Chapter:
    """Matters that no process of the frame takes; no quotes where the engagement is confidential."""
    rows = [
        Named(name=f"“{each.name}”", figure=each.figure, note="" if write.confidential else each.note) for each in found
    ]
    told = gettext(
        "Complaints that no process of the frame takes, gathered and named by the words that they share: for a person "
        "to look at."
    )
    none = gettext("No matter outside the frame comes up in enough reviews.")
    tables = (write.named(gettext("Matters outside the frame"), gettext("Reviews"), rows),) if rows else ()
    return Chapter(
        slug="emerging", title=gettext("What the frame does not hold"), says=(told if rows else none,), tables=tables
    )


def corrected(found: Mapping[str, Figure], write: Writer) -> Chapter:
    """Shares as they are once the misreadings that people found at random are taken off."""
    rows = [Named(name=write.process(gap), figure=figure) for gap, figure in found.items()]
    told = gettext(
        "A random sample of statements was labelled by a person; these ranges hold the errors of the reading too."
    )
    table = write.named(gettext("Shares corrected by labels"), gettext("Reviews"), rows)
    return Chapter(slug="corrected", title=gettext("Allowing for misreadings"), says=(told,), tables=(table,))


def misread(found: Sequence[Misread], write: Writer) -> Chapter:
    """The figures of each leak with ranges that hold misreading as people found it in other trades."""
    known = readings()
    low, high = spread()
    told = gettext(
        "No random sample of this business’s statements was labelled, so how often they were misread here is not "
        "known. Elsewhere people judged %(answers)s answers about %(trades)s trades, the second process of a statement "
        "as an answer of its own, and held the reading against "
        "%(labels)s complaints that they had named themselves. By these, what is there is mostly between %(low)s and "
        "%(high)s of what is read, process by process and trade by trade. The ranges below hold that as well as "
        "chance; the figures stay as read. A labelled sample (telltale label) puts narrower ranges in their place.",
        answers=count(known.answers),
        trades=count(known.trades),
        labels=count(known.labels),
        low=percent(low),
        high=percent(high),
    )
    same = gettext("What is misread alike before and after does not turn a rise into a fall.")
    caption = gettext("Ranges that hold misreading")
    columns = (gettext("Share of reviews"), gettext("Stars associated"), gettext("Change"))
    rows = []
    for each in found:
        name = write.process(each.gap)
        figures = (each.share, each.stars, each.change)
        cells = (write.cell(one, f"{caption}: {name}, {of}") for one, of in zip(figures, columns, strict=True))
        rows.append(TableRow(name=name, cells=tuple(cells)))
    table = Table(caption=caption, columns=("", *columns), rows=tuple(rows))
    return Chapter(slug="corrected", title=gettext("Allowing for misreadings"), says=(told, same), tables=(table,))


def chapters(findings: Findings, frame: Frame, book: Book, cover: Cover) -> tuple[Chapter, ...]:
    """Every chapter, in the order of the report; none in a reading of cases."""
    found = findings.measures
    if found is None or findings.thin:
        return ()
    write = Writer(
        frame=frame,
        book=book,
        confidential=cover.confidential,
        reply_days=cover.reply_days,
        reply_by=cover.reply_by,
    )

    def told(slug: str, title: str, one: object, written: Callable[..., Chapter]) -> Chapter:
        return unknown(slug, title, one) if isinstance(one, NotObservable) else written(one, write)

    return (
        progress(found.progress, write),
        visible(findings.leaks, write),
        told("care", gettext("Care"), found.care, care),
        told("capture", gettext("Are happy customers heard?"), found.capture, capture),
        told("value", gettext("What is at stake"), found.value, value),
        told("hand-offs", gettext("Handed on and asking again"), found.handoffs, handoffs),
        emerging(found.emerging, write),
        *([corrected(found.read, write)] if found.read else []),
        *([misread(found.misread, write)] if found.misread else []),
    )
