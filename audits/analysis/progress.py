"""Whether what was changed shows: before and after a day, measured with one model, and against the competitors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from audits.analysis.differences import Change, Counts, beyond, large, own, pooled
from audits.analysis.flow import inside
from audits.analysis.given import Given, Intervention, Published
from audits.analysis.intervals import LEVEL, newcombe, share, z_of
from audits.analysis.measures import Progress, Silent, Step, Verdict
from audits.analysis.months import month_name, month_number
from audits.analysis.panel import Mask, Panel
from audits.analysis.restated import restated, why
from audits.analysis.sides import ENOUGH, REACH, Course, Sides, at_place, sides
from audits.analysis.targets import aims
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext
from audits.catalogue.forms import count, plural

MIN_HITS = 8
METHOD = "progress"


def progress(course: Course, given: Given, period: tuple[str, str]) -> Progress:
    """Everything dated that the engagement names, each against the time before it."""
    every = sorted(given.interventions, key=lambda each: (each.date, each.what))
    done = [each for each in every if each.date[:10] <= period[1][:10]]
    z = z_of(1 - (1 - LEVEL) / max(1, len(done)))
    return Progress(
        interventions=tuple(_step(course, each, z) if each in done else _ahead(each) for each in every),
        targets=aims(course.ours, given.targets, period),
        last=given.last.as_of if given.last else None,
        since=_since(course, given.last),
        restated=restated(course.ours, given.last),
        why_restated=why(course.ours, given.last),
    )


def reach(given: Given, period: tuple[str, str]) -> str:
    """The first day of history that the steps need, never later than the period's."""
    days = [each.date for each in given.interventions]
    days += [given.last.period[1]] if given.last else []
    firsts = [f"{month_name(month_number(day[:10]) - REACH)}-01" for day in days]
    firsts += [given.last.period[0][:10]] if given.last else []
    return min([*firsts, period[0][:10]])


def _step(course: Course, each: Intervention, z: float) -> Step | Silent:
    found = sides(course, each.date, each.location)
    if isinstance(found, str):
        return Silent(what=each.what, date=each.date, gap=each.gap, location=each.location, reason=found)
    return measured(course, each, found, z)


def _ahead(each: Intervention) -> Silent:
    """What is planned for a day that no review of this audit can tell of."""
    told = gettext("That day is after the last one of this report: it is still to come, and nothing of it is counted.")
    return Silent(what=each.what, date=each.date, gap=each.gap, location=each.location, reason=told)


def measured(course: Course, each: Intervention, found: Sides, z: float) -> Step:
    """One step over given months; `z` errors wide, so that it holds for all steps that are looked at together."""
    panel, at = course.ours, at_place(course.ours, each.location)
    before, after = panel.within(found.first, found.until) & at, panel.within(found.start, found.last) & at
    ours = _counts(panel, each.gap, before, after)
    others = _others(course, each, found)
    held = large(ours, others)
    effect = beyond(ours, others, z) if held else own(ours, z)
    low, high = newcombe(ours.hits_after, ours.after, ours.hits_before, ours.before)
    n = ours.before + ours.after
    return Step(
        what=each.what,
        date=each.date,
        gap=each.gap,
        location=each.location,
        before=_share(panel, each.gap, before),
        after=_share(panel, each.gap, after),
        change=Figure(value=ours.change, unit="points", n=n, method=METHOD, low=low, high=high),
        others=_theirs(others) if held else NotObservable(reason=_small(course, others)),
        effect=_figure(effect, n),
        visible=Figure(value=effect.visible, unit="points", n=n, method="smallest-change"),
        months=found.names,
        verdict=_verdict(effect),
        caveats=_caveats(panel, each.gap, at, found, controlled=held),
    )


def _verdict(effect: Change) -> Verdict:
    return "worked" if effect.high < 0 else "worse" if effect.low > 0 else "cannot tell"


def _figure(change: Change, n: int) -> Figure:
    return Figure(value=change.value, unit="points", n=n, method=METHOD, low=change.low, high=change.high)


def _theirs(others: Sequence[Counts]) -> Figure:
    change, _ = pooled(others, z_of(LEVEL))
    return _figure(change, sum(one.before + one.after for one in others))


