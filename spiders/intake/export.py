"""An export of reviews (CSV, TSV) as a landing: every row is a review or stands in the rejects with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from spiders.identity import Identities
from spiders.intake import rows as reading
from spiders.intake.errors import IntakeError
from spiders.intake.proposal import Proposal, propose, read
from spiders.intake.table import Progress, Row, Table, table
from spiders.items import Landing, Scope, Verdict
from spiders.landing import LandingWriter
from spiders.privacy import REDACTOR_VERSION, seal

__all__ = ["IntakeError", "Proposal", "land_export", "propose"]

PARSER_VERSION = "export-1"


@dataclass(slots=True)
class _Count:
    """What became of the rows."""

    read: int = 0
    skipped: int = 0
    doubles: int = 0
    selected: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    """Values met in the filter's columns, to suggest one where nothing was selected."""


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
    scope: Scope = "file",
    workspace: Path | None = None,
    progress: Progress | None = None,
) -> Landing:
    """Land the reviews of one listing from its export files; raises `IntakeError` before anything is written.

    `columns` (field → column), `date_order` and `scale` (highest mark) overrule what the files prove; `where` selects
    rows by column = value; `progress(done, total)` is called with bytes. A row that was met before is counted, once
    landed. The evidence is each file's SHA-256 and the row's number (0-based).
    """
    tables = [table(path) for path in files]
    proposals = [read(each, given=columns, date_order=date_order, scale=scale) for each in tables]
    filters = [_filter(each, proposal, where or {}, business) for each, proposal in zip(tables, proposals, strict=True)]
    identities, count = Identities(key=key, listing=listing, repeats=True), _Count()
    with LandingWriter(out, pages=False) as writer:
        for held, proposal, wanted in zip(tables, proposals, filters, strict=True):
            identities.next_file()
            writer.evidence(proposal.sha256)
            reader = reading.Reading(
                proposal=proposal,
                places=reading.places(proposal, held.header),
                site=site,
                business=business,
                location=location,
                as_of=as_of,
            )
            for row in held.rows(progress):
                _land(row, held, reader, wanted, identities, writer, count, key)
        if not count.selected:
            raise _nothing_selected(tables[0], where or {}, count)
        return writer.finish(
            workspace=workspace,
            engagement=engagement,
            listing=listing,
            site=site,
            way="export",
            as_of=as_of,
            declared_total=None,
            average=None,
            pages_fetched=0,
            pages_failed=(),
            stop_reason="every row read",
            verdict=_verdict(count, writer, scope),
            parser_version=PARSER_VERSION,
            redactor_version=REDACTOR_VERSION,
            problems=_problems(count),
            mapping={"where": dict(where or {}), "files": [each.as_json() for each in proposals], **_counts(count)},
        )


def _land(
    row: Row,
    held: Table,
    reader: reading.Reading,
    wanted: Mapping[int, str],
    identities: Identities,
    writer: LandingWriter,
    count: _Count,
    key: bytes,
) -> None:
    count.read += 1
    if row.problem is None and not _wanted(row, wanted, count):
        count.skipped += 1
        return
    count.selected += 1
    found, problems = reader.review(row)
    if found is None:
        writer.reject({"file": held.path.name, "line": row.line, "row": row.number, "reason": problems[0]})
        return
    review, fresh = identities.of(found)
    if not fresh:
        count.doubles += 1
        writer.reject({"file": held.path.name, "line": row.line, "row": row.number, "reason": "the same review again"})
        return
    count.problems.update(problems)
    writer.review(seal(review, key))


def _filter(held: Table, proposal: Proposal, where: Mapping[str, str], business: str) -> dict[int, str]:
    """Place → folded value of each condition; a file of many businesses needs one."""
    from spiders.intake.proposal import place

    wanted = {place(held, column): value.strip().casefold() for column, value in where.items()}
    column = proposal.columns.fields.get("business")
    if wanted or column is None:
        return wanted
    at = held.header.index(column)
    named = Counter(row.cells[at].strip() for row in held.rows() if row.problem is None)
    if len(named) > 1:
        near = get_close_matches(business, named, n=1, cutoff=0.3) or [named.most_common(1)[0][0]]
        reason = f"the file holds {len(named)} businesses in this column, and the listing is of one"
        step = f'Select its rows in the listing: where = {{ {column} = "{near[0]}" }}'
        raise IntakeError(held.path, reason, column=column, next_step=step)
    return {}


def _wanted(row: Row, wanted: Mapping[int, str], count: _Count) -> bool:
    for at, value in wanted.items():
        cell = row.cells[at].strip()
        if cell.casefold() != value:
            if len(count.values) < 5000:
                count.values[cell] += 1
            return False
    return True


def _nothing_selected(held: Table, where: Mapping[str, str], count: _Count) -> IntakeError:
    asked = ", ".join(f"{column} = {value!r}" for column, value in where.items())
    near = get_close_matches(next(iter(where.values()), ""), count.values, n=1, cutoff=0.4)
    known = near or [value for value, _ in count.values.most_common(3)]
    return IntakeError(held.path, f"no row has {asked}", next_step=f"Did you mean {' or '.join(map(repr, known))}?")


def _verdict(count: _Count, writer: LandingWriter, scope: Scope) -> Verdict:
    told = f"{count.read} rows read: {writer.reviews} reviews, {writer.rejects} in the rejects"
    told += f", {count.skipped} of other listings" if count.skipped else ""
    if not writer.reviews:
        return Verdict(name="failed", scope=scope, reason=f"{told}: no row could be read")
    return Verdict(name="complete", scope=scope, reason=told)


def _counts(count: _Count) -> dict[str, int]:
    return {"read": count.read, "selected": count.selected, "skipped": count.skipped, "doubles": count.doubles}


def _problems(count: _Count) -> tuple[str, ...]:
    doubles = [f"{count.doubles} rows repeat a review that was read before"] if count.doubles else []
    told = [f"{text} ({times}×)" if times > 1 else text for text, times in count.problems.most_common(20)]
    return (*doubles, *told)
