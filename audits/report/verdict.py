"""The sentences on top of the first page: which leak stands out, how often it is reported, what goes with it."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.values import Findings, NotObservable
from audits.catalogue import gettext
from audits.report.cover import Cover
from audits.report.evidence import Book
from audits.report.model import Pareto, Piece
from audits.report.parts import LeakPage
from audits.report.pieces import pieces
from audits.report.shortfall import LITTLE
from audits.report.words import (
    decimal,
    inside,
    listed,
    reviews,
    said,
    span,
)

COMMERCIAL, PROCESS = "commercial", "process"


def verdict(findings: Findings, cover: Cover, top: Sequence[LeakPage], tied: Sequence[LeakPage]) -> tuple[Piece, ...]:
    """The verdict: the biggest leak, or those too close to call; in a reading of cases what this is."""
    held, business = reviews(findings.audited.reviews), cover.business
    if findings.thin:
        few = gettext("We hold %(reviews)s of %(business)s: too few to measure or to rank. This is a reading of cases.")
        return pieces(few, reviews=held, business=business)
    if not top:
        none = gettext("No process of %(business)s stands out as leaking in the %(reviews)s we hold.")
        return pieces(none, reviews=held, business=business)
    if len(tied) > 1:
        opening = _tie(len(tied), starred=not isinstance(findings.decomposition, NotObservable))
        return pieces(opening, business=business, leaks=_listed(tied))
    biggest = gettext("The biggest leak at %(business)s: %(leak)s. %(size)s")
    return pieces(biggest, business=business, leak=_named(top[0], inside(top[0].title)), size=_size(top[0]))


def _tie(leaks: int, *, starred: bool) -> str:
    """Leaks that are too close to call, by what they were ranked by."""
    if not starred:
        return (
            gettext("Two leaks stand out at %(business)s, too close to call by how often they are reported: %(leaks)s.")
            if leaks == 2
            else gettext(
                "Three leaks stand out at %(business)s, too close to call by how often they are reported: %(leaks)s."
            )
        )
    return (
        gettext("Two leaks stand out at %(business)s, too close to call by the stars that go with them: %(leaks)s.")
        if leaks == 2
        else gettext(
            "Three leaks stand out at %(business)s, too close to call by the stars that go with them: %(leaks)s."
        )
    )


def _listed(pages: Sequence[LeakPage]) -> tuple[Piece, ...]:
    """The pages with their shares, as a list in running text."""
    shares = [Piece(text=said(page.share), evidence=page.share.evidence) for page in pages]
    marks = [f"%(leak{at})s" for at in range(len(pages))]
    told = {
        f"leak{at}": pieces(
            gettext("%(leak)s (%(share)s reviews we hold)") if at == 0 else gettext("%(leak)s (%(share)s)"),
            leak=_named(page, f"“{page.title}”"),
            share=share,
        )
        for at, (page, share) in enumerate(zip(pages, shares, strict=True))
    }
    return pieces(listed(marks), **told)


def _size(page: LeakPage) -> tuple[Piece, ...]:
    share = Piece(text=said(page.share), evidence=page.share.evidence)
    if isinstance(page.per_month, NotObservable):
        return _undated_size(page, share)
    rate = Piece(text=said(page.per_month), evidence=page.per_month.evidence)
    if not span(page.share):
        return pieces(gettext("%(share)s reviews we hold report it, about %(rate)s."), share=share, rate=rate)
    within = gettext("%(share)s reviews we hold report it (%(span)s), about %(rate)s.")
    return pieces(within, share=share, span=span(page.share), rate=rate)


def _undated_size(page: LeakPage, share: Piece) -> tuple[Piece, ...]:
    if not span(page.share):
        return pieces(gettext("%(share)s reviews we hold report it."), share=share)
    return pieces(gettext("%(share)s reviews we hold report it (%(span)s)."), share=share, span=span(page.share))


def _named(page: LeakPage, name: str) -> str:
    return gettext("%(leak)s (commercial, not a process)", leak=name) if page.factor == COMMERCIAL else name


def lead(
    findings: Findings, top: Sequence[LeakPage], pareto: Pareto | NotObservable, book: Book
) -> tuple[tuple[Piece, ...], ...]:
    """What follows the verdict: the biggest leak of a process, and the stars that go with these leaks."""
    if findings.thin:
        below = gettext(
            "This report tells what was reported, in the order of the customer’s way: no shares, no ranking, no mean "
            "of the stars."
        )
        return (pieces(below),)
    lines = []
    process = next((page for page in top if page.factor == PROCESS), None)
    if process is not None and top[0].factor == COMMERCIAL:
        biggest = gettext("The biggest leak in a process: %(leak)s. %(size)s")
        lines.append(pieces(biggest, leak=inside(process.title), size=_size(process)))
    known = [page.stars for page in top if not isinstance(page.stars, NotObservable)]
    if not isinstance(pareto, NotObservable) and pareto.shortfall.value < LITTLE:
        lines.append(pieces(_near_five(pareto)))
    elif known and len(known) == len(top) and not isinstance(pareto, NotObservable):
        held = {leak.gap: leak.share.evidence for leak in findings.leaks}
        behind = book.hold(
            [key for page in top for key in held[page.gap]], gettext("The leaks of the first page together")
        )
        together = Piece(text=decimal(sum(number.value for number in known), 2), evidence=behind)
        if together.text != decimal(0, 2):
            lines.append(pieces(_associated(len(top)), together=together, whole=said(pareto.shortfall)))
    return tuple(lines)


def _near_five(pareto: Pareto) -> str:
    if round(pareto.shortfall.value, 2) == 0:
        return gettext(
            "The mean of the reviews we hold lies less than 0.01 below five stars: hardly a star is missing."
        )
    below = decimal(pareto.shortfall.value, 2)
    return gettext(
        "The mean of the reviews we hold lies %(below)s below five stars: too little to be parted among the failings.",
        below=below,
    )


def _associated(leaks: int) -> str:
    if leaks == 1:
        return gettext("This leak is associated with about %(together)s of the %(whole)s missing to five.")
    if leaks == 2:
        return gettext("The two leaks below are associated with about %(together)s of the %(whole)s missing to five.")
    return gettext("The three leaks below are associated with about %(together)s of the %(whole)s missing to five.")
