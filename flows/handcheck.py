"""A person's check of the reading: 30 random statements of each leak on the first page, right or wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from audits.analysis.complaints import THRESHOLD
from audits.analysis.heard import is_complaint
from audits.analysis.values import Statement
from audits.report.model import HandCheck, Report
from audits.store.records import StoredReview
from flows.filled import WorkbookError, filled, written
from flows.labelbook import told

DRAWN, ENOUGH = 30, 24
EVENT = "checked"
SHEET = "Checks"
COLUMNS = ("Leak", "Statement", "Right? (y or n)", "Stars", "The whole review", "Key (leave as it is)")
WIDTHS = (28, 60, 16, 7, 80, 30)
YES, NO = ("y", "yes", "1", "right"), ("n", "no", "0", "wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One statement to be checked: was it read rightly as a complaint of this gap?"""

    gap: str
    title: str
    statement: Statement

    @property
    def key(self) -> str:
        """Names the statement and the leak, across a workbook."""
        one = self.statement
        return f"{self.gap}:{one.review}:{one.field}:{one.start}:{one.end}"


def drawn(report: Report, audit: str, statements: Sequence[Statement]) -> list[Drawn]:
    """At most 30 statements of each leak on the first page, the same for the same audit whoever asks."""
    behind = {held.id: frozenset(held.reviews) for held in report.evidence}
    found = []
    for leak in report.leaks:
        if leak.gap not in report.first_page.leaks:
            continue
        reviews = behind.get(leak.share.evidence or "", frozenset())
        own = [one for one in statements if one.review in reviews and _of(one, leak.gap)]
        own.sort(key=lambda one: (one.review, one.field, one.start))
        picked = Random(f"{audit}:{leak.gap}").sample(own, min(DRAWN, len(own)))  # noqa: S311  # a draw, not a secret
        found += [Drawn(gap=leak.gap, title=leak.title, statement=one) for one in picked]
    return found


def _of(statement: Statement, gap: str) -> bool:
    return is_complaint(statement, THRESHOLD) and any(score.gap == gap for score in statement.gaps)


def tallied(rows: Sequence[Drawn], answers: Mapping[str, bool]) -> tuple[HandCheck, ...]:
    """A check for each leak all of whose statements have an answer."""
    found = []
    for gap, title in dict.fromkeys((row.gap, row.title) for row in rows):
        own = [answers.get(row.key) for row in rows if row.gap == gap]
        if own and None not in own:
            found.append(HandCheck(gap=gap, title=title, right=sum(map(bool, own)), of=len(own)))
    return tuple(found)


def held(check: HandCheck) -> bool:
    """Whether too few were right for the leak to be published: under 24 of 30."""
    return check.right * DRAWN < ENOUGH * check.of


def write(path: Path, rows: Sequence[Drawn], reviews: Mapping[str, StoredReview]) -> None:
    """The workbook to be filled in; every cell is text."""
    lines = [(row.title, row.statement.text, "", *told(reviews[row.statement.review]), row.key) for row in rows]
    with written(path, SHEET, COLUMNS, WIDTHS, lines) as (_, sheet):
        sheet.data_validation(1, 2, max(1, len(rows)), 2, {"validate": "list", "source": ["y", "n"]})


def read(path: Path) -> dict[str, bool]:
    """Key → right or wrong, of the lines that were filled in; raises `WorkbookError` with the row."""
    return dict(_read(path))


def _read(path: Path) -> Iterator[tuple[str, bool]]:
    for number, (given, key) in filled(
        path, SHEET, (COLUMNS[2], COLUMNS[5]), of="the workbook that telltale approve wrote"
    ):
        said = given.lower()
        if said in (*YES, *NO):
            yield key, said in YES
        elif said:
            raise WorkbookError(f"{path}, row {number}: {said!r} is neither y nor n.")
