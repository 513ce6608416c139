"""The answers of a filled-in sheet: each with its row, or a sentence that says what is wrong in which row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Literal, get_args
from zipfile import BadZipFile

from audits.analysis.gaps import frame
from audits.report.answersheet import COLUMNS, SHEET
from audits.store.records import StoredAnswer

Says = Literal["agree", "dispute", "fixed"]


class AnswersError(ValueError):
    """A sheet that cannot be read: a sentence with the next step."""


def read(path: Path, *, who: str, at: str) -> Iterator[StoredAnswer | str]:
    """An answer for each filled-in row, or what is wrong with it; raises `AnswersError`."""
    for number, row in _rows(path):
        said, on, comment, key = row
        if not said and not on and not comment:
            continue
        audit, _, gap = key.rpartition(":")
        if not audit or gap not in frame().slugs:
            yield f"row {number}: its key names no finding of an audit; leave that column as it is"
        elif said not in get_args(Says):
            yield f"row {number}: {said or 'nothing'!r} is none of agree, dispute, fixed"
        elif said == "fixed" and _day(on) is None:
            yield f"row {number}: fixed needs the day, as YYYY-MM-DD; {on or 'nothing'!r} is none"
        else:
            fixed = _day(on) if said == "fixed" else None
            yield StoredAnswer(audit=audit, gap=gap, says=said, fixed_on=fixed, comment=comment or None, who=who, at=at)


def _rows(path: Path) -> Iterator[tuple[int, tuple[str, str, str, str]]]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        raise AnswersError(f"{path}: it cannot be read as a workbook ({type(error).__name__}).") from None
    if SHEET not in book.sheetnames:
        raise AnswersError(f"{path}: it has no sheet {SHEET!r}; is it the answers.xlsx of a report?")
    lines = book[SHEET].iter_rows(values_only=True)
    head = [str(name) for name in next(lines, ())]
    missing = [name for name in COLUMNS[2:] if name not in head]
    if missing:
        raise AnswersError(f"{path}: the column {missing[0]!r} is gone from its first row; it is needed.")
    at = [head.index(name) for name in COLUMNS[2:]]
    for number, line in enumerate(lines, 2):
        said, on, comment, key = (_text(line[column]) if column < len(line) else "" for column in at)
        yield number, (said.lower(), on, comment, key)


def _text(value: object) -> str:
    """A cell as text: a day that the program has made a date of is its ISO form."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).strip()


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
