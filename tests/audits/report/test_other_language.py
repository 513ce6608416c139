"""In another language a report has nothing of ours left in English, in any of its forms."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from audits import catalogue
from audits.analysis.gaps import frame
from audits.analysis.given import Given
from audits.analysis.revenue import studies
from audits.analysis.values import NotObservable
from audits.report.build import build
from audits.report.chapter import Chapter, Table
from audits.report.charts import charts
from audits.report.compared import newest_first, newest_language, side_by_side
from audits.report.cover import SourceLine
from audits.report.forms import screen, summary
from audits.report.html import page
from audits.report.lettered import letters
from audits.report.model import HandCheck, Release, Report
from audits.report.pdf import _state, annex
from audits.report.retold import retold
from spiders import reasons
from tests.audits.report import samples, sandbox
from tests.audits.report.pages import read
from tests.audits.report.pseudo import OTHER, pseudo

LEFT = {
    r"\bTelltale\b": "the name of this software",
    r"\b[0-9a-f]{16}\b": "the id of a review",
    r"\b\d{4}-\d\d-\d\d-[0-9a-f]{8}(?::[a-z-]+)?": "the id of an audit, and the key of a finding in the answer sheet",
    r"\[kpi\.[a-z-]+\]": "a key of the engagement file",
    r"complaints, rating, replies": "values of a key of the engagement file",
    r"\bannex\.html\b": "the name of a file",
    r"\bXx\b": "a location that the engagement names and no review",
}
"""What stays in Latin letters beside names and the words of customers, and why."""


@pytest.fixture(scope="module")
def told(other: str) -> dict[str, Report]:
    """Reports in the other language: with all that an engagement may add, with little, under letters, and recalled."""
    with catalogue.speaking(other):
        rich, plain = sandbox.findings(sandbox.given()), sandbox.findings(Given(industry="restaurant"))
        few = sandbox.findings(rows=[one for one in sandbox.reviews() if one.business == rich.audited.business][:30])
        names = letters([one.business for one in rich.competitors])
    cases = _report(few)
    checks = tuple(HandCheck(gap=one.gap, title=one.title, right=27, of=30) for one in cases.leaks[:2])
    release = Release(who="6", on="2026-07-01")
    return {
        "rich": _report(rich, reply_days=3.0),
        "letters": _report(plain, aliases=names, confidential=True),
        "few": cases,
        "approved": replace(cases, state="approved", release=release, checks=checks),
        "unchecked": replace(cases, state="approved", release=release),
        "recalled": replace(cases, state="withdrawn", release=replace(release, reason="7")),
    }


def _report(found: Any, aliases: dict[str, str] | None = None, **changes: Any) -> Report:
    cover = samples.cover(business=found.audited.business, language=OTHER, title="8", industry="9", **changes)
    rows = sandbox.reviews()
    return build(
        cover=cover, findings=found, reviews=rows, frame=frame(), sources=_sources(), version="1", aliases=aliases
    )


def _sources() -> tuple[SourceLine, ...]:
    names = list(dict.fromkeys(one.business for one in sandbox.reviews()))
    ended = ({"verdict": "complete", "scope": "full"}, {"verdict": "blocked", "refused": True}, {"verdict": "partial"})
    why = (reasons.READ_TO_THE_END(n=1302), reasons.ROBOTS(what=reasons.ROBOTS_FORBID()), reasons.SHORT(n=9, total=60))
    with catalogue.speaking(OTHER):
        told = [retold(reason) for reason in why]
    return tuple(
        SourceLine(
            listing=name, business=name, site="sandbox", way="crawl", reason=told[at % len(told)], basis="sandbox",
            as_of="2026-06-30", reviews=9, declared_total=9_000, **ended[at % len(ended)],
            asking="allowed without pressure or reward", facts_as_of="2026-01-01",
            mean="yes, of the ratings that are published", not_shown="reviews that were flagged or removed",
        )
        for at, name in enumerate(names)
    )  # fmt: skip


def test_under_another_language_no_english_of_ours_is_left_in_any_form(told: dict[str, Report]) -> None:
    left: dict[str, set[str]] = {}
    for report in told.values():
        known = _known(report)
        for form, texts in _forms(report).items():
            for text in texts:
                for word in re.findall(r"[A-Za-z]{2,}", known.sub(" ", text)):
                    left.setdefault(word, set()).add(f"{form}: {text[:90]}")
    told_where = "\n".join(f"{word}: {' | '.join(sorted(where)[:2])}" for word, where in sorted(left.items()))
    assert not left, f"still in English:\n{told_where}"


def test_the_axis_of_a_chart_has_the_marks_of_the_language(told: dict[str, Report]) -> None:
    drawn = re.findall(r"<text[^>]*>([^<]*)<", charts(told["rich"])["pareto"])
    assert any(re.fullmatch(r"\d,\d", text) for text in drawn)
    assert not any(re.fullmatch(r"\d\.\d", text) for text in drawn)


def test_the_page_declares_its_language_and_that_of_all_audits_is_the_newest_ones(told: dict[str, Report]) -> None:
    assert '<html lang="el">' in screen(told["few"])["report.html"].decode()
    assert newest_language([{"audit": "2026-02", "language": OTHER}, {"audit": "2026-01", "language": "en"}]) == OTHER
    assert newest_language([{"audit": "2026-02", "language": "xx"}, {"audit": "2026-01"}]) == "en"


def _known(report: Report) -> re.Pattern[str]:
    """What is not ours to translate: words of customers and owners, names, and the ids of reviews."""
    own = {study["source"] for study in studies()["study"]} | {source.listing for source in report.sources}
    own |= {business for line in report.reviews for business in (line.business, line.site, line.location or "")}
    own |= {line.business for line in report.businesses}
    for leak in (*report.leaks, *report.minor):
        own |= {theme.name for theme in leak.themes} | {theme.quote or "" for theme in leak.themes}
        own |= {one.text for one in (*leak.quotes, *leak.statements)} | set(re.findall("“([^”]*)”", leak.factor_words))
        own.add(leak.gap)
    own |= {quote.text for strength in report.strengths for quote in strength.quotes}
    own |= {one.text for one in report.examples} | {report.cover.brand_name or "", report.frame, report.model}
    if not isinstance(report.moments, NotObservable):
        own |= {one.quote.text for one in (*report.moments.newest, *report.moments.handled) if one.quote}
    for chapter in report.chapters:
        for table in chapter.tables:
            for row in table.rows:
                own |= {row.name} if chapter.slug == "emerging" else set()
                own |= {cell for cell in row.cells if isinstance(cell, str) and _of_a_person(chapter, table)}
    longest = sorted((text for text in own if text), key=len, reverse=True)
    return re.compile("|".join([*LEFT, *map(re.escape, longest)]))


def _of_a_person(chapter: Chapter, table: Table) -> bool:
    """Whether the plain cells of a table are words of customers or owners: notes on themes and reply templates."""
    return chapter.slug == "emerging" or (chapter.slug == "care" and table.caption == pseudo("Replies from a template"))


def _forms(report: Report) -> dict[str, set[str]]:
    """Every text of every form that has a Latin letter, once, by form."""
    forms = screen(report)
    with catalogue.speaking(report.cover.language):
        lines = newest_first(
            [{**summary(report), "audit": "2026-01-01-1"}, {**summary(report), "audit": "2026-02-01-2"}]
        )
        shown, rows = side_by_side(lines)
        pages = {
            "index": page("index.html.j2", engagement="11", audits=lines, latest=""),
            "compare": page("compare.html.j2", engagement="11", audits=shown, rows=rows),
            "pdf": page(
                "pdf.html.j2",
                report=report,
                audit_id="12",
                charts={},
                annex=annex(report)[:3],
                most=2,
            ),
            "brief": page("brief.html.j2", report=report, audit_id="12"),
        }
        margins = [_state(report)]
    pages |= {name: forms[name].decode() for name in ("report.html", "annex.html")}
    books = {name: _cells(forms[name]) for name in ("workbook.xlsx", "answers.xlsx")}
    found = {name: _texts(text) for name, text in pages.items()} | books | {"mail": _mail(forms), "margin": margins}
    return {name: {text for text in texts if re.search("[A-Za-z]{2}", text)} for name, texts in found.items()}


def _texts(text: str) -> list[str]:
    found = read(text)
    margin = re.findall(r'content: "([^"]*)"', found.style)
    spoken = [value for name in ("aria-label", "title", "alt") for value in found.values(name)]
    return [*found.words, *spoken, *margin]


def _cells(body: bytes) -> list[str]:
    book = load_workbook(BytesIO(body))
    cells = [
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]
    lists = [each.formula1 for sheet in book for each in sheet.data_validations.dataValidation]
    return [*cells, *lists, *book.sheetnames]


def _mail(forms: dict[str, bytes]) -> list[str]:
    found = message_from_bytes(forms["first-page.eml"], policy=policy.default)
    plain, rich = (found.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None and rich is not None
    return [str(found["Subject"]), *plain.get_content().split("\n"), *_texts(rich.get_content())]
