"""The first page: the verdict in plain words, up to three leaks, one strength, and how sure we are and why."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.values import Findings, NotObservable, Sureness
from audits.catalogue import gettext, ngettext
from audits.report.actions import mondays
from audits.report.borne import light
from audits.report.course import moves
from audits.report.cover import Cover, SourceLine
from audits.report.doubts import apart, misread
from audits.report.evidence import Book, about
from audits.report.graves import graves
from audits.report.model import FirstPage, Pareto
from audits.report.parts import LeakPage, StrengthLine
from audits.report.shortfall import LARGE_REST, rest_words
from audits.report.told import Moments
from audits.report.verdict import lead, verdict
from audits.report.words import (
    because,
    count,
    day,
    listed,
    lower_first,
    percent,
    plural,
    reviews,
)

TOP = 3
NAMED = 5
PROCESS = "process"
MUCH_UNREAD = 0.05
BEST = "A"


def top_pages(leaks: Sequence[LeakPage]) -> tuple[LeakPage, ...]:
    """The first three; the first leak of a process takes the third place where none of them is one."""
    top = list(leaks[:TOP])
    process = next((page for page in leaks if page.factor == PROCESS), None)
    if process is not None and not any(page.factor == PROCESS for page in top):
        top[-1] = process
    return tuple(top)


def first_page(
    findings: Findings,
    cover: Cover,
    leaks: Sequence[LeakPage],
    strengths: Sequence[StrengthLine],
    pareto: Pareto | NotObservable,
    sources: Sequence[SourceLine],
    book: Book,
    moments: Moments | NotObservable,
) -> FirstPage:
    """Everything that an owner reads in a minute."""
    top = () if findings.thin else top_pages(leaks)
    titles = {page.gap: page.title for page in leaks}
    ours = [source for source in sources if source.business == cover.business]
    tied = _tied_with(findings, top[0].gap) if top else ()
    opening = verdict(findings, cover, top, [page for page in top if page.gap in tied])
    return FirstPage(
        headline="".join(piece.text for piece in opening),
        verdict=opening,
        lead=lead(findings, top, pareto, book),
        moves=() if findings.thin else moves(leaks),
        based_on=_based_on(findings, cover, sources),
        leaks=tuple(page.gap for page in top),
        ties=() if findings.thin else _ties(findings, top, titles),
        strength=_strength(top, [one for one in strengths if not findings.thin or _several(one)]),
        sureness=_sureness(findings, top),
        reasons=_reasons(findings, top, ours),
        mondays=() if findings.thin else mondays(process_first(leaks, top)),
        graves=graves(moments),
        misread=misread(findings, top[0].gap) if top else None,
        light=light(ours),
        unexplained=rest_words(findings.decomposition),
        vague=not findings.thin and findings.vague is not None and findings.vague.value > LARGE_REST,
    )


def process_first(leaks: Sequence[LeakPage], top: Sequence[LeakPage]) -> tuple[LeakPage, ...]:
    """The leaks of the first page, then the others, each once."""
    named = {page.gap for page in top}
    return (*top, *(page for page in leaks if page.gap not in named))


def _based_on(findings: Findings, cover: Cover, sources: Sequence[SourceLine]) -> tuple[str, ...]:
    ours = findings.audited
    read = [source for source in sources if source.business == cover.business and source.assessed]
    sites = sorted({source.site for source in read})
    told = gettext("%(reviews)s of %(business)s", reviews=reviews(ours.reviews), business=cover.business)
    if sites:
        told = gettext("%(reviews)s on %(sites)s", reviews=told, sites=listed(sites))
    if ours.first and ours.last:
        told = gettext(
            "%(reviews)s, posted %(first)s to %(last)s", reviews=told, first=day(ours.first), last=day(ours.last)
        )
    lines = [gettext("%(reviews)s; read as of %(day)s.", reviews=told, day=day(findings.as_of))]
    if (unread := sum(findings.unread.values())) and not findings.thin:
        n = ours.reviews - unread
        lines.append(
            ngettext(
                "Shares are of the %(n)s review whose words could be read.",
                "Shares are of the %(n)s reviews whose words could be read.",
                n,
                n=count(n),
            )
        )
    if findings.competitors and not findings.thin:
        held = sum(business.reviews for business in findings.competitors)
        many = plural(len(findings.competitors), "%(n)s competitor", "%(n)s competitors")
        lines.append(gettext("%(competitors)s with %(reviews)s.", competitors=many, reviews=reviews(held)))
    missing = [
        gettext("%(business)s on %(site)s", business=source.business, site=source.site)
        for source in sources
        if not source.assessed
    ]
    if missing:
        lines.append(gettext("Not assessed: %(listings)s (see the evidence).", listings=listed(missing)))
    return tuple(lines)


def _tied_with(findings: Findings, gap: str) -> tuple[str, ...]:
    return next((group for group in findings.ties if gap in group), (gap,))


def _ties(findings: Findings, top: Sequence[LeakPage], titles: dict[str, str]) -> tuple[str, ...]:
    """Ties of leaks on this page, but for the one that the verdict has told already."""
    shown = {page.gap for page in top}
    told = set(_tied_with(findings, top[0].gap)) if top else set()
    groups = [[gap for gap in group if gap in titles] for group in findings.ties if shown & set(group)]
    return tuple(
        gettext(
            "%(leaks)s cannot be told apart in size; their order may be chance.",
            leaks=listed(_shortened([f"“{titles[gap]}”" for gap in group])),
        )
        for group in groups
        if not (set(group) <= told and set(group) <= shown)
    )


def _shortened(names: list[str]) -> list[str]:
    """At most five names; the rest as a number."""
    return (
        names
        if len(names) <= NAMED
        else [*names[: NAMED - 1], plural(len(names) - NAMED + 1, "%(n)s other", "%(n)s others")]
    )


def _strength(top: Sequence[LeakPage], strengths: Sequence[StrengthLine]) -> StrengthLine | NotObservable:
    """The process praised most among those that do not lead the leaks too; that one is named on the leak's page."""
    if not strengths:
        return NotObservable(reason=gettext("no process is praised in enough of the reviews we hold"))
    leaking = {page.gap for page in top}
    return next((strength for strength in strengths if strength.gap not in leaking), strengths[0])


