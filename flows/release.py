"""The findings have become one report, its forms are published as a draft, and the store knows where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prefect import task
from prefect.cache_policies import NO_CACHE

from audits.analysis.gaps import frame
from audits.analysis.values import Findings
from audits.catalogue import gettext, speaking
from audits.publish import Publication, publish
from audits.report.build import build
from audits.report.cover import REPLY_DAYS, Cover, OwnNumber, SourceLine
from audits.report.forms import render_all, screen, summary
from audits.report.json import drafted
from audits.report.kept import Form
from audits.report.lettered import letters
from audits.report.logo import LogoError, embedded
from audits.report.model import Report
from audits.report.pdf import MISSING
from audits.report.press import press
from audits.store.records import StoredReview
from flows.console import Stage
from flows.plan import Plan
from flows.version import VERSION


@task(name="report", cache_policy=NO_CACHE)
def reported(
    plan: Plan, findings: Findings, reviews: Sequence[StoredReview], sources: Sequence[SourceLine], said: Stage
) -> tuple[Report, Mapping[str, Form]]:
    """The report and its forms by file name."""
    file = plan.engagement
    logo, refusal = _logo(plan)
    printed = file.publishing.drafts == "all"
    with press(worth=printed) as paper:
        with speaking(file.language):
            named = [each.name for each in file.competitors]
            report = build(
                cover=_cover(plan, logo),
                findings=findings,
                reviews=reviews,
                frame=frame(),
                sources=sources,
                version=VERSION,
                aliases=letters(named) if file.publishing.competitors == "letters" else {},
            )
        forms = render_all(report, paper) if printed else screen(report)
    leaks = f"{len(findings.leaks)} leak{'s' if len(findings.leaks) != 1 else ''} measured"
    said.counted = f"{leaks}, {', '.join(sorted(forms))}"
    if printed and "report.pdf" not in forms:
        said.counted += f". {MISSING}"
    if refusal:
        said.counted += f". {refusal}"
    return report, forms


def _logo(plan: Plan) -> tuple[str | None, str]:
    """The logo as it stands in the report, and where it may not stand there, the sentence that says why."""
    name = plan.engagement.branding.logo
    try:
        return (embedded(plan.engagement.folder / name), "") if name else (None, "")
    except (LogoError, OSError) as error:
        return None, str(error)


def _cover(plan: Plan, logo: str | None) -> Cover:
    file = plan.engagement
    reply = next((each for each in file.targets if each.measure == REPLY_DAYS), None)
    return Cover(
        engagement=plan.name,
        business=file.business.name,
        industry=file.business.industry,
        title=file.title or gettext("%(business)s: review audit", business=file.business.name),
        language=file.language,
        currency=file.money.currency if file.money else None,
        confidential=file.confidential,
        brand_name=file.branding.name,
        brand_colour=file.branding.colour,
        logo=logo,
        reply_days=reply.value if reply else None,
        reply_by=reply.by.isoformat() if reply else None,
        kpis=tuple(
            OwnNumber(gap=gap, name=own.name, value=float(own.value), unit=own.unit, as_of=own.as_of.isoformat())
            for gap, own in sorted(file.kpi.items())
        ),
    )


@task(name="publish", retries=2, retry_delay_seconds=1, cache_policy=NO_CACHE)
def released(plan: Plan, report: Report, forms: Mapping[str, Form], said: Stage) -> Publication:
    """The publication: all forms moved into place in one step; the same report again is the same publication."""
    publication = publish(
        forms,
        root=plan.settings.publications,
        engagement=plan.name,
        audit_id=drafted(report, forms["report.json"]),
        summary=summary(report),
    )
    said.counted = publication.path.name
    return publication
