"""The figures of the findings in plain values, as the check before a report takes them."""

from __future__ import annotations

from collections.abc import Iterator

from audits.analysis.values import Figure, Findings, NotObservable
from audits.checks.stages import Measured


def figures(findings: Findings) -> list[Measured]:
    """Every figure of the audited business that has a value, under a name of its own."""
    return [
        Measured(
            name=name,
            method=figure.method,
            unit=figure.unit,
            value=figure.value,
            low=figure.low,
            high=figure.high,
            n=figure.n,
            evidence=figure.evidence,
        )
        for name, figure in _named(findings)
        if not isinstance(figure, NotObservable)
    ]


def _named(findings: Findings) -> Iterator[tuple[str, Figure | NotObservable]]:
    yield "complaints", findings.complaints
    yield "replies", findings.replies
    for leak in findings.leaks:
        yield f"{leak.gap}: share", leak.share
        yield f"{leak.gap}: a month", leak.per_month
        yield f"{leak.gap}: stars", leak.stars
        yield f"{leak.gap}: severity", leak.severity
