"""A workbook of statements to label, which comes back filled in; no cell of it is ever a formula or a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from audits.analysis.gaps import frame
from audits.analysis.labels import Part
from audits.analysis.values import Statement
from audits.store.records import StoredReview
from flows.labelling import OUTSIDE

SHEET, LABELS = "Statements", "Labels"
COLUMNS = ("No.", "Statement", "Label", "Second label", "Stars", "The whole review", "Key (leave as it is)")
WIDTHS = (6, 60, 18, 18, 7, 80, 30)
LONGEST = 32_767
CUT = " … [cut]"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


class WorkbookError(ValueError):
    """A workbook that cannot be read: a sentence with the next step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One filled-in line: its key, its labels, and where it stands."""

    number: int
    key: str
    labels: tuple[str, ...]


def key(statement: Statement, part: Part) -> str:
    return f"{statement.review}:{statement.field}:{statement.start}:{statement.end}:{part}"


def cell(text: str) -> str:
    """A text as a cell can hold it: without controls, and cut with a visible mark."""
    shown = _CONTROLS.sub("", text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - len(CUT)] + CUT


def write(path: Path, rows: Sequence[tuple[Statement, Part]], reviews: Mapping[str, StoredReview]) -> None:
    """Write the workbook; the model's own reading is not in it, so that it leads nobody."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(SHEET)
        for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width, wrapped)
            sheet.write_string(0, column, name)
        for at, (statement, part) in enumerate(rows, 1):
            review = reviews[statement.review]
            whole = "\n".join(text for text in (review.title, review.text) if text)
            stars = "" if review.rating is None else f"{review.rating:g}"
            line = (str(at), statement.text, "", "", stars, whole, key(statement, part))
            for column, text in enumerate(line):
                sheet.write_string(at, column, cell(text), wrapped)
        known = _labels(book)
        source = {"validate": "list", "source": f"={LABELS}!$A$2:$A${known + 1}", "ignore_blank": True}
        sheet.data_validation(1, 2, max(1, len(rows)), 3, source)
        sheet.freeze_panes(1, 2)


def _labels(book: object) -> int:
    """The sheet that says what each label means; how many there are."""
    sheet = book.add_worksheet(LABELS)  # type: ignore[attr-defined]  # xlsxwriter has no types
    lines = [(gap.slug, gap.title, gap.failed) for gap in frame().gaps]
    meaning = {
        "praise": "Something went well.",
        "neutral": "A fact, a step of the story, or a bare preference.",
        "vague": "A complaint that names no process.",
        "outside-control": "Weather, law, other customers: not the firm's to change.",
        "other-business": "A complaint about somebody else.",
    }
    lines += [(name, name.replace("-", " "), meaning[name]) for name in OUTSIDE]
    sheet.set_column(0, 2, 40)
    for row, line in enumerate([("Label", "Name", "What it means"), *lines]):
        for column, text in enumerate(line):
            sheet.write_string(row, column, cell(text))
    return len(lines)


def read(path: Path) -> Iterator[Row]:
    """The lines that have a label; raises `WorkbookError`."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        raise WorkbookError(f"{path}: it cannot be read as a workbook ({type(error).__name__}).") from None
    if SHEET not in book.sheetnames:
        raise WorkbookError(f"{path}: it has no sheet {SHEET!r}; is it the workbook that telltale label wrote?")
    lines = book[SHEET].iter_rows(values_only=True)
    head = [str(name) for name in next(lines, ())]
    missing = [name for name in (COLUMNS[2], COLUMNS[3], COLUMNS[6]) if name not in head]
    if missing:
        raise WorkbookError(f"{path}: the column {missing[0]!r} is gone from its first row; it is needed.")
    first, second, own = (head.index(name) for name in (COLUMNS[2], COLUMNS[3], COLUMNS[6]))
    for number, line in enumerate(lines, 2):
        labels = tuple(str(line[at]).strip() for at in (first, second) if line[at] not in (None, ""))
        if labels:
            yield Row(number=number, key=str(line[own] or ""), labels=labels)
