"""Findings of the sample with the measures that a test is about, and what a report says of them."""

from __future__ import annotations

from dataclasses import replace

from audits.analysis.measures import Measures, Progress
from audits.analysis.values import Findings, NotObservable
from audits.report import html
from audits.report.chapter import Chapter
from audits.report.model import Report
from tests.audits.report import samples
from tests.audits.report.pages import read

NONE = NotObservable(reason="Not measured.")


def measures(**changes: object) -> Measures:
    progress = Progress(interventions=(), targets=(), last=None, since=NONE, restated=(), why_restated="")
    held = Measures(progress=progress, care=NONE, capture=NONE, value=NONE, handoffs=NONE)
    return replace(held, **changes)  # type: ignore[arg-type]  # fields of Measures


def with_leak(gap: str, **changes: object) -> Findings:
    found = samples.findings(measures=measures())
    leaks = [replace(leak, **changes) if leak.gap == gap else leak for leak in found.leaks]  # type: ignore[arg-type]
    return replace(found, leaks=tuple(leaks))


def text_of(report: Report) -> str:
    return read(html.render(report, audit_id="a", charts={}).encode()).text


def chapter_of(report: Report, slug: str) -> Chapter:
    return next(chapter for chapter in report.chapters if chapter.slug == slug)
