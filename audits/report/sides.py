"""Our rating beside the site's own with why they differ, the years of each site and location, and rules on asking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from audits.analysis.measures import Capture, Reaching
from audits.analysis.values import Findings, NotObservable
from audits.catalogue import gettext, ngettext
from audits.report.comparisons import FILLED
from audits.report.cover import Cover, SourceLine
from audits.report.evidence import Book
from audits.report.told import Asking, Beside, YearOfStars
from audits.report.words import count, decimal
from audits.store.records import StoredReview

CLOSE = 0.05
PARTS = 6
UNSAID = "unknown"


def beside(findings: Findings, sources: Sequence[SourceLine], book: Book) -> tuple[Beside, ...] | NotObservable:
    """Every listing of the audited business."""
    found = None if findings.measures is None else findings.measures.capture
    if not isinstance(found, Capture):
        return found or NotObservable(reason=gettext("Not measured."))
    by_name = {source.listing: source for source in sources}
    return tuple(
        Beside(
            listing=each.listing,
            site=each.site,
            ours=book.number(each.ours, gettext("Reaching a rating: %(listing)s, ours", listing=each.listing)),
            site_average=each.site_average,
            site_total=each.site_total,
            why=_why(each, by_name.get(each.listing)),
        )
        for each in found.reaching
    )


def _why(each: Reaching, source: SourceLine | None) -> str:
    if each.site_average is None:
        return gettext("The site’s own figure is not known to us.")
    made = (
        gettext("How the site makes its figure: %(how)s.", how=gettext(source.mean))
        if source and source.mean != UNSAID
        else ""
    )
    apart = each.site_average - each.ours.value
    if abs(apart) <= CLOSE:
        return " ".join([gettext("They agree."), *([made] if made else [])])
    size = decimal(abs(apart), 2)
    higher = apart > 0
    told = [
        gettext("The site’s own is %(n)s higher.", n=size)
        if higher
        else gettext("The site’s own is %(n)s lower.", n=size)
    ]
    if each.site_total and each.site_total > each.ours.n:
        told.append(
            ngettext(
                "It counts %(n)s review; %(held)s are held.",
                "It counts %(n)s reviews; %(held)s are held.",
                each.site_total,
                n=count(each.site_total),
                held=count(each.ours.n),
            )
        )
    if source and source.not_shown != UNSAID:
        told.append(gettext("The site does not show: %(what)s.", what=gettext(source.not_shown)))
    return " ".join([*told, *([made] if made else [])])


def years(reviews: Sequence[StoredReview], findings: Findings) -> tuple[YearOfStars, ...]:
    """Mean stars by year of each site and each larger location, where there are two or more of them."""
    rating = findings.audited.rating
    rated = frozenset(() if isinstance(rating, NotObservable) else rating.evidence)  # without copies, of the period
    ours = [one for one in reviews if one.key in rated and one.posted_on]
    found: list[YearOfStars] = []
    for kind in ("site", "location"):
        parts: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for one in ours:
            name = getattr(one, kind)
            if name and one.rating is not None and one.posted_on:
                parts[name][one.posted_on[:4]].append(one.rating)
        size = {name: sum(map(len, each.values())) for name, each in parts.items()}
        large = sorted((name for name in size if size[name] >= FILLED), key=lambda name: (-size[name], name))
        if len(large) >= 2:
            every = sorted({year for name in large for year in parts[name]})
            found += [_year(name, year, parts[name].get(year, [])) for name in large[:PARTS] for year in every]
    return tuple(found)


def _year(name: str, year: str, stars: Sequence[float]) -> YearOfStars:
    mean = round(sum(stars) / len(stars), 4) if stars else None
    return YearOfStars(part=name, year=year, reviews=len(stars), mean=mean)


def asking(sources: Sequence[SourceLine], cover: Cover) -> tuple[Asking, ...]:
    """The rule of each site on which the audited business stands."""
    own = {source.site: source for source in sources if source.business == cover.business}
    return tuple(
        Asking(site=site, rule=gettext(each.asking), link=each.asking_link or None, as_of=each.facts_as_of)
        for site, each in sorted(own.items())
        if each.asking != UNSAID
    )
