"""Names that are the same on every machine: of a review, of what it says, of a review without an id, of a reply."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b, sha256

from spiders.items import Review


def review_key(engagement: str, listing: str, site_id: str) -> str:
    """16 hex digits that name a review everywhere."""
    return sha256(f"{engagement}|{listing}|{site_id}".encode()).hexdigest()[:16]


def content_hash(engagement: str, review: Review) -> str:
    """The hash that came with the review, made of its original; else a keyed hash of what is held of it.

    White space and Unicode forms do not count, nor does the time of the fetch: an unchanged page gives no new version.
    """
    if review.content_hash is not None:
        return review.content_hash
    rating = "" if review.rating is None else f"{review.rating:g}"
    said = "\x1f".join((_normal(review.title), _normal(review.text), rating))
    return _keyed(engagement, said)


def reply_hash(engagement: str, text: str) -> str:
    """The name of one wording of a reply."""
    return _keyed(engagement, _normal(text))


def said_digest(redactor: str, written: str) -> str:
    """Of all that one reading of a review holds, under one version of the redactor: unchanged reviews share it."""
    return blake2b(f"{redactor}\x1f{written}".encode("utf-8", "replace"), digest_size=12).hexdigest()


def wording(title: str | None, text: str | None) -> str:
    """Which redacted text offsets count in: a better redactor gives another wording of the same content."""
    return blake2b(f"{title or ''}\x1f{text or ''}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def version_seal(key: str, content: str, rating: float | None, words: str) -> str:
    """12 hex digits that a report keeps of a review's version (`words` is its wording): a change gives others."""
    shown = "" if rating is None else f"{rating:g}"
    return blake2b(f"{key}|{content}|{shown}|{words}".encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def identified(engagement: str, listing: str, reviews: Iterable[Review]) -> list[Review]:
    """Every review with an id. One that the site does not name gets a weak id of listing, author and day.

    What it says is only a tie-break between two reviews of one author and day: an edited text stays the same review.
    """
    given = list(reviews)
    bases = Counter(_weak(engagement, listing, each) for each in given if each.id is None)
    return [each if each.id is not None else _named(engagement, listing, each, bases) for each in given]


def _named(engagement: str, listing: str, review: Review, bases: Counter[str]) -> Review:
    base = _weak(engagement, listing, review)
    tied = bases[base] > 1 or review.author_key is None
    tie_break = f"-{content_hash(engagement, review)[:8]}" if tied else ""
    return replace(review, id=f"weak-{base}{tie_break}", weak_id=True)


def _weak(engagement: str, listing: str, review: Review) -> str:
    return _keyed(engagement, "\x1f".join((listing, review.author_key or "", review.posted.on or "")))[:16]


def _keyed(engagement: str, said: str) -> str:
    """Keyed by the engagement, so that equal words in two engagements share no hash."""
    key = sha256(engagement.encode()).digest()
    return blake2b(said.encode("utf-8", "replace"), key=key, digest_size=16).hexdigest()


def _normal(said: str | None) -> str:
    if not said:
        return ""
    if not said.isascii():
        said = unicodedata.normalize("NFC", said)
    return " ".join(said.split())


def seen_at(as_of: str | None, posted: Iterable[str | None]) -> str:
    """When a landing's reviews were seen; where nobody knows, its latest review's day, before which it cannot be."""
    return as_of or max((day for day in posted if day), default="")
