"""The answers of a filled-in sheet: each with its row, or a sentence that says what is wrong in which row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from audits.analysis.gaps import frame
from audits.catalogue import gettext
from audits.report.answersheet import COLUMNS, SHEET
from audits.report.xlsx import tab
from audits.store.records import StoredAnswer
from flows.filled import filled

Says = Literal["agree", "dispute", "fixed"]


def read(path: Path, audits: Collection[str], *, who: str, at: str) -> Iterator[StoredAnswer | str]:
    """An answer for each filled-in row, or what is wrong with it, in the language that is being spoken.

    `audits` are those of the engagement: what another client said is none of its answers. Raises `WorkbookError`.
    """
    known = {gettext(word).lower(): word for word in get_args(Says)}
    columns = [gettext(name) for name in COLUMNS[2:]]
    for number, row in filled(path, tab(gettext(SHEET)), columns, of="the answers.xlsx of a report"):
        said, on, comment, key = known.get(row[0].lower(), row[0].lower()), *row[1:]
        if not said and not on and not comment:
            continue
        audit, _, gap = key.rpartition(":")
        if not audit or gap not in frame().slugs:
            yield f"row {number}: its key names no finding of an audit; leave that column as it is"
        elif audit not in audits:
            yield f"row {number}: this engagement has no report {audit}; is the sheet of another one?"
        elif said not in get_args(Says):
            yield f"row {number}: {said or 'nothing'!r} is none of {', '.join(known)}"
        elif said == "fixed" and _day(on) is None:
            yield f"row {number}: fixed needs the day, as YYYY-MM-DD; {on or 'nothing'!r} is none"
        elif said != "fixed" and on:
            yield f"row {number}: {on} stands beside {row[0]!r}; a day goes with fixed alone"
        else:
            yield StoredAnswer(
                audit=audit, gap=gap, says=said, fixed_on=_day(on), comment=comment or None, who=who, at=at
            )


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
