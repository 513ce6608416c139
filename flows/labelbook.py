"""A workbook of statements to label, which comes back filled in; no cell of it is ever a formula or a link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audits.analysis.gaps import frame
from audits.analysis.labels import Part
from audits.analysis.values import Statement
from audits.store.records import StoredReview
from flows.filled import cell, filled, written
from flows.labelling import OUTSIDE

SHEET, LABELS = "Statements", "Labels"
COLUMNS = ("No.", "Statement", "Label", "Second label", "Stars", "The whole review", "Key (leave as it is)")
WIDTHS = (6, 60, 18, 18, 7, 80, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One filled-in line: its key, its statement as it was handed out, its labels, and where it stands."""

    number: int
    key: str
    statement: str
    labels: tuple[str, ...]


def key(statement: Statement, part: Part) -> str:
    return f"{statement.review}:{statement.field}:{statement.start}:{statement.end}:{part}"


def write(path: Path, rows: Sequence[tuple[Statement, Part]], reviews: Mapping[str, StoredReview]) -> None:
    """Write the workbook; the model's own reading is not in it, so that it leads nobody."""
    lines = [_line(at, statement, part, reviews[statement.review]) for at, (statement, part) in enumerate(rows, 1)]
    with written(path, SHEET, COLUMNS, WIDTHS, lines) as (book, sheet):
        known = _labels(book)
        source = {"validate": "list", "source": f"={LABELS}!$A$2:$A${known + 1}", "ignore_blank": True}
        sheet.data_validation(1, 2, max(1, len(rows)), 3, source)


def _line(at: int, statement: Statement, part: Part, review: StoredReview) -> tuple[str, ...]:
    return str(at), statement.text, "", "", *told(review), key(statement, part)


def told(review: StoredReview) -> tuple[str, str]:
    """Stars and words of a review, as a person sees them beside its statement."""
    stars = "" if review.rating is None else f"{review.rating:g}"
    return stars, "\n".join(text for text in (review.title, review.text) if text)


def _labels(book: object) -> int:
    """The sheet that says what each label means; how many there are."""
    sheet = book.add_worksheet(LABELS)  # type: ignore[attr-defined]  # xlsxwriter has no types
    lines = [(gap.slug, gap.title, gap.failed, "\n".join(gap.borders.values())) for gap in frame().gaps]
    lines += [(name, name.replace("-", " "), frame().outside[name], "") for name in OUTSIDE]
    sheet.set_column(0, 2, 40)
    sheet.set_column(3, 3, 100)
    for row, line in enumerate([("Label", "Name", "What it means", "When it is another"), *lines]):
        for column, text in enumerate(line):
            sheet.write_string(row, column, cell(text))
    return len(lines)


def read(path: Path) -> Iterator[Row]:
    """The lines that have a label; raises `WorkbookError`."""
    wanted = (*COLUMNS[1:4], COLUMNS[6])
    for number, (words, *said, own) in filled(path, SHEET, wanted, of="the workbook that telltale label wrote"):
        if labels := tuple(label for label in said if label):
            yield Row(number=number, key=own, statement=words, labels=labels)


def same(row: Row, statement: Statement) -> bool:
    """Whether the words that were handed out are still those of the statement; a row without them is believed."""
    return not row.statement or row.statement.split() == cell(statement.text).split()
