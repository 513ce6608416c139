"""The chapter on progress: what was changed, what is aimed at, and what the last audit said."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.measures import Aim, Progress, Silent, Step
from audits.analysis.told import Answer
from audits.analysis.values import NotObservable
from audits.report.chapter import Chapter, Table, TableRow, Writer
from audits.report.words import day, month, said

VERDICTS = {"worked": "worked", "cannot tell": "cannot tell at your volume", "worse": "worse"}


def progress(found: Progress, write: Writer) -> Chapter:
    """Interventions, targets, the time since the last audit, and what reads differently today."""
    steps = [each for each in found.interventions if isinstance(each, Step)]
    silent = [each for each in found.interventions if isinstance(each, Silent)]
    says = [_told(each, write) for each in steps]
    says += [
        f"{each.what} ({day(each.date)}; {write.process(each.gap).lower()}): nothing is told. {each.reason}"
        for each in silent
    ]
    if not found.interventions and not found.targets:
        says.append("The engagement names no dated intervention and no target.")
    tables = [_answers(found.answers, write)] if found.answers else []
    tables += [_steps("Before and after what was changed", steps, write)] if steps else []
    tables += [_aims(found.targets, write)] if found.targets else []
    if isinstance(found.since, NotObservable):
        says.append(f"Since the last audit: {found.since.reason}")
    elif found.since:
        tables.append(_steps(f"Since the audit of {day(found.last)}, against its period", found.since, write))
    changed = [each for each in found.restated if each.restated]
    if found.restated:
        told = (
            f"{len(changed)} of its {len(found.restated)} printed shares read differently today. {found.why_restated}"
        )
        says.append(told if changed else "Every share that the last audit printed reads the same today.")
        tables.append(_restated(found, write))
    return Chapter(slug="progress", title="Progress", says=tuple(says), tables=tuple(tables))


def _answers(found: Sequence[Answer], write: Writer) -> Table:
    rows = []
    for each in found:
        says = f"fixed on {day(each.on)}" if each.on else each.says
        rows.append(TableRow(name=write.process(each.gap), cells=(day(each.audit[:10]), says, each.comment, each.who)))
    columns = ("Finding", "Audit of", "Answer", "Comment", "By")
    return Table(caption="What you said of earlier findings", columns=columns, rows=tuple(rows))


def _told(step: Step, write: Writer) -> str:
    place = f" at {step.location}" if step.location else ""
    beyond = "the change" if isinstance(step.others, NotObservable) else "the change beyond that of the competitors"
    least = f"A change of {said(step.visible).lstrip('+')} would mostly have been seen."
    caveats = f" {' '.join(step.caveats)}" if step.caveats else ""
    return (
        f"{step.what} ({day(step.date)}; {write.process(step.gap).lower()}{place}): {VERDICTS[step.verdict]}. "
        f"{said(step.before)} before, {said(step.after)} after; {beyond} is {said(step.effect)}. {least}{caveats}"
    )


def _steps(caption: str, steps: Sequence[Step], write: Writer) -> Table:
    rows = []
    for step in steps:
        name = write.process(step.gap) + (f" at {step.location}" if step.location else "")
        label = f"Progress: {name}, {step.date}"
        before, after = (f"{month(first)} to {month(last)}" for first, last in step.months)
        rows.append(
            TableRow(
                name=name,
                cells=(
                    f"{after}, against {before}",
                    write.cell(step.before, f"{label}: before"),
                    write.cell(step.after, f"{label}: after"),
                    write.cell(step.others, f"{label}: competitors"),
                    write.cell(step.effect, f"{label}: effect"),
                    VERDICTS[step.verdict],
                ),
            )
        )
    columns = (
        "Process",
        "Months",
        "Before",
        "After",
        "Change at competitors",
        "Our change (beyond theirs where known)",
        "Verdict",
    )
    return Table(caption=caption, columns=columns, rows=tuple(rows))


def _aims(found: Sequence[Aim], write: Writer) -> Table:
    rows = []
    for aim in found:
        name = write.process(aim.gap) if aim.gap else aim.name
        now = write.cell(aim.now, f"Target: {name}")
        rows.append(TableRow(name=name, cells=(f"{said(aim.target)} by {day(aim.by)}", now, aim.reach)))
    return Table(caption="Targets", columns=("Measure", "Target", "Last six months", "Verdict"), rows=tuple(rows))


def _restated(found: Progress, write: Writer) -> Table:
    rows = tuple(
        TableRow(
            name=write.process(each.gap),
            cells=(
                f"{each.printed * 100:.1f} in 100",
                write.cell(each.now, f"Restated: {write.process(each.gap)}"),
                "restated" if each.restated else "as printed",
            ),
        )
        for each in found.restated
    )
    columns = ("Process", "Printed then", "The same period today", "")
    return Table(caption=f"What the audit of {day(found.last)} printed", columns=columns, rows=rows)
