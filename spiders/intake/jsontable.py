"""JSON or JSON lines as a table: one record an object, nested keys joined with dots, read in one stream."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from spiders.intake.errors import IntakeError
from spiders.intake.jsonstream import BrokenJsonError, elements
from spiders.intake.spool import Spooled, spooled
from spiders.intake.table import named

_LINE_MOST = 4 * 1024 * 1024
_COLUMNS_MOST = 400
_DEEPEST = 4
REST_UNREAD = "what follows it in the file is not read"
"""Ends the reason of a reject that is not one record but all the rest, nobody knows how many."""
Place = int | list[Any]


def jsontable(path: Path, where: str | None = None) -> Spooled:
    """The list of records in the file, or the one at `where` ("data.reviews"); raises `IntakeError`."""
    lines = _is_lines(path)
    place = "" if lines else _where(path, where)
    columns: dict[str, int] = {}
    records = _flat(_lines(path) if lines else _records(path, place), columns)
    kind = "JSON lines" if lines else "JSON"
    how = "one record a line" if lines else f"the records at {place!r}" if place else "a list of records"
    made = spooled(path, kind, how, [], 0, records)
    # Which columns there are is known after the last record; earlier ones are as short as they were.
    if not columns:
        raise IntakeError(path, "no record could be read", next_step="Export the reviews again as JSON or CSV")
    return replace(made, header=named(list(columns)))


def _is_lines(path: Path) -> bool:
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return True
    with path.open("rb") as file:
        first, second = file.readline(_LINE_MOST).strip(), file.readline(_LINE_MOST).strip()
    return first.startswith(b"{") and first.endswith(b"}") and second.startswith(b"{")


def _lines(path: Path) -> Iterator[tuple[Place, Any]]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        number = 0
        while line := file.readline(_LINE_MOST):
            number += 1
            if not line.strip():
                continue
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield [number, "is no JSON object on one line"], None


def _records(path: Path, where: str) -> Iterator[tuple[Place, Any]]:
    number = 0
    try:
        for place, element in elements(path):
            if place == where:
                number += 1
                yield number, element
    except BrokenJsonError as broken:
        yield [number + 1, f"{broken}: {REST_UNREAD}"], None


def _where(path: Path, wanted: str | None) -> str:
    """The list of objects that holds the records: the only one, or the one that the listing names."""
    counted: Counter[str] = Counter()
    try:
        for place, element in elements(path):
            counted[place] += isinstance(element, dict)
    except BrokenJsonError as broken:
        if not +counted:
            reason = f"the file is no JSON that can be read: {broken}"
            raise IntakeError(path, reason, next_step="Export the reviews again") from None
    found = [place for place, count in counted.most_common() if count]
    listed = ", ".join(repr(place) for place in found)
    if wanted is not None and wanted not in found:
        raise IntakeError(path, f"there is no list of records at {wanted!r}; there is {listed}", next_step="Name that")
    if wanted is None and len(found) != 1:
        reason = f"several lists hold records: {listed}" if found else "no list of records is found in it"
        step = f'Say which in the listing: sheet = "{found[0]}"' if found else "Export the reviews again"
        raise IntakeError(path, reason, next_step=step)
    return wanted if wanted is not None else found[0]


def _flat(records: Iterator[tuple[Place, Any]], columns: dict[str, int]) -> Iterator[tuple[object, list[str]]]:
    for place, record in records:
        number = place[0] if isinstance(place, list) else place
        if not isinstance(record, dict):
            yield (place if isinstance(place, list) else [number, "is no object with named values"]), []
            continue
        held: dict[str, str] = {}
        _lay(record, "", held, 0)
        for name in held:
            if name not in columns and len(columns) < _COLUMNS_MOST:
                columns[name] = len(columns)
        cells = [""] * len(columns)
        for name, value in held.items():
            if name in columns:
                cells[columns[name]] = value
        yield number, cells


def _lay(record: dict[str, Any], before: str, held: dict[str, str], depth: int) -> None:
    for name, value in record.items():
        key = f"{before}.{name}" if before else str(name)
        if isinstance(value, dict):
            if depth < _DEEPEST:
                _lay(value, key, held, depth + 1)
        elif isinstance(value, list):
            held[key] = ", ".join(_text(each) for each in value if not isinstance(each, (dict, list)))
        else:
            held[key] = _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.10g}" if isinstance(value, float) else str(value)
