"""A report as paper, whole with cover, contents and page numbers, or its first page alone; nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from markupsafe import Markup

from audits.catalogue import gettext, speaking
from audits.report.fitting import Setting, in_its_pages, on_one_page
from audits.report.html import PICTURE, STATES, page
from audits.report.model import Report
from audits.report.words import day

MOST_IDS = 20
"""Review ids that the annex of the paper prints of a set: the whole annex is a file of its own."""
MISSING = (
    "No PDF was made: WeasyPrint finds no Pango on this machine. Install it (Debian: apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0; macOS: brew install pango) and run the audit again; the other forms are complete."
)
_TO_ANNEX = re.compile(r'<a class="num" href="annex\.html#([A-Za-z0-9_-]+)" data-evidence="[^"]*">(.*?)</a>', re.S)
_OTHER_FILE = re.compile(r'<a href="(?:annex|report)\.html[^"]*">(.*?)</a>', re.S)


class NoPangoError(RuntimeError):
    """Pango, which sets the text, is not on this machine; the sentence says how to get it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSet:
    """Of a set of evidence the first MOST_IDS reviews, what it is called by, and how many reviews it has."""

    id: str
    subject: str
    label: str
    reviews: tuple[str, ...]
    count: int


def printable(report: Report) -> tuple[Report, tuple[PrintedSet, ...]]:
    """As much of the report as is printed, and its annex: a large one has a million ids that are not."""
    return replace(report, reviews=(), evidence=()), annex(report)


def annex(report: Report) -> tuple[PrintedSet, ...]:
    """The sets behind the numbers of the first page; what is behind the others is in the other file."""
    with speaking(report.cover.language):
        first = page("brief.html.j2", report=report, audit_id="")
    named = {found[1] for found in _TO_ANNEX.finditer(first)}
    return tuple(
        PrintedSet(
            id=held.id,
            subject=held.subject,
            label=held.labels[0],
            reviews=held.reviews[:MOST_IDS],
            count=len(held.reviews),
        )
        for held in report.evidence
        if held.id in named
    )


def render(report: Report, *, audit_id: str, charts: Mapping[str, str], annex: Sequence[PrintedSet]) -> bytes:
    """The report as a PDF, a page for each leak that its first page names; raises `NoPangoError`."""
    with speaking(report.cover.language):
        return _whole(_printed_leaks(report), audit_id, charts, annex)


def _whole(report: Report, audit_id: str, charts: Mapping[str, str], annex: Sequence[PrintedSet]) -> bytes:
    drawn = {name: Markup(svg) for name, svg in charts.items()}  # noqa: S704  # rebuilt from known elements in svg.py
    text = page(
        "pdf.html.j2",
        colour=report.cover.brand_colour,
        report=report,
        audit_id=audit_id,
        charts=drawn,
        annex=annex,
        most=MOST_IDS,
        sheets=("paper.css",),
    )
    setting = _setting(_linked(text, {held.id for held in annex}), report)
    return _written(in_its_pages(setting, [] if report.thin else [leak.gap for leak in report.leaks]))


def brief(report: Report, *, audit_id: str) -> bytes:
    """The first page alone, on one sheet however long its texts are; raises `NoPangoError`."""
    with speaking(report.cover.language):
        return _written(on_one_page(*(_brief(report, audit_id, short=short) for short in (False, True))))


def _brief(report: Report, audit_id: str, *, short: bool) -> Setting:
    sheets = ("paper.css", "sheet.css")
    colour = report.cover.brand_colour
    text = page("brief.html.j2", colour=colour, sheets=sheets, report=report, audit_id=audit_id, short=short)
    return _setting(_linked(text, set()), report)


def _printed_leaks(report: Report) -> Report:
    """Leaks of the first page keep their pages; the others stand in one table, as the smaller ones do."""
    if report.thin:
        return report
    named = {*report.first_page.leaks, *(move.gap for move in report.first_page.moves)}
    kept = tuple(leak for leak in report.leaks if leak.gap in named)
    rest = sorted(
        (*(leak for leak in report.leaks if leak.gap not in named), *report.minor), key=lambda leak: leak.rank
    )
    return replace(report, leaks=kept, minor=tuple(rest))


def _linked(text: str, printed: set[str]) -> str:
    """Numbers lead to the annex of the paper where their set is printed; nothing leads to another file."""

    def number(found: re.Match[str]) -> str:
        if found[1] in printed:
            return f'<a class="num" href="#{found[1]}">{found[2]}</a>'
        return f'<span class="num">{found[2]}</span>'

    return _OTHER_FILE.sub(r"\1", _TO_ANNEX.sub(number, text)).replace("<details>", "<details open>")


def _setting(text: str, report: Report) -> Setting:
    """Lays the text out under one more style sheet, with the business and the state of the report on every page."""
    weasyprint = _weasyprint()
    heads = ("top-left", _css(report.cover.business)), ("top-right", _css(_state(report)))
    marks = "@page {" + " ".join(f"@{place} {{ content: {said} }}" for place, said in heads) + "}"
    html = weasyprint.HTML(string=text, url_fetcher=_refusing()(), media_type="print")
    return lambda sized: html.render(stylesheets=[weasyprint.CSS(string=marks + sized)], pdf_tags=True)


def _written(document: Any) -> bytes:
    made: bytes = document.write_pdf(pdf_tags=True)
    return made


def _state(report: Report) -> str:
    mark = STATES.get(report.state)
    told = gettext("as of %(day)s", day=day(report.as_of))
    return f"{gettext(mark)} · {told}" if mark else told


def _css(text: str) -> str:
    """A CSS string of any text: everything but plain letters and digits as an escape, which the space after it ends."""
    return '"' + "".join(c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):06x} " for c in text) + '"'


def loaded() -> None:
    """Import what sets the pages, which takes a second; raises `NoPangoError`."""
    _weasyprint()


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise NoPangoError(MISSING) from error
    return weasyprint


@cache
def _refusing() -> type:
    """A fetcher that refuses every address but a picture inside the page: no network is asked and no file taken in."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Refusing(URLFetcher):  # type: ignore[misc]  # weasyprint ships no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if PICTURE.fullmatch(url):
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"a report fetches nothing, and this asked for {url[:200]!r}")

    return Refusing
