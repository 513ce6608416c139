"""An export of reviews (CSV, TSV, XLSX, JSON) as a landing: every row is a review, or a reject with its reason."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from spiders import reasons
from spiders.identity import Identities
from spiders.intake.errors import IntakeError
from spiders.intake.jsontable import REST_UNREAD
from spiders.intake.proposal import Proposal, propose, read
from spiders.intake.rows import Reading, places
from spiders.intake.selection import Selection, selection
from spiders.intake.table import Progress, Row, table
from spiders.items import Landing, Scope, Verdict
from spiders.landing import LandingWriter
from spiders.privacy import REDACTOR_VERSION, seal

__all__ = ["IntakeError", "Proposal", "land_export", "propose"]

PARSER_VERSION = "export-4"
_PROBLEMS_HELD = 1000
"""Kinds of problem counted apart; a million spoilt dates are told as one number, not as a million sentences."""


@dataclass(slots=True, kw_only=True)
class _Rows:
    """The rows of all files on their way into one landing."""

    writer: LandingWriter
    identities: Identities
    key: bytes
    read: int = 0
    doubles: int = 0
    shared: int = 0
    """Rows under an id that a row of other words has."""
    broken: tuple[str, int] | None = None
    """The file that breaks off, and at which of its records."""
    problems: Counter[str] = field(default_factory=Counter)

    def land(self, row: Row, file: str, reader: Reading, selected: Selection) -> None:
        """One row: skipped, rejected with its reason, or landed."""
        self.read += 1
        if row.problem is not None and row.problem.endswith(REST_UNREAD):
            self.broken = file, row.line
        if not selected.takes(row):
            return
        found, problems = reader.review(row)
        if found is None:
            return self._reject(row, file, problems[0])
        review, fresh = self.identities.of(found)
        if not fresh:
            self.doubles += 1
            return self._reject(row, file, "the same review again")
        self.shared += found.id is not None and review.weak_id
        for problem in problems:
            held = problem in self.problems or len(self.problems) < _PROBLEMS_HELD
            self.problems[problem if held else "further problems"] += 1
        self.writer.review(seal(review, self.key))

    def _reject(self, row: Row, file: str, reason: str) -> None:
        # Where it stands and why; what it says stays in the file that was handed in.
        self.writer.reject({"file": file, "line": row.line, "row": row.number, "reason": reason})

    def told(self) -> tuple[str, ...]:
        """Problems with their counts, the most frequent first."""
        told = [f"{self.doubles} rows repeat a review that was read before"] if self.doubles else []
        if self.shared:
            told.append(
                f"{self.shared} rows have the id of a row with other words: each is read as a review without an id"
            )
        listed = [f"{text} ({times}×)" if times > 1 else text for text, times in self.problems.most_common(20)]
        return (*told, *listed)


def land_export(
    *,
    files: Sequence[Path],
    engagement: str,
    listing: str,
    business: str,
    site: str,
    key: bytes,
    out: Path,
    columns: Mapping[str, str] | None = None,
    where: Mapping[str, str] | None = None,
    location: str | None = None,
    as_of: str | None = None,
    date_order: str | None = None,
    scale: float | None = None,
    sheet: str | None = None,
    channel: str | None = None,
    scope: Scope = "file",
    storage: bool = True,
    workspace: Path | None = None,
    progress: Progress | None = None,
    shown: Callable[[Sequence[Proposal]], None] | None = None,
) -> Landing:
    """Land the reviews of one listing from its export files; raises `IntakeError`, and nothing has landed then.

    `columns` (field → column), `date_order` and `scale` (highest mark) overrule what the files prove; `where` selects
    rows by column = value; `as_of` (ISO) is what relative dates count from; `progress(done, whole)` hears bytes. A
    review of several files lands once, as the last of them has it. The evidence is each file's SHA-256 and the row
    (0-based). `shown` is given how the files will be read before anything is.
    """
    asked = [columns, where, location, as_of, date_order, scale, sheet, channel, business, site]
    tables = [table(path, sheet) for path in files]
    proposals = [read(each, given=columns, date_order=date_order, scale=scale) for each in tables]
    chosen = [selection(each, held, where or {}, business) for each, held in zip(tables, proposals, strict=True)]
    if shown is not None:
        shown(proposals)
    whole = sum(each.path.stat().st_size for each in tables)
    done = 0
    with LandingWriter(out, pages=False) as writer:
        writer.evidence(_asked(asked))
        rows = _Rows(writer=writer, identities=Identities(key=key, listing=listing, repeats=True), key=key)
        for proposal in proposals:
            writer.evidence(proposal.sha256)
        # The last file is read first: a review that stands in several is what the newest of them says.
        for held, proposal, selected in reversed(list(zip(tables, proposals, chosen, strict=True))):
            rows.identities.next_file()
            own: dict[str, Any] = {"site": site, "business": business, "location": location, "as_of": as_of}
            own["channel"] = channel
            reader = Reading(proposal=proposal, places=places(proposal, held.header), **own)
            for row in held.rows(_onwards(progress, done, whole)):
                rows.land(row, held.path.name, reader, selected)
            done += held.path.stat().st_size
        if where and not any(each.taken for each in chosen):
            writer.abandon()
            raise chosen[0].refusal()
        facts = {"workspace": workspace, "engagement": engagement, "listing": listing, "site": site, "as_of": as_of}
        return _finished(rows, proposals, chosen, scope=scope, storage=storage, **facts)


def _asked(options: Sequence[Any]) -> str:
    """The same file read in another way is another landing."""
    return sha256(json.dumps([*options, PARSER_VERSION, REDACTOR_VERSION], sort_keys=True).encode()).hexdigest()


def _finished(
    rows: _Rows, proposals: Sequence[Proposal], chosen: Sequence[Selection], *, scope: Scope, **facts: Any
) -> Landing:
    """The landing of rows that have all been read."""
    skipped = sum(each.skipped for each in chosen)
    mapping = {
        "where": dict(chosen[0].where),
        "files": [each.as_json() for each in proposals],
        "read": rows.read,
        "skipped": skipped,
        "doubles": rows.doubles,
    }
    return rows.writer.finish(
        way="export",
        declared_total=None,
        average=None,
        pages_fetched=0,
        pages_failed=(),
        stop_reason="every row read",
        verdict=_verdict(rows, skipped, scope),
        parser_version=PARSER_VERSION,
        redactor_version=REDACTOR_VERSION,
        problems=rows.told(),
        mapping=mapping,
        **facts,
    )


def _onwards(progress: Progress | None, done: int, whole: int) -> Progress | None:
    """Progress of one file as progress of all of them."""
    return None if progress is None else lambda read, _: progress(done + read, whole)


def _verdict(rows: _Rows, skipped: int, scope: Scope) -> Verdict:
    held = rows.writer
    known = {"n": rows.read, "held": held.reviews, "rejects": held.rejects}
    told = reasons.ROWS_READ_OF_ALL(**known, skipped=skipped) if skipped else reasons.ROWS_READ(**known)
    if not held.reviews:
        return Verdict(name="failed", scope=scope, reason=f"{told} {reasons.NO_ROW()}")
    if rows.broken is not None:
        file, record = rows.broken
        return Verdict(name="partial", scope=scope, reason=f"{told} {reasons.FILE_BROKEN(file=file, n=record)}")
    return Verdict(name="complete", scope=scope, reason=told)
