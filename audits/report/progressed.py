"""The chapter on progress: what was changed, what is aimed at, and what the last audit said."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.measures import Aim, Progress, Restated, Silent, Step
from audits.analysis.told import Answer
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext, marked
from audits.report.chapter import Chapter, Table, TableRow, Writer
from audits.report.evidence import about
from audits.report.words import bare, because, between, count, day, decimal, digits, inside, lower_first, said

VERDICTS = {
    "worked": marked("worked"),
    "cannot tell": marked("cannot tell at your volume"),
    "worse": marked("worse"),
}


def progress(found: Progress, write: Writer) -> Chapter:
    """Interventions, targets, the time since the last audit, and what reads differently today."""
    steps = [each for each in found.interventions if isinstance(each, Step)]
    silent = [each for each in found.interventions if isinstance(each, Silent)]
    says = [_told(each, write) for each in steps]
    says += [
        gettext(
            "%(what)s (%(day)s; %(process)s): nothing is told. %(reason)s",
            what=each.what,
            day=day(each.date),
            process=inside(write.process(each.gap)),
            reason=each.reason,
        )
        for each in silent
    ]
    if write.reply_days is not None:
        says.append(_replied(write.reply_days, write.reply_by))
    elif not found.interventions and not found.targets:
        says.append(gettext("The engagement names no dated intervention and no target."))
    tables = [_answers(found.answers, write)] if found.answers else []
    tables += [_steps(gettext("Before and after what was changed"), steps, write)] if steps else []
    tables += [_aims(found.targets, write)] if found.targets else []
    if isinstance(found.since, NotObservable):
        says.append(_not_since(found.since, found.last))
    elif found.since:
        says += _why_alone(found.since)
        tables.append(
            _steps(gettext("Since the audit of %(day)s, against its period", day=day(found.last)), found.since, write)
        )
    changed = [each for each in found.restated if each.restated]
    if found.restated:
        told = gettext(
            "%(changed)s of its %(n)s printed shares read differently today.",
            changed=count(len(changed)),
            n=count(len(found.restated)),
        )
        told = f"{told} {found.why_restated}"
        says.append(told if changed else gettext("Every share that the last audit printed reads the same today."))
        tables.append(_restated(found, write))
    return Chapter(slug="progress", title=gettext("Progress"), says=tuple(says), tables=tuple(tables))


def _replied(days: float, by: str | None) -> str:
    """Where the target that is held against the replies of the whole period stands: not among those of six months."""
    aim = said(Figure(value=days, unit="days", n=0, method="target"))
    aim = gettext("%(target)s by %(by)s", target=aim, by=day(by)) if by else aim
    return gettext("Your target for a reply, %(target)s, is held against the replies in “Care”.", target=aim)


def _not_since(why: NotObservable, last: str | None) -> str:
    """Why nothing is held against the last audit; without its day the reason would read as one of a step above."""
    if last is None:
        return why.reason
    told = gettext("Since the audit of %(day)s, against its period: nothing is told.", day=day(last))
    return f"{told} {why.reason}"


def _answers(found: Sequence[Answer], write: Writer) -> Table:
    rows = []
    for each in found:
        says = gettext("fixed on %(day)s", day=day(each.on)) if each.on else gettext(each.says)
        rows.append(TableRow(name=write.process(each.gap), cells=(day(each.audit[:10]), says, each.comment, each.who)))
    columns = (gettext("Finding"), gettext("Audit of"), gettext("Answer"), gettext("Comment"), gettext("By"))
    return Table(caption=gettext("What you said of earlier findings"), columns=columns, rows=tuple(rows))


def _told(step: Step, write: Writer) -> str:
    told = gettext(
        "%(what)s (%(day)s; %(process)s): %(verdict)s.",
        what=step.what,
        day=day(step.date),
        process=_at(inside(write.process(step.gap)), step.location),
        verdict=gettext(VERDICTS[step.verdict]),
    )
    numbers = {"before": said(step.before), "after": said(step.after), "change": said(step.effect)}
    if isinstance(step.others, NotObservable):
        moved = gettext("%(before)s before, %(after)s after; the change is %(change)s.", **numbers)
    else:
        moved = gettext(
            "%(before)s before, %(after)s after; the change beyond that of the competitors is %(change)s.", **numbers
        )
    least = gettext("A change of %(size)s would mostly have been seen.", size=said(step.visible).lstrip("+"))
    return " ".join([told, moved, least, *step.caveats])


def _at(process: str, location: str | None) -> str:
    return gettext("%(process)s at %(location)s", process=process, location=location) if location else process


def _why_alone(steps: Sequence[Step]) -> list[str]:
    """Why no step is held against competitors, each reason once; nothing where one is, for its column then says so."""
    reasons = {because(step.others): None for step in steps if isinstance(step.others, NotObservable)}
    alone = all(isinstance(step.others, NotObservable) for step in steps)
    return (
        [gettext("Change at competitors: %(reason)s", reason=lower_first(reason)) for reason in reasons]
        if alone
        else []
    )


def _steps(caption: str, steps: Sequence[Step], write: Writer) -> Table:
    """A line a step; months that all share stand in the caption, and no column is of competitors that no step has."""
    spans = {step.months for step in steps}
    alone = all(isinstance(step.others, NotObservable) for step in steps)
    left = ({1} if len(spans) == 1 else set()) | ({4} if alone else set())
    rows = []
    for step in steps:
        name = _at(write.process(step.gap), step.location)
        label = about(gettext("Progress"), f"{name}, {step.date}")
        cells = (
            _span(step),
            write.cell(step.before, about(label, gettext("before"))),
            write.cell(step.after, about(label, gettext("after"))),
            write.cell(step.others, about(label, gettext("competitors"))),
            write.cell(step.effect, about(label, gettext("effect"))),
            gettext(VERDICTS[step.verdict]),
        )
        rows.append(TableRow(name=name, cells=tuple(cell for at, cell in enumerate(cells, 1) if at not in left)))
    columns = (
        gettext("Process"),
        gettext("Months"),
        gettext("Before"),
        gettext("After"),
        gettext("Change at competitors"),
        gettext("Our change") if alone else gettext("Our change (beyond theirs where known)"),
        gettext("Verdict"),
    )
    shown = tuple(name for at, name in enumerate(columns) if at not in left)
    return Table(caption=f"{caption}: {_span(steps[0])}" if 1 in left else caption, columns=shown, rows=tuple(rows))


def _span(step: Step) -> str:
    before, after = (between(first[:7], last[:7]) for first, last in step.months)
    return gettext("%(after)s, against %(before)s", after=after, before=before)


def _aims(found: Sequence[Aim], write: Writer) -> Table:
    rows = []
    for aim in found:
        name = write.process(aim.gap) if aim.gap else aim.name
        now = write.cell(aim.now, gettext("Target: %(name)s", name=name))
        rows.append(
            TableRow(
                name=name,
                cells=(
                    gettext("%(target)s by %(by)s", target=said(aim.target), by=day(aim.by)),
                    now,
                    gettext(aim.reach),
                ),
            )
        )
    return Table(
        caption=gettext("Targets"),
        columns=(gettext("Measure"), gettext("Target"), gettext("Last six months"), gettext("Verdict")),
        rows=tuple(rows),
    )


def _printed(each: Restated) -> str:
    """What was printed, in the digits of today's figure; finer only where the two would else look alike."""
    fine = decimal(each.printed * 100, 1)
    shown = decimal(each.printed * 100, digits(each.now))
    return gettext("%(n)s in 100", n=fine if each.restated and shown == bare(each.now) else shown)


def _restated(found: Progress, write: Writer) -> Table:
    rows = tuple(
        TableRow(
            name=write.process(each.gap),
            cells=(
                _printed(each),
                write.cell(each.now, gettext("Restated: %(process)s", process=write.process(each.gap))),
                gettext("restated") if each.restated else gettext("as printed"),
            ),
        )
        for each in found.restated
    )
    columns = (gettext("Process"), gettext("Printed then"), gettext("The same period today"), "")
    return Table(caption=gettext("What the audit of %(day)s printed", day=day(found.last)), columns=columns, rows=rows)
