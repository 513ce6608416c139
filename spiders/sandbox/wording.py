"""The sandbox's own statements, read once from the tables beside this file. Nothing here was said by a real person."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["complaint", "praise", "neutral", "vague", "outside-control", "other-business", "foreign"]

STATEMENTS = Path(__file__).with_name("statements")
_NOT_COMPLAINTS = ("praise", "neutral", "vague", "outside", "foreign", "titles", "replies", "names")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One written statement: what it is, which gaps it names, and whose customer could have said it."""

    kind: Kind
    gaps: tuple[str, ...]
    industry: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLine:
    """One written answer of an owner. `mood` is `sorry` or `thanks`; `gap` is None where it fits any complaint."""

    manner: Literal["boilerplate", "human"]
    mood: Literal["sorry", "thanks"]
    gap: str | None
    industry: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignLine:
    """One whole review in a language other than English, with the stars it came with."""

    language: str
    stars: int
    text: str


@cache
def complaints() -> tuple[Line, ...]:
    """Every complaint statement; a statement of two gaps names both, the file's own first."""
    files = sorted(path for path in STATEMENTS.glob("*.tsv") if path.stem not in _NOT_COMPLAINTS)
    return tuple(_line("complaint", row) for path in files for row in _rows(path))


@cache
def lines(kind: Kind) -> tuple[Line, ...]:
    """Every statement of one kind other than complaints."""
    if kind in ("outside-control", "other-business"):
        return tuple(
            Line(kind=kind, gaps=(), industry=row["industry"], text=row["text"])
            for row in _rows(STATEMENTS / "outside.tsv")
            if row["gap"] == kind
        )
    return tuple(_line(kind, row) for row in _rows(STATEMENTS / f"{kind}.tsv"))


@cache
def titles() -> tuple[Line, ...]:
    """Short headings; the industry column is always `any`."""
    return tuple(
        Line(kind=_kind(row["kind"]), gaps=_gaps(row["gap"]), industry="any", text=row["text"])
        for row in _rows(STATEMENTS / "titles.tsv")
    )


@cache
def replies() -> tuple[ReplyLine, ...]:
    """Every owner reply."""
    return tuple(
        ReplyLine(
            manner="human" if row["manner"] == "human" else "boilerplate",
            mood="thanks" if row["mood"] == "thanks" else "sorry",
            gap=row["gap"] or None,
            industry=row["industry"],
            text=row["text"],
        )
        for row in _rows(STATEMENTS / "replies.tsv")
    )


@cache
def foreign() -> tuple[ForeignLine, ...]:
    """Every review that is not in English."""
    return tuple(
        ForeignLine(language=row["language"], stars=int(row["stars"]), text=row["text"])
        for row in _rows(STATEMENTS / "foreign.tsv")
    )


@cache
def names(kind: Literal["first", "nick"]) -> tuple[str, ...]:
    """First names and nicknames of reviewers who do not exist."""
    return tuple(row["text"] for row in _rows(STATEMENTS / "names.tsv") if row["kind"] == kind)


def _line(kind: Kind, row: dict[str, str]) -> Line:
    return Line(kind=kind, gaps=_gaps(row["gap"]), industry=row["industry"], text=row["text"])


def _gaps(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("+") if part)


def _kind(cell: str) -> Kind:
    kinds: dict[str, Kind] = {"complaint": "complaint", "praise": "praise", "neutral": "neutral", "vague": "vague"}
    return kinds[cell]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
