"""`telltale approve` and `telltale withdraw`: a person releases a report after checking its reading, or recalls it."""

from __future__ import annotations

from pathlib import Path

import typer

from audits.engagement import EngagementError
from audits.publish import Publication, PublishError
from audits.report.typed import ShapeError
from audits.store import StoreError, open_store
from flows import handcheck
from flows.approve import ApprovalError, Issued, approved, keep, kept, newest, withdrawn
from flows.commands import COMPLETE, PARTIAL, refused
from flows.commands.keyboard import around, shown
from flows.commands.said import NothingReadError, Said, said
from flows.filled import WorkbookError
from flows.handcheck import Drawn, drawn, tallied
from flows.labelling import whoever
from flows.mirror import MirrorError, mirrored
from flows.plan import planned
from flows.readings import with_corrections
from flows.send import FORM, SMTP, mail_is_set, recipients_of, sent
from flows.settings import SettingsError

_ERRORS = (
    EngagementError,
    SettingsError,
    MirrorError,
    StoreError,
    NothingReadError,
    WorkbookError,
    ApprovalError,
    PublishError,
    ShapeError,
)


def approve(
    *,
    engagement: Path,
    home: Path | None,
    audit: str | None,
    who: str | None,
    workbook: Path | None,
    back: Path | None,
    without_check: bool,
) -> int:
    """Release the newest draft, or the audit that is named; the exit code."""
    try:
        with said(engagement, home) as here:
            mirrored(here.plan.settings, here.plan.name)
            draft = newest(here.plan, here.store, state="draft", audit=audit)
            statements = with_corrections(here.store, here.plan.name, here.statements).statements
            rows = drawn(draft.report, draft.record.audit, statements)
            if workbook is not None:
                handcheck.write(workbook, rows, here.reviews)
                typer.echo(f"{len(rows)} statements in {workbook}. Fill in and give it back with --read {workbook}.")
                return COMPLETE
            return _released(here, draft, rows, whoever(who), back=back, without_check=without_check)
    except _ERRORS as error:
        return refused(str(error))
    except OSError as error:
        return refused(f"{workbook or back or engagement}: {error.strerror}")


def _released(here: Said, draft: Issued, rows: list[Drawn], who: str, *, back: Path | None, without_check: bool) -> int:
    name = draft.record.audit
    if back is not None:
        known = {row.key for row in rows}
        keep(
            here.plan, here.store, name, {key: said for key, said in handcheck.read(back).items() if key in known}, who
        )
    elif not without_check:
        _asked(here, name, rows, who)
    checks = tallied(rows, kept(here.plan, here.store, name))
    done = approved(here.plan, here.store, draft, checks, who=who, without_check=without_check)
    for check in checks:
        typer.echo(f"Checked by hand: {check.right} of {check.of} right, {check.title}.")
    typer.echo(f"Approved by {who}: {done.path / 'report.html'}")
    return _sent(here, done)


def _sent(here: Said, done: Publication) -> int:
    """Send it to the engagement's recipients; 2 where one of them did not get it. The approval holds either way."""
    if not here.plan.engagement.recipients:
        return COMPLETE
    if not mail_is_set():
        typer.echo(f"Not sent: no mail server is set ({SMTP}). Set it and approve again, or send {FORM} by hand.")
        return COMPLETE
    made = sent(here.plan, done, here.store)
    for each in made:
        typer.echo(f"  {each.recipient}: {each.outcome}")
    return COMPLETE if all(each.outcome == "sent" for each in made) else PARTIAL


def _asked(here: Said, audit: str, rows: list[Drawn], who: str) -> None:
    """Ask for every statement that has no answer yet; each answer is kept as it is given."""
    open_rows = [row for row in rows if row.key not in kept(here.plan, here.store, audit)]
    if open_rows:
        typer.echo(f"{len(open_rows)} statements to check. For each: y it says so, n it does not, q stop.")
    for number, row in enumerate(open_rows, 1):
        review = here.reviews[row.statement.review]
        typer.echo(f"\n{number} of {len(open_rows)}: does this report “{row.title}”?\n  {shown(row.statement.text)}")
        typer.echo(f"  in: {shown(around(review.text or '', row.statement))}")
        answer = _answer()
        if answer is None:
            break
        keep(here.plan, here.store, audit, {row.key: answer}, who)


def _answer() -> bool | None:
    while True:
        try:
            given = input("> ").strip().lower()
        except EOFError:
            return None
        if given in handcheck.YES or given in handcheck.NO:
            return given in handcheck.YES
        if given in ("q", "quit"):
            return None
        typer.echo("y, n or q.")


def withdraw(*, engagement: Path, home: Path | None, audit: str | None, who: str | None, reason: str) -> int:
    """Recall the newest approved report, or the one that is named; 2 where copies were sent out."""
    try:
        plan = planned(engagement, home=home, exports=False)
        mirrored(plan.settings, plan.name)
        with open_store(plan.settings.store_url) as store:
            issued = newest(plan, store, state="approved", audit=audit)
            done = withdrawn(plan, store, issued, who=whoever(who), reason=reason)
            got = recipients_of(store, plan.name, issued.path.name)
    except _ERRORS as error:
        return refused(str(error))
    typer.echo(f"Recalled {issued.path.name}: {done.path / 'report.html'} says so.")
    for name in got:
        typer.echo(f"  {name} was sent a copy: tell them.")
    return PARTIAL if got else COMPLETE
