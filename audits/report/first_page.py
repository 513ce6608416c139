"""The first page: the verdict in plain words, up to three leaks, one strength, and how sure we are and why."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.values import Findings, NotObservable, Sureness
from audits.report.cover import Cover, SourceLine
from audits.report.leaks import top_words
from audits.report.model import FirstPage, Pareto
from audits.report.parts import LeakPage, StrengthLine
from audits.report.shortfall import rest_words
from audits.report.words import because, count, day, decimal, listed, lower_first, percent, plural, said

TOP = 3
NAMED = 5
MUCH_UNREAD = 0.05
_ORDER: tuple[Sureness, ...] = ("low", "medium", "high")


def first_page(
    findings: Findings,
    cover: Cover,
    leaks: Sequence[LeakPage],
    strengths: Sequence[StrengthLine],
    pareto: Pareto | NotObservable,
    sources: Sequence[SourceLine],
) -> FirstPage:
    """Everything that an owner reads in a minute."""
    top = () if findings.thin else tuple(leaks[:TOP])
    titles = {page.gap: page.title for page in leaks}
    ours = [source for source in sources if source.business == cover.business]
    return FirstPage(
        headline=_headline(findings, cover, top),
        lead=_lead(findings, cover, top, pareto),
        based_on=_based_on(findings, cover, sources),
        leaks=tuple(page.gap for page in top),
        ties=() if findings.thin else _ties(findings, top, titles),
        strength=_strength(findings, top, strengths),
        sureness=_sureness(findings, top, ours),
        reasons=_reasons(findings, top, ours),
        unexplained=rest_words(pareto),
    )


def _headline(findings: Findings, cover: Cover, top: Sequence[LeakPage]) -> str:
    held = plural(findings.audited.reviews, "review")
    if findings.thin:
        return f"We hold {held} of {cover.business}: too few to measure or to rank. This is a reading of cases."
    if not top:
        return f"No process of {cover.business} stands out as leaking in the {held} we hold."
    first = top[0]
    tied = [page for page in top if page.gap in _tied_with(findings, first.gap)]
    if len(tied) > 1:
        named = [f"“{page.title}” ({said(page.share)} reviews we hold)" for page in tied]
        number = "Two" if len(tied) == 2 else "Three"
        return f"{number} leaks stand out at {cover.business}, too close to call: {listed(named)}."
    return f"The biggest leak at {cover.business}: {first.title.lower()}. {top_words(first)}."


def _lead(findings: Findings, cover: Cover, top: Sequence[LeakPage], pareto: Pareto | NotObservable) -> tuple[str, ...]:
    if findings.thin:
        return (
            "The cases below say what was reported, each with its date. They give no shares, no order and no stars.",
        )
    words = []
    stars = [page.stars for page in top]
    known = [number for number in stars if not isinstance(number, NotObservable)]
    if known and len(known) == len(stars) and not isinstance(pareto, NotObservable):
        together = decimal(sum(number.value for number in known), 2)
        which = "This leak is" if len(top) == 1 else f"The {'two' if len(top) == 2 else 'three'} leaks below are"
        words.append(f"{which} associated with {together} of the {said(pareto.shortfall)} missing to five.")
    words += [f"{page.title}: {lower_first(page.course.sentence)}" for page in top[:1] if page.course.trend == "rising"]
    return tuple(words)


def _based_on(findings: Findings, cover: Cover, sources: Sequence[SourceLine]) -> tuple[str, ...]:
    ours = findings.audited
    read = [source for source in sources if source.business == cover.business and source.assessed]
    sites = sorted({source.site for source in read})
    dated = f", posted {day(ours.first)} to {day(ours.last)}" if ours.first and ours.last else ""
    on = f" on {listed(sites)}" if sites else ""
    lines = [f"{plural(ours.reviews, 'review')} of {cover.business}{on}{dated}; read as of {day(findings.as_of)}."]
    if findings.competitors and not findings.thin:
        held = sum(business.reviews for business in findings.competitors)
        lines.append(f"{plural(len(findings.competitors), 'competitor')} with {plural(held, 'review')}.")
    missing = [f"{source.business} on {source.site}" for source in sources if not source.assessed]
    if missing:
        lines.append(f"Not assessed: {listed(missing)} (see the evidence).")
    return tuple(lines)


def _tied_with(findings: Findings, gap: str) -> tuple[str, ...]:
    return next((group for group in findings.ties if gap in group), (gap,))


def _ties(findings: Findings, top: Sequence[LeakPage], titles: dict[str, str]) -> tuple[str, ...]:
    shown = {page.gap for page in top}
    groups = [[gap for gap in group if gap in titles] for group in findings.ties if shown & set(group)]
    return tuple(
        f"{listed(_shortened([titles[gap] for gap in group]))} cannot be told apart in size; their order may be chance."
        for group in groups
    )


def _shortened(names: list[str]) -> list[str]:
    """At most five names; the rest as a number."""
    return names if len(names) <= NAMED else [*names[: NAMED - 1], plural(len(names) - NAMED + 1, "other")]


def _strength(
    findings: Findings, top: Sequence[LeakPage], strengths: Sequence[StrengthLine]
) -> StrengthLine | NotObservable:
    """The process praised most among those that do not lead the leaks too; that one is named on the leak's page."""
    if findings.thin:
        return NotObservable(reason="fewer than 50 reviews are held")
    if not strengths:
        return NotObservable(reason="no process is praised in enough of the reviews we hold")
    leaking = {page.gap for page in top}
    return next((strength for strength in strengths if strength.gap not in leaking), strengths[0])


def _sureness(findings: Findings, top: Sequence[LeakPage], ours: Sequence[SourceLine]) -> Sureness:
    """That of the first leak, one lower where a source of the audited business was not read whole."""
    if findings.thin or not top:
        return "low" if findings.thin else "medium"
    level = _ORDER.index(top[0].sureness)
    whole = all(source.assessed and source.verdict == "complete" for source in ours)
    return _ORDER[level if whole else max(0, level - 1)]


def _reasons(findings: Findings, top: Sequence[LeakPage], ours: Sequence[SourceLine]) -> tuple[str, ...]:
    if findings.thin:
        return (f"Reviews held: {count(findings.audited.reviews)}; 50 are needed to measure a share.",)
    reasons = [f"{page.title} rests on {count(page.cases.value)} of {count(page.share.n)} reviews." for page in top[:1]]
    for source in ours:
        if not (source.assessed and source.verdict == "complete"):
            state = "refused" if source.refused else "held" if source.held else source.verdict
            reasons.append(f"{source.listing} ({source.site}) is {state}: {lower_first(source.reason)}")
    reasons += [one.sentence for one in findings.audited.breaks[-1:]]
    unread = sum(findings.unread.values())
    if unread > MUCH_UNREAD * max(1, findings.audited.reviews):
        part = percent(unread / findings.audited.reviews)
        reasons.append(f"{count(unread)} reviews ({part}) count in the rating but could not be read for failings.")
    if isinstance(findings.decomposition, NotObservable):
        reasons.append(f"Stars associated: {because(findings.decomposition)}")
    return tuple(reasons)
