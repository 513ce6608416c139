"""Statements are labelled by keyboard, one after the other: a label is kept as it is given, so stopping loses none."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import typer

from audits.analysis.gaps import frame
from audits.analysis.labels import Part, given
from audits.analysis.values import Statement
from audits.store.records import StoredCorrection
from flows.commands.said import Said
from flows.labelling import OUTSIDE, LabelError
from flows.labelling import said as labelled

KEYS = (
    "a gap's slug or code (one or two), p praise, n neutral, v vague, o outside control, b other business; "
    "? list, s skip, u back to the one before, q stop"
)
SHOWN = 400
"""Characters of a review that stand around its statement."""


def asked(here: Said, rows: Sequence[tuple[Statement, Part]], who: str) -> None:
    """Ask for each; what was labelled is counted and logged however it ends, Ctrl-C among it."""
    with suppress(ImportError):  # where it is there, arrow keys mend a line that is being typed
        import readline  # noqa: F401
    kept: dict[int, StoredCorrection] = {}
    typer.echo(f"{len(rows)} statements. For each: {KEYS}.")
    try:
        _asked(here, rows, who, kept)
    finally:
        here.store.log(here.plan.name, "labelled", who=who, detail={"labels": len(kept)})
        typer.echo(f"{len(kept)} labels kept, by {who}.")


def _asked(here: Said, rows: Sequence[tuple[Statement, Part]], who: str, kept: dict[int, StoredCorrection]) -> None:
    at = 0
    while at < len(rows):
        statement, part = rows[at]
        review = here.reviews[statement.review]
        stars = "" if review.rating is None else f", {review.rating:g} stars"
        before = f"\n  labelled {', '.join(given(kept[at]))}; s keeps that" if at in kept else ""
        text = around(review.text or "", statement)
        typer.echo(f"\n{at + 1} of {len(rows)}{stars}{before}\n  {shown(statement.text)}\n  in: {shown(text)}")
        answer = _answer(statement, part, who)
        if answer == "q":
            return
        if answer == "u":
            at = max(0, at - 1)
            continue
        if isinstance(answer, StoredCorrection):
            here.store.save_corrections(here.plan.name, [answer])
            kept[at] = answer
        at += 1


def _answer(statement: Statement, part: Part, who: str) -> StoredCorrection | str:
    """A label, `s`, `u` or `q`; asked until it is one. The end of the input stops."""
    while True:
        try:
            words = input("> ").replace(",", " ").split()
        except EOFError:
            typer.echo()
            return "q"
        if words in (["s"], ["u"], ["q"]):
            return words[0]
        if words == ["?"]:
            for gap in frame().gaps:
                typer.echo(f"  {gap.code}  {gap.slug:16} {gap.title}")
            typer.echo(f"  {', '.join(OUTSIDE)}")
            continue
        try:
            return labelled(statement, words, part=part, who=who)
        except LabelError as error:
            typer.echo(str(error))


def around(text: str, statement: Statement) -> str:
    """The part of a long review in which the statement stands."""
    start = max(0, min(statement.start - SHOWN // 2, len(text) - SHOWN)) if statement.field == "text" else 0
    stop = max(start + SHOWN, statement.end if statement.field == "text" else 0)
    return f"{'… ' if start else ''}{text[start:stop]}{' …' if stop < len(text) else ''}"


def shown(text: str) -> str:
    """Text as a terminal may show it: nothing in it steers the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
