"""A delimited file as rows with their line numbers, streamed; a row that does not fit its header says so."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from spiders.intake.encoding import Encoding, encoding
from spiders.intake.errors import IntakeError
from spiders.intake.header import HEAD_ROWS, header_at, titles
from spiders.intake.unreadable import refuse
from spiders.parse import visible

_DELIMITERS = (",", ";", "\t", "|")
_NONE = "\x1f"
"""What separates no columns: a control character that hardly any text holds."""
_FIELD_MOST = 4 * 1024 * 1024
"""Characters of one field: far above any review, far below a file that an open quote swallows."""
_SAMPLE_LINES = 60
Progress = Callable[[int, int], None]
"""Called with bytes read and bytes in all, now and then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record: the line it starts on, its number (0-based), its cells, or what is wrong with it."""

    line: int
    number: int
    cells: list[str]
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file whose encoding, delimiter and header are known."""

    path: Path
    encoding: Encoding
    delimiter: str
    header: tuple[str, ...]
    header_line: int

    def rows(self, progress: Progress | None = None) -> Iterator[Row]:
        """Every record below the header; blank lines are no records."""
        size = self.path.stat().st_size
        with _opened(self.path, self.encoding) as file:
            records, number = _Records(file, self.delimiter, self.path, width=len(self.header)), -1
            for line, cells in records:
                if line <= self.header_line or not any(cells):
                    continue
                number += 1
                if progress is not None and number % 500 == 0:
                    progress(min(size, file.buffer.tell()), size)
                yield _row(line, number, cells, len(self.header))
            if progress is not None:
                progress(size, size)


def _row(line: int, number: int, cells: list[str], width: int) -> Row:
    if len(cells) > width and not any(each.strip() for each in cells[width:]):
        cells = cells[:width]
    problem = f"has {len(cells)} fields, the header has {width}" if len(cells) != width else None
    return Row(line=line, number=number, cells=cells, problem=problem)


def table(path: Path, sheet: str | None = None, *, one_column: bool = False) -> Table:
    """The table in a file, its form told by its bytes and name; `sheet` is a workbook's sheet or JSON's list.

    With `one_column` a delimited file may hold a single column, whose lines are cells as they stand where unquoted.
    """
    if path.is_dir():
        raise IntakeError(path, "this is a folder", next_step="Name the files in it that hold the reviews")
    if not path.is_file():
        raise IntakeError(path, "there is no such file", next_step="Check the path in the engagement file")
    with path.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \r\n\t")
    refuse(path, start)
    suffix = path.suffix.lower()
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or suffix in (".xlsx", ".xlsm", ".xls"):
        from spiders.intake.workbook import workbook

        return workbook(path, sheet)
    if suffix in (".json", ".jsonl", ".ndjson") or (start.startswith((b"{", b"[{")) and suffix not in (".csv", ".tsv")):
        from spiders.intake.jsontable import jsontable

        return jsontable(path, sheet)
    return _delimited(path, one_column)


def _delimited(path: Path, one_column: bool) -> Table:
    """Look at a file; raises `IntakeError` where it is empty, has no header or cannot be told apart into columns."""
    held = encoding(path)
    with _opened(path, held) as file:
        sample = [line for _, line in zip(range(_SAMPLE_LINES), file, strict=False)]
    delimiter = _delimiter(path, sample, one_column)
    line, header = _header(path, held, delimiter)
    made = Table(path=path, encoding=held, delimiter=delimiter, header=header, header_line=line)
    if next(iter(made.rows()), None) is None:
        raise IntakeError(path, "the file has a header and no rows", next_step="Export the reviews again")
    return made


def _header(path: Path, held: Encoding, delimiter: str) -> tuple[int, tuple[str, ...]]:
    head: list[tuple[int, list[str]]] = []
    with _opened(path, held) as file:
        for line, cells in _Records(file, delimiter, path):
            if any(each.strip() for each in cells) and (head or not cells[0].lower().startswith("sep=")):
                head.append((line, cells))
            if len(head) == HEAD_ROWS:
                break
    if not head:
        raise IntakeError(path, "the file holds blank lines alone", next_step="Export the reviews again")
    head = head[titles([len(cells) for _, cells in head]) :]
    # A title that was saved with a table is padded to its width; a row of another width is none of either.
    alike = [(line, cells) for line, cells in head if len(cells) == len(head[0][1])]
    place, cells = header_at([cells for _, cells in alike]) or (0, alike[0][1])
    return alike[place][0], named(cells)


def _opened(path: Path, held: Encoding) -> TextIO:
    # newline="" leaves line ends to the csv module: \r, \n and \r\n all end a record outside quotes.
    return path.open(encoding=held.name, errors=held.errors, newline="")


def _delimiter(path: Path, sample: list[str], one_column: bool) -> str:
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].strip()) == 5:
        return sample[0].strip()[4]
    widths = {each: _widths(sample, each) for each in _DELIMITERS}
    if not one_column:
        widths = {each: held[titles(held) :] for each, held in widths.items()}
    best = max(_DELIMITERS, key=lambda each: (_agreement(widths[each]), widths[each][:1]))
    if one_column and widths[best] and widths[best][0] == 1:
        return _NONE
    if not widths[best] or widths[best][0] < 2:
        raise IntakeError(
            path,
            "no columns are found: neither comma, semicolon, tab nor | separates the header",
            line=1,
            next_step="Save the file as CSV with a header row",
        )
    return best


def _widths(sample: list[str], delimiter: str) -> list[int]:
    csv.field_size_limit(_FIELD_MOST)
    try:
        return [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
    except csv.Error:
        return []


def _agreement(widths: list[int]) -> float:
    """Share of rows as wide as the header, nothing where there is but one column."""
    return sum(each == widths[0] for each in widths) / len(widths) if widths and widths[0] > 1 else 0.0


def named(cells: list[str]) -> tuple[str, ...]:
    """Header names, each once: an empty one is called by its place, a second one of a name gets a number."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        # Names are shown in proposals and refusals: none may colour, retitle or reorder a terminal.
        name = visible(cell).strip() or f"column {place}"
        names.append(name if name not in names else f"{name} ({place})")
    return tuple(names)


class _Records:
    """csv.reader with the line a record starts on, and a last look at the quote that never closed."""

    def __init__(self, file: TextIO, delimiter: str, path: Path, *, width: int | None = None) -> None:
        csv.field_size_limit(_FIELD_MOST)
        self.file, self.delimiter, self.path, self.width = file, delimiter, path, width
        self.held: list[str] = []

    def _lines(self) -> Iterator[str]:
        for line in self.file:
            self.held.append(line)
            yield line

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        reader, start = csv.reader(self._lines(), delimiter=self.delimiter), 1
        try:
            for cells in reader:
                if len(self.held) > 1:
                    self._closed(start, len(cells))
                yield start, cells
                self.held.clear()
                start = reader.line_num + 1
        except csv.Error as wrong:
            raise self._refusal(start, str(wrong)) from None

    def _closed(self, start: int, cells: int) -> None:
        """A record over several lines is quoted as it should be, or an open quote swallows the rows below it.

        Sloppy quotes inside a text are let pass where the record is as wide as the header.
        """
        try:
            list(csv.reader(self.held, delimiter=self.delimiter, strict=True))
        except csv.Error as wrong:
            if "unexpected end of data" in str(wrong) or self.width not in (None, cells):
                raise self._refusal(start, "a quote opens here and never closes") from None

    def _refusal(self, start: int, reason: str) -> IntakeError:
        return IntakeError(self.path, reason, line=start, next_step="Close or double the quote in that row")
