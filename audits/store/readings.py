"""Statements that were read before: what has not changed is not read again.

A text is known by its content hash and its wording (the redacted text that offsets count in) under one model. What is
kept of a statement has no text: it is cut again from the review, so erasing a review leaves no copy here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from sys import intern
from typing import Any, Literal, NamedTuple, Protocol

from sqlalchemy import Connection, Select, select

from audits.store import StoreError
from audits.store.identity import wording
from audits.store.records import StoredReview
from audits.store.tables import assignments, statements
from audits.store.write import AT_ONCE, Row, batches, insert

Text = tuple[str, str]
"""Content hash and wording."""
Scored = Mapping[int, Sequence[tuple[str, float]]]
"""Number of a statement in its text → (gap, confidence), best first; a statement without a gap is missing."""


class Reading(NamedTuple):
    """What was found in one review: `spans` as `statements` keeps them, a list each, in order."""

    review: StoredReview
    spans: Sequence[Sequence[Any]]
    gaps: Scored


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
    @property
    def vector(self) -> str: ...


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
    before = _read_before(connection, engagement, model, read)
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


def _read_before(connection: Connection, engagement: str, model: str, read: Sequence[StoredReview]) -> set[Text]:
    """Of the texts of these reviews, those that the model has read."""
    before: set[Text] = set()
    for contents in batches(dict.fromkeys(review.content_hash for review in read)):
        asked = _texts(engagement, model).where(statements.c.content_hash.in_(contents))
        before |= {(content, words) for content, words in connection.execute(asked)}
    return before


def _texts(engagement: str, model: str) -> Select[Any]:
    return select(statements.c.content_hash, statements.c.wording).where(
        statements.c.engagement == engagement, statements.c.model == model
    )


def _span(statement: StatementValue) -> list[Any]:
    return [
        statement.field,
        statement.start,
        statement.end,
        statement.complaint,
        statement.outside,
        statement.severity,
        list(statement.flags),
        statement.vector,
    ]


def _given(found: Sequence[StatementValue]) -> Iterable[Row]:
    for index, statement in enumerate(found):
        for rank, score in enumerate(statement.gaps):
            yield {"statement": index, "gap": score.gap, "rank": rank, "confidence": score.confidence}


def read_keys(connection: Connection, engagement: str, model: str, reviews: Iterable[StoredReview]) -> set[str]:
    """The keys of the reviews whose text this model has read."""
    sharing = _sharing(reviews)
    known: set[str] = set()
    for content, words in connection.execute(_texts(engagement, model)):
        known.update(review.key for review in _of_text(sharing, content, words))
    return known


def each_reading(
    connection: Connection, engagement: str, model: str, reviews: Iterable[StoredReview]
) -> Iterator[Reading]:
    """What this model found in each of these reviews that it has read.

    Nothing is held but one text at a time, and one reading of a text serves every review that says it.
    """
    sharing = _sharing(reviews)
    given = _Given(connection, engagement, model)
    asked = _texts(engagement, model).add_columns(statements.c.spans)
    for content, words, spans in _streamed(connection, asked.order_by(statements.c.content_hash, statements.c.wording)):
        gaps = given.of(content, words)
        for review in _of_text(sharing, content, words):
            yield Reading(review, spans, gaps)
    given.all_taken()


def _sharing(reviews: Iterable[StoredReview]) -> Mapping[str, list[StoredReview]]:
    """Content hash → its reviews."""
    sharing: dict[str, list[StoredReview]] = defaultdict(list)
    for review in reviews:
        sharing[review.content_hash].append(review)
    return sharing


def _of_text(sharing: Mapping[str, list[StoredReview]], content: str, words: str) -> Iterator[StoredReview]:
    return (each for each in sharing.get(content, ()) if wording(each.title, each.text) == words)


class _Given:
    """The gaps of text after text, asked for in the order in which the texts are read."""

    def __init__(self, connection: Connection, engagement: str, model: str) -> None:
        asked = (
            select(
                assignments.c.content_hash,
                assignments.c.wording,
                assignments.c.statement,
                assignments.c.rank,
                assignments.c.gap,
                assignments.c.confidence,
            )
            .where(assignments.c.engagement == engagement, assignments.c.model == model)
            .order_by(assignments.c.content_hash, assignments.c.wording)
        )
        self._rows = _streamed(connection, asked)
        self._next = next(self._rows, None)

    def all_taken(self) -> None:
        """Raise `StoreError` where gaps are left over: they are of a text that is not there."""
        if self._next is not None:
            raise StoreError("The store holds gaps of a text that it does not hold: restore it from its last backup.")

    def of(self, content: str, words: str) -> Scored:
        ranked: dict[int, list[tuple[int, str, float]]] = {}
        row = self._next
        while row is not None and row[0] == content and row[1] == words:
            _, _, index, rank, gap, confidence = row
            ranked.setdefault(index, []).append((rank, intern(gap), confidence))
            row = next(self._rows, None)
        self._next = row
        return {index: [(gap, sure) for _, gap, sure in sorted(found)] for index, found in ranked.items()}


def _streamed(connection: Connection, asked: Select[Any]) -> Iterator[Any]:
    """The rows as they come, some thousands at a time: all of them would be as large as the reviews."""
    return chain.from_iterable(connection.execute(asked, execution_options={"yield_per": AT_ONCE}).partitions())


def _text(review: StoredReview) -> Text:
    return review.content_hash, wording(review.title, review.text)
