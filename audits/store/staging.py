"""A landing's reviews in the staging table: identified, storable, without a name; nothing reads them but the gate."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, func, select

from audits.store.identity import content_hash, identified, review_key, said_digest
from audits.store.tables import gate_results, staged
from audits.store.write import AT_ONCE, Row, insert
from spiders.items import Dated, Landing, Reply, Review

T = TypeVar("T")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")

_DATES = ("posted", "experienced", "updated")
_BAGS = ("subratings", "attributes")
_WORDS = ("id", "title", "text", "url", "location", "language", "rating_raw", "rating_scale")
_PLAIN = tuple(each.name for each in fields(Review) if each.name not in (*_DATES, *_BAGS, "author", "reply"))


def stage(connection: Connection, landing: Landing, reviews: Iterable[Review], keep: Callable[[Review], T]) -> list[T]:
    """What `keep` makes of each review as it was staged, in the landing's order; what was staged before is replaced.

    They are read, written and let go a batch at a time: what is kept of them is held, and those without an id.
    """
    kept: dict[int, T] = {}

    def written_down() -> Iterator[Row]:
        for row, review in _identified(landing, reviews):
            hashed = _hashed(landing.engagement, review)
            kept[row] = keep(hashed)
            yield _row(landing, row, hashed)

    forget_staged(connection, landing.engagement, landing.id)
    insert(connection, staged, written_down())
    return [kept[row] for row in sorted(kept)]


def _identified(landing: Landing, reviews: Iterable[Review]) -> Iterator[tuple[int, Review]]:
    """Each review with its row. One without an id is told apart by all the others without one, and comes after them."""
    nameless: list[tuple[int, Review]] = []
    for row, review in enumerate(reviews):
        storable = _storable(review, landing.listing)
        if storable.id is None:
            nameless.append((row, storable))
        else:
            yield row, storable
    named = identified(landing.engagement, landing.listing, (review for _, review in nameless))
    yield from zip((row for row, _ in nameless), named, strict=True)


def _row(landing: Landing, row: int, review: Review) -> Row:
    said = written(replace(review, source=None))
    source = "" if review.source is None else f',"source":{json.dumps(review.source, ensure_ascii=False)}'
    return {
        "engagement": landing.engagement,
        "landing": landing.id,
        "row": row,
        "review": f"{said[:-1]}{source}}}",
        "review_key": review_key(landing.engagement, landing.listing, str(review.id)),
        "digest": said_digest(landing.redactor_version, said),
        "source": review.source,
    }


def read_staged(connection: Connection, landing: Landing) -> Iterator[list[tuple[int, str, str | None]]]:
    """(row, review as it was written, digest) of all that is staged of a landing, by row, a batch at a time."""
    last = -1
    while True:
        found = connection.execute(
            select(staged.c.row, staged.c.review, staged.c.digest)
            .where(staged.c.engagement == landing.engagement, staged.c.landing == landing.id, staged.c.row > last)
            .order_by(staged.c.row)
            .limit(AT_ONCE)
        )
        batch = [(row, review, digest) for row, review, digest in found]
        if not batch:
            return
        yield batch
        last = batch[-1][0]


def unchecked(connection: Connection) -> list[tuple[str, str, int]]:
    """(engagement, landing, rows) of what was staged and never came to the gate: its process has died between."""
    here = (gate_results.c.engagement == staged.c.engagement, gate_results.c.landing == staged.c.landing)
    found = connection.execute(
        select(staged.c.engagement, staged.c.landing, func.count())
        .where(~select(gate_results.c.landing).where(*here).exists())
        .group_by(staged.c.engagement, staged.c.landing)
        .order_by(staged.c.engagement, staged.c.landing)
    )
    return [(engagement, landing, rows) for engagement, landing, rows in found]


def forget_staged(connection: Connection, engagement: str, landing: str) -> None:
    """Nothing of this landing is staged any more."""
    connection.execute(delete(staged).where(staged.c.engagement == engagement, staged.c.landing == landing))


def written(review: Review) -> str:
    """One review as JSON that `Review.from_json` reads; what is unknown is left out, which halves it."""
    flat = {name: value for name in _PLAIN if (value := getattr(review, name)) is not None}
    flat |= {name: dict(value) for name in _BAGS if (value := getattr(review, name))}
    for name in _DATES:
        flat |= _dated(name, getattr(review, name))
    if review.reply is not None:
        flat["reply"] = {"text": review.reply.text} | _dated("posted", review.reply.posted)
    return json.dumps(flat, ensure_ascii=False, separators=(",", ":"))


def _dated(name: str, date: Dated) -> dict[str, str]:
    parts = {f"{name}_on": date.on, f"{name}_precision": date.precision, f"{name}_raw": date.raw}
    return {part: value for part, value in parts.items() if value is not None}


def _hashed(engagement: str, review: Review) -> Review:
    return review if review.content_hash else replace(review, content_hash=content_hash(engagement, review))


def _storable(review: Review, listing: str) -> Review:
    """NUL and lone surrogates, which no database takes, become U+FFFD; a reviewer's name is an error."""
    if review.author is not None:
        raise ValueError(f"a review of {listing} still carries its author's name")
    changed: dict[str, Any] = {
        name: _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", said)
        for name in _WORDS
        if (said := getattr(review, name)) is not None and _UNSTORABLE.search(said)
    }
    changed |= {name: _clean(date) for name in _DATES if _UNSTORABLE.search((date := getattr(review, name)).raw or "")}
    changed |= {name: _clean_bag(bag) for name in _BAGS if (bag := getattr(review, name)) and _dirty(bag)}
    reply = review.reply
    if reply is not None and _UNSTORABLE.search(reply.text):
        reply = Reply(text=_UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", reply.text), posted=reply.posted)
    return replace(review, reply=reply, **changed) if changed or reply is not review.reply else review


def _clean(date: Dated) -> Dated:
    return replace(date, raw=_UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", date.raw or ""))


def _dirty(bag: Mapping[str, Any]) -> bool:
    return any(isinstance(part, str) and _UNSTORABLE.search(part) for pair in bag.items() for part in pair)


def _clean_bag(bag: Mapping[str, Any]) -> dict[str, Any]:
    def clean(part: Any) -> Any:
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", part) if isinstance(part, str) else part

    return {clean(name): clean(value) for name, value in bag.items()}
