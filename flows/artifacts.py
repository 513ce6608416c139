"""What the Prefect UI shows of an audit: summary, evidence, leaks, a link; never the text of a review."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from audits.analysis.gaps import frame
from audits.analysis.values import Figure, Findings, Leak, NotObservable
from audits.report.cover import SourceLine
from flows.outcome import Outcome


def shown(outcome: Outcome, findings: Findings, sources: Sequence[SourceLine]) -> None:
    """Create the artifacts of a run, under keys that begin with the engagement."""
    create_markdown_artifact(key=f"{outcome.engagement}-summary", markdown=_summary(outcome, findings))
    create_table_artifact(key=f"{outcome.engagement}-evidence", table=[evidence_row(each) for each in sources])
    create_table_artifact(key=f"{outcome.engagement}-leaks", table=[_row(leak) for leak in findings.leaks])
    if outcome.report:
        create_link_artifact(key=f"{outcome.engagement}-report", link=Path(outcome.report).as_uri(), link_text="Report")


def _summary(outcome: Outcome, findings: Findings) -> str:
    lines = [
        f"## {outcome.engagement}: {outcome.name}",
        f"{findings.audited.reviews} reviews of the audited business, as of {findings.as_of}.",
        *(f"- {sentence}" for sentence in outcome.says),
    ]
    return "\n\n".join(lines)


def evidence_row(source: SourceLine) -> dict[str, str]:
    """How one listing was read, and what its evidence is worth."""
    return {
        "listing": source.listing,
        "verdict": f"{source.verdict}, held" if source.held else source.verdict,
        "reviews": str(source.reviews),
        "set aside": str(source.quarantined),
        "grade": source.grade or "",
        "because": " ".join(source.grade_reasons),
    }


def _row(leak: Leak) -> dict[str, str]:
    return {
        "leak": frame().gap(leak.gap).title,
        "share": _said(leak.share, 100, "%"),
        "a month": "" if isinstance(leak.per_month, NotObservable) else _said(leak.per_month, 1, ""),
        "stars": "" if isinstance(leak.stars, NotObservable) else _said(leak.stars, 1, ""),
        "direction": "" if isinstance(leak.direction, NotObservable) else leak.direction.trend,
    }


def _said(figure: Figure, times: float, unit: str) -> str:
    value = f"{figure.value * times:.3g}{unit}"
    if figure.low is None or figure.high is None:
        return value
    return f"{value} ({figure.low * times:.3g}–{figure.high * times:.3g})"
