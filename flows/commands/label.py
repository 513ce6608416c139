"""`telltale label`: random and doubtful statements to label, in the terminal or as a workbook that comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import typer

from audits.analysis.corrections import Place, applied, place
from audits.analysis.labels import Part, drawn
from audits.analysis.panel import in_period
from audits.analysis.values import Statement
from audits.engagement import EngagementError
from audits.store.records import StoredCorrection
from flows import labelbook
from flows.commands import COMPLETE, PARTIAL, refused
from flows.commands.keyboard import asked
from flows.commands.said import NothingReadError, Said, StoreError, said
from flows.filled import FormulaError, WorkbookError
from flows.labelling import LabelError, whoever
from flows.labelling import said as labelled
from flows.needed import span
from flows.settings import SettingsError


def run(
    *,
    engagement: Path,
    home: Path | None,
    sample: int,
    workbook: Path | None,
    back: Path | None,
    again: bool,
    who: str | None,
) -> int:
    """Hand out statements or take labels in; the exit code."""
    try:
        with said(engagement, home) as here:
            if back is not None:
                return _taken_in(here, back, whoever(who))
            rows = _chosen(here, sample, whoever(who), again=again)
            if not rows:
                return refused("There is no statement left to label.")
            if workbook is not None:
                if _filled_in(workbook):
                    return refused(f"{workbook}: labels stand in it. Take them in with --read, or name another file.")
                labelbook.write(workbook, rows, here.reviews)
                typer.echo(f"{len(rows)} statements in {workbook}. Fill in and give it back with --read {workbook}.")
                return COMPLETE
            asked(here, rows, whoever(who))
            return COMPLETE
    except (EngagementError, SettingsError, StoreError, NothingReadError, WorkbookError) as error:
        return refused(str(error))
    except OSError as error:
        return refused(f"{workbook}: {error.strerror}")


def _filled_in(workbook: Path) -> bool:
    """Whether a file would be written over in which somebody has labelled something."""
    try:
        return workbook.is_file() and any(labelbook.read(workbook))
    except WorkbookError as error:
        return isinstance(error, FormulaError)


def _chosen(here: Said, sample: int, who: str, *, again: bool) -> list[tuple[Statement, Part]]:
    """New statements, and those whose words were changed since they were labelled; with `again` those that others have
    labelled and this person has not, to see how they agree."""
    labels = [each for each in here.store.corrections(here.plan.name) if each.part != "correct"]
    held = [(each, place(one)) for each, one in applied(here.statements, labels).held]
    if not again:
        return drawn(_measured(here), sample, {on for _, on in held})
    mine = {on for each, on in held if each.who == who}
    theirs: dict[Place, Part] = {
        on: "random" if each.part == "random" else "doubtful" for each, on in held if each.who != who
    }
    at = {place(one): one for one in here.statements}
    return [(at[key], part) for key, part in sorted(theirs.items()) if key in at and key not in mine][:sample]


def _measured(here: Said) -> list[Statement]:
    """Those of the reviews that the last audit measured: the error that labels estimate is of what it told."""
    last = here.store.last_audit(here.plan.name)
    if last is None:
        return here.statements
    days = span(here.plan, here.store, last.as_of)
    return [one for one in here.statements if in_period(here.reviews[one.review].posted_on, days)]


def _taken_in(here: Said, back: Path, who: str) -> int:
    """Keep every label that can be placed; the others are named by row."""
    at = {place(one): one for one in here.statements}
    kept: dict[Place, StoredCorrection] = {}
    rows: dict[Place, int] = {}
    wrong = []
    for row in labelbook.read(back):
        found, part = _keyed(row.key, at, here)
        if found is None:
            wrong.append(f"row {row.number}: its key names no statement of this engagement")
        elif not labelbook.same(row, found):
            wrong.append(f"row {row.number}: its review has been edited since and says something else there")
        else:
            try:
                told = labelled(found, row.labels, part=part, who=who)
            except LabelError as error:
                wrong.append(f"row {row.number}: {error}")
                continue
            first = kept.setdefault(place(found), told)
            number = rows.setdefault(place(found), row.number)
            if first.label != told.label:
                wrong.append(f"row {row.number}: row {number} labels the same statement otherwise; that one is kept")
    here.store.save_corrections(here.plan.name, kept.values())
    here.store.log(here.plan.name, "labelled", who=who, detail={"labels": len(kept)})
    typer.echo(f"{len(kept)} labels kept, by {who}.")
    for line in wrong:
        typer.echo(f"{back}: {line}", err=True)
    return PARTIAL if wrong else COMPLETE


def _keyed(key: str, at: dict[Place, Statement], here: Said) -> tuple[Statement | None, Part]:
    parts = key.split(":")
    if len(parts) != 5 or not (parts[2].isdecimal() and parts[3].isdecimal()):
        return None, "doubtful"
    key_of = parts[0], parts[1], int(parts[2]), int(parts[3])
    found = at.get(key_of) or _unread(key_of, at, here)
    return found, "random" if parts[4] == "random" else "doubtful"


def _unread(at: Place, read: dict[Place, Statement], here: Said) -> Statement | None:
    """A statement that was handed out of a review which has not been read since: the next audit reads it for it."""
    review = here.reviews.get(at[0])
    words = (review.title if at[1] == "title" else review.text) if review else None
    if review is None or not words or not at[2] < at[3] <= len(words) or any(place[0] == at[0] for place in read):
        return None
    field: Literal["title", "text"] = "title" if at[1] == "title" else "text"
    return Statement(
        review=at[0], content=review.content_hash, field=field, start=at[2], end=at[3], text=words[at[2] : at[3]],
        complaint=0.0,
    )  # fmt: skip