def _several(strength: StrengthLine) -> bool:
    """Whether more than one reviewer says so."""
    return round(strength.cases.value) > 1


def _sureness(findings: Findings, top: Sequence[LeakPage]) -> Sureness:
    """That of the first leak, as its own page tells it."""
    if findings.thin or not top:
        return "low" if findings.thin else "medium"
    return top[0].sureness


def _reasons(findings: Findings, top: Sequence[LeakPage], ours: Sequence[SourceLine]) -> tuple[str, ...]:
    if findings.thin:
        return (gettext("Reviews held: %(n)s; 50 are needed to measure a share.", n=count(findings.audited.reviews)),)
    reasons = [f"{page.title}: {page.why_sure.split('. ')[0].rstrip('.')}." for page in top[:1]]
    reasons += apart(top[0]) if top else []
    under = light(ours)
    for source in ours:
        graded = not isinstance(under, NotObservable) and source.grade == under.grade != BEST
        reasons += [about(source.listing, why) for why in source.grade_reasons[:1] if graded]
        if not (source.assessed and source.verdict == "complete"):
            state = "refused" if source.refused else "held" if source.held else source.verdict
            reasons.append(
                gettext(
                    "%(listing)s (%(site)s) is %(state)s: %(reason)s",
                    listing=source.listing,
                    site=source.site,
                    state=gettext(state),
                    reason=lower_first(source.reason),
                )
            )
    reasons += [one.sentence for one in findings.audited.breaks[-1:]]
    unread = sum(findings.unread.values())
    if unread > MUCH_UNREAD * max(1, findings.audited.reviews):
        part = percent(unread / findings.audited.reviews)
        reasons.append(
            ngettext(
                "%(n)s review (%(part)s) counts in the rating but could not be read for failings.",
                "%(n)s reviews (%(part)s) count in the rating but could not be read for failings.",
                unread,
                n=count(unread),
                part=part,
            )
        )
    if isinstance(findings.decomposition, NotObservable):
        reasons.append(about(gettext("Stars associated"), lower_first(because(findings.decomposition))))
    return tuple(reasons)
