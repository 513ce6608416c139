"""What a report counted, counted again by the database: versions by their seal, and reviews by gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select

from audits.store.identity import version_seal, wording
from audits.store.tables import assignments, review_versions, reviews, statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """Every version that is held, and which versions complain of which gap under one model."""

    seals: Mapping[str, str]
    """Seal → review."""
    gaps: Mapping[str, frozenset[str]]
    """Gap → seals of the versions with a complaint of it."""
    ratings: Mapping[str, float | None]
    """Seal → stars."""
    posted: Mapping[str, str | None]
    """Review → day."""
    wordless: Mapping[str, float | None]
    """Review → stars, of versions of which no word is held."""


def recount(connection: Connection, engagement: str, model: str, *, sure: float, harmless: Sequence[str]) -> Recount:
    """Count again: a statement complains from the probability `sure` on, unless it is one of the `harmless` kinds."""
    held = connection.execute(
        select(
            review_versions.c.review,
            review_versions.c.content_hash,
            review_versions.c.rating,
            review_versions.c.title,
            review_versions.c.text,
        ).where(review_versions.c.engagement == engagement)
    ).all()
    seals: dict[str, str] = {}
    ratings: dict[str, float | None] = {}
    texts: dict[tuple[str, str], set[str]] = {}
    for review, content, rating, title, text in held:
        words = wording(title, text)
        seal = version_seal(review, content, rating, words)
        seals[seal], ratings[seal] = review, rating
        texts.setdefault((content, words), set()).add(seal)
    found: dict[str, set[str]] = {}
    for content, words, gap in _complaints(connection, engagement, model, sure, harmless):
        found.setdefault(gap, set()).update(texts.get((content, words), ()))
    days = connection.execute(select(reviews.c.key, reviews.c.posted_on).where(reviews.c.engagement == engagement))
    return Recount(
        seals=seals,
        gaps={gap: frozenset(given) for gap, given in found.items()},
        ratings=ratings,
        posted={row.key: row.posted_on for row in days},
        wordless={row.review: row.rating for row in held if row.title is None and row.text is None},
    )


def _complaints(
    connection: Connection, engagement: str, model: str, sure: float, harmless: Sequence[str]
) -> list[tuple[str, str, str]]:
    """(content, wording, gap) of every statement that complains of a gap."""
    same = [getattr(statements.c, name) == getattr(assignments.c, name) for name in _TEXT]
    rows = connection.execute(
        select(
            assignments.c.content_hash,
            assignments.c.wording,
            assignments.c.gap,
            assignments.c.statement,
            statements.c.spans,
        )
        .join(statements, and_(*same))
        .where(assignments.c.engagement == engagement, assignments.c.model == model)
    )
    found = []
    for content, words, gap, index, spans in rows:
        _field, _start, _end, complaint, outside, *_rest = spans[index]
        if complaint >= sure and outside not in harmless:
            found.append((content, words, gap))
    return found


_TEXT = ("engagement", "model", "content_hash", "wording")
