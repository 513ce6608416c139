"""A leak at each location and at each competitor: the lines that are printed, and what stands out in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.values import Contrast, Leak, NotObservable, Place
from audits.catalogue import gettext, ngettext
from audits.report.evidence import Book, about
from audits.report.parts import Number, Row, Spot
from audits.report.words import count, listed, plural, with_span

PLACES = 10
NAMES = 4
FILLED = 10
"""Readable reviews under which a location has no line of its own."""


def places(leak: Leak, title: str, book: Book) -> tuple[Row, ...] | NotObservable:
    """The locations with enough reviews, worst first."""
    if isinstance(leak.places, NotObservable):
        return leak.places
    filled = _filled(leak.places)
    if len(filled) < 2:
        return NotObservable(
            reason=ngettext(
                "Fewer than two of %(n)s named location hold %(least)s readable reviews.",
                "Fewer than two of %(n)s named locations hold %(least)s readable reviews.",
                len(leak.places),
                n=count(len(leak.places)),
                least=count(FILLED),
            )
        )
    return tuple(
        Row(name=place.location, share=book.number(place.share, f"{title}: {place.location}"), reviews=place.reviews)
        for place in filled[:PLACES]
    )


def places_rest(leak: Leak) -> str | None:
    """The locations without a line, counted."""
    if isinstance(leak.places, NotObservable) or len(_filled(leak.places)) < 2:
        return None
    return rest_words([place.reviews for place in leak.places])


def rest_words(reviews: Sequence[int]) -> str | None:
    """How many locations have no line, given the reviews of all."""
    filled = sum(held >= FILLED for held in reviews)
    more, few = max(0, filled - PLACES), len(reviews) - filled
    large = ngettext(
        "%(n)s more location with %(least)s reviews or more not shown.",
        "%(n)s more locations with %(least)s reviews or more not shown.",
        more,
        n=count(more),
        least=count(FILLED),
    )
    small = ngettext(
        "%(n)s more location holds fewer than %(least)s reviews.",
        "%(n)s more locations hold fewer than %(least)s reviews each.",
        few,
        n=count(few),
        least=count(FILLED),
    )
    return " ".join([*([large] if more else []), *([small] if few else [])]) or None


def spot(leak: Leak, title: str, book: Book) -> Spot | None:
    """The location that stands out most: the worst one, else the best one."""
    if isinstance(leak.places, NotObservable):
        return None
    for stands, ranked in (("worse", leak.places), ("better", leak.places[::-1])):
        told = [place for place in ranked if place.stands == stands and place.reviews >= FILLED]
        if told and told[0].elsewhere is not None:
            first, *others = told
            return Spot(
                name=first.location,
                worse=stands == "worse",
                share=book.number(first.share, f"{title}: {first.location}"),
                elsewhere=book.number(
                    told[0].elsewhere,
                    about(title, gettext("at all locations but %(location)s", location=first.location)),
                ),
                also=tuple(place.location for place in others[:PLACES]),
            )
    return None


def _filled(found: Sequence[Place]) -> list[Place]:
    return [place for place in found if place.reviews >= FILLED]


def contrasts(leak: Leak, title: str, us: str, book: Book) -> tuple[Row, ...] | NotObservable:
    """The audited business and its competitors over the common window, worst first."""
    if isinstance(leak.contrasts, NotObservable):
        return leak.contrasts
    if not leak.contrasts:
        return NotObservable(reason=gettext("No competitor is named in the engagement."))
    ours = book.number(leak.contrasts[0].ours, about(title, gettext("%(business)s, common window", business=us)))
    rows = [_row(contrast, title, us, book) for contrast in leak.contrasts]
    rows.append(Row(name=us, share=ours, reviews=ours.n, ours=True))
    return tuple(sorted(rows, key=lambda row: (-row.share.value, row.name)))


def _row(contrast: Contrast, title: str, us: str, book: Book) -> Row:
    theirs = book.number(
        contrast.theirs, about(title, gettext("%(business)s, common window", business=contrast.competitor))
    )
    against = gettext("%(us)s against %(competitor)s", us=us, competitor=contrast.competitor)
    difference = book.number(contrast.difference, f"{title}: {against}")
    return Row(name=contrast.competitor, share=theirs, reviews=theirs.n, difference=difference)


def told_apart(rows: Sequence[Row]) -> tuple[str | None, int]:
    """Which competitors the intervals tell apart from us (a difference is ours minus theirs), and how many not."""
    told = [(row.name, row.difference) for row in rows if row.difference]
    better = [name for name, gap in told if _above(gap)]
    worse = [name for name, gap in told if _below(gap)]
    parts = [gettext("Clearly less often at %(better)s.", better=_named(better))] if better else []
    parts += [gettext("Clearly more often at %(worse)s.", worse=_named(worse))] if worse else []
    return " ".join(parts) or None, len(told) - len(better) - len(worse)


def _named(names: Sequence[str]) -> str:
    """The names, or their number where they would be a list to skip."""
    if len(names) <= NAMES:
        return listed(names)
    return plural(len(names), "%(n)s competitor", "%(n)s competitors")


def brief(rows: Sequence[Row], leak: Leak, ours_breaks: bool) -> str | None:
    """Who is clearly better or worse, for a page without room for cautions: only comparisons that no break weakens."""
    if ours_breaks or isinstance(leak.contrasts, NotObservable):
        return None
    sound = {one.competitor for one in leak.contrasts if not one.caveat}
    return told_apart([row for row in rows if row.name in sound])[0]


def contrast_words(rows: Sequence[Row]) -> str:
    """The comparison in words."""
    ours = next(row for row in rows if row.ours)
    apart, even = told_apart(rows)
    parts = [apart] if apart else []
    if apart and even == 1:
        parts.append(gettext("1 other competitor cannot be told apart from %(business)s here.", business=ours.name))
    elif even:
        parts.append(
            ngettext(
                "%(n)s competitor cannot be told apart from %(business)s here.",
                "%(n)s competitors cannot be told apart from %(business)s here.",
                even,
                n=count(even),
                business=ours.name,
            )
        )
    return f"{ours.name}: {with_span(ours.share)}. " + " ".join(parts)


def caution(leak: Leak, us: str, ours_breaks: bool) -> str | None:
    """One line for all breaks of flow inside the common window; their sentences stand beside the competitors."""
    if isinstance(leak.contrasts, NotObservable):
        return None
    names = ([us] if ours_breaks else []) + [one.competitor for one in leak.contrasts if one.caveat]
    if not names:
        return None
    return gettext(
        "Inside these months reviews began to arrive differently at %(names)s, which weakens the comparison",
        names=listed(names),
    )


def _above(gap: Number) -> bool:
    return gap.low is not None and gap.low > 0


def _below(gap: Number) -> bool:
    return gap.high is not None and gap.high < 0
