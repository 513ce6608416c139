"""Leaks by locations: shares drawn towards the others where reviews are few, shaded by size, the best one named."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.values import Leak, NotObservable, Place
from audits.catalogue import gettext
from audits.report.comparisons import FILLED, PLACES, rest_words
from audits.report.evidence import Book
from audits.report.parts import LeakPage
from audits.report.told import Heat, HeatCell, HeatRow
from audits.report.words import count

SHADES = 4
FEW = 30
"""Readable reviews under which a share is drawn so far to the others that it says little by itself."""
LEAKS = 12


def heat(pages: Sequence[LeakPage], leaks: Sequence[Leak], book: Book) -> Heat | NotObservable:
    """The heaviest leaks at the largest locations."""
    known = [(page, leak.places) for page, leak in zip(pages, leaks, strict=True)][:LEAKS]
    held = [(page, places) for page, places in known if not isinstance(places, NotObservable)]
    if not held:
        why = next((places for _, places in known if isinstance(places, NotObservable)), None)
        return why or NotObservable(reason=gettext("No leak was read."))
    sizes = {place.location: place.reviews for _, places in held for place in places}
    filled = sorted((name for name in sizes if sizes[name] >= FILLED), key=lambda name: (-sizes[name], name))
    if len(filled) < 2:
        return NotObservable(
            reason=gettext("Fewer than two locations hold %(least)s readable reviews.", least=count(FILLED))
        )
    shown = filled[:PLACES]
    most = max(place.share.value for _, places in held for place in places if place.location in shown) or 1.0
    return Heat(
        locations=tuple((name, sizes[name]) for name in shown),
        rows=tuple(_row(page, places, shown, most, book) for page, places in held),
        rest=rest_words(list(sizes.values())),
    )


def _row(page: LeakPage, places: Sequence[Place], shown: Sequence[str], most: float, book: Book) -> HeatRow:
    at = {place.location: place for place in places}
    best = min((p for p in places if p.stands == "better"), key=lambda p: (p.share.value, p.location), default=None)
    return HeatRow(
        gap=page.gap,
        title=page.title,
        cells=tuple(_cell(at.get(name), page, most, book) for name in shown),
        best=best.location if best else None,
    )


def _cell(place: Place | None, page: LeakPage, most: float, book: Book) -> HeatCell | None:
    if place is None:
        return None
    return HeatCell(
        share=book.number(place.share, f"{page.title}: {place.location}"),
        shade=min(SHADES, int(SHADES * place.share.value / most + 0.5)),
        few=place.reviews < FEW,
        stands=place.stands,
    )
