"""The form of a chapter: sentences, and tables whose every number has its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from audits.analysis.gaps import Frame
from audits.analysis.measures import Named
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext
from audits.report.evidence import Book
from audits.report.parts import Number
from audits.report.words import because

Cell = Number | NotObservable | str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A named row of a chapter's table."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a chapter; `columns` begin with that of the names."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @property
    def repeated(self) -> list[NotObservable]:
        """Why several rows have no figure: that is told once, under the table, and the rows are marked."""
        each_row = (dict.fromkeys(each for each in row.cells if isinstance(each, NotObservable)) for row in self.rows)
        held = Counter(why for row in each_row for why in row)
        return [reason for reason, rows in held.items() if rows > 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter of the report: sentences, then tables; or why there is nothing to see."""

    slug: str
    title: str
    says: tuple[str, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """What the chapters are written with."""

    frame: Frame
    book: Book
    confidential: bool
    reply_days: float | None = None
    """The client's own target for an answer."""
    reply_by: str | None = None
    """The ISO day of that target."""

    def process(self, gap: str | None) -> str:
        """The title of a gap; a step without one is about all complaints."""
        return gettext("All complaints") if gap is None else self.frame.gap(gap).title

    def cell(self, figure: Figure | NotObservable, label: str) -> Cell:
        return self.book.known(figure, label)

    def named(self, caption: str, column: str, rows: Sequence[Named]) -> Table:
        """Figures under their names, with notes where any has one."""
        notes = any(each.note for each in rows)
        found = []
        for each in rows:
            cells = (self.cell(each.figure, f"{caption}: {each.name}"), *([each.note] if notes else []))
            found.append(TableRow(name=each.name, cells=cells))
        return Table(caption=caption, columns=("", column, *([gettext("Note")] if notes else [])), rows=tuple(found))


def unknown(slug: str, title: str, why: NotObservable) -> Chapter:
    return Chapter(slug=slug, title=title, says=(because(why),), tables=())
