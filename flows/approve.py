"""A draft is released by a person, or a publication is recalled by one; who and when stay in the log."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audits.publish import Publication, publish, unapproved
from audits.report.forms import render_all, summary
from audits.report.json import audit_id, digest
from audits.report.model import HandCheck, Release, Report
from audits.report.reread import reread
from audits.revisions import revision
from audits.store.records import StoredPublication
from audits.store.store import Store
from flows.handcheck import DRAWN, ENOUGH, EVENT, held
from flows.mirror import told
from flows.plan import Plan, today


class ApprovalError(RuntimeError):
    """What stands in the way of a release: a sentence with the next step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One publication with the report that it holds."""

    record: StoredPublication
    path: Path
    report: Report


def newest(plan: Plan, store: Store, *, state: str, audit: str | None = None) -> Issued:
    """The newest publication in that state, or the one that is named; raises `ApprovalError`."""
    found = [one for one in store.publications(plan.name) if one.state == state]
    found = [one for one in found if audit is None or audit in (one.audit, Path(one.path).name)]
    here = [one for one in found if (plan.settings.home / one.path / "report.json").is_file()]
    if not here:
        named = f" {audit}" if audit else ""
        raise ApprovalError(
            f"{plan.name} has no {state} publication{named}. Its audits: telltale status, or index.html."
        )
    record = max(here, key=lambda one: (Path(one.path).name[:10], one.published_at or "", one.revision, one.audit))
    path = plan.settings.home / record.path
    return Issued(record=record, path=path, report=reread(json.loads((path / "report.json").read_text("utf-8"))))


def kept(plan: Plan, store: Store, audit: str) -> dict[str, bool]:
    """The answers that were given for this audit so far, by statement."""
    answers: dict[str, bool] = {}
    for _, event, _, detail in store.logged(plan.name):
        if event == EVENT and detail.get("audit") == audit:
            answers |= detail["answers"]
    return answers


def keep(plan: Plan, store: Store, audit: str, answers: Mapping[str, bool], who: str) -> None:
    """Keep answers as they are given."""
    store.log(plan.name, EVENT, at=today().isoformat(), who=who, detail={"audit": audit, "answers": dict(answers)})


def approved(
    plan: Plan, store: Store, draft: Issued, checks: Sequence[HandCheck], *, who: str, without_check: bool
) -> Publication:
    """Release the draft; raises `ApprovalError` where a leak of its first page was not checked or did not pass."""
    if not without_check:
        done = {check.gap: check for check in checks}
        titles = {leak.gap: leak.title for leak in draft.report.leaks}
        for gap in draft.report.first_page.leaks:
            _passed(titles[gap], done.get(gap))
    report = replace(
        draft.report,
        state="approved",
        release=Release(who=who, on=today().isoformat()),
        checks=() if without_check else tuple(checks),
    )
    publication = _issued(plan, store, report, move=True)
    detail = {"audit": audit_id(report), "path": publication.path.name, "checked": not without_check}
    store.log(plan.name, "approved", at=today().isoformat(), who=who, detail=detail)
    return publication


def _passed(title: str, check: HandCheck | None) -> None:
    if check is None:
        raise ApprovalError(
            f"“{title}” was not checked: {DRAWN} of its statements must be read by a person first. "
            "Say --workbook FILE, or --without-check to publish with a line that nobody checked."
        )
    if held(check):
        raise ApprovalError(
            f"“{title}” is held: only {check.right} of {check.of} statements were read rightly, {ENOUGH} of {DRAWN} "
            "are needed. Correct or label statements (telltale label), audit again with --refit, check the new draft."
        )


def withdrawn(plan: Plan, store: Store, issued: Issued, *, who: str, reason: str) -> Publication:
    """Recall a publication: a revision that says so takes its place, and `latest` no longer names it."""
    report = replace(
        issued.report,
        state="withdrawn",
        release=Release(who=who, on=today().isoformat(), reason=f"{reason.rstrip('.')}."),
    )
    publication = _issued(plan, store, report, move=False)
    unapproved(issued.path)
    store.save_publication(plan.name, replace(issued.record, state="recalled"))
    told(plan.settings, plan.name)
    detail = {"audit": audit_id(report), "path": issued.path.name, "reason": reason}
    store.log(plan.name, "withdrawn", at=today().isoformat(), who=who, detail=detail)
    return publication


def _issued(plan: Plan, store: Store, report: Report, *, move: bool) -> Publication:
    publication = publish(
        render_all(report),
        root=plan.settings.publications,
        engagement=plan.name,
        audit_id=audit_id(report),
        summary=summary(report),
        move_latest=move,
        approved=True,
    )
    told(plan.settings, plan.name)
    store.save_publication(
        plan.name,
        StoredPublication(
            audit=audit_id(report),
            revision=revision(publication.path.name),
            state=report.state,
            path=publication.path.relative_to(plan.settings.home).as_posix(),
            report_digest=digest(report),
            files=publication.files,
        ),
    )
    return publication
