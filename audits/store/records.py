"""The rows that later stages read from the store: frozen, with no SQLAlchemy in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

NOTHING: Mapping[str, Any] = {}
"""What a review has that came without further ratings or attributes; nobody writes into it."""


class StoredReview(NamedTuple):
    """The current version of one review, as ANALYSE and REPORT see it; a tuple, for a million of them are made a night.

    `key` is the review's name everywhere (evidence sets, annex, links): 16 hex digits derived from engagement, listing
    and the site's id, the same on every machine. Dates are ISO strings with their precision beside them.
    """

    key: str
    business: str
    listing: str
    site: str
    location: str | None
    url: str | None
    rating: float | None
    rating_raw: str | None
    title: str | None
    text: str | None
    language: str | None
    posted_on: str | None
    posted_precision: str | None
    experienced_on: str | None
    verified: bool | None
    invited: bool | None
    author_key: str | None
    content_hash: str
    weak_id: bool
    first_seen: str
    last_seen: str
    source: str | None
    reply_text: str | None
    reply_on: str | None
    subratings: Mapping[str, float] = NOTHING
    attributes: Mapping[str, str] = NOTHING
    absent_since: str | None = None
    """When the site was first read in full without it, where it has been missing for long."""
    reply_precision: str | None = None

    @property
    def reply_day(self) -> str | None:
        """The day of the reply, where its date is known to the day."""
        return self.reply_on[:10] if self.reply_on and self.reply_precision in (None, "day") else None


BAD_RATING = "rating outside 1–5"
FUTURE = "dated after it was collected"
NO_DATE = "a date that is not in the calendar"
NOTHING_SAID = "neither text nor rating"
SAME_ID = "the same id as an earlier row"
"""The reasons for which CHECK sets a row aside. The last cannot be released: one id cannot stand for two reviews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One row in quarantine: its id stays the same in every landing that holds the same review."""

    id: str
    listing: str
    landing: str
    row: int
    reason: str
    source: str | None
    released_by: str | None = None
    released_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One count of an aggregate: reviews of a month and of these stars with a complaint of a gap.

    `gap` is ANY for all reviews and COMPLAINT for those that complain of whatever. A month or stars that the source
    does not give are UNKNOWN.
    """

    gap: str
    month: str
    stars: str
    reviews: int


ANY, COMPLAINT, UNKNOWN = "any", "complaint", "unknown"


FILLED = "filled:"
"""Gate results with this prefix hold the share of rows in which a field is filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A complete run of a listing, for comparison: what it collected and how full its fields were."""

    landing: str
    as_of: str | None
    scope: str
    reviews: int
    filled: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTheme:
    """A theme that an earlier audit named: a new one that matches it keeps its id."""

    id: str
    gap: str
    name: str
    quote: str
    quote_review: str
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCorrection:
    """What a person said of a statement (`review`, `field`, `start`, `end`) or a theme; `part` says in what course."""

    part: Literal["correct", "random", "doubtful"]
    who: str
    at: str
    label: Mapping[str, Any]
    review: str | None = None
    field: Literal["title", "text"] | None = None
    start: int | None = None
    end: int | None = None
    text_sha256: str | None = None
    content_hash: str | None = None
    """Which content of the review was read when it was said."""
    theme: str | None = None
    withdrawn_by: str | None = None
    withdrawn_at: str | None = None
    withdrawn_why: str | None = None
    """Who took it back, when and why: it counts no more, and stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLesson:
    """What an engagement, its `labels` among it, taught the reading of `model`; without `content` nothing."""

    model: str
    digest: str
    at: str
    labels: int
    content: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """What the client said of a finding of an audit; `fixed_on` is an ISO day where it says that it is fixed."""

    audit: str
    gap: str
    says: str
    fixed_on: str | None
    comment: str | None
    who: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAudit:
    """An audit that was made: what it was made of, how it ended, and its leaks by gap in rank order."""

    id: str
    as_of: str
    outcome: str
    model: str
    report_digest: str
    canonical_sha256: str
    refusals: Mapping[str, str] = field(default_factory=dict)
    landings: tuple[str, ...] = ()
    findings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPublication:
    """A report that was published: where it lies in the workspace and in which state (draft, approved, withdrawn)."""

    audit: str
    revision: int
    state: str
    path: str
    report_digest: str
    files: Mapping[str, str] = field(default_factory=dict)
    published_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What was erased on request: an author's or a review's key, never what it stood for."""

    digest: str
    kind: Literal["author", "review"]
    reason: str
    at: str
