"""The lines of the annex, one a review: there are hundreds of thousands, so what they repeat is put into words once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from markupsafe import Markup, escape

from audits.catalogue import gettext
from audits.report import words
from audits.report.model import Report
from audits.report.parts import ReviewLine

WHOLE = 50_000
"""Reviews up to which the annex has them all; `report.json` always has."""
FEW = 500
"""Reviews of a set that a larger one shows: the first by id, which is a digest, so that they are as good as drawn."""
AT_ONCE = 500
"""Lines that are handed on together."""
_NONE = "–"


def shown(report: Report, few: int | None) -> Sequence[ReviewLine]:
    """The reviews that have a line: those of the first `few` of each set, all where that is None."""
    if few is None:
        return report.reviews
    keys = {key for held in report.evidence for key in held.reviews[:few]}
    return [line for line in report.reviews if line.key in keys]


def lines(reviews: Sequence[ReviewLine], ours: str) -> Iterator[Markup]:
    """The rows of the table, some at a time; `ours` is the audited business."""
    told = _telling(ours)
    for at in range(0, len(reviews), AT_ONCE):
        yield Markup("\n".join(map(told, reviews[at : at + AT_ONCE])))  # noqa: S704  # every value was escaped


def _telling(ours: str) -> Callable[[ReviewLine], str]:
    """What writes one row, in the language that is being spoken."""
    link = gettext("review")
    before, _, after = gettext("row %(row)s of the export").partition("%(row)s")

    @cache
    def kind(stars: float | None, business: str) -> str:
        few = "a4" if stars is None else "a1" if stars < 2.5 else "a2" if stars < 3.5 else "a3"
        return f"{few} {'b1' if business == ours else 'b2'}"

    @cache
    def stands(business: str, site: str, location: str | None) -> str:
        return f"<td>{_seen(business)}</td><td>{_seen(site)}</td><td>{_seen(location or _NONE)}</td>"

    @cache
    def posted(day: str | None, precision: str | None) -> str:
        return _seen(words.day(day, precision))

    @cache
    def starred(stars: float | None) -> str:
        return _seen(words.stars(stars))

    def where(line: ReviewLine, key: str) -> str:
        row = f"{before}{_seen(line.row)}{after}" if line.row else ""
        if not line.link:
            return row or _NONE
        there = (
            f'<a href="{_seen(line.link)}" rel="noopener noreferrer nofollow">{link}<span class="sr"> {key}</span></a>'
        )
        return f"{there}, {row}" if row else there

    def told(line: ReviewLine) -> str:
        key = _seen(line.key)
        return (
            f'<tr id="r-{key}" class="{kind(line.stars, line.business)}"><th scope="row">{key}</th>'
            f"{stands(line.business, line.site, line.location)}<td>{posted(line.posted_on, line.precision)}</td>"
            f"<td>{starred(line.stars)}</td><td>{where(line, key)}</td></tr>"
        )

    return told


def _seen(text: str) -> str:
    """As a page shows it: without what a reader cannot see, and escaped; letters and digits stay as they are."""
    if text.isascii() and text.isalnum():
        return text
    return str(escape(words.shown(text)))
