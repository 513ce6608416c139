"""What one key of the engagement file demands of another; each rule raises a sentence at the key that breaks it."""

from __future__ import annotations

import ipaddress
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic_core import PydanticCustomError

from audits.catalogue import languages

if TYPE_CHECKING:
    from audits.engagement.operation import Schedule
    from audits.engagement.schema import Engagement, Listing, Period


_ONLY_FOR: dict[str, tuple[str, ...]] = {
    "files": ("export", "capture"),
    "address": ("api",),
    "columns": ("export",),
    "sheet": ("export",),
    "scale": ("export",),
    "date_order": ("export",),
    "channel": ("export",),
    "where": ("export", "capture"),
    "fetched_at": ("capture",),
}
"""Keys of a listing that mean nothing to another way: kept, they would be believed to have had an effect."""


def refuse(key: str, reason: str, suggestion: str | None = None) -> NoReturn:
    """Raise for `key`, relative to the table that is being read."""
    raise PydanticCustomError("rule", "{reason}", {"at": key, "reason": reason, "suggestion": suggestion})


def near(word: str, known: list[str]) -> str | None:
    """The known word that was probably meant."""
    folded = {each.casefold(): each for each in known}
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def exactly_one(table: Any, first: str, second: str) -> None:
    """One of two keys is given, not both and not neither."""
    if (getattr(table, first) is None) == (getattr(table, second) is None):
        refuse(first, f"give exactly one of {first} and {second}")


def forwards(period: Period) -> None:
    """A period does not end before it starts."""
    if period.start and period.end and period.end < period.start:
        refuse("end", f"the period ends on {period.end}, before its start on {period.start}")


def known_zone(schedule: Schedule) -> None:
    """The time zone is one of the database that this machine has."""
    try:
        ZoneInfo(schedule.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near_to = near(schedule.zone, sorted(available_timezones()))
        refuse("zone", f"{schedule.zone!r} is not a time zone such as 'Europe/Berlin'", near_to)


def known_language(engagement: Engagement) -> None:
    """The report can be written in it: the catalogue has a file of it."""
    known = languages()
    if engagement.language not in known:
        refuse(
            "language",
            f"the catalogue has no language {engagement.language!r}; it has: {', '.join(known)}",
            near(engagement.language, list(known)),
        )


def source_fits_way(listing: Listing) -> None:
    """A way in has its address or its files, and not the other's."""
    for key, ways in _ONLY_FOR.items():
        if getattr(listing, key) and listing.way not in ways:
            meant = " or ".join(f'"{way}"' for way in ways)
            refuse(key, f'{key} is for way = {meant}, not for "{listing.way}"')
    if listing.way in ("export", "capture"):
        if not listing.files:
            refuse("files", f'way = "{listing.way}" needs files = […]')
        if listing.way == "capture" and set(listing.where) - {"business"}:
            refuse("where", "a capture is selected by where = { business = … } alone, as the pages name it")
        return
    if listing.way == "api":
        _api(listing)
        return
    if listing.url is None:
        refuse("url", f'way = "{listing.way}" needs a url')
    _safe_address(listing.url, local=listing.local)


def _api(listing: Listing) -> None:
    """An API is asked about an address of its own; on this machine it also has to be told where it is."""
    if listing.address is None:
        refuse("address", 'way = "api" needs address = "…": what the site\'s API calls the business')
    if listing.url is not None and not listing.local:
        refuse("url", 'way = "api" asks the site\'s own API; url is for local = true alone', "address")
    if listing.local and listing.url is None:
        refuse("url", 'way = "api" with local = true needs a url: where the API is on this machine')
    if listing.url is not None:
        _safe_address(listing.url, local=True)


def _safe_address(url: str, *, local: bool) -> None:
    parts = urlsplit(url)
    if not parts.hostname:
        refuse("url", f"{url!r} is not a web address")
    if parts.username or parts.password:
        refuse("url", "an address may not carry a user name or a password")
    if not local:
        if parts.scheme != "https":
            refuse("url", "only https:// addresses are read", "https://" + url.partition("://")[2])
        if loopback(parts.hostname):
            refuse("url", "this address is on this machine: say local = true if that is meant")
    elif parts.scheme not in ("http", "https") or not loopback(parts.hostname):
        refuse("url", "local = true is for addresses on this machine (127.0.0.1, [::1], localhost)")


def loopback(host: str) -> bool:
    """Whether a host name is this machine by its own writing; nothing is resolved."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def consistent(engagement: Engagement) -> None:
    """Names are unique, and every name that refers to another table is found there."""
    _unique("competitors", list(engagement.businesses))
    _unique("listings", [each.name for each in engagement.listings])
    names, slugs = list(engagement.businesses), [each.name for each in engagement.listings]
    for listing in engagement.listings:
        if listing.business not in names:
            reason = f"{listing.business!r} is neither the audited business nor a competitor"
            refuse(f"listings[{listing.name}].business", reason, near(listing.business, names))
    for source in engagement.sources:
        if source.listing is not None and source.listing not in slugs:
            refuse("sources.listing", f"there is no listing {source.listing!r}", near(source.listing, slugs))
        sites = sorted({each.site for each in engagement.listings})
        if source.site is not None and source.site not in sites:
            refuse("sources.site", f"no listing is on the site {source.site!r}", near(source.site, sites))
    for override in engagement.overrides:
        if override.listing not in slugs:
            refuse("overrides.listing", f"there is no listing {override.listing!r}", near(override.listing, slugs))
    if all(each.business != engagement.business.name for each in engagement.listings):
        refuse("listings", f"no listing holds reviews of the audited business, {engagement.business.name!r}")


def _unique(key: str, names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            refuse(key, f"{name!r} is named twice")
        seen.add(name.casefold())
