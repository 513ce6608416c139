"""Who a review is: the site's own id, or a weak one made of listing, author and date; text only breaks a tie."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.items import Review
from spiders.privacy import folded, keyed, named

_TRACKING = re.compile(r"utm_|mc_[ce]id$|[a-z]{0,3}clid$|ref$|ref_src$|source$|campaign$", re.I)

_WORDINGS = 1 << 20
"""Wordings that are told apart under one id: nearly all, in a number that Python keeps small."""


@dataclass(slots=True, kw_only=True)
class Identities:
    """Gives every review of one run its id and says which were seen before.

    `repeats` says that equal rows without an author are different reviews (the rows of one file), not the same one
    met again (a page that repeats), and so are rows of one file with one id and different words: only the first keeps
    it. Numbers of a tie follow the order of arrival, so an unchanged source gives unchanged ids, and a source that
    grew by one gives one new id.
    """

    key: bytes
    listing: str
    repeats: bool = False
    seen: dict[str, int] = field(default_factory=dict)
    """Id → the last file that held it, and a trace of its words there: one small number, for there may be a million."""
    _said: dict[str, tuple[str | None, str | None, int]] = field(default_factory=dict)
    """Id → author, day and words of the review that had it first; not of files, which may have a million."""
    _first: dict[str, str] = field(default_factory=dict)
    _more: dict[str, list[str]] = field(default_factory=dict)
    """Texts under one weak id: nearly always one, so the lists are for the few that tie."""
    _counts: dict[str, int] = field(default_factory=dict)
    _file: int = 0

    def next_file(self) -> None:
        """A further file may hold the rows of the one before: equal rows are counted anew, and edits are no others."""
        self._counts.clear()
        self._file += 1

    def of(self, review: Review) -> tuple[Review, bool]:
        """The review with its id, and whether this run has not met it before."""
        if review.id is None:
            review = replace(review, id=self._weak(review), weak_id=True)
        elif (plain := address(review.id)) != review.id:
            review = replace(review, id=plain)
        mark = self._mark(review)
        if self._shared(review, mark) or self._another(review):
            review, mark = replace(review, id=self._weak(review), weak_id=True), 0
        fresh = review.id not in self.seen
        self.seen[str(review.id)] = mark
        return review, fresh

    def _mark(self, review: Review) -> int:
        if not self.repeats or review.weak_id:
            return 0
        words = hash((folded(review.title or ""), folded(review.text or "")))
        return self._file * _WORDINGS + words % _WORDINGS

    def _shared(self, review: Review, mark: int) -> bool:
        """Whether another row of this file said something else under the same id."""
        met = self.seen.get(str(review.id), mark)
        return met != mark and met // _WORDINGS == self._file

    def _another(self, review: Review) -> bool:
        """Whether the id that comes again is a place on the page: other words, and by another or of another day."""
        if self.repeats or review.weak_id:
            return False
        words = hash((folded(review.title or ""), folded(review.text or "")))
        now = named(review.author), review.posted.on or review.posted.raw, words
        before = self._said.setdefault(str(review.id), now)
        if None not in (before[0], now[0]):
            return before[0] != now[0] and before[2] != now[2]
        return before[1] != now[1] and before[2] != now[2]

    def _weak(self, review: Review) -> str:
        author, day = named(review.author), review.posted.on or review.posted.raw
        words = keyed(self.key, "text", folded(review.title or ""), folded(review.text or ""))[:16]
        if author is None or day is None:
            # Nothing but the words tells these apart: an edited text is another review here.
            alone = keyed(self.key, "weak", self.listing, author, day, words)
            return self._numbered(alone) if self.repeats else alone
        base = keyed(self.key, "weak", self.listing, author, day)
        if self._first.setdefault(base, words) == words:
            return base
        tied = self._more.setdefault(base, [])
        if words not in tied:
            tied.append(words)
        return _tied(base, 1 + tied.index(words))

    def _numbered(self, base: str) -> str:
        count = self._counts.get(base, 0)
        self._counts[base] = count + 1
        return _tied(base, count)


def address(given: str) -> str:
    """An id that is an address in one form, however it was linked: without scheme, www and what tracks a click."""
    if not given.lower().startswith(("http://", "https://")):
        return given
    parts = urlsplit(given)
    asked = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.match(name)]
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    place = f"#{parts.fragment}" if parts.fragment else ""
    return f"{(parts.netloc or '').lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}{place}"


def _tied(base: str, position: int) -> str:
    return base if position == 0 else f"{base}~{position + 1}"
