"""Stored pages have been read again with today's parser and redactor, into a landing of their own; no network."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from spiders import blocks
from spiders.crawl import landed
from spiders.items import Landing, Review
from spiders.job import Job
from spiders.landing import LandingWriter, landing_id, read_pages, read_reviews
from spiders.reader import BrokenParserError, Reader
from spiders.tally import Tally


def replay(job: Job, key: bytes, before: Landing, pages: Path) -> Landing:
    """Read the pages that lie in the landing `pages` again, in their order, and land what is read at `job.out`."""
    tally = Tally(
        stop_reason=before.stop_reason, pages_failed=dict.fromkeys(before.pages_failed, "not had then either")
    )
    digests = []
    with LandingWriter(job.out) as writer:
        reader = Reader(job=job, key=key, writer=writer, tally=tally)
        for _, page in read_pages(pages):
            writer.page(page)
            digests.append(page.sha256)
            if not 200 <= page.status < 300:
                continue
            try:
                parsed = reader.parsed(page)
            except BrokenParserError as broken:
                tally.pages_failed[page.url] = f"the parser broke ({broken})"
                continue
            if blocks.block(page.body, parsed) is None:
                reader.land(page, parsed, seen_at=before.as_of or page.fetched_at or "")
        writer.evidence(_mark(job, digests, before.id))
        return landed(job, tally, writer, incremental=before.verdict.scope == "incremental")


def _mark(job: Job, digests: list[str], before: str) -> str:
    """What tells this reading from the one it repeats.

    Of two readings of one time the store believes the one with the greater id: the mark is numbered until it is this.
    """
    for number in range(1000):
        mark = f"replay {job.of_site.parser_version} {number}"
        if landing_id(job.engagement, job.listing, [*digests, mark]) > before:
            return mark
    return "replay"


Changes = dict[str, dict[str, tuple[object, object]]]
"""Field → review id → what it said before and says now."""
_EVIDENCE = ("source", "author")


def changes(before: Path, now: Path) -> tuple[list[str], list[str], Changes]:
    """Ids that appeared, ids that are gone, and what changed field by field, between two landings."""
    old = {str(review.id): review for review in read_reviews(before)}
    new = {str(review.id): review for review in read_reviews(now)}
    changed: Changes = {}
    for name in sorted(old.keys() & new.keys()):
        for field in (each.name for each in fields(Review) if each.name not in _EVIDENCE):
            was, says = getattr(old[name], field), getattr(new[name], field)
            if was != says:
                changed.setdefault(field, {})[name] = (was, says)
    return sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys()), changed
