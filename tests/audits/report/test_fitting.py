"""Pages of the paper hold what belongs on them however long the texts are: type and spacing yield first."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pypdf
import pytest

from audits.analysis.intervals import share
from audits.analysis.measures import Measures, Named, Progress
from audits.analysis.values import NotObservable
from audits.report import pdf
from audits.report.charts import charts
from audits.report.fitting import STEPS
from audits.report.model import Report
from tests.audits.report import samples

NONE = NotObservable(reason="Not measured.")
NAMES = {"gap", "stage", "factor", "evidence", "method", "unit", "trend", "sureness", "grade", "month"}
"""Fields that hold a key and not a text."""


def longer(value: Any, by: float, name: str = "") -> Any:
    """The same value with every text so many times as long again."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: longer(getattr(value, one.name), by, one.name) for one in fields(value)})
    if isinstance(value, tuple):
        return tuple(longer(each, by, name) for each in value)
    if isinstance(value, dict):
        return {key: longer(each, by, name) for key, each in value.items()}
    if not isinstance(value, str) or name in NAMES:
        return value
    more = value
    while len(more) < len(value) * (1 + by):
        more = f"{more} {value}"
    return more[: round(len(value) * (1 + by))]


@cache
def stretched(by: float) -> Report:
    """A report of three leaks whose first page, and the pages of its leaks, are so much longer."""
    found = samples.findings()
    report = samples.report(found=replace(found, leaks=found.leaks[:3]))
    first = replace(longer(report.first_page, by), leaks=report.first_page.leaks)
    return replace(report, first_page=first, leaks=tuple(longer(leak, by) for leak in report.leaks))


def brief(report: Report) -> list[str]:
    made = pypdf.PdfReader(BytesIO(pdf.brief(report, audit_id="x")))
    return [page.extract_text() for page in made.pages]


def test_a_first_page_with_texts_longer_by_two_fifths_is_one_page_and_leaves_nothing_out() -> None:
    (page,) = brief(stretched(0.4))
    assert "What it is based on" in page and "stands on the first page of" not in page


def test_a_first_page_whose_texts_fit_in_no_type_leaves_out_its_last_block_and_says_where_it_stands() -> None:
    (page,) = brief(stretched(2.2))
    assert "stands on the first page of report.html" in " ".join(page.split())
    assert "How sure we are" in page and "Grave cases" in page


def test_type_yields_no_more_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    set_ = pdf._setting

    def noted(text: str, report: Report) -> Any:
        setting = set_(text, report)
        return lambda sized: (tried.append(sized), setting(sized))[1]

    monkeypatch.setattr(pdf, "_setting", noted)
    brief(stretched(0.0))
    assert len(tried) == 1
    brief(stretched(0.4))
    assert len(tried) - 1 <= len(STEPS)


def test_a_leak_takes_two_pages_with_the_check_in_your_records_on_the_second() -> None:
    report = stretched(0.4)
    made = pypdf.PdfReader(BytesIO(pdf.render(report, audit_id="x", charts=charts(report), annex=())))
    pages = [" ".join(page.extract_text().split()) for page in made.pages]
    starts = [next(at for at, text in enumerate(pages) if f"Leak {rank} ·" in text) for rank in (1, 2, 3)]
    assert [second - first for first, second in pairwise(starts)] == [2, 2]
    assert all("Check this in your records" in pages[at + 1] for at in starts)
    firsts = [text for text in pages if "On Monday" in text]
    assert len(firsts) == 1 and "Reviewers are not a sample" in firsts[0]


def test_a_reading_of_cases_has_its_first_page_for_itself() -> None:
    report = samples.report(found=samples.thin_findings())
    made = pypdf.PdfReader(BytesIO(pdf.render(report, audit_id="x", charts={}, annex=())))
    (first,) = [page.extract_text() for page in made.pages if "This is a reading of cases." in page.extract_text()]
    assert "Moments of truth" not in first


def test_hand_offs_smaller_leaks_and_locations_follow_each_other_on_the_same_pages() -> None:
    passed = (Named(name="Asked more than once", figure=share(19, 600)),)
    progress = Progress(interventions=(), targets=(), last=None, since=NONE, restated=(), why_restated="")
    measures = Measures(progress=progress, care=NONE, capture=NONE, value=NONE, handoffs=passed)
    report = samples.report(found=samples.findings(measures=measures))
    made = pypdf.PdfReader(
        BytesIO(pdf.render(replace(report, heat=NONE, minor=report.minor[:1]), audit_id="x", charts={}, annex=()))
    )
    pages = [" ".join(page.extract_text().split()) for page in made.pages[2:]]
    opening = next(text for text in pages if "Asked more than once" in text)
    assert "Smaller leaks" in opening
    assert "Locations Not observable" in opening
