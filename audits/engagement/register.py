"""The source register: which listings may not be read on a date, each with the reason that the report repeats."""

from __future__ import annotations

from datetime import date

from audits.engagement.schema import Engagement, Listing, Source
from spiders.reasons import Sentence, sentences

NO_ENTRY = Sentence(
    "The source register has no entry for %(listing)s or its site %(site)s, so the basis for reading it is not on "
    "record."
)
EXPIRED = Sentence("The source register entry for %(subject)s expired on %(day)s; it was checked on %(checked)s.")
AHEAD = Sentence(
    "The source register entry for %(subject)s is dated %(checked)s, after the date of this audit, %(day)s."
)
NO_SANDBOX = Sentence(
    "The source register names the sandbox as basis for %(subject)s, which is not an address on this machine."
)
ALL = sentences(globals())


def refusals(engagement: Engagement, on: date) -> dict[str, str]:
    """Listing → why it is not read on that date. The listings that are not named here go on."""
    reasons = {each.name: _refusal(engagement, each, on) for each in engagement.listings}
    return {listing: reason for listing, reason in reasons.items() if reason is not None}


def _refusal(engagement: Engagement, listing: Listing, on: date) -> str | None:
    entries = _entries(engagement, listing)
    if not entries:
        return NO_ENTRY(listing=listing.name, site=listing.site)
    reasons = [_stale(entry, listing, on) for entry in entries]
    return None if None in reasons else reasons[-1]


def may_store(engagement: Engagement, listing: Listing) -> bool:
    """Whether the register lets the listing's reviews be stored; without an entry nobody has forbidden it."""
    return all(entry.storage for entry in _entries(engagement, listing))


def _entries(engagement: Engagement, listing: Listing) -> list[Source]:
    """What is said of the listing itself goes before what is said of its site."""
    own = [each for each in engagement.sources if each.listing == listing.name]
    return own or [each for each in engagement.sources if each.site == listing.site]


def _stale(entry: Source, listing: Listing, on: date) -> str | None:
    subject = entry.listing or entry.site
    if entry.expires is not None and entry.expires < on:
        return EXPIRED(subject=subject, day=entry.expires, checked=entry.checked)
    if entry.checked > on:
        return AHEAD(subject=subject, checked=entry.checked, day=on)
    if entry.basis == "sandbox" and not listing.local and listing.way == "crawl":
        return NO_SANDBOX(subject=subject)
    return None
