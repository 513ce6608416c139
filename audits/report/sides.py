"""Our rating beside the site's own with why they differ, the years of each site and location, and rules on asking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from audits.analysis.measures import Capture, Reaching
from audits.analysis.values import Findings, NotObservable
from audits.report.comparisons import FILLED
from audits.report.cover import Cover, SourceLine
from audits.report.evidence import Book
from audits.report.told import Asking, Beside, YearOfStars
from audits.report.words import decimal
from audits.store.records import StoredReview

CLOSE = 0.05
PARTS = 6
UNSAID = "unknown"


def beside(findings: Findings, sources: Sequence[SourceLine], book: Book) -> tuple[Beside, ...] | NotObservable:
    """Every listing of the audited business."""
    found = None if findings.measures is None else findings.measures.capture
    if not isinstance(found, Capture):
        return found or NotObservable(reason="Not measured.")
    by_name = {source.listing: source for source in sources}
    return tuple(
        Beside(
            listing=each.listing,
            site=each.site,
            ours=book.number(each.ours, f"Reaching a rating: {each.listing}, ours"),
            site_average=each.site_average,
            site_total=each.site_total,
            why=_why(each, by_name.get(each.listing)),
        )
        for each in found.reaching
    )


def _why(each: Reaching, source: SourceLine | None) -> str:
    if each.site_average is None:
        return "The site’s own figure is not known to us."
    made = f" How the site makes its figure: {source.mean}." if source and source.mean != UNSAID else ""
    apart = each.site_average - each.ours.value
    if abs(apart) <= CLOSE:
        return f"They agree.{made}"
    more = "higher" if apart > 0 else "lower"
    told = [f"The site’s own is {decimal(abs(apart), 2)} {more}."]
    if each.site_total and each.site_total > each.ours.n:
        told.append(f"It counts {each.site_total:,} reviews; {each.ours.n:,} are held.")
    if source and source.not_shown != UNSAID:
        told.append(f"The site does not show: {source.not_shown}.")
    return " ".join(told) + made


def years(reviews: Sequence[StoredReview], cover: Cover, period: tuple[str, str]) -> tuple[YearOfStars, ...]:
    """Mean stars by year of each site and each larger location, where there are two or more of them."""
    ours = [
        one
        for one in reviews
        if one.business == cover.business
        and one.posted_on
        and one.rating is not None
        and period[0][:10] <= one.posted_on[:10] <= period[1][:10]
    ]
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
        Asking(site=site, rule=each.asking, link=each.asking_link or None, as_of=each.facts_as_of)
        for site, each in sorted(own.items())
        if each.asking != UNSAID
    )