def _small(course: Course, others: Sequence[Counts]) -> str:
    if len(course.panels) == 1:
        return gettext("No competitor is named in the engagement.")
    if not others:
        return gettext("No competitor holds enough reviews that compare in the months before and after.")
    before, after = sum(one.before for one in others), sum(one.after for one in others)
    return gettext(
        "The competitors that compare hold %(before)s reviews before and %(after)s after: too few beside ours, so they "
        "would add more noise than they take away.",
        before=count(before),
        after=count(after),
    )


def _others(course: Course, each: Intervention, found: Sides) -> list[Counts]:
    """Competitors on the same months whose flow does not break in them; our other named places, where one changed."""
    counted = []
    for name, panel in course.panels.items():
        whole = panel.whole is not None and panel.whole[0] <= found.first and panel.whole[1] >= found.last
        if name != course.audited and whole and not inside(course.breaks.get(name, ()), found.first, found.last):
            counted.append(_within(panel, each.gap, found, np.ones(len(panel.reviews), dtype=np.bool_)))
    if each.location is not None:
        elsewhere = course.ours.among(lambda review: review.location not in (None, "", each.location))
        counted.append(_within(course.ours, each.gap, found, elsewhere))
    return [one for one in counted if min(one.before, one.after) >= ENOUGH]


def _within(panel: Panel, gap: str | None, found: Sides, at: Mask) -> Counts:
    return _counts(panel, gap, panel.within(found.first, found.until) & at, panel.within(found.start, found.last) & at)


def _counts(panel: Panel, gap: str | None, before: Mask, after: Mask) -> Counts:
    column = _column(panel, gap)
    return Counts(
        hits_before=int(column[before].sum()),
        before=int(before.sum()),
        hits_after=int(column[after].sum()),
        after=int(after.sum()),
    )


def _column(panel: Panel, gap: str | None) -> Mask:
    return panel.complains if gap is None else panel.hits[:, panel.column(gap)]


def _share(panel: Panel, gap: str | None, rows: Mask) -> Figure:
    hit = rows & _column(panel, gap)
    return share(int(hit.sum()), int(rows.sum()), evidence=panel.keys(hit))


def _caveats(panel: Panel, gap: str | None, at: Mask, found: Sides, *, controlled: bool) -> tuple[str, ...]:
    said = []
    middle = (found.first + found.until + 1) // 2
    early, late = panel.within(found.first, middle - 1) & at, panel.within(middle, found.until) & at
    if min(early.sum(), late.sum()) >= ENOUGH:
        halves = _counts(panel, gap, early, late)
        if own(halves, z_of(LEVEL)).low * own(halves, z_of(LEVEL)).high > 0:
            falls = halves.change < 0
            said.append(
                gettext("It was already falling before that day.")
                if falls
                else gettext("It was already rising before that day.")
            )
    if not controlled:
        said.append(gettext("No competitors are held against it: the season or the market may have moved it as well."))
    if found.last - found.start + 1 < REACH:
        held = found.last - found.start + 1
        said.append(
            plural(held, "Only %(n)s whole month after it is held.", "Only %(n)s whole months after it are held.")
        )
    return tuple(said)


def _since(course: Course, last: Published | None) -> tuple[Step, ...] | NotObservable:
    """Every gap that could show a difference, from the end of the last audit's period on."""
    if last is None:
        return NotObservable(reason=gettext("There is no earlier audit of this engagement in the workspace."))
    end = date.fromisoformat(last.period[1][:10])
    # Whoever audits on the first of each month has had of that month the first day alone, and hardly all of that.
    after = end if end.day == 1 else end + timedelta(days=1)
    found = sides(course, after.isoformat())
    if isinstance(found, str):
        return NotObservable(reason=found)
    panel = course.ours
    both = panel.within(found.first, found.until) | panel.within(found.start, found.last)
    gaps = [gap for gap in panel.gaps if panel.hits[both, panel.column(gap)].sum() >= MIN_HITS]
    z = z_of(1 - (1 - LEVEL) / max(1, len(gaps)))
    what = "since the last audit"
    steps = [measured(course, Intervention(date=last.period[1], what=what, gap=gap), found, z) for gap in gaps]
    return tuple(sorted(steps, key=lambda step: (step.verdict == "cannot tell", -abs(step.effect.value), step.gap)))
