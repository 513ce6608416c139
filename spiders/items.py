"""The values that cross the seam of COLLECT: frozen, standard library only, no clock and no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Precision = Literal["day", "week", "month", "year"]
VerdictName = Literal["complete", "partial", "blocked", "drifted", "empty", "failed"]
Scope = Literal["full", "incremental", "file", "capped"]
Way = Literal["crawl", "api", "capture", "export"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One fetched body. `fetched_at` is ISO 8601 UTC, or None where nobody knows when a file was saved."""

    url: str
    body: bytes
    fetched_at: str | None
    status: int = 200
    sha256: str = ""
    kind: str | None = None
    """What came with the body as its type: the encoding may stand there and nowhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date as far as it is known: `on` is ISO (YYYY-MM-DD), `raw` is what the page or row said."""

    on: str | None = None
    precision: Precision | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The owner's public answer to a review."""

    text: str
    posted: Dated = field(default_factory=Dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review. `rating` is on 1–5, `rating_raw` and `rating_scale` are what the source gave.

    `author` lives in memory only: `spiders.privacy.seal` turns it into `author_key`, and a landing refuses a review
    that still carries a name. `subratings` keep the source's own scale; `attributes` are segments the source names.
    """

    site: str
    id: str | None = None
    weak_id: bool = False
    url: str | None = None
    rating: float | None = None
    rating_raw: str | None = None
    rating_scale: str | None = None
    recommended: bool | None = None
    title: str | None = None
    text: str | None = None
    author: str | None = None
    author_key: str | None = None
    posted: Dated = field(default_factory=Dated)
    experienced: Dated = field(default_factory=Dated)
    updated: Dated = field(default_factory=Dated)
    location: str | None = None
    business: str | None = None
    language: str | None = None
    original_language: str | None = None
    verified: bool | None = None
    invited: bool | None = None
    subratings: Mapping[str, float] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    reply: Reply | None = None
    source: str | None = None
    """Record id of the page (uuid5), or `<file sha256>#<row>` for an export."""
    content_hash: str | None = None
    """Keyed hash of the normalised original, made before redaction, without dates and fetch time: an unchanged
    review keeps it under a better redactor. Set by `spiders.privacy.seal`."""

    def as_json(self, *, with_author: bool = False) -> dict[str, Any]:
        """A flat mapping of JSON values: the form of `reviews.jsonl` and of `telltale parse`."""
        # Not `asdict`: its deep copies cost more than everything else that happens to a row of an export.
        flat = {name: getattr(self, name) for name in self.__slots__}
        author = flat.pop("author")
        if with_author:
            flat["author"] = author
        for name in ("posted", "experienced", "updated"):
            flat |= _flattened(name, flat.pop(name))
        flat |= {"subratings": dict(self.subratings), "attributes": dict(self.attributes)}
        if self.reply is not None:
            flat["reply"] = {"text": self.reply.text} | _flattened("posted", self.reply.posted)
        return flat

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Review:
        """The inverse of `as_json`; an unknown key is an error, not silence."""
        flat = dict(row)
        dates = {name: _dated(name, flat) for name in ("posted", "experienced", "updated")}
        reply = flat.pop("reply", None)
        if reply is not None:
            reply = dict(reply)
            reply = Reply(posted=_dated("posted", reply), text=reply.pop("text"))
        whole: dict[str, Any] = {**flat, **dates, "reply": reply}
        return cls(**whole)


def _flattened(name: str, dated: Dated) -> dict[str, Any]:
    return {f"{name}_on": dated.on, f"{name}_precision": dated.precision, f"{name}_raw": dated.raw}


def _dated(name: str, flat: dict[str, Any]) -> Dated:
    return Dated(
        on=flat.pop(f"{name}_on", None),
        precision=flat.pop(f"{name}_precision", None),
        raw=flat.pop(f"{name}_raw", None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """What a site's parser read from one page: the reviews and what the page says of itself."""

    reviews: tuple[Review, ...]
    business: str | None = None
    average: float | None = None
    declared_total: int | None = None
    next_url: str | None = None
    says_empty: bool = False
    """True only where the page carries the site's own "no reviews yet" marker."""
    problems: tuple[str, ...] = ()
    """Cards that could not be read whole, a sentence each; counted in the manifest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a run of one listing ended, exactly one, with the sentence that a person reads."""

    name: VerdictName
    scope: Scope
    reason: str
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The manifest of a landing directory, written last: without it nothing has landed.

    `path` is relative to the workspace, so a landing can be moved with it. `as_of` is the latest fetch (ISO, UTC),
    or the date the engagement gives for a file; None where neither is known.
    """

    id: str
    engagement: str
    listing: str
    site: str
    way: Way
    path: str
    as_of: str | None
    reviews: int
    rejects: int
    declared_total: int | None
    average: float | None
    pages_fetched: int
    pages_failed: tuple[str, ...]
    stop_reason: str
    verdict: Verdict
    parser_version: str
    redactor_version: str
    files: Mapping[str, str]
    """File name → SHA-256 of every file in the landing."""
    problems: tuple[str, ...] = ()
    mapping: Mapping[str, Any] = field(default_factory=dict)
    """For an export: the column mapping that was used, shown to the user before and kept here after."""
    storage: bool = True
    """False where the register or the site's terms do not let its reviews be stored: analyse in memory, keep counts."""
