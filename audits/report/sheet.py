"""The form of a sheet of the workbook: headings with their looks, and rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass

from audits.report.parts import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address in the link column; nothing else in a workbook is one."""

    url: str
    text: str


Cell = str | int | float | Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's heading, its width in characters, and how its numbers look."""

    title: str
    width: int = 14
    look: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def column(title: str, width: int, look: str) -> Column:
    """A column; `pybabel extract` finds its title here, and it is looked up when the sheet is written."""
    return Column(title=title, width=width, look=look)


def three(number: Number | None) -> tuple[Cell, Cell, Cell]:
    """Value, low and high."""
    return (None, None, None) if number is None else (number.value, number.low, number.high)
