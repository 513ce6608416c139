"""Statements that were read before: what has not changed is not read again.

A text is known by its content hash and its wording (the redacted text that offsets count in) under one model. What is
kept of a statement has no text: it is cut again from the review, so erasing a review leaves no copy here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from orjson import loads
from sqlalchemy import Connection, Select, String, TextualSelect, cast, select, text
from sqlalchemy import Text as Written

from audits.store import StoreError
from audits.store.engine import compact
from audits.store.identity import wording
from audits.store.records import StoredReview
from audits.store.tables import assignments, scores, statements
from audits.store.write import AT_ONCE, Row, batches, insert

FEW = 20_000
"""Reviews up to which it is looked up of each whether it was read: of more, all that was read is gone through."""
Text = tuple[str, str]
"""Content hash and wording."""
Sharing = Mapping[str, StoredReview | list[StoredReview]]
Scores = Sequence[Sequence[Any]]
"""`[complaint, outside, severity, [[gap, confidence], …]]` of each statement of a text, as `scores` keeps them."""


class Reading(NamedTuple):
    """What was found in one review: `spans` as `statements` keeps them, a list each, in order, and what each scored."""

    review: StoredReview
    spans: Sequence[Sequence[Any]]
    scores: Scores


class Scored(NamedTuple):
    """What is counted of one review that has statements."""

    review: StoredReview
    scores: Scores


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
    scored: list[Row] = []
    for (content, words), key in first.items():
        here = identity | {"content_hash": content, "wording": words}
        own = by_review[key]
        texts.append(here | {"spans": [_span(each) for each in own]})
        given.extend(here | row for row in _given(own))
        scored.extend([here | {"given": [_score(each) for each in own]}] if own else [])
    for table, rows in ((statements, texts), (assignments, given), (scores, scored)):
        insert(connection, table, rows)


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


def _score(statement: StatementValue) -> list[Any]:
    gaps = [[score.gap, score.confidence] for score in statement.gaps]
    return [statement.complaint, statement.outside, statement.severity, gaps]


def _given(found: Sequence[StatementValue]) -> Iterable[Row]:
    for index, statement in enumerate(found):
        for rank, score in enumerate(statement.gaps):
            yield {"statement": index, "gap": score.gap, "rank": rank, "confidence": score.confidence}


def unread(connection: Connection, engagement: str, model: str, reviews: Sequence[StoredReview]) -> list[StoredReview]:
    """Those of the reviews whose text this model has not read, in their order."""
    if len(reviews) <= FEW:
        read = {content + words for content, words in _read_before(connection, engagement, model, reviews)}
    else:
        asked = select(statements.c.content_hash + statements.c.wording)
        read = set(connection.scalars(asked.where(statements.c.engagement == engagement, statements.c.model == model)))
    return [review for review in reviews if review.content_hash + wording(review.title, review.text) not in read]


def each_reading(
    connection: Connection, engagement: str, model: str, reviews: Iterable[StoredReview]
) -> Iterator[Reading]:
    """What this model found in each of these reviews that it has read.

    No more is read than their texts, some thousands at a time, and one reading of a text serves every review that
    says it. Raises `StoreError` where only a part of what was found in a text is held.
    """
    sharing = _sharing(reviews)
    for contents in batches(sorted(sharing)):
        asked = _scores(engagement, model).where(scores.c.content_hash.in_(_each(connection, contents)))
        given = connection.execute(asked).all()
        scored = {(content, words): found for (content, words, _), found in zip(given, _read(given), strict=True)}
        texts = _texts(engagement, model).add_columns(cast(statements.c.spans, Written))
        texts = texts.where(statements.c.content_hash.in_(_each(connection, contents)))
        rows = connection.execute(texts).all()
        for (content, words, _), spans in zip(rows, _read(rows), strict=True):
            found = scored.pop((content, words), ())
            if len(spans) != len(found):
                raise StoreError(_IN_PART)
            for review in _of_text(sharing, content, words):
                yield Reading(review, spans, found)
        if scored:
            raise StoreError(_IN_PART)


def _read(rows: Sequence[Sequence[str]]) -> list[Any]:
    """What the JSON at the end of each row says: one by one takes twice as long."""
    found: list[Any] = loads(f"[{','.join([row[-1] for row in rows])}]")
    return found


_IN_PART = "The store holds a part of what was read in a text: restore it from its last backup."


def each_scored(
    connection: Connection, engagement: str, model: str, reviews: Iterable[StoredReview]
) -> Iterator[Scored]:
    """What is counted of each of these reviews in which this model found statements, which stay unread."""
    sharing = _sharing(reviews)
    asked = connection.execute(_scores(engagement, model), execution_options={"yield_per": AT_ONCE})
    for rows in asked.partitions():
        wanted = [row for row in rows if row[0] in sharing]
        for (content, words, _), scored in zip(wanted, _read(wanted), strict=True):
            for review in _of_text(sharing, content, words):
                yield Scored(review, scored)


def _scores(engagement: str, model: str) -> Select[Any]:
    """As they are written: of most texts they are not wanted, and need not be understood."""
    return select(scores.c.content_hash, scores.c.wording, cast(scores.c.given, Written)).where(
        scores.c.engagement == engagement, scores.c.model == model
    )


def _each(connection: Connection, values: Sequence[str]) -> TextualSelect:
    """The values as rows: thousands of parameters take longer to write down than to look up."""
    rows = (
        "SELECT json_array_elements_text(CAST(:given AS json)) AS value"
        if connection.dialect.name == "postgresql"
        else "SELECT value FROM json_each(:given)"
    )
    return text(rows).bindparams(given=compact(values)).columns(value=String)


def _sharing(reviews: Iterable[StoredReview]) -> Sharing:
    """Content hash → its reviews: mostly one, for which no list is made."""
    sharing: dict[str, StoredReview | list[StoredReview]] = {}
    for review in reviews:
        before = sharing.setdefault(review.content_hash, review)
        if before is not review:
            sharing[review.content_hash] = [*(before if isinstance(before, list) else [before]), review]
    return sharing


def _of_text(sharing: Sharing, content: str, words: str) -> list[StoredReview]:
    own = sharing.get(content, [])
    return [each for each in (own if isinstance(own, list) else [own]) if wording(each.title, each.text) == words]


def _text(review: StoredReview) -> Text:
    return review.content_hash, wording(review.title, review.text)
