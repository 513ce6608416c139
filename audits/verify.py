"""A publication is what was published, and its numbers are what the store holds: each doubt is a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audits.analysis.complaints import THRESHOLD
from audits.analysis.heard import NOT_COMPLAINTS
from audits.analysis.values import NotObservable
from audits.publish import intact
from audits.report.json import digest
from audits.report.model import Report
from audits.report.reread import reread
from audits.report.typed import ShapeError
from audits.store.records import StoredPublication, Tombstone
from audits.store.recount import Recount
from audits.store.store import Store

NAMED = 5
"""Reviews that a doubt names by their id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was verified. `well` is None for a remark that takes nothing away from the numbers."""

    what: str
    well: bool | None
    says: str


def verified(path: Path, held: Sequence[StoredPublication], store: Store, engagement: str) -> list[Check]:
    """Every check of one publication against its manifest, the store's record of it, and the store's rows."""
    record = next((one for one in held if Path(one.path).name == path.name), None)
    found = [*_files(path, record)]
    try:
        report = reread(json.loads((path / "report.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, ShapeError) as wrong:
        return [*found, Check(what="report", well=False, says=f"report.json cannot be read: {wrong}")]
    if record is not None and digest(report) != record.report_digest:
        found.append(Check(what="report", well=False, says="report.json is not the report that the store recorded"))
    said = frozenset(each.review for each in store.corrections(engagement) if each.review is not None)
    counted = store.recount(engagement, report.model, sure=THRESHOLD, harmless=NOT_COMPLAINTS)
    days = [at for at, event, _, _ in store.logged(engagement) if event == "purged" and at]
    gone = _purged(report, counted) if days else frozenset()
    if gone:
        told = f"the words of {len(gone)} reviews were purged on {days[-1]}: what they said cannot be counted again"
        found.append(Check(what="purged", well=None, says=told))
    stones = store.tombstones(engagement)
    lost = frozenset(line.key for line in report.reviews if stones and line.key not in counted.posted)
    return [*found, *_reviews(report, counted, stones, gone), *_figures(report, counted, said | gone, lost)]


def _purged(report: Report, counted: Recount) -> frozenset[str]:
    """Reviews of the report that are held without the words that were counted."""
    return frozenset(
        line.key for line in report.reviews if line.seal not in counted.seals and line.key in counted.wordless
    )


def _files(path: Path, record: StoredPublication | None) -> Iterator[Check]:
    whole = intact(path)
    told = "every file has the SHA-256 of the manifest" if whole else "a file is changed, missing or added"
    yield Check(what="files", well=whole, says=told)
    if record is None:
        yield Check(what="record", well=False, says="the store knows no publication in this folder")
        return
    known: dict[str, Any] = json.loads((path / "manifest.json").read_text(encoding="utf-8")) if whole else {}
    same = not whole or known.get("files") == dict(record.files)
    told = "the manifest is the one that the store recorded" if same else "the manifest is not the one recorded"
    yield Check(what="record", well=same, says=f"{told} ({record.state})")


def _reviews(report: Report, counted: Recount, stones: Sequence[Tombstone], purged: frozenset[str]) -> Iterator[Check]:
    """Every review behind a number is held in the version that was counted, with its stars and its day."""
    erased = {stone.digest for stone in stones if stone.kind == "review"}
    gone = [line.key for line in report.reviews if counted.seals.get(line.seal) != line.key and line.key not in purged]
    named = [key for key in gone if key not in erased and key in counted.posted]
    absent = [key for key in gone if key not in named]
    moved = [
        line.key
        for line in report.reviews
        if line.key not in gone
        and line.key not in purged
        and (counted.ratings[line.seal], counted.posted.get(line.key)) != (line.stars, line.posted_on)
    ]
    wrong = [*named, *moved]
    if wrong:
        yield Check(what="reviews", well=False, says=f"{len(wrong)} of {len(report.reviews)} differ: {_some(wrong)}")
    else:
        kept = len(report.reviews) - len(absent) - len(purged)
        yield Check(what="reviews", well=True, says=f"{kept} reviews are held in the version that was counted")
    if absent:
        told = f"{len(absent)} are no longer held (erased on request, or purged): {_some(absent)}"
        yield Check(what="reviews", well=None if erased or stones else False, says=told)


def _figures(report: Report, counted: Recount, said: frozenset[str], lost: frozenset[str]) -> Iterator[Check]:
    """The reviews of each leak and the mean rating; of a review with a person's label the tables hold the model's.

    What was printed of reviews that were erased since (`lost`) stays as it was counted.
    """
    sets = {held.id: frozenset(held.reviews) for held in report.evidence}
    ours = {line.seal: line.key for line in report.reviews if line.business == report.cover.business}
    for leak in (*report.leaks, *report.minor):
        printed = sets.get(leak.share.evidence or "", frozenset())
        again = {ours[seal] for seal in counted.gaps.get(leak.gap, ()) if seal in ours}
        odd = sorted((printed ^ again) - said - lost)
        told = f"{len(again)} reviews counted again, {len(printed)} printed"
        yield Check(what=leak.gap, well=not odd, says=told + (f": {_some(odd)}" if odd else ""))
    rating = report.rating.rating
    if not isinstance(rating, NotObservable):
        behind = sets.get(rating.evidence or "", frozenset())
        stars = [
            counted.ratings.get(line.seal, counted.wordless.get(line.key))
            for line in report.reviews
            if line.key in behind
        ]
        known = [one for one in stars if one is not None]
        mean = sum(known) / len(known) if known else 0.0
        same = len(known) == rating.n and abs(mean - rating.value) < 1e-6
        told = f"mean of {len(known)} counted again {mean:.4f}, printed {rating.value:.4f} of {rating.n}"
        erased = len(known) + len(behind & lost) == rating.n and bool(behind & lost)
        yield Check(what="rating", well=None if erased else same, says=told)


def _some(keys: Sequence[str]) -> str:
    rest = len(keys) - NAMED
    return ", ".join(keys[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
