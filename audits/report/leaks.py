"""A page for each leak: its measures with their evidence, its words from the frame, its quotes from the reviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from audits.analysis.gaps import Frame
from audits.analysis.intervals import wilson
from audits.analysis.told import FactorSign
from audits.analysis.values import Figure, Leak, NotObservable, Theme
from audits.catalogue import gettext, ngettext
from audits.report import comparisons
from audits.report.arithmetic import arithmetic
from audits.report.borne import borne
from audits.report.course import course
from audits.report.cover import Cover, SourceLine
from audits.report.evidence import Book, about
from audits.report.parts import LeakPage, MonthShare, Number, Segment, ThemeLine, counted
from audits.report.quotes import lined, picked, typical
from audits.report.words import count
from audits.store.records import StoredReview

THEMES, FACTORS = 6, 2
TELLING = 0.05
"""Part of a leak's statements whose words must point to a factor before it is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every page is written from."""

    cover: Cover
    frame: Frame
    reviews: Mapping[str, StoredReview]
    book: Book
    thin: bool
    praise: Mapping[str, Figure]
    """Gap → share of reviews that praise the process."""
    broken: bool
    """Whether the flow of the audited business breaks inside the common window."""
    ours: Sequence[SourceLine]
    """The listings of the audited business."""


def few_held() -> NotObservable:
    """Why nothing is measured in a reading of cases."""
    return NotObservable(reason=gettext("Fewer than 50 reviews are held."))


def page(leak: Leak, rank: int, desk: Desk) -> LeakPage:
    """One leak as it is printed."""
    gap = desk.frame.gap(leak.gap)
    title, book, us = gap.title, desk.book, desk.cover.business
    industry = desk.frame.industry(desk.cover.industry)
    behind = leak.share.evidence
    share = book.number(leak.share, about(title, gettext("reviews") if desk.thin else gettext("share of reviews")))
    contrasts = few_held() if desk.thin else comparisons.contrasts(leak, title, us, book)
    apart = None if isinstance(contrasts, NotObservable) else contrasts
    sure, lower = borne(leak.sureness, desk.ours)
    themes = tuple(_theme(theme, leak, title, desk) for theme in leak.themes[:THEMES])
    return LeakPage(
        gap=gap.slug,
        rank=rank,
        code=gap.code,
        title=title,
        stage=gap.stage,
        failed=gap.failed,
        alias=gap.aliases[industry] if industry else None,
        owner=gap.owners.get(industry or "", gap.owner),
        factor=gap.factor,
        kpi=gap.kpi,
        fix=gap.fix,
        share=share,
        cases=counted(share),
        per_month=book.known(leak.per_month, about(title, gettext("reviews a month")), behind),
        stars=few_held() if desk.thin else book.known(leak.stars, about(title, gettext("stars associated")), behind),
        severity=book.number(leak.severity, about(title, gettext("severity")), behind),
        course=course(few_held() if desk.thin else leak.direction, title, book),
        months=tuple(_month(*counted) for counted in leak.monthly),
        places=few_held() if desk.thin else comparisons.places(leak, title, book),
        places_rest=None if desk.thin else comparisons.places_rest(leak),
        spot=None if desk.thin else comparisons.spot(leak, title, book),
        contrasts=contrasts,
        contrast_words=comparisons.contrast_words(apart) if apart else None,
        contrast_brief=comparisons.brief(apart, leak, desk.broken) if apart else None,
        contrast_caution=comparisons.caution(leak, us, desk.broken) if apart else None,
        praised=_praised(leak, title, desk),
        recovered=_around(leak.around.recovered if leak.around else None, about(title, gettext("put right")), desk),
        without_signalled=_around(
            leak.around.without_signalled if leak.around else None,
            about(title, gettext("without signalled reviews")),
            desk,
        ),
        arithmetic=few_held() if desk.thin else arithmetic(leak, title, book),
        factor_words=_factor_words(leak),
        segments=_segments(leak, title, desk),
        themes=themes,
        quotes=()
        if desk.cover.confidential
        else picked(leak.surest, desk.reviews, said=[theme.quote for theme in themes]),
        statements=() if desk.cover.confidential else lined(leak.gap, leak.statements, desk.reviews),
        replied=book.known(leak.replied, about(title, gettext("answered by the owner"))),
        sureness=sure,
        why_sure=" ".join(filter(None, (leak.why_sure, lower))),
        sure_figures=leak.sure_figures,
        playbook=asdict(gap.playbook),
        records=asdict(gap.records),
    )


def _praised(leak: Leak, title: str, desk: Desk) -> Number | None:
    figure = desk.praise.get(leak.gap)
    return None if figure is None or desk.thin else desk.book.number(figure, about(title, gettext("praised instead")))


def _around(figure: Figure | None, label: str, desk: Desk) -> Number | None:
    return None if figure is None or desk.thin else desk.book.number(figure, label)


def _segments(leak: Leak, title: str, desk: Desk) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            attribute=_worded(name), value=value, share=desk.book.number(figure, f"{title}: {_worded(name)}, {value}")
        )
        for name, value, figure in (leak.around.segments if leak.around else ())
    )


def _worded(name: str) -> str:
    """A column's name as words: a source calls it `type_traveller`."""
    return name.replace("_", " ")


def _factor_words(leak: Leak) -> str:
    """The factors that words point to, the first two, with those words; the usual factor is inferred from none."""
    signs = leak.around.factors if leak.around else ()
    told = [
        ngettext(
            "%(factor)s in %(part)s of %(n)s statement (%(rule)s)",
            "%(factor)s in %(part)s of %(n)s statements (%(rule)s)",
            one.of,
            factor=gettext(one.factor),
            part=count(one.statements),
            n=count(one.of),
            rule=rule,
        )
        for one in signs
        if one.statements >= TELLING * one.of and (rule := _by_words(one))
    ]
    if told:
        return gettext("Inferred from words: %(factors)s.", factors="; ".join(told[:FACTORS]))
    if any(_by_words(one) for one in signs):
        return gettext("Hardly any statement’s words point to another.")
    return gettext("No statement’s words point to another.") if signs else ""


def _by_words(sign: FactorSign) -> str:
    """What a rule of `analysis.factors` heard, most often; empty where it heard nothing and took the usual factor."""
    kind, colon, heard = sign.rule.partition(": ")
    if not colon or kind not in ("words", "signs"):
        return ""
    told = f"“{heard}”" if kind == "words" else ", ".join(gettext(one) for one in heard.split(", "))
    return gettext("mostly %(heard)s", heard=told) if sign.statements > 1 else told


def _month(name: str, hits: int, reviews: int) -> MonthShare:
    low, high = wilson(hits, reviews) if reviews else (None, None)
    value = hits / reviews if reviews else None
    return MonthShare(month=name, hits=hits, reviews=reviews, value=value, low=low, high=high)


def _theme(theme: Theme, leak: Leak, title: str, desk: Desk) -> ThemeLine:
    evidence = desk.book.hold(theme.reviews, gettext("%(title)s: theme “%(name)s”", title=title, name=theme.name))
    reviews = len(set(theme.reviews))
    number = Number(value=reviews, unit="reviews", n=reviews, method="themes", evidence=evidence)
    desk.book.methods.setdefault("themes")
    quote = None if desk.cover.confidential else typical(theme, leak.surest, desk.reviews)
    return ThemeLine(name=theme.name, reviews=number, quote=quote)
