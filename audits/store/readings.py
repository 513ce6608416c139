"""Statements that were read before: what has not changed is not read again.

A text is known by its content hash and its wording (the redacted text that offsets count in) under one model. What is
kept of a statement has no text: it is cut again from the review, so erasing a review leaves no copy here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, select

from audits.store.identity import wording
from audits.store.records import StoredReview, StoredStatement
from audits.store.tables import assignments, statements
from audits.store.write import Row, insert

Text = tuple[str, str]
"""Content hash and wording."""
Gaps = tuple[tuple[str, float], ...]
"""(gap, confidence), best first."""


class GapValue(Protocol):
    """One gap given to a statement."""

    @property
    def gap(self) -> str: ...
    @property
    def confidence(self) -> float: ...


class StatementValue(Protocol):
    """What the store keeps of a statement of ANALYSE."""

    @property
    def review(self) -> str: ...
    @property
    def field(self) -> Literal["title", "text"]: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def complaint(self) -> float: ...
    @property
    def gaps(self) -> Sequence[GapValue]: ...
    @property
    def outside(self) -> str | None: ...
    @property
    def severity(self) -> int: ...
    @property
    def flags(self) -> Sequence[str]: ...


def save_statements(
    connection: Connection,
    engagement: str,
    model: str,
    read: Sequence[StoredReview],
    found: Iterable[StatementValue],
) -> None:
    """Keep what a model found in the reviews it read; a review in which it found nothing is remembered as read.

    Of a text that several reviews share, and of one that this model has read before, the first reading stays.
    """
    before = _read_before(connection, engagement, model)
    first: dict[Text, str] = {}
    for review in read:
        if (text := _text(review)) not in before:
            first.setdefault(text, review.key)
    by_review: dict[str, list[StatementValue]] = {key: [] for key in first.values()}
    for statement in found:
        if statement.review in by_review:
            by_review[statement.review].append(statement)
    identity = {"engagement": engagement, "model": model}
    texts: list[Row] = []
    given: list[Row] = []
    for (content, words), key in first.items():
        here = identity | {"content_hash": content, "wording": words}
        texts.append(here | {"spans": [_span(each) for each in by_review[key]]})
        given.extend(here | row for row in _given(by_review[key]))
    insert(connection, statements, texts)
    insert(connection, assignments, given)


def _read_before(connection: Connection, engagement: str, model: str) -> set[Text]:
    found = connection.execute(
        select(statements.c.content_hash, statements.c.wording).where(
            statements.c.engagement == engagement, statements.c.model == model
        )
    )
    return {(content, words) for content, words in found}


def _span(statement: StatementValue) -> list[Any]:
    return [
        statement.field,
        statement.start,
        statement.end,
        statement.complaint,
        statement.outside,
        statement.severity,
        list(statement.flags),
    ]


def _given(found: Sequence[StatementValue]) -> Iterable[Row]:
    for index, statement in enumerate(found):
        for rank, score in enumerate(statement.gaps):
            yield {"statement": index, "gap": score.gap, "rank": rank, "confidence": score.confidence}


def statements_for(
    connection: Connection, engagement: str, model: str, read: Iterable[StoredReview]
) -> dict[str, tuple[StoredStatement, ...]]:
    """Review key → its statements, for every review whose text this model has read; the others are missing."""
    spans = _spans(connection, engagement, model)
    gaps = _gaps(connection, engagement, model)
    known: dict[str, tuple[StoredStatement, ...]] = {}
    for review in read:
        text = _text(review)
        if text in spans:
            given = gaps.get(text, {})
            known[review.key] = tuple(
                _restored(review, span, given.get(index, ()), model) for index, span in enumerate(spans[text])
            )
    return known


def _spans(connection: Connection, engagement: str, model: str) -> dict[Text, list[Any]]:
    found = connection.execute(
        select(statements.c.content_hash, statements.c.wording, statements.c.spans).where(
            statements.c.engagement == engagement, statements.c.model == model
        )
    )
    return {(content, words): spans for content, words, spans in found}


def _gaps(connection: Connection, engagement: str, model: str) -> dict[Text, dict[int, Gaps]]:
    """Text → number of the statement in it → its gaps, best first."""
    found = connection.execute(
        select(
            assignments.c.content_hash,
            assignments.c.wording,
            assignments.c.statement,
            assignments.c.gap,
            assignments.c.confidence,
        )
        .where(assignments.c.engagement == engagement, assignments.c.model == model)
        .order_by(assignments.c.rank)
    )
    gaps: dict[Text, dict[int, Gaps]] = {}
    for content, words, index, gap, confidence in found.all():
        here = gaps.setdefault((content, words), {})
        here[index] = (*here.get(index, ()), (gap, confidence))
    return gaps


def _restored(review: StoredReview, span: Sequence[Any], gaps: Gaps, model: str) -> StoredStatement:
    field, start, end, complaint, outside, severity, flags = span
    said = (review.title if field == "title" else review.text) or ""
    return StoredStatement(
        review=review.key,
        content=review.content_hash,
        field=field,
        start=start,
        end=end,
        text=said[start:end],
        complaint=complaint,
        gaps=gaps,
        outside=outside,
        severity=severity,
        flags=tuple(flags),
        model=model,
    )


def _text(review: StoredReview) -> Text:
    return review.content_hash, wording(review.title, review.text)
