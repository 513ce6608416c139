"""Workbooks that people fill in: written as text alone, no formula, no link, and read back by the names of columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

LONGEST = 32_767
"""Characters that a cell can hold."""
CUT = " … [cut]"
SHOWN = 5
"""Cells that an error names, at most."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


class WorkbookError(ValueError):
    """A workbook that cannot be read: a sentence with the next step."""


class FormulaError(WorkbookError):
    """A workbook in which somebody has filled in formulas whose results are not there."""


def cell(text: str) -> str:
    """A text as a cell can hold it: without controls, and cut with a visible mark."""
    shown = _CONTROLS.sub("", text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - len(CUT)] + CUT


@contextmanager
def written(
    path: Path, name: str, columns: Sequence[str], widths: Sequence[int], lines: Iterable[Sequence[str]]
) -> Iterator[tuple[Any, Any]]:
    """Write one sheet with its head and lines; yields the book and the sheet, for what else belongs there.

    Raises `OSError` where the file cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            sheet = book.add_worksheet(name)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width, wrapped)
            for at, line in enumerate([columns, *lines]):
                for column, text in enumerate(line):
                    sheet.write_string(at, column, cell(text), wrapped if at else None)
            sheet.freeze_panes(1, 2)
            yield book, sheet
    except FileCreateError as error:  # carries what the system said, and is no error of the system itself
        raise error.args[0] from None


def filled(path: Path, name: str, wanted: Sequence[str], *, of: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Row number and the wanted columns of each line below the head; `of` says whose workbook it should be.

    Raises `WorkbookError`.
    """
    held, formulas = _cells(path, name, of)
    lines = iter(held)
    head = [str(cell.value) for cell in next(lines, ())]
    missing = [each for each in wanted if each not in head]
    if missing:
        raise WorkbookError(f"{path}: the column {missing[0]!r} is gone from its first row; it is needed.")
    at = [head.index(each) for each in wanted]
    if unknown := [each for each, column in formulas if column in at]:
        cells = f"{', '.join(unknown[:SHOWN])}{f' and {len(unknown) - SHOWN} more' if len(unknown) > SHOWN else ''}"
        raise FormulaError(
            f"{path}: there are formulas in {cells} whose results are not in the file, and nothing was taken in. Open "
            "and save it in a spreadsheet program, or put the values there, and give it back."
        )
    for number, line in enumerate(lines, 2):
        yield number, tuple(_text(line[column].value) if column < len(line) else "" for column in at)


def _cells(path: Path, name: str, of: str) -> tuple[list[tuple[Any, ...]], list[tuple[str, int]]]:
    """The rows of the sheet, with the results of formulas, and where formulas stand without one: name and column."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # ships no types

    try:
        values, written_in = (load_workbook(path, read_only=True, data_only=shown) for shown in (True, False))
        if name not in values.sheetnames:
            raise WorkbookError(f"{path}: it has no sheet {name!r}; is it {of}?")
        held = list(values[name].iter_rows())
        formulas = [
            (cell.coordinate, column)
            for row, told in zip(written_in[name].iter_rows(), held, strict=True)
            for column, (cell, result) in enumerate(zip(row, told, strict=True))
            if cell.data_type == "f" and result.value is None and result.data_type != "str"  # "str": one that is ""
        ]
    except WorkbookError:
        raise
    except OSError as error:
        raise WorkbookError(f"{path}: {error.strerror or error}. Name the workbook that was filled in.") from None
    except Exception as error:  # whatever a broken workbook, or a file of another kind, raises in the library
        told = "Save it as .xlsx and give that back."
        raise WorkbookError(f"{path}: it cannot be read as a workbook ({type(error).__name__}). {told}") from None
    return held, formulas


def _text(value: object) -> str:
    """A cell as text: a day that the program has made a date of is its ISO form."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).strip()
