"""How an audit ended, in one value: its name, the sentences a person reads, and where the report lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from audits.analysis.values import Findings
from audits.engagement import canonical, digest
from audits.publish import Publication
from audits.report.cover import SourceLine
from audits.store.records import StoredAudit, StoredPublication
from audits.store.store import Store
from flows.counted import AGGREGATE
from flows.material import Told
from flows.plan import Plan
from spiders.items import Landing

OutcomeName = Literal["complete", "partial", "held", "failed"]
PUBLISHED = "published"
"""The line of the engagement's log that names an audit, where its report lies, its input and what it tells."""
GOOD = ("complete", "empty")
EXIT: dict[OutcomeName, int] = {"complete": 0, "partial": 2, "held": 2, "failed": 1}
WEAK = frozenset("CD")
"""Letters of evidence that a person is told of at the end of a run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The end of a run. `report` is the path of `report.html`, None where nothing was published."""

    name: OutcomeName
    engagement: str
    audit: str | None
    report: str | None
    reviews: int
    says: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    """A sentence for each listing whose evidence is weak, and why; every letter stands in the report."""
    fresh: bool = True
    """False where nothing had changed since the last audit, so that its report still stands."""
    spared: str = ""
    """Where something had changed, and nothing that a reader would act on: the sentence that says so."""

    @property
    def exit_code(self) -> int:
        """0 complete, 2 held or partial, 1 failed."""
        return EXIT[self.name]


def named(plan: Plan, sources: Sequence[SourceLine]) -> OutcomeName:
    """Complete only when every listing was; without any listing of the audited business there is no audit."""
    ours = [source for source in sources if source.business == plan.engagement.business.name]
    if not any(source.assessed for source in ours):
        return "held" if any(source.held for source in ours) else "failed"
    whole = all(source.verdict == AGGREGATE or (source.assessed and source.verdict in GOOD) for source in sources)
    return "complete" if whole else "partial"


def shortfalls(sources: Sequence[SourceLine]) -> tuple[str, ...]:
    """A sentence for each listing that is not complete."""
    return tuple(
        f"{source.listing}: {_state(source)}: {source.reason}"
        for source in sources
        if source.held or source.verdict not in ("complete", "empty")
    )


def grades(sources: Sequence[SourceLine]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Listing → its letter and the reasons."""
    return {source.listing: (source.grade, source.grade_reasons) for source in sources if source.grade}


def graded(sources: Sequence[SourceLine]) -> tuple[str, ...]:
    """In sentences, those that weaken the audit: A and B stand in the report alone."""
    return tuple(
        f"{listing}: evidence {letter}: {' '.join(reasons)}"
        for listing, (letter, reasons) in grades(sources).items()
        if letter in WEAK
    )


def _state(source: SourceLine) -> str:
    return "refused" if source.refused else "held" if source.held else source.verdict


def concluded(
    plan: Plan,
    store: Store,
    landings: Sequence[Landing],
    sources: Sequence[SourceLine],
    findings: Findings,
    publication: Publication,
    made_of: str,
    tells: Told,
) -> Outcome:
    """Record the audit, what it tells, and its publication, whose report is a draft, in the store; how it ended."""
    name = named(plan, sources)
    drafted = publication.files["report.json"]  # of a draft that is the digest of the report itself
    place = publication.path.relative_to(plan.settings.home).as_posix()
    store.save_audit(
        plan.name,
        StoredAudit(
            id=publication.audit,
            as_of=findings.as_of,
            outcome=name,
            model=findings.model,
            report_digest=drafted,
            canonical_sha256=digest(plan.engagement),
            refusals=dict(plan.refused),
            landings=tuple(landing.id for landing in landings),
            findings=recorded(findings),
        ),
        canonical=canonical(plan.engagement),
    )
    store.save_publication(
        plan.name,
        StoredPublication(
            audit=publication.audit,
            revision=1,
            state="draft",
            path=place,
            report_digest=drafted,
            files=publication.files,
        ),
    )
    reviews = findings.audited.reviews + sum(business.reviews for business in findings.competitors)
    detail = {"audit": publication.audit, "path": place, "reviews": reviews, "input": made_of, "told": tells.plain()}
    store.log(plan.name, PUBLISHED, detail=detail)
    # Last: a run that is killed before it is on record is made again, of the themes of the audit before it.
    store.save_themes(plan.name, [theme for leak in findings.leaks for theme in leak.themes])
    return Outcome(
        name=name,
        engagement=plan.name,
        audit=publication.audit,
        report=str(publication.path / "report.html"),
        reviews=reviews,
        says=shortfalls(sources),
        evidence=graded(sources),
    )


def recorded(findings: Findings) -> dict[str, Any]:
    """What is kept of every leak, with the period it is of; of cases no share was printed."""
    of = {"period": findings.period, "printed": not findings.thin}
    return {leak.gap: _found(leak) | of for leak in findings.leaks}


_ELSEWHERE = frozenset({"statements", "surest", "themes", "evidence"})


def _found(value: Any) -> Any:
    """What is kept of a leak, in plain values: its figures. Statements and themes have tables of their own, and the
    reviews behind a figure stand in the annex."""
    if is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in fields(value) if field.name not in _ELSEWHERE)
        return {name: _found(getattr(value, name)) for name in names}
    if isinstance(value, (tuple, list)):
        return [_found(each) for each in value]
    return value
