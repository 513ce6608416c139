"""After each page it is known which address comes next, or that the list ends there and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from spiders import reasons
from spiders.items import ParsedPage
from spiders.settings import OVERLAP_PAGES
from spiders.tally import LAST_PAGE, MET_STORED, NOTHING_NEW, WENT_ON


@dataclass(slots=True, kw_only=True)
class Course:
    """The way through one listing. A page that is read again for overlap brings the run back to where it was."""

    first: str
    most: int
    knows_reviews: bool = False
    """Whether the store holds reviews that a run may meet: without them it reads to the last page."""
    reread_top: bool = False
    """Whether pages of an earlier night are among those read: then what came in since stands before them."""
    ended: str | None = None
    rereading: bool = False
    """The address that comes next is one that was read before and is asked for once more."""
    pages: int = 0
    walked: set[str] = field(default_factory=set)
    _known_in_a_row: int = 0
    _before: str | None = None
    _total: int | None = None
    _back: tuple[str | None, str | None] | None = None
    _at_top: str | None = None

    def after(self, url: str, parsed: ParsedPage, *, fresh: int, unknown: int) -> str | None:
        """The next address; None where the run ends, and `ended` says why."""
        self.pages += 1
        self.walked.add(url)
        self._known_in_a_row = 0 if unknown else self._known_in_a_row + 1
        if self._back is not None:
            (end, back), self._back, self.rereading = self._back, None, self._at_top is not None
            return self._end(end) if end else back
        end, shrank = self._reason(parsed, fresh, unknown), self._shrank(parsed)
        before, self._before = self._before, url
        if shrank and before is not None and end != NOTHING_NEW:
            self._back, self.rereading = (end, parsed.next_url), True
            return before
        return self._end(end) if end else parsed.next_url

    def _shrank(self, parsed: ParsedPage) -> bool:
        """A review vanished since the page before: those behind it slid up, one of them over the page's edge."""
        before, self._total = self._total, parsed.declared_total
        return before is not None and parsed.declared_total is not None and parsed.declared_total < before

    def _reason(self, parsed: ParsedPage, fresh: int, unknown: int) -> str | None:
        if not fresh:
            return NOTHING_NEW
        if self.knows_reviews and self._known_in_a_row > OVERLAP_PAGES:
            return MET_STORED
        if parsed.next_url is None:
            return LAST_PAGE
        if parsed.next_url in self.walked:
            return NOTHING_NEW
        return reasons.PAGE_LIMIT(n=self.most) if self.pages >= self.most else None

    def _end(self, reason: str) -> str | None:
        if self._at_top is not None:
            reason = self._at_top
        elif self.reread_top and reason in WENT_ON:
            # The list is read; what came in while it was interrupted stands at its top.
            self._at_top, self.rereading, self._total = reason, True, None
            self.walked.clear()
            return self.first
        self.ended = reason
        return None
