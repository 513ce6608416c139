"""`telltale evaluate`: how well the model reads this engagement, by what people labelled of it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import typer

from audits.analysis.corrections import applied, place
from audits.analysis.gaps import frame
from audits.analysis.labels import Evaluation, evaluate, most_doubtful, read_as
from audits.analysis.learning import ENOUGH, taught_by
from audits.analysis.lesson import Lesson, unshown
from audits.analysis.own import Own
from audits.analysis.values import Figure, Statement
from audits.engagement import EngagementError
from flows.commands import COMPLETE, refused
from flows.commands.said import NothingReadError, StoreError, said
from flows.learn import own
from flows.settings import SettingsError

DOUBTFUL = 10


def run(*, engagement: Path, home: Path | None, as_json: bool) -> int:
    """Print what the labels say of the model; the exit code."""
    try:
        with said(engagement, home) as here:
            corrections = here.store.corrections(here.plan.name)
            held = applied(here.statements, corrections)
            taught = own(here.store, here.plan.name)
            learnt = taught.lesson if taught else None
            held = replace(held, held=unshown(held.held, learnt))
            labelled = {place(statement) for _, statement in held.held}
            unsure = most_doubtful([one for one in here.statements if place(one) not in labelled], DOUBTFUL)
    except (EngagementError, SettingsError, StoreError, NothingReadError) as error:
        return refused(str(error))
    found = evaluate(held, frame().slugs)
    if as_json:
        typer.echo(
            json.dumps(
                asdict(found) | {"learnt": _counts(taught), "doubtful": [_plain(one) for one in unsure]},
                ensure_ascii=False,
            )
        )
        return COMPLETE
    typer.echo("\n".join([*_lines(found), *_learnt(learnt, len(taught_by(corrections)))]))
    typer.echo("Most doubtful of what nobody has labelled:")
    for one in unsure:
        shown = "".join(letter if letter.isprintable() else " " for letter in one.text)
        typer.echo(f"  {one.review}  {', '.join(read_as(one))}  {shown[:140]}")
    return COMPLETE


def _plain(one: Statement) -> dict[str, object]:
    return {"review": one.review, "field": one.field, "start": one.start, "end": one.end, "read_as": list(read_as(one))}


def _lines(found: Evaluation) -> list[str]:
    if not found.labelled:
        return ["Nothing has been labelled yet: telltale label ENGAGEMENT --sample 300."]
    lines = [
        f"{found.labelled} statements labelled, {found.random} of them drawn at random; only those measure the error."
    ]
    for name, figure in (
        ("same label", found.accuracy),
        ("complaint or not", found.complaint),
        ("same gap, of complaints", found.gap),
    ):
        lines.append(f"  {name}: {_told(figure)}")
    if found.calibration is not None:
        lines.append(f"  calibration: confidence is off by {found.calibration:.2f} on average")
    if found.both and found.agreement is not None and found.kappa is not None:
        lines.append(
            f"Two people on {found.both} statements: the same label on {found.agreement:.0%}, kappa {found.kappa:.2f}."
        )
    else:
        lines.append("No statement has been labelled by two people: telltale label --again --who NAME.")
    for gap in sorted({*found.raised, *found.lowered}):
        lines.append(
            f"  {gap}: raised by {found.raised.get(gap, 0)}, lowered by {found.lowered.get(gap, 0)} corrections"
        )
    if found.orphans:
        lines.append(
            f"{found.orphans} labels or corrections hold no more, for the customer has changed the words since, or the "
            "review is gone: telltale label asks about such statements again, telltale correct ENGAGEMENT --list names "
            "the reviews."
        )
    return lines


def _counts(taught: Own | None) -> dict[str, object] | None:
    """Of the labels that the reading learnt from, each read by what the others taught; the digest is the version's."""
    if taught is None or taught.lesson is None:
        return None
    learnt = taught.lesson
    return {"labels": len(learnt.apart), "right": learnt.after, "right_before": learnt.before, "digest": taught.digest}


def _learnt(learnt: Lesson | None, labels: int) -> list[str]:
    """What the reading has learnt from labels, or when it will."""
    if learnt is not None:
        return [
            f"The reading has learnt from {len(learnt.apart)} labels of complaints: each read by what the others taught"
            f", {learnt.after} are read as labelled, {learnt.before} before. Later labels are learnt by --refit."
        ]
    if labels >= ENOUGH:
        return [f"{labels} labels of complaints: telltale audit ENGAGEMENT --refit learns from them where they teach."]
    return [f"{labels} labels of complaints; from {ENOUGH} on, telltale audit ENGAGEMENT --refit learns from them."]


def _told(figure: Figure | None) -> str:
    if figure is None or figure.low is None or figure.high is None:
        return "nothing at random to tell it from"
    return f"{figure.value:.0%} ({figure.low:.0%} to {figure.high:.0%}) of {figure.n}"
